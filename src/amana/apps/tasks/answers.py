"""What the queries on tasks return: frozen, detached from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amana.apps.audit.withholding import Withholding
from amana.apps.tasks.kinds import BREACH


@dataclass(frozen=True)
class Colleague:
    """Somebody who may hold tasks: account, name, role."""

    id: UUID
    name: str
    role: str


@dataclass(frozen=True)
class TaskLine:
    """One task. `person` is empty where the viewer may not see people; `holder` None: nobody has taken it.

    `due` is the day it is sorted by; `due_latest` the last day in time, or None where none can be named;
    `since` the day from which it is asked; `overdue` as of the day asked about.
    """

    id: int
    person: str
    kind: str
    source: str
    desk: str
    holder: Colleague | None
    mine: bool
    due: date
    due_earliest: date | None
    due_latest: date | None
    since: date
    raised_on: date
    closed_on: date | None
    closed_why: str
    overdue: bool

    @property
    def sure(self) -> bool:
        """Whether the last day in time is one certain day."""
        return self.due_latest is not None and self.due_earliest == self.due_latest

    @property
    def begun(self) -> bool:
        """Whether it is something that already is, rather than something due."""
        return self.kind == BREACH


@dataclass(frozen=True)
class TaskPage:
    """One page of tasks, soonest first. `count` never goes beyond `most` + 1: more than that is *many*."""

    rows: tuple[TaskLine, ...]
    count: int
    most: int
    next: str | None

    @property
    def many(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > self.most


@dataclass(frozen=True)
class Step(Withholding):
    """A task passing on: `was` and `now` None are the desk. `undoable`: by this viewer, now."""

    id: int
    was: Colleague | None
    now: Colleague | None
    note: str
    by: Colleague
    at: datetime
    undone_at: datetime | None
    undoable: bool


@dataclass(frozen=True)
class TaskView:
    """One task with how it passed from hand to hand, newest first; `seen` goes into every form about it."""

    line: TaskLine
    steps: tuple[Step, ...]
    seen: str
    may_act: bool


@dataclass(frozen=True)
class Overdue:
    """How many of an official's own open tasks are overdue, reviews apart from the others; `desk`: how many
    on her desk that nobody has taken. Counts only.
    """

    reviews: int
    others: int
    desk: int = 0

    @property
    def mine(self) -> int:
        """All of her own."""
        return self.reviews + self.others

    @property
    def any(self) -> bool:
        """Whether there is anything to remind her of."""
        return bool(self.mine or self.desk)
