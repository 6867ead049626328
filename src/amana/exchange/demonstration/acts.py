"""What was done to the invented children since the list, and what the office did about it.

The ministry carried the reported protocol out for some: from four to a state home, by age alone. Others were
refused a place for their nationality, called suspects, or judged by a relative. The office assessed some
children, determined for one, asked for another, planned a move that stays stopped, and made an urgent one.
So the board has something true to show: a breach stands only where an act was done or planned.
Counts are shares of the children of that age, at least one of each where there is anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.viewers import Viewer, installer
from amana.apps.audit.recording import recording
from amana.apps.placements import commands as places
from amana.apps.placements import queries as place_queries
from amana.casework import amend, determine, moves
from amana.casework.snapshot import facts_on
from amana.core.dates import DateSpan, age_span
from amana.core.facts import FactRow
from amana.exchange.demonstration.population import LISTED_ON, STANDS_ON
from amana.exchange.demonstration.texts import ASSESSED, DETERMINED, REPORTED, both

HOME_EN, HOME_AR = "State home, Baghdad (demonstration)", "دار الدولة في بغداد (تجريبي)"
MINISTRY = "ministry's list of transfers (demonstration)"
MOVED_BY_AGE, ASSESSED_SHARE = 0.05, 0.3
ASSESSED_BEFORE = (5, 80)
AGAIN_AFTER = timedelta(days=90)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cast:
    """Who acts, and when: the command line, a caseworker, and the supervisor who approves."""

    operator: Viewer
    caseworker: Viewer
    supervisor: Viewer
    at: datetime
    rng: Random

    def since_list(self) -> date:
        """A day between the list and today."""
        return LISTED_ON + timedelta(days=self.rng.randint(1, (STANDS_ON - LISTED_ON).days))


def act(refs: Sequence[str], seed: int, *, operator: Viewer, at: datetime) -> str:
    """Record what was done to these people; once, all of it or nothing. Says what was recorded."""
    if any(place.name_en == HOME_EN for place in place_queries.facilities(operator)):
        return "recorded before"
    caseworker, supervisor = _account("caseworker"), _account("supervisor")
    if caseworker is None or supervisor is None:
        return "nobody to act: no caseworker or no supervisor"
    cast = Cast(operator, caseworker, supervisor, at, Random(f"acts {seed}"))  # noqa: S311 - invented acts
    with recording(operator, at):
        home = places.add_facility(name_en=HOME_EN, name_ar=HOME_AR, kind="state_home", by=operator, at=at)
        rows = facts_on(refs, STANDS_ON)
        young = _shuffled(cast, rows, 0, 3)
        older = _shuffled(cast, rows, 4, 14)
        by_age = older[: _share(older, MOVED_BY_AGE)]
        for ref in by_age:
            _moved_by_age(cast, ref, home)
        rest = older[len(by_age) :]
        assessed = young[: _share(young, ASSESSED_SHARE)]
        born = {row.ref: row.values["birth"] for row in rows if row.ref in assessed}
        for ref in assessed:
            _assess(cast, ref, born[ref])
        told = [name for name, tell in OTHERS.items() if tell(cast, young, rest, home)]
    return f"{len(by_age)} moved by age alone, {len(assessed)} assessed; {', '.join(told) or 'nothing else'}"


def _account(role: str) -> Viewer | None:
    found = (each for each in accounts.accounts(installer()) if each.role == role and each.is_active)
    first = next(found, None)
    return accounts.viewer(first.id) if first else None


def _shuffled(cast: Cast, rows: Sequence[FactRow], youngest: int, oldest: int) -> list[str]:
    """The children with their mothers who are surely of these completed ages."""
    found = []
    for row in rows:
        birth = row.values.get("birth")
        if row.values.get("mother_present") is True and isinstance(birth, DateSpan):
            least, most = age_span(birth, STANDS_ON)
            if least is not None and most is not None and youngest <= least and most <= oldest:
                found.append(row.ref)
    return cast.rng.sample(found, len(found))


def _share(people: Sequence[str], share: float) -> int:
    return min(len(people), max(1, round(len(people) * share)))


def _moved_by_age(cast: Cast, ref: str, home: str) -> None:
    amend.move(
        person=ref,
        facility=home,
        moved_on=cast.since_list(),
        source=MINISTRY,
        grounds=("age_threshold", "protocol"),
        decided_by="authority",
        by=cast.operator,
        at=cast.at,
        on=STANDS_ON,
    )


def _assess(cast: Cast, ref: str, born: object) -> None:
    done = STANDS_ON - timedelta(days=cast.rng.randint(*ASSESSED_BEFORE))
    if isinstance(born, DateSpan) and born.latest:
        done = max(done, born.latest)
    determine.assess(
        ref,
        kind="first",
        done_on=done,
        review_on=done + AGAIN_AFTER,
        by=cast.caseworker,
        at=cast.at,
        on=STANDS_ON,
        **ASSESSED,
    )


def _ask(cast: Cast, ref: str) -> str:
    return determine.ask_determination(
        ref,
        decided_on=STANDS_ON - 3 * DAY,
        review_on=STANDS_ON - 3 * DAY + AGAIN_AFTER,
        by=cast.caseworker,
        at=cast.at,
        on=STANDS_ON,
        **DETERMINED,
    )


def _determined(cast: Cast, young: list[str], _older: list[str], _home: str) -> bool:
    """A determination that a supervisor has approved: the child stays."""
    if not young:
        return False
    ref = _ask(cast, young[-1])
    determine.approve(
        ref,
        reason=both("Panel, views and options are complete.", "اللجنة والآراء والخيارات مكتملة."),
        seen_version=None,
        by=cast.supervisor,
        at=cast.at,
        on=STANDS_ON,
    )
    return True


def _asked(cast: Cast, young: list[str], _older: list[str], _home: str) -> bool:
    """A determination that waits for a second person."""
    return len(young) > 1 and bool(_ask(cast, young[-2]))


def _planned(cast: Cast, _young: list[str], older: list[str], home: str) -> bool:
    """A planned separation that nothing carries yet, so that it stays stopped."""
    return bool(older) and bool(
        moves.plan_move(
            older[0],
            facility=home,
            planned_for=STANDS_ON + 14 * DAY,
            grounds=("age_threshold",),
            reason=both(
                "The site asks for it, as the child is over three.",
                "تطلبه إدارة الموقع لأن الطفل تجاوز الثالثة.",
            ),
            by=cast.caseworker,
            at=cast.at,
            on=STANDS_ON,
        )
    )


def _urgent(cast: Cast, young: list[str], _older: list[str], _home: str) -> bool:
    """A child and her mother taken to a hospital at night; nobody has reviewed it yet."""
    hospital = next(
        (place.ref for place in place_queries.facilities(cast.operator) if place.kind == "other"), None
    )
    if len(young) < 3 or hospital is None:
        return False
    moves.urgent_move(
        young[-3],
        facility=hospital,
        ground="medical",
        reason=both(
            "High fever at night; the site has no doctor.",
            "حمى شديدة ليلاً؛ ولا طبيب في الموقع.",
        ),
        with_family="together",
        moved_on=STANDS_ON - 2 * DAY,
        monitor_told_on=STANDS_ON - 2 * DAY,
        by=cast.caseworker,
        at=cast.at,
        on=STANDS_ON,
    )
    return True


def _reported(name: str) -> Callable[[Cast, list[str], list[str], str], bool]:
    """A decision of another body, recorded as it was reported."""
    place = list(REPORTED).index(name) + 1

    def tell(cast: Cast, _young: list[str], older: list[str], _home: str) -> bool:
        if len(older) <= place:
            return False
        determine.record_reported(
            older[place],
            decided_on=cast.since_list(),
            source=MINISTRY,
            by=cast.caseworker,
            at=cast.at,
            on=STANDS_ON,
            **REPORTED[name],
        )
        return True

    return tell


OTHERS: dict[str, Callable[[Cast, list[str], list[str], str], bool]] = {
    "one determined": _determined,
    "one asked for": _asked,
    "one planned move": _planned,
    "one urgent move": _urgent,
    "care refused for nationality": _reported("refused"),
    "a label without a charge": _reported("label"),
    "a ground of kinship alone": _reported("kinship"),
}
"""What happens once each: (cast, children with their mothers up to 3, those from 4 to 14, state home) ->
whether there was somebody."""
