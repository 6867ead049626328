"""How many different people an account may read within an hour and a day before those who watch are told, and
how many before it must prove anew who sits there. A row of a list counts like a page.

Ours, no law's: set above what a busy day in an office of 1,500 people comes to (a page of a list shows 25),
and far below a whole register. A role without a row has the least.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Bound:
    """At `alarm` people those who watch are told; at `stop`, and every `stop` more, she proves who she is."""

    alarm: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 < self.alarm < self.stop:
            raise ValueError("a bound tells first and stops later")


@dataclass(frozen=True)
class Bounds:
    """The bounds of one role."""

    hour: Bound
    day: Bound


def _bounds(hour: int, day: int) -> Bounds:
    return Bounds(Bound(hour, 2 * hour), Bound(day, 2 * day))


LEAST: Final = _bounds(50, 200)
BOUNDS: Final[Mapping[str, Bounds]] = {
    "registrar": _bounds(600, 2000),
    "caseworker": _bounds(300, 1000),
    "supervisor": _bounds(500, 2000),
    "facility_manager": _bounds(600, 1500),
    "court_liaison": _bounds(100, 400),
    "health_worker": _bounds(100, 400),
    "guardian": _bounds(50, 150),
    "data_protection": _bounds(100, 400),
    "monitor": _bounds(100, 400),
}
UNCOUNTED: Final = frozenset({"operator"})
"""The demonstration's command line, which reads everybody."""


def bounds_of(role: str) -> Bounds | None:
    """The bounds of a role, None where its reading isn't counted."""
    return None if role in UNCOUNTED else BOUNDS.get(role, LEAST)
