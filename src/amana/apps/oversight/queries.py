"""Reads of oversight: the board, findings, waivers, the weeks behind. Each takes the viewer and is denied by
default.

Whoever may see people (`people.see`) gets references, and the read log says so; whoever watches from outside
gets pseudonyms and never a reference, in the read log too. A waiver hides nothing: what rests is counted and
listed with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight.answers import (
    Board,
    BoardLine,
    CurrentFinding,
    FindingLine,
    FindingPage,
    LastSweep,
    PlaceName,
    WaiverPage,
    WaiverView,
)
from amana.apps.oversight.concern import theirs
from amana.apps.oversight.episodes import Place
from amana.apps.oversight.lines import finding_lines, waiver_lines
from amana.apps.oversight.models import Finding, Sweep, Waiver
from amana.apps.oversight.paging import NoSuchPage, row_named
from amana.apps.placements.models import Facility
from amana.apps.registry.paging import RowAfter
from amana.apps.registry.reach import FINDINGS, among, require_reach

__all__ = [
    "Board", "BoardLine", "CurrentFinding", "FindingLine", "FindingPage", "LastSweep", "NoSuchPage",
    "PlaceName", "WaiverPage", "WaiverView", "board", "counts", "current_of",
    "episodes_of", "finding", "findings", "history", "holding", "last_sweep", "of_person", "open_of",
    "place_of", "places", "waiver", "waivers",
]  # fmt: skip

MAX_PAGE = 200
VERDICTS = ("breach", "overdue", "duty_open", "warn", "undetermined")
BAD = ("breach", "overdue")
DUE = {"duty_open": "soonest", "overdue": "overdue_since"}
STANDING = Q(until__isnull=True)
WHAT = ("person_id", "safeguard", "key", "verdict")


def board(
    viewer: Viewer,
    *,
    on: date,
    facility: str = "",
    weight: str = "",
    owner: str = "",
    due_within: int | None = None,
) -> Board:
    """What every safeguard finds now, in counts.

    Narrowed to a place, to a weight of law, to safeguards that tell a role (`owner`), or to duties that may
    fall due within so many days after `on`, those overdue among them.
    """
    viewer.require("oversight.see")
    standing = _narrowed(
        Finding.objects.filter(STANDING, theirs(viewer, counting=True)), on, facility, due_within
    )
    if weight or owner:
        standing = standing.filter(safeguard__in=_chosen(weight, owner))
    found = _counted(standing)
    for safeguard, waived in _waived(viewer, on, facility, due_within).items():
        if safeguard in found:
            found[safeguard]["waived"] = waived
    last = last_sweep(viewer)
    lines = tuple(BoardLine(safeguard=each, **found[each]) for each in sorted(found))
    return Board(lines, last.on if last else None, last.people if last else 0)


def _counted(standing: QuerySet[Finding]) -> dict[str, dict[str, Any]]:
    """The counts and days of each line. The oldest is that of the breaches and overdue duties, if there are
    any; what is only planned has counts and no age.
    """
    counted = standing.values_list("safeguard", "verdict", "planned").annotate(
        count=Count("*"), oldest=Min("begun_on"), soonest=Min("due_earliest")
    )
    found: dict[str, dict[str, Any]] = {}
    begun: dict[tuple[str, bool], list[date]] = {}
    for safeguard, verdict, planned, count, oldest, soonest in counted:
        line = found.setdefault(safeguard, {})
        line[verdict] = line.get(verdict, 0) + count
        if planned:
            line["planned"] = line.get("planned", 0) + (count if verdict in BAD else 0)
            continue
        begun.setdefault((safeguard, verdict in BAD), []).append(oldest)
        if verdict in DUE:
            line[DUE[verdict]] = soonest
    for safeguard, line in found.items():
        known = begun.get((safeguard, True)) or begun.get((safeguard, False), [])
        line["oldest"] = min(known, default=None)
    return found


def findings(
    viewer: Viewer,
    *,
    safeguard: str,
    on: date,
    verdict: str = "",
    facility: str = "",
    after: str = "",
    limit: int = 25,
) -> FindingPage:
    """What one safeguard finds now, the oldest first; `after` is the last page's `next`. Raises
    `NoSuchPage`.
    """
    viewer.require("oversight.see")
    asked = Q(STANDING, safeguard=safeguard)
    if verdict:
        asked &= Q(verdict=verdict)
    if facility:
        asked &= Q(facility=facility)
    told = Finding.objects.filter(asked, theirs(viewer, counting=True)).aggregate(
        count=Count("*"), planned=Count("pk", filter=Q(planned=True))
    )
    standing = Finding.objects.filter(asked, theirs(viewer))
    count, planned = told["count"], told["planned"]
    if after:
        standing = standing.filter(
            RowAfter(("begun_on", "id"), row_named(Finding, after, ("begun_on", "id")))
        )
    limit = max(1, min(limit, MAX_PAGE))
    rows = list(standing.order_by("begun_on", "id")[: limit + 1])
    lines = finding_lines(viewer, rows[:limit], on)
    following = str(lines[-1].id) if len(rows) > limit else None
    return FindingPage(lines, count, following, planned)


def finding(viewer: Viewer, finding_id: int, *, on: date) -> FindingLine:
    """One episode, standing or over. Raises `NotForYou`."""
    viewer.require("oversight.see")
    row = Finding.objects.filter(theirs(viewer), pk=finding_id).first()
    if row is None:
        raise NotForYou(viewer.role, "oversight.see")
    return finding_lines(viewer, [row], on)[0]


def episodes_of(viewer: Viewer, finding_id: int, *, on: date) -> tuple[FindingLine, ...]:
    """All that this safeguard ever found at the occasion of one finding, the oldest first, itself among them.
    Raises `NotForYou`.
    """
    place = place_of(viewer, finding_id)
    rows = Finding.objects.filter(**dict(zip(WHAT[:3], place, strict=True)))
    return finding_lines(viewer, list(rows.order_by("since", "id")), on)


def place_of(viewer: Viewer, finding_id: int) -> Place:
    """Of what a finding speaks, person and occasion by name: to read the records with, not to be shown.
    Raises `NotForYou`.
    """
    viewer.require("oversight.see")
    found: Place | None = Finding.objects.filter(theirs(viewer), pk=finding_id).values_list(*WHAT[:3]).first()
    if found is None:
        raise NotForYou(viewer.role, "oversight.see")
    return found


def of_person(viewer: Viewer, ref: str, *, on: date) -> tuple[FindingLine, ...]:
    """Every episode of one person, those that stand first, then the newest. Raises `NotForYou`."""
    viewer.require("oversight.see")
    require_reach(viewer, ref, opens=FINDINGS)
    rows = Finding.objects.filter(person=ref)
    return finding_lines(viewer, list(rows.order_by(F("until").desc(nulls_first=True), "-since", "-id")), on)


def open_of(viewer: Viewer, refs: Sequence[str], *, on: date) -> Mapping[str, tuple[FindingLine, ...]]:
    """What stands of these people, undetermined apart, by reference: for lists that show them anyhow, so that
    the read log says nothing more. Nothing for whoever sees no findings.
    """
    if not (viewer.may("oversight.see") and viewer.may("people.see")):
        return {}
    rows = Finding.objects.filter(STANDING, person__in=among(viewer, refs, FINDINGS)).exclude(
        verdict="undetermined"
    )
    found: dict[str, tuple[FindingLine, ...]] = {}
    for line in finding_lines(viewer, list(rows.order_by("safeguard", "key")), on, told=False):
        if line.person is not None:
            found[line.person] = (*found.get(line.person, ()), line)
    return found


def current_of(refs: Sequence[str], *, on: date) -> list[CurrentFinding]:
    """What stands of these people, for what follows from it (tasks): the machine's own read, shown to
    nobody.
    """
    resting = {row[:4]: row[4] for row in _resting(refs, on)}
    found = []
    for row in _current(refs):
        since, needs = row[4], row[-1]
        waived = since <= resting.get(row[:4], date.min)
        asked = tuple(needs.split(";")) if needs else ()
        found.append(CurrentFinding._make((*row[:-1], asked, waived)))
    return found


@of_many
def _current(refs: Whoever) -> Query:
    standing = Finding.objects.filter(STANDING, Among("person_id", refs))
    return standing.values_list(*WHAT, "since", "begun_on", "due_earliest", "due_latest", "needs")


@of_many
def _resting(refs: Whoever, on: date) -> Query:
    return holding(on).filter(Among("person_id", refs)).order_by("made_on").values_list(*WHAT, "made_on")


def counts() -> dict[str, dict[str, int]]:
    """How many findings stand, by safeguard and verdict; shown to nobody by itself."""
    found: dict[str, dict[str, int]] = {}
    standing = Finding.objects.filter(STANDING).values_list("safeguard", "verdict")
    for safeguard, verdict, count in standing.annotate(count=Count("*")):
        found.setdefault(safeguard, {})[verdict] = count
    return found


def holding(on: date) -> QuerySet[Waiver]:
    """Waivers that hold on that day."""
    return Waiver.objects.filter(made_on__lte=on, until__gte=on).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    )


def history(viewer: Viewer, on: date, weeks: int = 12) -> tuple[tuple[date, int, int], ...]:
    """How many breaches and how many overdue duties stood on each day a week apart, the last of them `on`; no
    day before anybody looked, which would show a false nought.
    """
    viewer.require("oversight.see")
    first = Sweep.objects.filter(finished_at__isnull=False).aggregate(first=Min("on"))["first"]
    days = [on - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    days = [day for day in days if first is not None and first <= day]
    spans = Finding.objects.filter(theirs(viewer, counting=True), verdict__in=BAD).values_list(
        "verdict", "since", "until"
    )
    counted = list(spans.annotate(count=Count("*")))

    def stood(verdict: str, day: date) -> int:
        return sum(
            n
            for each, since, until, n in counted
            if each == verdict and since <= day and (until is None or until > day)
        )

    return tuple((day, stood("breach", day), stood("overdue", day)) for day in days)


def waivers(
    viewer: Viewer, *, safeguard: str = "", person: str = "", after: str = "", limit: int = 25
) -> WaiverPage:
    """Every waiver there ever was, the newest first. Of one person only for whoever sees people. Raises
    `NoSuchPage`.
    """
    viewer.require("oversight.see")
    found: QuerySet[Waiver] = Waiver.objects.filter(theirs(viewer))
    if safeguard:
        found = found.filter(safeguard=safeguard)
    if person:
        require_reach(viewer, person, opens=FINDINGS)
        found = found.filter(person=person)
    count = found.count()
    if after:
        at = row_named(Waiver, after, ("at", "id"))
        found = found.exclude(RowAfter(("at", "id"), at)).exclude(pk=at[1])
    limit = max(1, min(limit, MAX_PAGE))
    rows = list(found.order_by("-at", "-id")[: limit + 1])
    lines = waiver_lines(viewer, rows[:limit])
    return WaiverPage(lines, count, str(lines[-1].id) if len(rows) > limit else None)


def waiver(viewer: Viewer, waiver_id: int) -> WaiverView:
    """One waiver. Raises `NotForYou`."""
    viewer.require("oversight.see")
    row = Waiver.objects.filter(theirs(viewer), pk=waiver_id).first()
    if row is None:
        raise NotForYou(viewer.role, "oversight.see")
    return waiver_lines(viewer, [row])[0]


def last_sweep(viewer: Viewer) -> LastSweep | None:
    """The last sweep of everybody that came to its end; None where there was none."""
    viewer.require("oversight.see")
    row = Sweep.objects.filter(finished_at__isnull=False).order_by("-at", "-id").first()
    return LastSweep(row.on, row.pack_hash, row.people, row.at, row.counts) if row else None


def places(viewer: Viewer) -> tuple[PlaceName, ...]:
    """All places, by name: for whoever sees findings, who need not see people."""
    viewer.require("oversight.see")
    rows = Facility.objects.order_by("name_en", "ref").values_list("ref", "name_en", "name_ar", "kind")
    return tuple(PlaceName(*row) for row in rows)


def _narrowed(
    standing: QuerySet[Finding], on: date, facility: str, due_within: int | None
) -> QuerySet[Finding]:
    if facility:
        standing = standing.filter(facility=facility)
    if due_within is not None:
        standing = standing.filter(due_earliest__lte=on + timedelta(days=due_within))
    return standing


def _chosen(weight: str, owner: str) -> list[str]:
    """The office's safeguards of that weight that tell that role."""
    return [
        each.id
        for each in office_pack().safeguards.values()
        if (not weight or each.weight == weight) and (not owner or owner in each.alerts)
    ]


def _waived(viewer: Viewer, on: date, facility: str, due_within: int | None) -> Mapping[str, int]:
    """How many standing findings of each safeguard rest, over the few waivers that hold."""
    waived = _narrowed(
        Finding.objects.filter(
            STANDING,
            person=OuterRef("person"),
            safeguard=OuterRef("safeguard"),
            key=OuterRef("key"),
            verdict=OuterRef("verdict"),
            since__lte=OuterRef("made_on"),
        ),
        on,
        facility,
        due_within,
    )
    resting = (
        holding(on)
        .filter(theirs(viewer), Exists(waived))
        .values_list("safeguard", "person_id", "key")
        .distinct()
    )
    return Counter(safeguard for safeguard, _, _ in resting)
