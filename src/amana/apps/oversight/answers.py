"""What the reads of oversight answer: lines of the board, findings, waivers, questions. Frozen; days are the
office's.

`person` is None where nobody is concerned, or where the viewer knows people by pseudonym only. `owner` of a
filter is one of the roles a safeguard tells (`alerts`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from amana.apps.audit.withholding import Withholding
from amana.core.safeguards.model import Finding, Occasion, Safeguard


class CurrentFinding(NamedTuple):
    """What stands of a person, for what follows from it; `waived` while a waiver holds, `begun_on` since when
    it is so (of what is planned, the day it is planned for).
    """

    person: str
    safeguard: str
    key: str
    verdict: str
    since: date
    begun_on: date
    due_earliest: date | None
    due_latest: date | None
    needs: tuple[str, ...]
    waived: bool


@dataclass(frozen=True)
class BoardLine:
    """What one safeguard finds now, in counts; `waived` of them rest, and are counted all the same.

    `oldest`: the earliest day since which anything done or left undone is so, the day of an act or the last
    day in time of an overdue duty, or else the day the oldest of the rest was found; None where all is only
    planned. `soonest`: the first day on which an open duty may fall due; `overdue_since`: the earliest last
    day in time of the overdue ones. `planned`: how many of the breaches are of acts not done yet.
    """

    safeguard: str
    breach: int = 0
    overdue: int = 0
    duty_open: int = 0
    warn: int = 0
    undetermined: int = 0
    waived: int = 0
    oldest: date | None = None
    soonest: date | None = None
    overdue_since: date | None = None
    planned: int = 0

    @property
    def total(self) -> int:
        """All that stands, whatever the verdict."""
        return self.breach + self.overdue + self.duty_open + self.warn + self.undetermined


@dataclass(frozen=True)
class Board:
    """The lines of all safeguards that find something, by safeguard; `swept_on` is the day of the last whole
    sweep (None: there was none yet), `people` how many it looked at.
    """

    lines: tuple[BoardLine, ...]
    swept_on: date | None
    people: int


@dataclass(frozen=True)
class WaiverView(Withholding):
    """One waiver, running or over. It holds from `since` until `until`, the last day; `ended_on` is when it
    was taken back before, with the reason. The author's name is empty for whoever sees no trail; her role is
    told to all. What she wrote herself the viewer reads without a reason.
    """

    id: int
    person: str | None
    pseudonym: str
    safeguard: str
    verdict: str
    ground: str
    since: date
    until: date
    by_name: str
    by_role: str
    at: datetime
    ended_on: date | None
    ended_reason: str

    @property
    def ended(self) -> bool:
        """Whether it was taken back before its day."""
        return self.ended_on is not None

    def running(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.since <= on <= self.until and (self.ended_on is None or on < self.ended_on)


@dataclass(frozen=True)
class FindingLine:
    """One episode. `since` is the day it was found, `begun_on` the day since which it is so (of what is only
    `planned`, the day it is planned for). `waiver` is the one that holds now, `waivers` all that were ever
    made of it, newest first; `ended` says whether facts or law ended it (empty while it stands).
    """

    id: int
    person: str | None
    pseudonym: str
    safeguard: str
    key: str
    verdict: str
    since: date
    begun_on: date
    planned: bool
    until: date | None
    ended: str
    due_earliest: date | None
    due_latest: date | None
    needs: tuple[str, ...]
    possible: tuple[str, ...]
    facility: str
    waiver: WaiverView | None = None
    waivers: tuple[WaiverView, ...] = ()


@dataclass(frozen=True)
class FindingPage:
    """Some findings, oldest first; `count` of all, `planned` of those of acts not done yet, `next` the place
    where the next page begins (None: there is none).
    """

    rows: tuple[FindingLine, ...]
    count: int
    next: str | None
    planned: int = 0


@dataclass(frozen=True)
class PeopleBroken:
    """Of how many people there is a breach, of how many of them nothing but a planned one, and of how many
    something is overdue; each counted once in each.
    """

    breach: int = 0
    planned: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class WaiverPage:
    """Some waivers, newest first."""

    rows: tuple[WaiverView, ...]
    count: int
    next: str | None


@dataclass(frozen=True)
class QuestionView(Withholding):
    """One question of the monitor about a finding, and its answer (empty while it waits). `due_on` is the
    last day in time. Names as in `WaiverView`: empty for whoever sees no trail, the roles are told to all.
    """

    id: int
    finding: int
    person: str | None
    pseudonym: str
    safeguard: str
    verdict: str
    text: str
    asked_on: date
    due_on: date
    by_name: str
    by_role: str
    answer: str
    answered_on: date | None
    answered_by_name: str
    answered_by_role: str

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it."""
        return self.answered_on is None

    def late(self, on: date) -> bool:
        """Whether the answer came, or is still to come, after its last day."""
        return (self.answered_on or on) > self.due_on


@dataclass(frozen=True)
class QuestionPage:
    """Some questions, newest first."""

    rows: tuple[QuestionView, ...]
    count: int
    next: str | None


@dataclass(frozen=True)
class PlaceName:
    """A place, for a filter or a line: its reference and its names."""

    ref: str
    name_en: str
    name_ar: str
    kind: str


@dataclass(frozen=True)
class LastSweep:
    """The last run over everybody that came to its end."""

    on: date
    pack_hash: str
    people: int
    at: datetime
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Watched:
    """What one safeguard says of one occasion as the case stands now, no breach found included; the waiver
    that holds, if there is one.
    """

    safeguard: Safeguard
    occasion: Occasion
    finding: Finding
    waiver: WaiverView | None = None
