"""The board: one line a safeguard, the heaviest norm first and the oldest breach first inside a weight.

Counts are of findings as the last sweep left them. A safeguard is shown with nothing open as well, folded:
that nothing was found is told beside how much could not be decided. No line is about a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amana.apps.oversight.queries import Board, BoardLine
from amana.core.dates import DateSpan
from amana.core.policy import Pack
from amana.core.safeguards import Safeguard
from amana.web.law.safeguards import record_in_words
from amana.web.oversight.choosing import Chosen
from amana.web.oversight.words import OPEN, Norm, count_mark, heavier_first, lasting, norm
from amana.web.people.marks import Mark
from amana.web.texts import WEIGHT_CLASSES
from amana.wording.findings import due_span_in_words
from amana.wording.languages import day_in_words, listed, pick
from amana.wording.terms import weight_in_words

STATES = ("breach", "overdue", "warn", "duty_open", "undetermined", "waived")


@dataclass(frozen=True)
class Line:
    """One safeguard of the board. `open`: what is broken, all of it breaches or all overdue duties; `oldest`:
    how late or how old its oldest is; `planned`: how many of its breaches are of acts not done yet; `marks`:
    counts by state.
    """

    norm: Norm
    open: int
    oldest: str
    soonest: str
    waived: int
    planned: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Weight:
    """One weight of the little table: what is broken under it."""

    words: str
    css: str
    breach: int
    overdue: int


@dataclass(frozen=True)
class Waiting:
    """A safeguard declared in the pack whose records this office doesn't keep yet."""

    id: str
    title: str
    records: str


@dataclass(frozen=True)
class BoardPage:
    """Everything the page shows. `quiet`: safeguards with nothing open, due or undetermined."""

    lines: tuple[Line, ...]
    quiet: tuple[Line, ...]
    weights: tuple[Weight, ...]
    waiting: tuple[Waiting, ...]
    breach: int
    overdue: int
    planned: int
    undetermined: int
    safeguards: int
    swept_on: str


def state_words() -> dict[str, str]:
    """What lines may be chosen by."""
    return {
        "breach": _("Breaches"),
        "overdue": _("Overdue"),
        "warn": _("To look at"),
        "duty_open": _("Due"),
        "undetermined": _("Undetermined"),
        "waived": _("Waived"),
    }


def board_page(board: Board, pack: Pack, chosen: Chosen, on: date) -> BoardPage:
    """Lay out the board for what was chosen; totals are of the lines shown."""
    known = [(line, pack.safeguards[line.safeguard]) for line in _every(board, pack, chosen)]
    wanted = [(line, each) for line, each in known if not chosen.state or getattr(line, chosen.state)]
    ordered = sorted(wanted, key=lambda pair: _place(*pair))
    stirring = [(line, each) for line, each in ordered if _stirs(line)]
    lines = tuple(_line(line, each, pack, on) for line, each in stirring)
    broken = [(line, each) for line, each in stirring if _open(line)]
    return BoardPage(
        lines=lines,
        quiet=tuple(_line(line, each, pack, on) for line, each in ordered if not _stirs(line)),
        weights=tuple(_weights(known)),
        waiting=waiting(pack.safeguards.values(), pack),
        breach=sum(line.breach for line, _each in stirring),
        overdue=sum(line.overdue for line, _each in stirring),
        planned=sum(line.planned for line, _each in stirring),
        undetermined=sum(line.undetermined for line, _each in stirring),
        safeguards=len(broken),
        swept_on=day_in_words(board.swept_on) if board.swept_on else "",
    )


def _every(board: Board, pack: Pack, chosen: Chosen) -> list[BoardLine]:
    """A line for each safeguard that finds something, and where nothing is left out one for the others too,
    once there was a sweep.
    """
    found = [line for line in board.lines if line.safeguard in pack.safeguards]
    if chosen.any or board.swept_on is None:
        return found
    known = {line.safeguard for line in found}
    return found + [
        BoardLine(each.id) for each in pack.safeguards.values() if each.alive and each.id not in known
    ]


def waiting(safeguards: Iterable[Safeguard], pack: Pack) -> tuple[Waiting, ...]:
    """The safeguards that wait for records, with the kinds they wait for."""
    return tuple(
        Waiting(each.id, pick(each.title), listed(record_in_words(kind, pack) for kind in each.needs_records))
        for each in safeguards
        if not each.alive
    )


def _oldest(line: BoardLine, on: date) -> str:
    """How late the latest duty is, else for how long the oldest finding has been so."""
    if line.overdue_since:
        return due_span_in_words(DateSpan.day(line.overdue_since), on)
    if line.oldest:
        return lasting(line.oldest, on)
    return _("planned, not done") if line.planned else ""


def _since(line: BoardLine) -> date:
    """What lines of one weight are put in order by: the day something was due, or was done."""
    return min((day for day in (line.overdue_since, line.oldest) if day), default=date.max)


def _place(line: BoardLine, each: Safeguard) -> tuple[int, bool, date, str]:
    return (heavier_first(each.weight), not _open(line), _since(line), each.id)


def _stirs(line: BoardLine) -> bool:
    return any(getattr(line, state) for state in STATES)


def _open(line: BoardLine) -> int:
    return sum(int(getattr(line, verdict)) for verdict in OPEN)


def _line(line: BoardLine, each: Safeguard, pack: Pack, on: date) -> Line:
    counts = [(verdict, getattr(line, verdict)) for verdict in STATES if verdict != "waived"]
    return Line(
        norm=norm(each, pack, on),
        open=_open(line),
        oldest=_oldest(line, on),
        soonest=day_in_words(line.soonest) if line.soonest else "",
        waived=line.waived,
        planned=line.planned,
        marks=tuple(count_mark(verdict, count) for verdict, count in counts if count),
    )


def _weights(known: Sequence[tuple[BoardLine, Safeguard]]) -> Iterable[Weight]:
    weights = sorted({each.weight for _line, each in known}, key=heavier_first)
    for weight in weights:
        under = [line for line, each in known if each.weight == weight]
        breach, overdue = sum(line.breach for line in under), sum(line.overdue for line in under)
        yield Weight(weight_in_words(weight), WEIGHT_CLASSES.get(weight, "w-p"), breach, overdue)
