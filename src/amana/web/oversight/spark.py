"""The breaches of the last weeks as a small line: points of a drawing 300 wide and 84 high.

Time runs from left to right in every language, as the days under it do. A table beneath says the same, and
how many duties were overdue; the two are never added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

LEFT, RIGHT, TOP, BOTTOM = 12.0, 252.0, 12.0, 76.0
FEWEST: Final = 2
"""Days a line needs."""


@dataclass(frozen=True)
class Spark:
    """The drawing: `line` and `area` as SVG texts, the end of the line, and the days with their counts of
    breaches and of overdue duties; `now`, `first` and `highest` are of breaches. `line` is empty where fewer
    than two days were counted.
    """

    line: str
    area: str
    end_x: str
    end_y: str
    label_y: str
    now: int
    first: int
    highest: int
    overdue: int
    days: tuple[tuple[str, int, int], ...]


def spark(history: Sequence[tuple[date, int, int]]) -> Spark | None:
    """Lay out counts by day, the oldest first; None where there is nothing to draw."""
    if not history:
        return None
    counts = [breaches for _day, breaches, _overdue in history]
    points = _points(counts) if len(counts) >= FEWEST else []
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    inner = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    end_x, end_y = points[-1] if points else (RIGHT, BOTTOM)
    return Spark(
        line=line,
        area=f"M{LEFT} {BOTTOM}L{inner}L{RIGHT} {BOTTOM}Z" if points else "",
        end_x=f"{end_x:.1f}",
        end_y=f"{end_y:.1f}",
        label_y=f"{end_y + 5:.1f}",
        now=counts[-1],
        first=counts[0],
        highest=max(counts),
        overdue=history[-1][2],
        days=tuple((day.isoformat(), breaches, overdue) for day, breaches, overdue in history),
    )


def _points(counts: Sequence[int]) -> list[tuple[float, float]]:
    """The counts on the drawing's scale, which begins at zero: a line that never lies about size."""
    top, step = max(*counts, 1), (RIGHT - LEFT) / (len(counts) - 1)
    return [(LEFT + at * step, BOTTOM - count / top * (BOTTOM - TOP)) for at, count in enumerate(counts)]
