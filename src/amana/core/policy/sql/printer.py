"""Prints one decision as SQL over a table of facts, as of one day or as of each row's own.

Each row is encoded to the key of its state of knowledge, and joined with a table that holds the verdict of
each state: nothing of the law is evaluated row by row, and the verdicts are those that Python gives.
Columns of the table: `ref`, and for a date fact `<fact>_earliest` and `<fact>_latest`, else `<fact>`; NULL
is not known. A query gives `ref, outcome, rule, possible, needs, citations, exact`, lists separated by
`;`; or, counted, `outcome, needs, count`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product

from amana.core.errors import AmanaError
from amana.core.policy.model import INVALID, Pack
from amana.core.policy.sql.encoding import ROWS, Encoding
from amana.core.policy.views import Verdict

STATE_CAP = 200_000
VERDICT_COLUMNS = ("outcome", "rule", "possible", "needs", "citations", "exact")
VerdictRow = tuple[int | str | bool, ...]


class NotInSql(AmanaError):
    """A decision with too many states to print the verdict of each; the keys met are judged instead."""


def to_sql(
    pack: Pack,
    decision: str,
    dialect: str,
    table: str,
    on: date | Iterable[date],
    *,
    on_column: str = "",
    counted: bool = False,
    contradictions: str | None = None,
) -> str:
    """One query, complete in itself, for `dialect` (sqlite, postgres, duckdb) over `table` as of `on`; see
    `Encoding`. Raises `NotInSql` if the decision has too many states; KeyError for an unknown dialect,
    ValueError without a day.
    """
    encoding = Encoding(
        pack, decision, dialect, table, on, on_column=on_column, contradictions=contradictions or ""
    )
    if not encoding.days.met:
        raise ValueError("Give the as-of dates that the column may hold.")
    states = len(encoding.days.frames)
    for column in encoding.columns:
        states *= column.size
    if states > STATE_CAP:
        reason = f"has {states} states of knowledge, too many for one query"
        raise NotInSql(f"“{decision}” {reason}; decide it with amana decide, on any engine.")
    rows = [_constants(encoding, row) for row in verdict_rows(encoding, _all_keys(encoding))]
    names = [*encoding.key_names, *VERDICT_COLUMNS]
    verdicts = encoding.dialect.values("verdicts", names, rows)
    keyed = encoding.keyed_counts() if counted else encoding.keyed()
    return f"WITH {keyed},\n{verdicts}\n" + (
        counts_query(encoding, "keyed", "verdicts") if counted else rows_query(encoding, "keyed", "verdicts")
    )


def rows_query(encoding: Encoding, keyed: str, verdicts: str) -> str:
    """One line for each row of the table `keyed`, with its verdict from the table `verdicts`."""
    return (
        f"SELECT e.ref AS ref, {_outcome(encoding)},\n"  # quoted names
        "  COALESCE(v.rule, '') AS rule, COALESCE(v.possible, '') AS possible,\n"
        f"  {_needs(encoding)},\n"
        "  COALESCE(v.citations, '') AS citations, COALESCE(v.exact, TRUE) AS exact\n"
        f"FROM {keyed} AS e {_join(encoding, verdicts)}"
    )


def counts_query(encoding: Encoding, keyed: str, verdicts: str) -> str:
    """How many rows have each outcome and needs."""
    count = encoding.dialect.identifier(ROWS)
    return (
        f"SELECT outcome, needs, CAST(SUM(n) AS BIGINT) AS count FROM (SELECT {_outcome(encoding)},\n"  # noqa: S608  # quoted names
        f"  {_needs(encoding)}, e.{count} AS n\n"
        f"FROM {keyed} AS e {_join(encoding, verdicts)}) AS judged GROUP BY outcome, needs"
    )


def verdict_rows(encoding: Encoding, keys: Iterable[tuple[int, ...]]) -> Iterator[VerdictRow]:
    """The rows of a table of verdicts: the key's columns and `VERDICT_COLUMNS`."""
    for key in keys:
        yield (*key, *as_texts(encoding.verdict(key)))


def as_texts(verdict: Verdict) -> tuple[str | bool, ...]:
    """A verdict as `VERDICT_COLUMNS`, lists separated by `;`."""
    lists = (verdict.rules, verdict.possible, verdict.needs, verdict.citations)
    return (verdict.outcome, *(";".join(items) for items in lists), verdict.exact)


def from_texts(cells: Sequence[object]) -> Verdict:
    """The inverse of `as_texts`; `exact` may be a whole number."""
    outcome, *lists, exact = cells
    rules, possible, needs, citations = (tuple(filter(None, str(text).split(";"))) for text in lists)
    return Verdict(str(outcome), rules, possible, needs, citations, bool(exact))


def _all_keys(encoding: Encoding) -> Iterator[tuple[int, ...]]:
    """Every key that a row without a contradiction may have."""
    for number, masks in enumerate(encoding.masks):
        valid = [[place for place, mask in enumerate(meant) if mask] for meant in masks]
        for chosen in product(*valid):
            parts = (sum(chosen[place] * weight for place, weight in part) for part in encoding.parts)
            yield (number, *parts)


def _constants(encoding: Encoding, row: VerdictRow) -> str:
    return ", ".join(encoding.dialect.text(cell) if isinstance(cell, str) else str(cell) for cell in row)


def _outcome(encoding: Encoding) -> str:
    return f"COALESCE(v.outcome, '{INVALID}') AS outcome"


def _needs(encoding: Encoding) -> str:
    return f"COALESCE(v.needs, {encoding.wrong.names('e')}) AS needs"


def _join(encoding: Encoding, verdicts: str) -> str:
    same = " AND ".join(f"v.{name} = e.{name}" for name in encoding.key_names)
    return f"LEFT JOIN {verdicts} AS v ON {same}"
