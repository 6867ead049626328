"""A child who is left behind because the parent was moved, told from stays alone. No table is read here.

- A **departure** is an act on the child like a move of the child: the parent who was with the child is moved
  to another place, the child stays, and no mother is there from that day. Moving her is no way around the
  child's own right not to be parted from her.
- It counts from the day she left, once a later stay says where she was brought. A stay that ended without
  one says nothing of an act: that the child is alone there shows elsewhere.
- None is: mother and child who leave on one day (each to a place of his own: the child's own stay is the
  act), or a mother who has certainly died by that day. Where a mother was with the child, a father's moves
  count for nothing.
- It lasts until the child is with a mother (where only a father was: a parent) on some later day, or who
  left has certainly died. A later move of the child without her is an act of its own, beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from amana.apps.placements.separation.courses import (
    MOTHER,
    Parent,
    Separation,
    StayRow,
    joined,
    separation,
    there,
    with_child,
)


class _Leaving(NamedTuple):
    """A stay of the child that a parent left on a day, for the stay that began elsewhere."""

    day: date
    stay: StayRow
    shared: StayRow
    away: StayRow
    parent: Parent


def departure(stays: Sequence[StayRow], parents: Sequence[Parent], on: date) -> Separation | None:
    """The last departure of a parent that still lasts on the day; `stays` are the child's, oldest first."""
    leavings = sorted(_leavings(stays, parents, on), key=lambda each: each.day)
    if not leavings:
        return None
    last = leavings[-1]
    if not last.parent.alive(on) or _together_again(stays, _like(last.parent, parents), last.day, on):
        return None
    back = max(last.stay.since, last.shared.since)
    before = back - timedelta(days=1)
    apart = separation(stays, parents, before) or departure(stays, parents, before)
    return Separation(last.stay, last.stay, back if apart else None, last.away, last.day)


def _leavings(stays: Iterable[StayRow], parents: Sequence[Parent], on: date) -> Iterable[_Leaving]:
    for stay in stays:
        if stay.since > on:
            return
        carers = with_child(stay, parents, on)
        mothers = [parent for parent in carers if parent.role == MOTHER]
        for parent in mothers or carers:
            yield from _left_by(parent, stay, parents, on)


def _left_by(parent: Parent, stay: StayRow, parents: Sequence[Parent], on: date) -> Iterable[_Leaving]:
    """The days on which a parent who was with the child was moved away, and no such parent stayed."""
    for number, shared in enumerate(parent.stays):
        day = shared.until
        if day is None or day > on or not _shares(stay, shared, day):
            continue
        if not parent.alive(day) or there(_like(parent, parents), stay.facility, day):
            continue
        away = next((each for each in parent.stays[number + 1 :] if each.since <= on), None)
        if away is not None and away.facility != stay.facility:
            yield _Leaving(day, stay, shared, away, parent)


def _shares(stay: StayRow, shared: StayRow, day: date) -> bool:
    """Whether both were at one place until the parent left it on that day, and the child stayed."""
    first = max(stay.since, shared.since)
    together = shared.facility == stay.facility and stay.on(first) and shared.on(first)
    return together and (stay.until is None or stay.until > day)


def _like(parent: Parent, parents: Iterable[Parent]) -> list[Parent]:
    """Those who would keep the child from being left by this parent: the mothers; of a father, anybody."""
    return [each for each in parents if parent.role != MOTHER or each.role == MOTHER]


def _together_again(stays: Iterable[StayRow], parents: Iterable[Parent], day: date, on: date) -> bool:
    """Whether the child was with one of them on a day after that one."""
    later = [replace(each, stays=[stay for stay in each.stays if stay.since >= day]) for each in parents]
    return any(joined(stay, later, on) for stay in stays if stay.until is None or stay.until > day)
