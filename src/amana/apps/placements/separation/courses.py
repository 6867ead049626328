"""What a separation is, told from the stays of a child and of the parents alone. No table is read here.

- A child is *with* a parent on a day when both have a stay at one place on it.
- A **separation** is an act on the child: a stay of the child begins at a place where no mother is on that
  day, after a stay in which a mother was with the child. It counts wherever the mother is by then: left
  behind, moved to a hospital the day before, or nowhere on record; otherwise moving her first would be a way
  around it. Where only a father was with the child, leaving him for a place without any parent is one.
- None is: a move of mother and child together (on the day the child's stay begins she is there), a move of
  a child who was apart already (the separation before goes on), and a move after the parents who were with
  the child have certainly died. A move of the mother alone is told in `departures`. That a parent is unable
  to care exempts nothing: it is a ground that a determination weighs.
- It lasts until the child is with such a parent again on some day, or they have all certainly died. A child
  who has left the last place on record is still separated.
- Where more than one woman may be the mother, each may be: the child is separated who was with one of them
  and is brought to where none of them is.

Days are days of the office. A stay covers `since` and excludes `until`, unless both are one day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

MOTHER, FATHER = "mother", "father"


class StayRow(NamedTuple):
    """A stay with the kind of its place; `until` None while open. `id` 0: not begun, only planned."""

    id: int
    person: str
    facility: str
    kind: str
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        """Whether it covers the day; a stay that ended on the day it began covers that day."""
        return day == self.since or (self.since < day and (self.until is None or day < self.until))


@dataclass(frozen=True)
class Parent:
    """A parent as claimed: role, stays in order, and the day by which he or she has certainly died."""

    ref: str
    role: str
    stays: Sequence[StayRow]
    died_by: date | None = None
    doubted: bool = False

    def alive(self, day: date) -> bool:
        """Whether he or she is not certainly dead on that day."""
        return self.died_by is None or self.died_by > day


@dataclass(frozen=True)
class Separation:
    """A separation that lasts: the first stay apart, the stay that was left, and the day from which the
    child had last been with a parent again after an earlier one (None: never apart before).

    Where the parent was moved and the child stayed, `away` is the stay to which the parent was brought and
    `left_on` the day on which the parent left; `stay` and `left` are both the child's own.
    """

    stay: StayRow
    left: StayRow
    together_since: date | None
    away: StayRow | None = None
    left_on: date | None = None

    @property
    def act(self) -> StayRow:
        """The stay that began by the act that parted them."""
        return self.away or self.stay

    @property
    def begun(self) -> date:
        """The day from which they are apart."""
        return self.left_on or self.stay.since


@dataclass
class _Course:
    """What is known while the stays are walked in order."""

    before: StayRow | None = None
    carers: Collection[Parent] = ()
    found: Separation | None = None
    left: Collection[Parent] = ()
    together_since: date | None = field(default=None)


def separation(stays: Iterable[StayRow], parents: Sequence[Parent], on: date) -> Separation | None:
    """The separation that lasts on that day, if there is one; `stays` are the child's, oldest first."""
    course = _Course()
    for stay in stays:
        if stay.since > on:
            break
        if course.found is None and course.before is not None:
            left = _left(stay, course.carers, parents)
            if left:
                course.found = Separation(stay, course.before, course.together_since)
                course.left = left
        since = joined(stay, course.left if course.found else parents, on)
        if since is not None:
            if course.found is not None:
                course.found, course.together_since = None, since
            course.before, course.carers = stay, with_child(stay, parents, on)
        elif course.found is None:
            course.before, course.carers = None, ()
    if course.found and not any(parent.alive(on) for parent in course.left):
        return None
    return course.found


def with_child(stay: StayRow, parents: Iterable[Parent], on: date) -> tuple[Parent, ...]:
    """The parents who were with the child on some day of this stay, up to that day."""
    return tuple(parent for parent in parents if _shared_from(stay, parent, on) is not None)


def there(parents: Iterable[Parent], facility: str, day: date) -> tuple[Parent, ...]:
    """The parents who are at a place on that day and did not leave it on it."""
    return tuple(
        parent
        for parent in parents
        if any(
            stay.facility == facility and stay.on(day) and (stay.until is None or stay.until > day)
            for stay in parent.stays
        )
    )


def last_day_together(stays: Iterable[StayRow], parents: Sequence[Parent], on: date) -> date | None:
    """The day on which the child was last with a parent who then left or was left; None: never on record."""
    ends = [
        end
        for stay in stays
        for parent in parents
        for other in parent.stays
        if (end := _shared_until(stay, other, on)) is not None
    ]
    return max(ends, default=None)


def _left(stay: StayRow, carers: Collection[Parent], parents: Sequence[Parent]) -> Collection[Parent]:
    """The parents whom the child leaves by this stay; empty where it is no separation."""
    living = [parent for parent in carers if parent.alive(stay.since)]
    mothers = [parent for parent in living if parent.role == MOTHER]
    if mothers:
        known = [parent for parent in parents if parent.role == MOTHER]
        return () if there(known, stay.facility, stay.since) else mothers
    return () if there(parents, stay.facility, stay.since) else living


def joined(stay: StayRow, parents: Iterable[Parent], on: date) -> date | None:
    """The first day of this stay on which one of them was there, up to that day; None for none."""
    days = [day for parent in parents if (day := _shared_from(stay, parent, on)) is not None]
    return min(days, default=None)


def _shared_from(stay: StayRow, parent: Parent, on: date) -> date | None:
    """The first day on which both are there, no later than `on`."""
    for other in parent.stays:
        first = max(stay.since, other.since)
        if other.facility == stay.facility and first <= on and stay.on(first) and other.on(first):
            return first
    return None


def _shared_until(stay: StayRow, other: StayRow, on: date) -> date | None:
    """The day on which being at one place ended; `on` while it goes on."""
    first = max(stay.since, other.since)
    if other.facility != stay.facility or first > on or not (stay.on(first) and other.on(first)):
        return None
    return min(filter(None, (stay.until, other.until, on)))


def of_one_kind_since(stays: Sequence[StayRow], current: StayRow) -> date:
    """The day from which a person has been in places of one kind without a day between, up to this stay: a
    transfer from one place to the next of its kind starts no clock anew.
    """
    since = current.since
    for stay in reversed(stays):
        if stay.id != current.id and stay.kind == current.kind and stay.until == since:
            since = stay.since
    return since
