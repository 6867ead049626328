"""What a change of law would do to the people of this office, before anybody adopts it.

Counts for whoever proposes or decides, in fives (`impact.coarse`); references only for those who may see
people, and never of anyone who leaves or reaches an outcome that may never be acted on. Nothing is
stored. Persons are the unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import law_queries
from amana.apps.decisions.office_pack import PLACEMENT
from amana.apps.placements import queries as placements
from amana.apps.placements.queries import FacilityView
from amana.casework.impact import FEW, BedChange, CaseChange, Impact, Page, PlaceMoves, coarse
from amana.casework.unlisted import never_acted_on, shown, veiled_matrix, without_hidden
from amana.casework.weigh_safeguards import guard_changes
from amana.core.policy import Case, Pack, Verdict, decide, read_row
from amana.core.policy.compare import Comparison, Moved, Mover, compare


def weigh(
    viewer: Viewer, before: Pack, after: Pack, on: date, *, outdated: bool = False, page: Page | None = None
) -> Impact:
    """Compare two packs on everybody in this office as of `on`. Raises `NotForYou`."""
    page = page or Page()
    rows = law_queries.office_rows(viewer, on)
    found = compare(before, after, PLACEMENT, rows, on=on)
    hidden = never_acted_on(PLACEMENT, before, after)
    listed = without_hidden(found.movers, hidden)
    movers, next_after = _page(viewer, listed, page)
    impact = Impact(
        on=on,
        before=before,
        after=after,
        base_hash=before.hash,
        outdated=outdated,
        people=found.people,
        moved=len(found.movers),
        matrix=veiled_matrix(found.matrix, hidden),
        movers=movers,
        movers_after=next_after,
        unlisted=len(found.movers) - len(listed),
        needs_changed=len(found.needs_changed),
        grounds_changed=found.grounds_changed,
        places=place_moves(viewer, found, hidden),
        beds=beds(found.matrix, before, after, PLACEMENT),
        conflicts_gained=found.conflicts_gained,
        conflicts_lost=found.conflicts_lost,
        gaps_opened=found.gaps_opened,
        gaps_closed=found.gaps_closed,
        cases_changed=cases_changed(before, after),
        findings=after.findings,
        exact=found.exact_before and found.exact_after,
        guards=guard_changes(before, after, on),
    )
    return impact if viewer.may("people.see") else coarse(impact)


def _page(viewer: Viewer, listed: Sequence[Mover], page: Page) -> tuple[tuple[Mover, ...], str | None]:
    if not viewer.may("people.see"):
        return (), None
    rest = [each for each in listed if each.ref > page.after]
    movers = tuple(rest[: page.limit])
    viewer.saw_all(each.ref for each in movers)
    return movers, movers[-1].ref if len(rest) > page.limit else None


def place_moves(viewer: Viewer, found: Comparison, hidden: frozenset[str]) -> tuple[PlaceMoves, ...]:
    """Those whose outcome changes, counted by where they stay on that day."""
    where = placements.places_of(viewer, [each.ref for each in found.movers], found.on)
    counts: Counter[tuple[FacilityView | None, str, str]] = Counter(
        (where.get(each.ref), shown(each.before.outcome, hidden), shown(each.after.outcome, hidden))
        for each in found.movers
    )
    if not viewer.may("people.see"):
        counts = _together(counts)
    ordered = sorted(counts.items(), key=lambda each: (each[0][0] is None, _named(each[0][0]), each[0][1:]))
    return tuple(PlaceMoves(*what, count) for what, count in ordered)


def _together(
    counts: Mapping[tuple[FacilityView | None, str, str], int],
) -> Counter[tuple[FacilityView | None, str, str]]:
    """Small groups at single places counted as one, so that a count points at nobody."""
    told: Counter[tuple[FacilityView | None, str, str]] = Counter()
    for (place, before, after), count in counts.items():
        told[place if count >= FEW else None, before, after] += count
    return told


def _named(place: FacilityView | None) -> tuple[str, str]:
    return (place.name_en, place.ref) if place else ("", "")


def beds(matrix: Iterable[Moved], before: Pack, after: Pack, decision: str) -> tuple[BedChange, ...]:
    """Beds that the outcomes ask for, by kind of place; none for an outcome that may never be acted on, nor
    for one that names no place.
    """
    asked: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for each in matrix:
        for side, pack, outcome in ((0, before, each.before), (1, after, each.after)):
            if kind := place_of(pack, decision, outcome):
                asked[side][kind] += each.count
    kinds = sorted({*asked[0], *asked[1]})
    return tuple(BedChange(kind, asked[0][kind], asked[1][kind]) for kind in kinds)


def place_of(pack: Pack, decision: str, outcome: str) -> str:
    """The kind of place an outcome asks for; empty where it asks for none."""
    found = pack.decisions[decision].outcomes.get(outcome)
    return found.place if found is not None and found.actionable else ""


def cases_changed(before: Pack, after: Pack) -> tuple[CaseChange, ...]:
    """The worked cases of the pack that the change answers otherwise."""
    changed = (
        CaseChange(case.id, case.file, case.on, case.outcome, *answers)
        for case in before.cases
        if (answers := _answers(case, before, after)) and answers[0] != answers[1]
    )
    return tuple(changed)


def _answers(case: Case, before: Pack, after: Pack) -> tuple[Verdict, Verdict]:
    was, will = (
        decide(pack, case.decision, read_row(pack, case.id, case.on, case.facts)) for pack in (before, after)
    )
    return was, will
