"""One axis in SQL: the number of what is known on it, and what makes it invalid.

Each encoder gives an SQL expression whose value is a small whole number from 0 to `size - 1`, and for
each number the mask of cells (see `axes`) that it stands for. The numbers of all axes are combined into
the key of a state by `encoding`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from amana.core.dates import LeapDay
from amana.core.policy.axes import code_axis, range_mask
from amana.core.policy.engine import Coupled, Engine
from amana.core.policy.frame import Frame
from amana.core.policy.model import FactDef
from amana.core.policy.nodes import Known
from amana.core.policy.sql.codes import CodeTexts
from amana.core.policy.sql.days import AsOf
from amana.core.policy.sql.dialects import Dialect

Masks = Callable[[Frame], Sequence[int]]


@dataclass(frozen=True)
class Column:
    """One axis: `number` in SQL, `masks` what each number stands for (0: never valid), `wrong` for each fact
    the SQL condition under which it contradicts itself. `texts` instead of `number`: a text to be looked up.
    """

    size: int
    masks: Masks
    number: str = "0"
    wrong: Mapping[str, str] = field(default_factory=dict)
    texts: CodeTexts | None = None


def column_names(fact: FactDef) -> tuple[str, ...]:
    """The columns of the table of facts that hold a fact."""
    return (f"{fact.name}_earliest", f"{fact.name}_latest") if fact.type == "date" else (fact.name,)


def columns_of(engine: Engine, dialect: Dialect, as_of: AsOf) -> list[Column]:
    """One column for each axis of facts, in the order of a key."""
    facts = engine.facts
    columns = [date_column(dialect, facts[name], as_of) for name in engine.dates]
    for name, axis, _ in engine.fixed:
        texts = _texts(engine, dialect, name)
        if any(isinstance(leaf, Known) for leaf in axis.truths):
            columns.append(known_column(dialect, facts[name], texts))
        elif texts:
            columns.append(code_column(texts))
        elif facts[name].type == "integer":
            columns.append(integer_column(dialect, facts[name], engine.bounds[name], axis.size))
        else:
            columns.append(flag_column(dialect, facts[name]))
    pairs = (pair_column(dialect, pair, facts, as_of, engine.leap_day) for pair in engine.coupled)
    certain = (certain_column(dialect, facts[name], as_of) for name in engine.compared)
    return [*columns, *pairs, *certain]


def _texts(engine: Engine, dialect: Dialect, fact: str) -> CodeTexts | None:
    """How the texts of a code fact are read; one reading for all its axes."""
    if engine.facts[fact].type != "code":
        return None
    cells = engine.codes.get(fact) or code_axis(engine.facts[fact], [])[1]
    return CodeTexts(dialect, cells)


def date_column(dialect: Dialect, fact: FactDef, as_of: AsOf) -> Column:
    """Two day columns, `<fact>_earliest` and `<fact>_latest`, either NULL for an open end."""
    early, late = (dialect.identifier(name) for name in column_names(fact))
    ends = as_of.ends[fact.name]
    size = len(ends) + 1

    def masks(frame: Frame) -> Sequence[int]:
        # A class of days with fewer cut-offs has fewer cells; an open end then lies in its last one.
        top = len(frame.date_axes[fact.name].profiles) - 1
        return [_span(low, min(high, top)) for low in range(size) for high in range(size)]

    number = f"({_place(early, ends, missing=0)}) * {size} + {_place(late, ends, missing=size - 1)}"
    return Column(size * size, masks, number, {fact.name: _misdated(dialect, fact, as_of)})


def _span(low: int, high: int) -> int:
    return (1 << (high + 1)) - (1 << low) if low <= high else 0


def _place(day: str, ends: Sequence[str], missing: int) -> str:
    if not ends:
        return "0"
    steps = " ".join(f"WHEN {day} <= {end} THEN {cell}" for cell, end in enumerate(ends))
    return f"CASE WHEN {day} IS NULL THEN {missing} {steps} ELSE {len(ends)} END"


def _misdated(dialect: Dialect, fact: FactDef, as_of: AsOf) -> str:
    early, late = (dialect.identifier(name) for name in column_names(fact))
    return f"{early} > {late}" + (f" OR {early} > {as_of.day}" if fact.past else "")


def flag_column(dialect: Dialect, fact: FactDef) -> Column:
    """A boolean column."""
    name = dialect.identifier(fact.name)
    number = f"CASE WHEN {name} IS NULL THEN 2 WHEN {dialect.is_true(name)} THEN 0 ELSE 1 END"
    return Column(3, lambda _: (0b01, 0b10, 0b11), number)


def known_column(dialect: Dialect, fact: FactDef, texts: CodeTexts | None) -> Column:
    """Whether a record fact is there: any of its columns holds something; of codes, any code."""
    if texts:
        return Column(size := len(texts.masks()), lambda _: (0b10, *[0b01] * (size - 1)), texts=texts)
    names = [dialect.identifier(name) for name in column_names(fact)]
    missing = " AND ".join(f"{name} IS NULL" for name in names)
    wrong = {fact.name: f"{names[0]} > {names[1]}"} if fact.type == "date" else {}
    return Column(2, lambda _: (0b01, 0b10), f"CASE WHEN {missing} THEN 1 ELSE 0 END", wrong)


def integer_column(dialect: Dialect, fact: FactDef, bounds: Sequence[int], size: int) -> Column:
    """A whole number."""
    name = dialect.identifier(fact.name)
    steps = " ".join(f"WHEN {name} < {bound} THEN {cell}" for cell, bound in enumerate(bounds))
    number = f"CASE WHEN {name} IS NULL THEN {size} {steps} ELSE {len(bounds)} END"
    starts = [bounds[0] - 1, *bounds] if bounds else [0]
    known = tuple(range_mask(bounds, size, start, start) for start in starts)
    return Column(size + 1, lambda _: (*known, (1 << size) - 1), number)


def code_column(texts: CodeTexts) -> Column:
    """Codes in one text column."""
    masks = texts.masks()
    return Column(len(masks), lambda _: masks, texts=texts)


def pair_column(
    dialect: Dialect, pair: Coupled, facts: Mapping[str, FactDef], as_of: AsOf, leap_day: LeapDay
) -> Column:
    """A measure over two uncertain dates: the cells of its least and greatest value."""
    fact, at = facts[pair.term.fact], facts[pair.term.at]
    (early, late), (at_early, at_late) = (_ends(dialect, each, as_of) for each in (fact, at))
    size = pair.axis.size
    if pair.term.kind == "age_at":
        least, greatest = (late, at_early), (early, at_late)
    else:
        least, greatest = (early, at_late), (late, at_early)

    def place(days: tuple[str, str], missing: int) -> str:
        if pair.term.kind == "age_at":
            tests = _ages(dialect, days, pair.bounds, leap_day)
        else:
            # The language compares two dates with each other only, so the days between them with 0 and 1.
            tests = [f"{days[0]} {'>' if bound else '>='} {days[1]}" for bound in pair.bounds]
        steps = " ".join(f"WHEN {test} THEN {cell}" for cell, test in reversed([*enumerate(tests, 1)]))
        unknown = f"{days[0]} IS NULL OR {days[1]} IS NULL"
        return f"CASE WHEN {unknown} THEN {missing} {steps} ELSE 0 END" if steps else "0"

    number = f"({place(least, 0)}) * {size} + {place(greatest, size - 1)}"
    masks = tuple(_span(low, high) for low in range(size) for high in range(size))
    wrong = {each.name: _misdated(dialect, each, as_of) for each in (fact, at)}
    return Column(size * size, lambda _: masks, number, wrong)


def certain_column(dialect: Dialect, fact: FactDef, as_of: AsOf) -> Column:
    """Whether a date of a pair is one day."""
    early, late = _ends(dialect, fact, as_of)
    return Column(2, lambda _: (0b01, 0b11), f"CASE WHEN {early} = {late} THEN 1 ELSE 0 END")


def _ends(dialect: Dialect, fact: FactDef, as_of: AsOf) -> tuple[str, str]:
    """First and last day, clipped to the as-of date if the fact lies in the past."""
    early, late = (dialect.identifier(name) for name in column_names(fact))
    if fact.past:
        late = f"CASE WHEN {late} <= {as_of.day} THEN {late} ELSE {as_of.day} END"
    return early, late


def _ages(dialect: Dialect, days: tuple[str, str], bounds: Sequence[int], leap_day: LeapDay) -> list[str]:
    """Whether at least so many years are completed. As whole numbers yyyymmdd two days lie `n * 10000` or
    more apart exactly if n birthdays have come; but one of 29 February kept on 28 February in common years.
    """
    birth, at = (dialect.digits(day) for day in days)
    if leap_day == "feb-28":
        year = f"({at} - {at} % 10000)"
        common = f"({year} % 40000 <> 0 OR ({year} % 1000000 = 0 AND {year} % 4000000 <> 0))"
        birth = f"({birth} - CASE WHEN {birth} % 10000 = 229 AND {common} THEN 1 ELSE 0 END)"
    return [f"{at} - {birth} >= {bound * 10000}" for bound in bounds]
