"""The as-of dates of a table of facts: one for all rows, or one for each.

Days whose axes are cut alike, and on which the same law is certain, form one class: a state of knowledge
has the same verdict on each of them. What remains of a day is its class and its cut-off days, which are
constants in the query (one day for all) or the columns of a small table joined by the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from amana.core.policy.engine import Engine
from amana.core.policy.frame import Frame
from amana.core.policy.sql.dialects import Dialect

# No fact's name holds a space, so these columns never clash with those of a table of facts.
DAY, CLASS = "as-of day", "day class"


@dataclass(frozen=True)
class Days:
    """The days met, in order, each with the number of its class and the cut-off days of each date fact that
    has an axis of its own; `frames` holds one frame of each class, `widths` the most cut-offs of any class.
    """

    frames: tuple[Frame, ...]
    met: tuple[tuple[date, int, tuple[tuple[date, ...], ...]], ...]
    widths: dict[str, int]

    @classmethod
    def of(cls, engine: Engine, days: Iterable[date]) -> Days:
        """Sort days into classes."""
        numbers: dict[object, int] = {}
        frames: list[Frame] = []
        met = []
        for day in sorted(set(days)):
            frame = engine.frame(day)
            axes = frame.date_axes.values()
            alike = (*(axis.profiles for axis in axes), frame.events, *frame.known_dates.values())
            number = numbers.setdefault(alike, len(numbers))
            if number == len(frames):
                frames.append(frame)
            met.append((day, number, tuple(axis.ends for axis in axes)))
        widths = {
            name: max((len(ends[place]) for _, _, ends in met), default=0)
            for place, name in enumerate(engine.dates)
        }
        return cls(tuple(frames), tuple(met), widths)

    def column_names(self) -> list[str]:
        """The columns of the table of days."""
        cuts = [cut_name(fact, place) for fact, width in self.widths.items() for place in range(width)]
        return [DAY, CLASS, *cuts]

    def rows(self) -> Iterator[tuple[date | int, ...]]:
        """The rows of the table of days. Where a class has fewer cut-offs, the calendar's end fills up."""
        for day, number, cuts in self.met:
            filled = (
                (*ends, *[date.max] * (width - len(ends)))
                for ends, width in zip(cuts, self.widths.values(), strict=True)
            )
            yield (day, number, *chain.from_iterable(filled))


def cut_name(fact: str, place: int) -> str:
    """The column of a cut-off day."""
    return f"{fact} cut {place}"


@dataclass(frozen=True)
class AsOf:
    """How a query speaks of the as-of date: `day` and the cut-off days of each date fact, as SQL."""

    day: str
    ends: Mapping[str, Sequence[str]]

    @classmethod
    def constant(cls, dialect: Dialect, frame: Frame) -> AsOf:
        """One day for all rows."""
        ends = {name: [dialect.day(end) for end in axis.ends] for name, axis in frame.date_axes.items()}
        return cls(dialect.day(frame.on), ends)

    @classmethod
    def column(cls, dialect: Dialect, column: str, days: Days) -> AsOf:
        """The day of each row, joined with the table of days."""
        ends = {
            name: [dialect.identifier(cut_name(name, place)) for place in range(width)]
            for name, width in days.widths.items()
        }
        return cls(dialect.identifier(column), ends)
