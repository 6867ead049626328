"""The as-of dates of a table of facts: one for all rows, or one for each.

Days whose axes are cut alike, and on which the same law is certain, form one class: a state of knowledge
has the same verdict on each of them. What remains of a day is its class and its cut-off days, which are
constants in the query (one day for all) or the columns of a small table joined by the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.core.policy.engine import Engine
from amana.core.policy.frame import Frame
from amana.core.policy.sql.dialects import Dialect

# No fact's name holds a space, so these columns never clash with those of a table of facts.
DAY, CLASS = "as-of day", "day class"


@dataclass(frozen=True)
class Days:
    """The days met, in order, each with the number of its class; `frames` holds one frame of each class.
    `widths`: for each date fact with an axis of its own, the most cut-off days of any class.
    """

    frames: tuple[Frame, ...]
    classes: tuple[tuple[date, int], ...]
    widths: dict[str, int]

    @classmethod
    def of(cls, engine: Engine, met: Iterable[date]) -> Days:
        """Sort the days met into classes."""
        numbers: dict[object, int] = {}
        frames: list[Frame] = []
        classes = []
        for day in sorted(set(met)):
            frame = engine.frame(day)
            cut_alike = tuple(axis.profiles for axis in frame.date_axes.values())
            number = numbers.setdefault(
                (cut_alike, frame.events, tuple(frame.known_dates.values())), len(numbers)
            )
            if number == len(frames):
                frames.append(frame)
            classes.append((day, number))
        widths = {
            name: max((len(frame.date_axes[name].ends) for frame in frames), default=0)
            for name in engine.dates
        }
        return cls(tuple(frames), tuple(classes), widths)

    def column_names(self) -> list[str]:
        """The columns of the table of days."""
        cuts = [cut_name(fact, place) for fact, width in self.widths.items() for place in range(width)]
        return [DAY, CLASS, *cuts]

    def rows(self, engine: Engine) -> Iterable[tuple[date | int, ...]]:
        """The rows of the table of days. Where a class has fewer cut-offs, the calendar's end fills up."""
        for day, number in self.classes:
            cuts: list[date] = []
            for name, axis in engine.frame(day).date_axes.items():
                cuts += [*axis.ends, *[date.max] * (self.widths[name] - len(axis.ends))]
            yield (day, number, *cuts)


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
