"""What is broken now, in counts, for the page of the law: by safeguard, and of how many people.

Both are read at once where they can be. Counting each person once goes over everybody found, so it is asked
for only where several counts may hold the same person.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.oversight.answers import PeopleBroken
from amana.apps.oversight.concern import theirs
from amana.apps.oversight.models import Finding
from amana.apps.oversight.queries import BAD, STANDING, VERDICTS

MILD = tuple(verdict for verdict in VERDICTS if verdict not in BAD)


class Broken(NamedTuple):
    """How many `findings` a safeguard has of one verdict, done or only planned, and of how many `people`."""

    safeguard: str
    verdict: str
    planned: bool
    findings: int
    people: int


def broken(viewer: Viewer) -> tuple[Broken, ...]:
    """The breaches and overdue duties that stand, by safeguard. Raises `NotForYou`."""
    _require_law(viewer)
    lines = (
        _bad(viewer)
        .values_list("safeguard", "verdict", "planned")
        .order_by("safeguard", "verdict", "planned")
    )
    counted = lines.annotate(findings=Count("*"), people=Count("person", distinct=True))
    return tuple(Broken(*line) for line in counted)


def people_broken(viewer: Viewer, safeguards: Collection[str], found: Sequence[Broken]) -> PeopleBroken:
    """Of how many people these safeguards find a breach or something overdue, each counted once however many
    safeguards find it; `found` is what `broken` counted. Raises `NotForYou`.
    """
    _require_law(viewer)
    breach = [line for line in found if line.safeguard in safeguards and line.verdict == "breach"]
    overdue = [line for line in found if line.safeguard in safeguards and line.verdict == "overdue"]
    if max(len(breach), len(overdue)) > 1:
        return _each_once(viewer, safeguards)
    people = sum(line.people for line in breach)
    planned = sum(line.people for line in breach if line.planned)
    return PeopleBroken(people, planned, sum(line.people for line in overdue))


def _each_once(viewer: Viewer, safeguards: Collection[str]) -> PeopleBroken:
    breach = Q(verdict="breach")
    counted = (
        _bad(viewer)
        .filter(safeguard__in=list(safeguards))
        .aggregate(
            breach=Count("person", filter=breach, distinct=True),
            done=Count("person", filter=breach & Q(planned=False), distinct=True),
            overdue=Count("person", filter=Q(verdict="overdue"), distinct=True),
        )
    )
    return PeopleBroken(counted["breach"], counted["breach"] - counted["done"], counted["overdue"])


def _bad(viewer: Viewer) -> QuerySet[Finding]:
    """What is broken of whom the viewer may know. What is not broken is left out, rather than the rest asked
    for: so SQLite goes along the index of the board, in which what is counted together stands together.
    """
    return Finding.objects.filter(STANDING, theirs(viewer, counting=True)).exclude(verdict__in=MILD)


def _require_law(viewer: Viewer) -> None:
    if not any(map(viewer.may, ("oversight.see", "law.see"))):
        raise NotForYou(viewer.role, "oversight.see")
