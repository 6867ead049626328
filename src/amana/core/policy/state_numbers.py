"""What is known of a person apart from the days, as one small number.

The facts that are read alike on every day (codes, flags, whole numbers) leave finitely many states of
knowledge. They are numbered in mixed radix: one digit for each fixed axis, whose value 0 is a contradiction
and whose other values are the masks (see `axes`) that the fact can leave. The number means the same under
every pack with the same signature, whatever its thresholds on dates are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from amana.core.errors import AmanaError
from amana.core.facts import FactValue
from amana.core.policy.axes import Axis, CodeCells
from amana.core.policy.engine import Engine
from amana.core.policy.model import Pack
from amana.core.policy.nodes import Known

STATES_CAP = 1 << 32


class NotEncodable(AmanaError):
    """A decision whose states don't fit a column, or that compares two uncertain days."""


@dataclass(frozen=True)
class StateNumbers:
    """How one decision numbers states. `dates`: the facts that stay days. `digits`: for each fixed axis its
    fact and the masks its digit stands for, first the contradiction. `signature`: equal for two packs exactly
    when their numbers mean the same.
    """

    dates: tuple[str, ...]
    digits: tuple[tuple[str, tuple[int, ...]], ...]
    signature: str

    @cached_property
    def size(self) -> int:
        """How many numbers there are; they run from 0."""
        return prod(len(masks) for _, masks in self.digits)

    @cached_property
    def _places(self) -> tuple[Mapping[int, int], ...]:
        return tuple({mask: place for place, mask in enumerate(masks)} for _, masks in self.digits)

    def number(self, masks: Sequence[int]) -> int:
        """The number of one mask for each fixed axis, 0 for a contradiction."""
        number = 0
        for mask, places in zip(masks, self._places, strict=True):
            number = number * len(places) + places[mask]
        return number

    def masks(self, number: int) -> tuple[int, ...]:
        """The inverse of `number`."""
        found = []
        for _, masks in reversed(self.digits):
            number, place = divmod(number, len(masks))
            found.append(masks[place])
        return tuple(reversed(found))


def state_numbers(pack: Pack, decision: str) -> StateNumbers:
    """How `decision` of `pack` numbers states of knowledge. Raises `NotEncodable`; KeyError for an unknown
    decision.
    """
    engine = pack.engines[decision]
    if engine.coupled:
        raise NotEncodable(
            f"“{decision}” of {pack.id} compares two uncertain days; count it from the file of facts."
        )
    digits, meanings = [], []
    for name, axis, _ in engine.fixed:
        masks, meaning = _digit(engine, name, axis)
        digits.append((name, (0, *masks)))
        meanings.append([name, *meaning])
    dates = [[name, engine.facts[name].past] for name in engine.dates]
    signed = json.dumps([pack.approximate_years, dates, meanings], sort_keys=True)
    found = StateNumbers(tuple(engine.dates), tuple(digits), hashlib.sha256(signed.encode()).hexdigest())
    if found.size > STATES_CAP:
        raise NotEncodable(
            f"“{decision}” of {pack.id} has {found.size} states of knowledge, more than a number holds; "
            "count it from the file of facts."
        )
    return found


def fixed_number(engine: Engine, how: StateNumbers, values: Mapping[str, FactValue]) -> int:
    """The number of a row's facts apart from its days."""
    return how.number(engine.fixed_masks(values))


def _digit(engine: Engine, name: str, axis: Axis) -> tuple[list[int], list[object]]:
    """The masks that a fact may leave on a fixed axis, without 0; and what they mean, for the signature."""
    if any(isinstance(leaf, Known) for leaf in axis.truths):
        return [0b01, 0b10], ["known"]
    if name in engine.codes:
        cells = engine.codes[name]
        return list(dict.fromkeys(_code_masks(cells))), ["code", cells.fact.several, cells.classes]
    if name in engine.bounds:
        return [axis.full, *(1 << cell for cell in range(axis.size))], ["integer", engine.bounds[name]]
    return [0b11, 0b01, 0b10], ["flag"]


def _code_masks(cells: CodeCells) -> Iterator[int]:
    yield (1 << len(cells.cells)) - 1
    for listed in range(1, 1 << len(cells.classes)):
        yield cells.mask(listed)
        if cells.fact.several:
            yield cells.mask(listed, all_true=True)
