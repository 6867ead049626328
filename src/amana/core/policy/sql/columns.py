"""One fact in SQL: the number of its knowledge, and what makes it invalid.

Each encoder gives an SQL expression whose value is a small whole number from 0 to `size - 1`, and for
each number the mask of cells (see `axes`) that it stands for. Numbers of different facts are combined
into one key by the printer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from amana.core.policy.axes import CodeCells, DateAxis, range_mask
from amana.core.policy.domains import domain
from amana.core.policy.sql.dialects import Dialect


@dataclass(frozen=True)
class Column:
    """One fact: `code` the SQL number, `masks[number]` what it stands for (0: never valid), `invalid` an SQL
    condition or ''. `distinct`: common tables in which each distinct text of the fact is read once, to be
    joined by `join`.
    """

    fact: str
    code: str
    masks: tuple[int, ...]
    invalid: str = ""
    distinct: tuple[str, ...] = ()
    join: str = ""


def date_column(dialect: Dialect, axis: DateAxis) -> Column:
    """Two day columns, `<fact>_earliest` and `<fact>_latest`, either NULL for an open end."""
    size = len(axis.profiles)
    early, late = (dialect.identifier(f"{axis.fact.name}_{end}") for end in ("earliest", "latest"))
    low = _place(dialect, early, axis.ends, missing=0)
    high = _place(dialect, late, axis.ends, missing=size - 1)
    masks = tuple(
        (1 << (last + 1)) - (1 << first) if first <= last else 0
        for first in range(size)
        for last in range(size)
    )
    invalid = [f"{early} > {late}"]
    if axis.fact.past:
        invalid.append(f"{early} > {dialect.day(axis.on)}")
    return Column(axis.fact.name, f"({low}) * {size} + ({high})", masks, " OR ".join(invalid))


def _place(dialect: Dialect, column: str, ends: Sequence[date], missing: int) -> str:
    if not ends:
        return "0"
    steps = " ".join(f"WHEN {column} <= {dialect.day(end)} THEN {cell}" for cell, end in enumerate(ends))
    return f"CASE WHEN {column} IS NULL THEN {missing} {steps} ELSE {len(ends)} END"


def flag_column(dialect: Dialect, fact: str) -> Column:
    """A boolean column."""
    name = dialect.identifier(fact)
    return Column(
        fact, f"CASE WHEN {name} IS NULL THEN 2 WHEN {dialect.is_true(name)} THEN 0 ELSE 1 END", (1, 2, 3)
    )


def known_column(dialect: Dialect, fact: str, columns: Sequence[str]) -> Column:
    """Whether a record fact is there: any of its columns holds something."""
    missing = " AND ".join(f"{dialect.identifier(column)} IS NULL" for column in columns)
    return Column(fact, f"CASE WHEN {missing} THEN 1 ELSE 0 END", (0b01, 0b10))


def integer_column(dialect: Dialect, fact: str, bounds: Sequence[int], size: int) -> Column:
    """A whole number."""
    name = dialect.identifier(fact)
    steps = " ".join(f"WHEN {name} < {bound} THEN {cell}" for cell, bound in enumerate(bounds))
    code = f"CASE WHEN {name} IS NULL THEN {size} {steps} ELSE {len(bounds)} END"
    known = tuple(
        range_mask(bounds, size, start, start) for start in ([bounds[0] - 1, *bounds] if bounds else [0])
    )
    return Column(fact, code, (*known, (1 << size) - 1))


def code_column(dialect: Dialect, cells: CodeCells, table: str) -> Column:
    """Codes in one text column: empty or NULL, one, several with `;` (one or more of them) or `+` (all of
    them). Each distinct text is read once, and the rows are joined with what it says.
    """
    fact = cells.fact.name
    name = dialect.identifier(fact)
    # No fact's name holds a space, so these columns never clash with those of the table of facts.
    text, number, outside = (dialect.identifier(f"{fact} {part}") for part in ("text", "number", "outside"))
    read = dialect.identifier(f"{fact} read")
    common = (
        f"{read} ({text}, {number}, {outside}) AS {dialect.materialized}(SELECT {name},\n"  # noqa: S608  # quoted names
        f"  {_number(dialect, cells, name)},\n  {_outside(dialect, cells, name, _padded(name))}\n"
        f"  FROM (SELECT DISTINCT {name} FROM {dialect.identifier(table)} WHERE {name} <> '') AS given)"
    )
    codes = [dialect.text(code) for code in sorted(domain(cells.fact))]
    return Column(
        fact,
        f"COALESCE({number}, 0)",
        _code_masks(cells),
        outside,
        distinct=(dialect.values(domain_table(fact), ["code"], codes), common),
        join=f" LEFT JOIN {read} ON {text} = {name}",
    )


def _padded(name: str) -> str:
    """Every code between two separators of its own, so that taking one out leaves the others whole."""
    return f"(';' || REPLACE(REPLACE({name}, '+', ';'), ';', ';;') || ';')"


def _number(dialect: Dialect, cells: CodeCells, name: str) -> str:
    """The number of a text: a bit for each class of codes it lists, and one more if all of them are true."""
    padded = _padded(name)
    rest = max(range(len(cells.classes)), key=lambda place: len(cells.classes[place]))
    parts = []
    for place, codes in enumerate(cells.classes):
        if place != rest:
            found = " OR ".join(dialect.contains(padded, f";{code};") for code in codes)
            parts.append(f"CASE WHEN {found} THEN {1 << place} ELSE 0 END")
    named = [code for place, codes in enumerate(cells.classes) if place != rest for code in codes]
    parts.append(f"CASE WHEN {_without(dialect, padded, named)} <> '' THEN {1 << rest} ELSE 0 END")
    if cells.fact.several:
        parts.append(f"CASE WHEN {dialect.contains(name, '+')} THEN {1 << len(cells.classes)} ELSE 0 END")
    return " + ".join(parts)


def _code_masks(cells: CodeCells) -> tuple[int, ...]:
    listings = range(1, 1 << len(cells.classes))
    open_masks = [(1 << len(cells.cells)) - 1, *(cells.mask(listed) for listed in listings)]
    all_masks = [0, *(cells.mask(listed, all_true=True) for listed in listings)]
    return (*open_masks, *all_masks) if cells.fact.several else tuple(open_masks)


def _without(dialect: Dialect, text: str, codes: Sequence[str]) -> str:
    for code in codes:
        text = f"REPLACE({text}, {dialect.text(f';{code};')}, '')"
    return text


def _outside(dialect: Dialect, cells: CodeCells, name: str, padded: str) -> str:
    """Whether a text holds anything but codes of the domain. One known code, the usual case, is seen at
    once.
    """
    allowed = sorted(domain(cells.fact))
    listed = ", ".join(dialect.text(code) for code in allowed)
    each = f"(LENGTH({padded}) - LENGTH(REPLACE({padded}, ';' || d.code || ';', '')))"
    covered = f"(SELECT SUM({each}) FROM {domain_table(cells.fact.name)} AS d)"  # noqa: S608  # checked names
    mixed = f"({dialect.contains(name, '+')} AND {dialect.contains(name, ';')})"
    if not cells.fact.several:
        mixed = f"({dialect.contains(name, '+')})"
    return (
        f"CASE WHEN {name} IN ({listed}) THEN FALSE "
        f"WHEN {mixed} THEN TRUE ELSE {covered} <> LENGTH({padded}) END"
    )


def domain_table(fact: str) -> str:
    """The name of the common table that lists the codes a fact may hold, in its column `code`."""
    return f"domain_of_{fact}"
