"""The values of a threshold over time: what stood first, what took its place when, and what is law today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amana.core.policy import Bound, Pack, Parameter
from amana.core.policy.model import ParameterChange, ParameterValue
from amana.web.law.citations import Source, source_of
from amana.wording.languages import day_in_words, listed, one_of, pick


@dataclass(frozen=True)
class Period:
    """One value and since when: the first one, from a certain `day` in words, or from an `event`."""

    value: str
    day: str
    event: str
    reading: str
    source: Source | None
    present: bool

    @property
    def first(self) -> bool:
        """Whether nothing came before it."""
        return not self.day and not self.event


def value_text(value: ParameterValue) -> str:
    """A number, a code, or a list of codes, as it is written."""
    return listed(value) if isinstance(value, tuple) else str(value)


def present_value(parameter: Parameter, pack: Pack, on: date) -> str:
    """The value in force on a day; more than one where it is not known whether an event has come."""
    return one_of(value_text(value) for value in _possible(parameter, pack, on))


def periods(parameter: Parameter, pack: Pack, on: date) -> tuple[Period, ...]:
    """Every value in the order of its days."""
    possible = _possible(parameter, pack, on)
    grounds: list[tuple[Bound | None, Parameter | ParameterChange]] = [(None, parameter)]
    grounds += [(each.start, each) for each in parameter.changes]
    return tuple(
        Period(
            value=value_text(each.value),
            day=day_in_words(start.day) if start and start.day else "",
            event=start.event if start else "",
            reading=pick(each.reading),
            source=source_of(pack, each.source) if each.source else None,
            present=each.value in possible,
        )
        for start, each in grounds
    )


def _possible(parameter: Parameter, pack: Pack, on: date) -> list[ParameterValue]:
    """The values that may be in force on that day: one, unless an event may or may not have come."""
    found: list[ParameterValue] = []
    for period, value in parameter.periods:
        begun = period.start is None or _may_have_come(period.start, pack, on)
        over = period.end is not None and _has_come(period.end, pack, on)
        if begun and not over and value not in found:
            found.append(value)
    return found


def _may_have_come(bound: Bound, pack: Pack, on: date) -> bool:
    first = pack.events[bound.event].span.earliest if bound.event else bound.day
    return first is None or first <= on


def _has_come(bound: Bound, pack: Pack, on: date) -> bool:
    last = pack.events[bound.event].span.latest if bound.event else bound.day
    return last is not None and last <= on
