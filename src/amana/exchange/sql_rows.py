"""Rows of facts as database tables and verdicts back: what the SQL engines share.

A date fact becomes `<fact>_earliest` and `<fact>_latest`, codes become one text, contradictions a list of
fact names, the as-of date a column of its own. The engine finds the key of each row's state of knowledge;
each key met is judged once by the core, and joined back by the engine. So no decision has too many states,
and all days of a batch are decided together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

from amana.core.dates import DateSpan
from amana.core.facts import FactRow, FactValue
from amana.core.policy import Pack, Verdict, write_codes
from amana.core.policy.frame import proved
from amana.core.policy.model import FactDef
from amana.core.policy.sql import (
    VERDICT_COLUMNS,
    Encoding,
    fact_columns,
    from_texts,
    rows_query,
    verdict_rows,
)

BATCH = 50_000
# A space keeps these names apart from those of facts.
TABLE, DAYS, KEYED, VERDICTS = "facts given", "days met", "rows keyed", "verdicts met"
CONTRADICTIONS, AS_OF = "facts wrong", "decided on"
Record = tuple[Any, ...]
Columns = Sequence[tuple[str, str]]


class Session(Protocol):
    """A connection to one engine. `types`: its column type for date, boolean, code, integer and text."""

    dialect: str
    types: Mapping[str, str]

    def fill(self, table: str, columns: Columns, rows: Iterable[Record]) -> None:
        """Make the temporary table anew, of these columns and types, with these rows."""

    def keep(self, table: str, query: str) -> None:
        """Make the temporary table anew from a query."""

    def read(self, query: str) -> Iterable[Record]:
        """The rows that a query gives."""


def decide_in_batches(
    session: Session, pack: Pack, decision: str, rows: Iterable[FactRow]
) -> Iterator[Verdict]:
    """One verdict for each row, in the order of the rows."""
    facts = [pack.facts[name] for name in pack.engines[decision].read]
    kinds = [
        *(("ref", "integer"), (AS_OF, "date")),
        *((name, fact.type) for name, fact in fact_columns(pack, decision).items()),
        (CONTRADICTIONS, "text"),
    ]
    columns = [(name, session.types[kind]) for name, kind in kinds]
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        session.fill(TABLE, columns, (_record(place, row, facts) for place, row in enumerate(batch)))
        encoding = Encoding(
            pack,
            decision,
            session.dialect,
            TABLE,
            {row.on for row in batch},
            on_column=AS_OF,
            days_table=DAYS,
            contradictions=CONTRADICTIONS,
        )
        yield from _in_order(session.read(decided(session, encoding)), len(batch))


def counted(session: Session, encoding: Encoding) -> dict[tuple[str, str], int]:
    """How many rows have each outcome and needs. `encoding` as for `decided`."""
    _fill_days(session, encoding)
    counts: Counter[tuple[str, str]] = Counter()
    for *group, count in session.read(encoding.groups()):
        counts[encoding.judged(group)] += count
    return dict(counts)


def _fill_days(session: Session, encoding: Encoding) -> None:
    if encoding.on_column:
        day, number = session.types["date"], session.types["integer"]
        kinds = [day, number, *(day for _ in encoding.days.column_names()[2:])]
        names = encoding.days.column_names()
        session.fill(DAYS, list(zip(names, kinds, strict=True)), encoding.days.rows())


def decided(session: Session, encoding: Encoding) -> str:
    """Find the keys met, judge each once, and give the query that joins every row with its verdict: see
    `to_sql`. `encoding` must name `DAYS` as its table of days, if it has days.
    """
    _fill_days(session, encoding)
    keyed, verdicts = (encoding.dialect.identifier(name) for name in (KEYED, VERDICTS))
    session.keep(KEYED, f"WITH {encoding.keyed()} SELECT * FROM keyed")  # noqa: S608  # quoted names
    listed = ", ".join(encoding.key_names)
    met = session.read(
        f"SELECT DISTINCT {listed} FROM {keyed} WHERE {encoding.key_names[0]} IS NOT NULL"  # noqa: S608  # quoted names
    )
    text, number = session.types["text"], session.types["integer"]
    columns = [(name.strip('"'), number) for name in encoding.key_names]
    columns += [(name, session.types["boolean"] if name == "exact" else text) for name in VERDICT_COLUMNS]
    session.fill(VERDICTS, columns, list(verdict_rows(encoding, met)))
    return rows_query(encoding, keyed, verdicts)


def _in_order(rows: Iterable[Record], count: int) -> Iterator[Verdict]:
    found: list[Verdict | None] = [None] * count
    met: dict[Record, Verdict] = {}
    for place, *cells in rows:
        said = tuple(cells)
        if said not in met:
            met[said] = from_texts(said)
        found[place] = met[said]
    return (verdict for verdict in found if verdict is not None)


def _record(place: int, row: FactRow, facts: Sequence[FactDef]) -> Record:
    values = proved(row) if row.evidence else row.values
    cells: list[object] = [place, row.on]
    wrong = []
    for fact in facts:
        value = values.get(fact.name)
        if not _fits(fact, value):
            wrong.append(fact.name)
            value = None
        if fact.type == "date":
            cells += [value.earliest, value.latest] if isinstance(value, DateSpan) else [None, None]
        else:
            cells.append(write_codes(value) or None if isinstance(value, frozenset) else value)
    return (*cells, ";".join(wrong) or None)


def _fits(fact: FactDef, value: FactValue) -> bool:
    """Whether a value can stand in the fact's columns; codes outside the domain are left to the engine."""
    if value is None:
        return True
    if fact.type == "date":
        return isinstance(value, DateSpan)
    if fact.type == "code":
        separated = isinstance(value, frozenset) and any(";" in code or "+" in code for code in value)
        return isinstance(value, frozenset) and not separated
    if fact.type == "boolean":
        return isinstance(value, bool)
    return isinstance(value, int) and not isinstance(value, bool)
