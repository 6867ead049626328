"""Birthdays of the next 90 days that may change what the law says, each named by the review it calls for.

A review, never a transfer date; no outcome is named. Seen only by those who answer for the cases; the
monitor sees it without names, on a desk of his own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries
from amana.apps.decisions.answers import ComingReview, FactsView
from amana.apps.decisions.office_pack import PLACEMENT
from amana.apps.registry.queries import PersonLine, lines
from amana.core.policy import Change, Pack
from amana.web.people.names import Name, names
from amana.web.people.search import address_of
from amana.wording.ages import age_in_words
from amana.wording.changes import cause_in_words, review_in_words, when_in_words

DAYS: Final = (30, 60, 90)
NO_DAY: Final = 0
AT_ONCE: Final = 25


@dataclass(frozen=True)
class Review:
    """One coming review: whose, which, and when; `sure` when the day is known."""

    ref: str
    name: Name
    words: str
    turns: str
    age: str
    when: str
    sure: bool
    address: str


@dataclass(frozen=True)
class Window:
    """The reviews that come due within so many days; `NO_DAY`: it may be any day, the birth is vague."""

    days: int
    reviews: tuple[Review, ...]


@dataclass(frozen=True)
class Reviews:
    """One page of coming reviews, by window; `next` is the cursor of the following page, or None."""

    windows: tuple[Window, ...]
    people: int
    next: str | None


def may_see_reviews(viewer: Viewer) -> bool:
    """Whether this person answers for cases: her caseworker or a supervisor."""
    return viewer.may("reviews.see")


def coming_reviews(viewer: Viewer, on: date, pack: Pack, after: str = "") -> Reviews:
    """Return a page of reviews due within 90 days after `on`, the soonest first."""
    page = queries.coming(viewer, on=on, days=DAYS[-1], after=after, limit=AT_ONCE)
    refs = [row.ref for row in page.rows]
    people, facts = lines(viewer, refs), queries.facts(viewer, refs)
    shown = [(_window(row, on), _review(row, people, facts.get(row.ref), on, pack)) for row in page.rows]
    windows = tuple(
        Window(days, tuple(review for window, review in shown if window == days)) for days in (*DAYS, NO_DAY)
    )
    return Reviews(tuple(window for window in windows if window.reviews), page.count, page.next)


def _window(row: ComingReview, on: date) -> int:
    ahead = (row.latest - on).days if row.latest else DAYS[-1] + 1
    return next((days for days in DAYS if ahead <= days), NO_DAY)


def _review(
    row: ComingReview, people: Mapping[str, PersonLine], facts: FactsView | None, on: date, pack: Pack
) -> Review:
    change = Change(row.earliest, row.latest, row.before, row.after, row.cause)
    return Review(
        ref=row.ref,
        name=names(people[row.ref])[0],
        words=review_in_words(change, pack, PLACEMENT),
        turns=cause_in_words(change.cause, pack),
        age=age_in_words(facts.birth if facts else None, on, pack.leap_day),
        when=when_in_words(change),
        sure=row.earliest == row.latest,
        address=address_of(row.ref),
    )
