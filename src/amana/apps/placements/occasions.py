"""The occasions that places provide to the safeguards: each open stay, each separation planned or done, each
urgent move of which something is owed, and each person's company. For thousands of people in a few queries.

What a separation is stands in `separation/courses`, that of a child whose mother was moved in
`separation/departures`, what may be one in `separation/unsure`.

An urgent protective move needs no determination for its 72 hours (three days): until then its separation
is `urgent`. What lasts longer, or is followed by another move, is a separation like any other, begun on the
day the exception ended, so that urgency is no way around a determination. `determination_on` is the day a
determination came into force, not the day it names. An urgent move that its review did not uphold was none:
its separation is like any other from its first day.

Codes several of which are true come as all true. What is not on record is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.apps.determinations.codes import FAMILY_OPTIONS
from amana.apps.placements import company
from amana.apps.placements.moves.reading import (
    OpenPlan,
    Told,
    UrgentRow,
    open_plans,
    told_grounds,
    urgent_moves,
)
from amana.apps.placements.separation.courses import (
    Separation,
    StayRow,
    last_day_together,
    of_one_kind_since,
)
from amana.apps.placements.separation.decided import NOTHING, Decided, decided
from amana.apps.placements.separation.departures import departure
from amana.apps.placements.separation.facts import done_departure, done_separation, planned_separation
from amana.apps.placements.separation.households import Households, households
from amana.apps.placements.separation.unsure import candidates
from amana.apps.placements.underage import births, childhood
from amana.core.dates import DateSpan
from amana.core.facts import AllOf, FactValue
from amana.core.safeguards import Occasion

KINDS = ("stay", "separation", "urgent_move", "person")
CUSTODY = ("detention", "juvenile")
HOMES = "state_home"


@dataclass(frozen=True)
class Records:
    """All that the occasions of some people are told from, as of one day."""

    on: date
    homes: Households
    decided: Mapping[str, Decided]
    told: Mapping[int, Told]
    plans: Mapping[str, OpenPlan]
    urgent: Mapping[str, Sequence[UrgentRow]]
    possible: Mapping[str, Separation]
    """Child -> the move that may have parted the child from a mother of whom too little is known."""
    departures: Mapping[str, Separation]
    """Child -> the move of the mother that left the child behind."""


def records(refs: Sequence[str], on: date) -> Records:
    """Read everything about these people that the occasions need."""
    homes = households(refs, on)
    left = {
        ref: gone
        for ref in refs
        if (gone := departure(homes.stays.get(ref, ()), homes.parents_of(ref), on)) is not None
    }
    stays = [stay.id for ref in refs for stay in homes.stays.get(ref, ())]
    hers = [stay.id for ref in left for parent in homes.parents_of(ref) for stay in parent.stays]
    return Records(
        on,
        homes,
        decided(refs, on),
        told_grounds(list(dict.fromkeys([*stays, *hers]))),
        {plan.person: plan for plan in open_plans(refs, on)},
        urgent_moves(refs, on),
        candidates(refs, homes),
        left,
    )


def provide(refs: Sequence[str], on: date) -> Iterable[Occasion]:
    """Every occasion of these people as of the day."""
    known = records(refs, on)
    persons = _persons(refs, known)
    for ref in refs:
        yield persons[ref]
        stay = known.homes.current(ref)
        if stay is not None:
            yield Occasion("stay", ref, f"stay:{stay.id}", stay_values(ref, stay, known))
        yield from _separations(ref, known)
        for move in known.urgent.get(ref, ()):
            yield Occasion("urgent_move", ref, f"urgent:{move.ref}", _urgent(move))


def stay_values(ref: str, stay: StayRow, known: Records) -> dict[str, FactValue]:
    """The facts of one stay; a stay of number 0 is a planned one."""
    on, told = known.on, known.decided.get(ref, NOTHING)
    considered = _considered(told)
    charge = told.judicial("charge", by=on)
    since = of_one_kind_since(known.homes.stays.get(ref, ()), stay)
    beside = _mother(ref, stay, known)
    alone = without_mother_since(ref, since, known) if beside.get("with_mother") is False else None
    values: dict[str, FactValue] = {
        "stay_since": DateSpan.day(since),
        "place_kind": frozenset({stay.kind}),
        **beside,
        **days(
            last_assessment=told.last_assessment(),
            last_review=told.last_review(),
            admitted_on=stay.since if stay.kind == HOMES else None,
            exception_until=told.exception_until(on),
            charge_on=charge.decided_on if charge else None,
            without_mother_since=alone,
        ),
    }
    if considered:
        values["options_considered"] = AllOf(considered)
    return values


def _considered(told: Decided) -> list[str]:
    """The family options that the latest record which weighed any names; `none` where it weighed no such."""
    weighed = [each.options_considered for each in told.determined if each.options_considered]
    if not weighed:
        return []
    return [code for code in weighed[-1].split(";") if code in FAMILY_OPTIONS] or ["none"]


def _mother(ref: str, stay: StayRow, known: Records) -> dict[str, FactValue]:
    """Whether the mother is at the place of this stay, and whether she is held. With several possible mothers
    only what is true of all of them is known.
    """
    mothers = [parent for parent in known.homes.mothers_of(ref) if parent.alive(known.on)]
    places = [known.homes.current(parent.ref) for parent in mothers]
    if not mothers:
        named = bool(known.homes.mothers_of(ref))
        return {"with_mother": False, "mother_detained": False} if named else {}
    values: dict[str, FactValue] = {}
    beside = {place is not None and place.facility == stay.facility for place in places}
    if len(beside) == 1:
        values["with_mother"] = beside.pop()
    held = {place.kind in CUSTODY if place else None for place in places}
    if len(held) == 1 and None not in held:
        values["mother_detained"] = held.pop()
    return values


def without_mother_since(ref: str, since: date, known: Records) -> date:
    """Since when a child who has been in places of this kind since that day is there without the mother: the
    day on which she was last there, or had died; that day itself where she never was.
    """
    stays = [stay for stay in known.homes.stays.get(ref, ()) if stay.since >= since]
    found = [since]
    for mother in known.homes.mothers_of(ref):
        last = last_day_together(stays, [mother], known.on)
        if last is not None:
            found.append(min(last, mother.died_by or last))
    return max(found)


def _separations(ref: str, known: Records) -> Iterator[Occasion]:
    stays, parents = known.homes.stays.get(ref, ()), known.homes.parents_of(ref)
    told, possible = known.decided.get(ref, NOTHING), known.possible.get(ref)
    done = done_separation(stays, parents, known.on, told=told, grounds=known.told, possible=possible)
    if done is not None:
        yield Occasion("separation", ref, f"separation:{done.found.act.id}", done.values)
    gone = known.departures.get(ref)
    if gone is not None:
        left = done_departure(gone, stays, parents, known.on, told=told, grounds=known.told)
        yield Occasion("separation", ref, f"separation:{gone.act.id}", left.values)
    plan = known.plans.get(ref)
    if plan is not None:
        values = planned_separation(plan, known.homes, told, known.told)
        if values is not None:
            yield Occasion("separation", ref, f"plan:{plan.ref}", values)


def _urgent(move: UrgentRow) -> dict[str, FactValue]:
    return {
        "urgent_ground": frozenset({move.ground}),
        "urgent_reason": move.reasoned,
        "with_family": frozenset({move.with_family}) if move.explained else None,
        "into_custody": move.facility_kind in CUSTODY,
        "urgent_review": frozenset({move.review}) if move.review else None,
        **days(
            urgent_on=move.moved_on,
            monitor_told_on=move.monitor_told_on,
            guardian_told_on=move.guardian_told_on,
            reviewed_on=move.reviewed_on,
            ended_on=move.ended_on,
        ),
    }


def _persons(refs: Sequence[str], known: Records) -> Mapping[str, Occasion]:
    """The company of each person; births and grounds are read only where brothers or sisters are apart."""
    on, homes = known.on, known.homes
    siblings = company.siblings_of(refs, homes, on)
    apart = {ref: company.apart_from(homes.current(ref), siblings[ref]) for ref in refs}
    asked = [*{ref for ref in refs if apart[ref]}, *{each.ref for found in apart.values() for each in found}]
    born = births(list(dict.fromkeys(asked)), on) if asked else {}
    others = list({each.ref for found in apart.values() for each in found} - set(refs))
    decided_of = {**known.decided, **(decided(others, on) if others else {})}
    other_stays = [each.stay.id for found in apart.values() for each in found if each.stay]
    told = {**known.told, **(told_grounds(other_stays) if other_stays else {})}
    reasons = {stay: each.apart_reason for stay, each in told.items()}
    ages = childhood() if asked else None
    found: dict[str, Occasion] = {}
    for ref in refs:
        values: dict[str, FactValue] = {}
        present = company.parent_present(ref, homes)
        if present is not None:
            values["parent_present"] = present
        since = company.alone_since(ref, homes) if present is False else None
        separated = company.siblings_apart(ref, homes, siblings[ref], born, ages)
        if separated is not None:
            values["siblings_apart"] = separated
        if apart[ref]:
            both = [(homes.current(ref), known.decided.get(ref, NOTHING))]
            both += [(each.stay, decided_of.get(each.ref, NOTHING)) for each in apart[ref]]
            reason = company.apart_reason(reasons, both, on)
            if reason:
                values["apart_reason"] = frozenset({reason})
        guardian = known.decided.get(ref, NOTHING).judicial("guardian", by=on)
        values |= days(alone_since=since, guardian_on=guardian.decided_on if guardian else None)
        found[ref] = Occasion("person", ref, "person", values)
    return found


def days(**known: date | None) -> dict[str, FactValue]:
    """Certain days by fact; what is not on record is left out."""
    return {name: DateSpan.day(day) for name, day in known.items() if day is not None}
