"""What a proposed change does, in words: who gets another answer, beds, conflicts, gaps, worked cases.

Counts for everybody. People only where the impact carries them, which `casework.proposals` decides by the
viewer; they are shown by reference, as links to their cases and never to be acted on from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.apps.decisions.office_pack import PLACEMENT
from amana.casework.impact import CaseChange, GuardChange
from amana.casework.proposals import Impact
from amana.core.errors import Fault
from amana.core.policy import Pack
from amana.core.policy.compare import ConflictChange, GapChange
from amana.core.policy.editing.edits import Edit
from amana.core.policy.editing.reach import idle
from amana.web.law.citations import Source, cite
from amana.web.law.fault_words import fault_in_words
from amana.web.law.matrix import Matrix, Outcomes, counted, matrix_of, movements
from amana.web.people.cards import place_name
from amana.wording.conditions import rule_condition_in_words
from amana.wording.findings import clock_in_words
from amana.wording.languages import as_written, listed, one_of, pick
from amana.wording.verdicts import needs_in_words


@dataclass(frozen=True)
class AgainstLine:
    """A conflict that comes or goes, against how many, with its texts; `others` tells of how many of them its
    sentence need not speak.
    """

    id: str
    reported: str
    conflict: str
    people: str
    others: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class SilentLine:
    """Where no rule speaks any more, or where one does again, and for how many."""

    title: str
    condition: str
    people: str


@dataclass(frozen=True)
class BedLine:
    """Beds that a place needs before and after; `coarse` as in `ImpactPage`."""

    place: str
    before: int
    after: int
    coarse: bool

    @property
    def before_told(self) -> str:
        """The count before."""
        return counted(self.before, self.coarse)

    @property
    def after_told(self) -> str:
        """The count after."""
        return counted(self.after, self.coarse)

    @property
    def difference(self) -> str:
        """With its sign."""
        change = self.after - self.before
        return f"{change:+d}" if change else "0"


@dataclass(frozen=True)
class PlaceLine:
    """How many of those at a place now would get another answer."""

    place: str
    before: str
    after: str
    count: int


@dataclass(frozen=True)
class CaseLine:
    """A worked case that comes out differently. `differs`: what does where the answer is the same."""

    id: str
    before: str
    after: str
    differs: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class FindingLine:
    """What stands in the way of adopting: the kind, the reason and the mend in words."""

    title: str
    reason: str
    mend: str


@dataclass(frozen=True)
class GuardLine:
    """A safeguard that the change reaches: its clock before and after where that changes, what stands under
    it now, and what would no longer be found.
    """

    id: str
    title: str
    clock: str
    standing: str
    ended: str


@dataclass(frozen=True)
class MoverLine:
    """One person whose answer would change."""

    ref: str
    before: str
    after: str


@dataclass(frozen=True)
class ImpactPage:
    """Everything the impact page shows; `coarse`: counts in fives, and none below five."""

    on: str
    idle: tuple[str, ...]
    seen: str
    outdated: bool
    people: int
    moved: int
    exact: bool
    movements: tuple[str, ...]
    matrix: Matrix
    beds: tuple[BedLine, ...]
    places: tuple[PlaceLine, ...]
    asked: int
    gained: tuple[AgainstLine, ...]
    lost: tuple[AgainstLine, ...]
    opened: tuple[SilentLine, ...]
    closed: tuple[SilentLine, ...]
    cases: tuple[CaseLine, ...]
    findings: tuple[FindingLine, ...]
    movers: tuple[MoverLine, ...]
    movers_after: str
    unlisted: int
    coarse: bool
    guards: tuple[GuardLine, ...]

    @property
    def opens_gap(self) -> bool:
        """Whether a gap stands in the way, which the author has to describe."""
        return any(finding.title == finding_title("gap") for finding in self.findings)


def impact_page(impact: Impact, edits: Sequence[Edit] = ()) -> ImpactPage:
    """The impact of these edits in words, in the active language."""
    outcomes = Outcomes(impact.before, impact.after, PLACEMENT)
    return ImpactPage(
        on=impact.on.isoformat(),
        idle=idle_lines(edits, impact.before, impact.after),
        seen=impact.base_hash,
        outdated=impact.outdated,
        people=impact.people,
        moved=impact.moved,
        exact=impact.exact,
        movements=movements(impact.matrix, outcomes),
        matrix=matrix_of(impact.matrix, outcomes, coarse=impact.coarse),
        beds=tuple(
            BedLine(_kind_of_place(each.place), each.before, each.after, impact.coarse)
            for each in impact.beds
        ),
        places=_places(impact, outcomes),
        asked=impact.needs_changed,
        gained=_against(impact.conflicts_gained, coarse=impact.coarse),
        lost=_against(impact.conflicts_lost, coarse=impact.coarse),
        opened=_silent(impact.gaps_opened, impact),
        closed=_silent(impact.gaps_closed, impact),
        cases=tuple(
            CaseLine(
                each.id,
                outcomes.words(each.before.outcome),
                outcomes.words(each.after.outcome),
                tuple(_differs(each, impact, outcomes)),
            )
            for each in impact.cases_changed
        ),
        findings=tuple(finding_line(each, impact.after) for each in impact.findings),
        movers=tuple(
            MoverLine(each.ref, outcomes.words(each.before.outcome), outcomes.words(each.after.outcome))
            for each in impact.movers
        ),
        movers_after=impact.movers_after or "",
        unlisted=impact.unlisted,
        coarse=impact.coarse,
        guards=tuple(_guard(each, impact) for each in impact.guards),
    )


def _guard(change: GuardChange, impact: Impact) -> GuardLine:
    known = impact.before.safeguards[change.safeguard]
    then = impact.after.safeguards.get(change.safeguard, known)
    clocks = [clock_in_words(known, impact.before, impact.on), clock_in_words(then, impact.after, impact.on)]
    standing = _("%(count)s breaches and overdue duties stand under it now.") % {
        "count": counted(change.standing, impact.coarse)
    }
    ended = ""
    if change.ended is None:
        ended = _("So many people are concerned that it was not tried how many of them would still be found.")
    elif change.ended or (impact.coarse and change.standing):
        ended = _(
            "%(count)s of them would no longer be found, though nothing has changed for anybody: the law "
            "would end them, not the facts."
        ) % {"count": counted(change.ended, impact.coarse)}
    return GuardLine(
        change.safeguard,
        pick(known.title),
        _("%(before)s → %(after)s") % {"before": clocks[0], "after": clocks[1]}
        if clocks[0] != clocks[1]
        else "",
        standing,
        ended,
    )


def _differs(case: CaseChange, impact: Impact, outcomes: Outcomes) -> Iterator[tuple[str, str, str]]:
    """What of two verdicts differs beside the answer: its name, before, after."""
    was, will = case.before, case.after
    if was.possible != will.possible:
        before, after = (one_of(dict.fromkeys(map(outcomes.words, each.possible))) for each in (was, will))
        yield _("Possible"), before, after
    if was.needs != will.needs:
        before, after = needs_in_words(was.needs, impact.before), needs_in_words(will.needs, impact.after)
        yield _("To be asked for"), before or "—", after or "—"
    if was.rules != will.rules and was.outcome == will.outcome:
        before, after = (as_written(listed(each.rules)) or "—" for each in (was, will))
        yield _("By which rule"), before, after


def _places(impact: Impact, outcomes: Outcomes) -> tuple[PlaceLine, ...]:
    return tuple(
        PlaceLine(
            place_name(each.place) if each.place else _("elsewhere, or few at one place"),
            outcomes.words(each.before),
            outcomes.words(each.after),
            each.count,
        )
        for each in impact.places
    )


def _kind_of_place(kind: str) -> str:
    """What sort of bed it is."""
    return {
        "with_mother": _("beside the mother, where she is held"),
        "state_home": _("state home"),
        "detention": _("place of detention"),
        "juvenile": _("juvenile home"),
        "camp": _("camp"),
    }.get(kind, kind)


def finding_line(fault: Fault, pack: Pack) -> FindingLine:
    """A finding of the changed pack, in words of the desk."""
    return FindingLine(finding_title(fault.kind), *fault_in_words(fault.reason, fault.mend, pack, fault.id))


def finding_title(kind: str) -> str:
    """What sort of obstacle it is."""
    return {
        "gap": _("A gap in the law that nobody has described"),
        "conflict": _("Two rules that say different things"),
        "interim": _("No word on how to treat people meanwhile"),
    }.get(kind, _("The changed text can't be read"))


def _against(changes: Iterable[ConflictChange], *, coarse: bool) -> tuple[AgainstLine, ...]:
    return tuple(
        AgainstLine(
            id=each.conflict.id,
            reported=pick(each.conflict.reported),
            conflict=pick(each.conflict.conflict),
            people=_people(each.before, each.after, coarse),
            others=_others(each, coarse),
            sources=tuple(cite(source) for source in each.conflict.sources),
        )
        for each in changes
    )


def _others(change: ConflictChange, coarse: bool) -> str:
    """How many a conflict meets by their answer alone, which another rule gives than those it speaks of."""
    if not change.others_before and not change.others_after:
        return ""
    told = as_written(f"{counted(change.others_before, coarse)} → {counted(change.others_after, coarse)}")
    return _("of these by another rule than the one it speaks of: %(counts)s") % {"counts": told}


def idle_lines(edits: Iterable[Edit], before: Pack, after: Pack) -> tuple[str, ...]:
    """Why an edit changes nobody's answer, where that follows from the text alone."""
    return tuple(_IDLE[why]() for edit in edits if (why := idle(before, after, edit)))


_IDLE = {
    "never_holds": lambda: _("The new rule can never hold: nobody can meet its condition."),
    "never_decides": lambda: _(
        "The new rule never decides: wherever it holds, a stronger rule or an exception takes its place."
    ),
    "read_by_none": lambda: _(
        "No rule that is law from that day on reads this value, so nothing follows from it."
    ),
}


def _silent(changes: Iterable[GapChange], impact: Impact) -> tuple[SilentLine, ...]:
    lines = []
    for each in changes:
        if each.gap is None:
            lines.append(
                SilentLine(
                    _("no entry describes it yet"), "", _people(each.before, each.after, impact.coarse)
                )
            )
            continue
        facts = (impact.after if each.stands else impact.before).facts
        told = rule_condition_in_words(each.gap.condition, facts)
        lines.append(SilentLine(pick(each.gap.title), told, _people(each.before, each.after, impact.coarse)))
    return tuple(lines)


def _people(before: int, after: int, coarse: bool) -> str:
    """“0 → 34 people”."""
    told = as_written(f"{counted(before, coarse)} → {counted(after, coarse)}")
    return ngettext("%(counts)s person", "%(counts)s people", after) % {"counts": told}
