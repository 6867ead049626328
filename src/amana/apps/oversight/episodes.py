"""What a sweep changes: the episodes that stand, held against what is found now. Pure: writes nothing.

An episode stands while the same safeguard finds the same at the same occasion. Another verdict, or another
due day of a duty (a new duty), ends it and begins another; what else changes (needs, possible verdicts, the
place, since when it is so) is written into it. Nothing but what is found ends an episode.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

CLOCKED = frozenset({"duty_open", "overdue"})

PLAN = "plan:"
"""How the key of a record begins that says what is intended: nothing of it has been done."""

Place = tuple[str | None, str, str]
"""Person, safeguard and key of the occasion."""


class Found(NamedTuple):
    """What is found now at one occasion: codes `;`-joined, the due days where there is a clock; `begun_on`
    since when it is so, where a record says; `planned` of an act that is planned and not done.
    """

    person_id: str | None
    safeguard: str
    key: str
    verdict: str
    due_earliest: date | None
    due_latest: date | None
    needs: str
    possible: str
    facility: str
    begun_on: date | None = None
    planned: bool = False

    @property
    def place(self) -> Place:
        """What it is a finding of."""
        return self[:3]


class Standing(NamedTuple):
    """An episode that stands, with its number and the law under which it was last found."""

    id: int
    since: date
    pack_hash: str
    found: Found


@dataclass
class Changes:
    """What is to be written: episodes that begin, that end, that say something else, that only a new law has
    looked at since.
    """

    begin: list[Found] = field(default_factory=list)
    end: list[Standing] = field(default_factory=list)
    alter: list[tuple[int, Found]] = field(default_factory=list)
    confirm: list[int] = field(default_factory=list)


def changes(standing: Iterable[Standing], found: Iterable[Found], pack_hash: str) -> Changes:
    """What makes of the episodes that stand those that are found now."""
    now: dict[Place, Found] = {each.place: each for each in found}
    to_do = Changes()
    for old in standing:
        new = now.pop(old.found.place, None)
        if new is not None and new.begun_on is None:
            new = new._replace(begun_on=_begun_before(old, new))
        if new is None or not _same(old.found, new):
            to_do.end.append(old)
            if new is not None:
                to_do.begin.append(new)
        elif new != old.found:
            to_do.alter.append((old.id, new))
        elif old.pack_hash != pack_hash:
            to_do.confirm.append(old.id)
    to_do.begin.extend(now.values())
    return to_do


def _begun_before(old: Standing, new: Found) -> date | None:
    """Of an episode that goes on without a day on record, the day it was found."""
    return old.since if _same(old.found, new) else None


def _same(old: Found, new: Found) -> bool:
    """Whether both are one episode: the same verdict and, of a duty, a last day in time that may be the same.
    A due day that is only known better is the same duty.
    """
    return old.verdict == new.verdict and (old.verdict not in CLOCKED or _may_be_one_day(old, new))


def _may_be_one_day(old: Found, new: Found) -> bool:
    def before(latest: date | None, earliest: date | None) -> bool:
        return latest is not None and earliest is not None and latest < earliest

    return not (before(old.due_latest, new.due_earliest) or before(new.due_latest, old.due_earliest))


@dataclass
class SweepCounts:
    """What a sweep did and found: how many people it looked at, and by safeguard how many findings began
    (`new`), ended (`cleared`) and stand, by verdict.

    A duty that falls overdue is new and no longer open; it is not cleared. `cleared` is what is found no
    more, `by_law` those among them that only the law has ended.
    """

    people: int = 0
    new: dict[str, int] = field(default_factory=dict)
    cleared: dict[str, int] = field(default_factory=dict)
    by_law: dict[str, int] = field(default_factory=dict)
    standing: dict[str, dict[str, int]] = field(default_factory=dict)

    def count(self, to_do: Changes, by_law: frozenset[int], found: Iterable[Found]) -> None:
        """Add what one group of people came to."""
        goes_on = {each.place for each in to_do.begin}
        for each in to_do.begin:
            self.new[each.safeguard] = self.new.get(each.safeguard, 0) + 1
        for old in to_do.end:
            if old.found.place not in goes_on:
                name = old.found.safeguard
                self.cleared[name] = self.cleared.get(name, 0) + 1
                self.by_law[name] = self.by_law.get(name, 0) + (old.id in by_law)
        for each in found:
            line = self.standing.setdefault(each.safeguard, {})
            line[each.verdict] = line.get(each.verdict, 0) + 1

    def plain(self) -> Mapping[str, Mapping[str, int]]:
        """New, cleared and cleared by law as JSON values, for the run's record and the trail."""
        names = sorted({*self.new, *self.cleared})
        return {
            name: {
                "new": self.new.get(name, 0),
                "cleared": self.cleared.get(name, 0),
                "by_law": self.by_law.get(name, 0),
            }
            for name in names
        }

    def take_up(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Start from what an interrupted run had counted."""
        for name, line in counts.items():
            for kept, of in ((self.new, "new"), (self.cleared, "cleared"), (self.by_law, "by_law")):
                kept[name] = kept.get(name, 0) + line.get(of, 0)


__all__ = ["CLOCKED", "PLAN", "Changes", "Found", "Place", "Standing", "SweepCounts", "changes"]
