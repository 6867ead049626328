"""Emergency openings: what stands for whom, what is owed a review, and by which rules.

An opening lets its official read one case, never write, and no more of it than her role reads of her own:
it is a circle of reach of its own, which the viewer carries only while it stands. `at` is an instant, UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.sealing import have_keys
from amana.apps.guards.models import Opening
from amana.apps.registry.assigning import NewReach
from amana.apps.registry.models import Person

ASK, REVIEW = "openings.ask", "openings.review"
HOURS: Final = (1, 2, 4)
"""For how long a case may be opened."""
A_DAY: Final = 3
"""Openings that one account may begin within 24 hours."""
REVIEW_WITHIN: Final = timedelta(hours=72)
DAY: Final = timedelta(hours=24)
OPENED: Final = frozenset(
    {
        ASK, "today.see", "people.see", "reviews.see", "determinations.see", "oversight.see", "tasks.see",
        "law.see",
    }
)  # fmt: skip
"""The permissions that stay with whoever looks through an opening, as far as her role has them."""
SOURCE: Final = "opening"
SHOWN: Final = 200


@dataclass(frozen=True)
class OpeningView:
    """One opening; `reason` and `review_reason` in words. `ended_at` is None while nobody ended it: whether
    it stands its end decides.
    """

    id: UUID
    ref: str
    by: UUID
    role: str
    began_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    reason: str
    proper: bool | None
    reviewed_by: UUID | None
    reviewed_at: datetime | None
    review_reason: str

    def stands(self, at: datetime) -> bool:
        """Whether the case is open at this instant."""
        return self.ended_at is None and self.began_at <= at < self.ends_at

    @property
    def review_by(self) -> datetime:
        """When its review is due."""
        return self.began_at + REVIEW_WITHIN

    def overdue(self, at: datetime) -> bool:
        """Whether its review is owed and late."""
        return self.proper is None and at > self.review_by


@dataclass(frozen=True)
class Standing:
    """An opening that stands: of which reference, and until when."""

    id: UUID
    ref: str
    ends_at: datetime


def standing(viewer: Viewer, at: datetime) -> tuple[Standing, ...]:
    """What stands open to this account at an instant, the latest first."""
    if viewer.user_id is None or not viewer.may(ASK):
        return ()
    rows = Opening.objects.filter(
        account=viewer.user_id, ended_at__isnull=True, began_at__lte=at, ends_at__gt=at
    )
    return tuple(Standing(*row) for row in rows.order_by("-began_at").values_list("id", "ref", "ends_at"))


def through(viewer: Viewer, opening: Standing) -> Viewer:
    """The viewer as she looks through an opening: her own circles and that of the opened case, narrowed to
    what only looks. She has been shown nothing yet.
    """
    scopes = OPENED if viewer.scopes is None else OPENED & viewer.scopes
    return replace(viewer, circles=(*viewer.circles, circle(opening.id)), scopes=scopes, trail=[])


def circle(opening: UUID) -> str:
    """The circle of reach of one opening."""
    return f"opening:{opening}"


def used(account: UUID, at: datetime) -> int:
    """How many openings an account began in the 24 hours before."""
    return int(Opening.objects.filter(account=account, began_at__gt=at - DAY, began_at__lte=at).count())


def own(viewer: Viewer) -> tuple[OpeningView, ...]:
    """One's own openings, the latest first. Raises `NotForYou`."""
    viewer.require(ASK)
    return _views(Opening.objects.filter(account=viewer.account).order_by("-began_at")[:SHOWN])


def board(viewer: Viewer, at: datetime) -> tuple[OpeningView, ...]:
    """All openings for whoever reviews them: what is overdue first, then what is owed, then the rest, the
    latest first. Raises `NotForYou`.
    """
    viewer.require(REVIEW)
    owed = _views(Opening.objects.filter(proper__isnull=True).order_by("began_at"))
    done = _views(Opening.objects.filter(proper__isnull=False).order_by("-began_at")[:SHOWN])
    viewer.saw_all(each.ref for each in (*owed, *done))
    return (*sorted(owed, key=lambda each: not each.overdue(at)), *done)


def one(viewer: Viewer, number: UUID) -> OpeningView | None:
    """One opening for whoever reviews it, None where there is none. Raises `NotForYou`."""
    viewer.require(REVIEW)
    found = next(iter(_views(Opening.objects.filter(pk=number))), None)
    if found:
        viewer.saw(found.ref)
    return found


def owed(viewer: Viewer) -> int:
    """How many wait for a review. Raises `NotForYou`."""
    viewer.require(REVIEW)
    return int(Opening.objects.filter(proper__isnull=True).count())


def reach_from_openings() -> Iterator[NewReach]:
    """The reach that openings make which nobody has ended, from the source alone."""
    rows = list(Opening.objects.filter(ended_at__isnull=True))
    known = set(Person.objects.filter(ref__in=[row.ref for row in rows]).values_list("ref", flat=True))
    for row in rows:
        if row.ref in known:
            yield reach_of(row)


def reach_of(row: Opening) -> NewReach:
    """The reach of an opening of somebody who exists. Days only bound it: the instant decides."""
    return NewReach(row.ref, circle(row.pk), row.began_at.date(), None, "", SOURCE)


def _views(rows: object) -> tuple[OpeningView, ...]:
    found: list[Opening] = list(rows)  # type: ignore[call-overload]  # a query of openings
    have_keys(found)
    return tuple(
        OpeningView(
            row.pk,
            row.ref,
            row.by,
            row.role,
            row.began_at,
            row.ends_at,
            row.ended_at,
            row.reason,
            row.proper,
            row.reviewed_by,
            row.reviewed_at,
            row.review_reason or "",
        )
        for row in found
    )
