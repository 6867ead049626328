"""What is to be done today: the breaches that are mine, those of my desk that nobody has taken, then my tasks
and the others of my desk.

Breaches by the day since which they are so, all else by due date, the late ones first. No outcome is named;
who it is about shows to those who may see people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from amana.apps.accounts.viewers import Viewer
from amana.apps.tasks import queries
from amana.apps.tasks.answers import TaskPage
from amana.apps.tasks.kinds import BREACHES
from amana.core.policy import Pack
from amana.web.tasks.filters import Chosen
from amana.web.tasks.lines import Row, grouped, rows

AT_ONCE: Final = 10


@dataclass(frozen=True)
class Block:
    """The first tasks of a list under their headings; how many there are, and where all of them are."""

    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    count: int
    many: bool
    more: bool
    address: str


@dataclass(frozen=True)
class Work:
    """The lists of the page of the day; `broken`: breaches that nobody has taken; `may_take` where this
    viewer may take a task.
    """

    breaches: Block
    broken: Block
    mine: Block
    desk: Block
    may_take: bool


def work_of(viewer: Viewer, on: date, pack: Pack) -> Work | None:
    """What is to be done, for whoever has tasks; None for the others."""
    if not viewer.may("tasks.see"):
        return None
    breaches = queries.tasks(viewer, on=on, scope="mine", theme=BREACHES, limit=AT_ONCE)
    broken = queries.tasks(viewer, on=on, scope="free", theme=BREACHES, limit=AT_ONCE)
    mine = queries.tasks(viewer, on=on, scope="mine", without=BREACHES, limit=AT_ONCE)
    desk = queries.tasks(viewer, on=on, scope="free", without=BREACHES, limit=AT_ONCE)
    return Work(
        breaches=_block(viewer, breaches, on, pack, Chosen("mine", BREACHES, "", ())),
        broken=_block(viewer, broken, on, pack, Chosen("free", BREACHES, "", ())),
        mine=_block(viewer, mine, on, pack, Chosen("mine", "", "", ())),
        desk=_block(viewer, desk, on, pack, Chosen("free", "", "", ())),
        may_take=viewer.may("tasks.hand_over"),
    )


def _block(viewer: Viewer, page: TaskPage, on: date, pack: Pack, whole: Chosen) -> Block:
    return Block(
        groups=grouped(rows(viewer, page.rows, on, pack)),
        count=min(page.count, page.most),
        many=page.many,
        more=page.next is not None,
        address=whole.address(),
    )
