"""Prints one decision as one SQL query over a table of facts, for one as-of date.

Each row is encoded to the number of its state of knowledge, and joined with a table of constants that
holds the verdict of each state: nothing of the law is evaluated row by row, and the verdicts are those
that Python gives. Columns of the table: `ref`, and for a date fact `<fact>_earliest` and `<fact>_latest`,
else `<fact>`; NULL is not known. The query gives `ref, outcome, rule, possible, needs, citations`, lists
sorted and separated by `;`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from math import prod

from amana.core.errors import AmanaError
from amana.core.policy.frame import Frame
from amana.core.policy.model import INVALID, FactDef, Pack
from amana.core.policy.nodes import Known
from amana.core.policy.sql import columns as col
from amana.core.policy.sql.columns import Column
from amana.core.policy.sql.dialects import DIALECTS, Dialect
from amana.core.policy.views import Verdict

STATE_CAP = 200_000


class NotInSql(AmanaError):
    """A decision that has no finite table of verdicts; it is decided in Python."""


def fact_columns(pack: Pack, decision: str) -> dict[str, FactDef]:
    """The columns that the query reads, in order, with the fact each belongs to."""
    columns: dict[str, FactDef] = {}
    for name in pack.engines[decision].read:
        fact = pack.facts[name]
        columns.update(dict.fromkeys(_column_names(fact), fact))
    return columns


def _column_names(fact: FactDef) -> tuple[str, ...]:
    return (f"{fact.name}_earliest", f"{fact.name}_latest") if fact.type == "date" else (fact.name,)


def to_sql(
    pack: Pack, decision: str, dialect: str, table: str, on: date, *, contradictions: str | None = None
) -> str:
    """The query for `dialect` (sqlite, postgres) over `table` as of `on`.

    `contradictions` names a text column that lists, separated by `;`, the facts whose value contradicts
    itself, if the table has one. Raises `NotInSql` if the decision compares two date facts or has too
    many states; KeyError for an unknown dialect.
    """
    frame = pack.engines[decision].frame(on)
    if not pack.exact(decision):
        reason = "compares two dates or has too many cells for SQL"
        raise NotInSql(f"“{decision}” {reason}; decide it with the engine python.")
    speaker = DIALECTS[dialect]
    encoded = _columns(frame, speaker, table)
    states = prod(len(column.masks) for column in encoded)
    if states > STATE_CAP:
        reason = f"has {states} states of knowledge, too many for SQL"
        raise NotInSql(f"“{decision}” {reason}; decide it with the engine python.")
    common = [text for column in encoded for text in column.distinct]
    common += [_encoded(frame, speaker, encoded, table, contradictions), _verdicts(frame, speaker, encoded)]
    return "WITH " + ",\n".join(common) + f"\n{_RESULT}"


_RESULT = f"""SELECT e.ref AS ref,
  COALESCE(v.outcome, '{INVALID}') AS outcome,
  COALESCE(v.rule, '') AS rule,
  COALESCE(v.possible, '') AS possible,
  COALESCE(v.needs, e.contradicting) AS needs,
  COALESCE(v.citations, '') AS citations
FROM encoded AS e LEFT JOIN verdicts AS v ON v.state = e.state"""  # noqa: S608  # constants only


def _columns(frame: Frame, dialect: Dialect, table: str) -> list[Column]:
    """One column for each axis of facts, in the order of a key."""
    engine = frame.engine
    columns = [col.date_column(dialect, axis) for axis in frame.date_axes.values()]
    for name, axis, _ in engine.fixed:
        fact = engine.facts[name]
        if any(isinstance(leaf, Known) for leaf in axis.truths):
            columns.append(col.known_column(dialect, name, _column_names(fact)))
        elif name in engine.codes:
            columns.append(col.code_column(dialect, engine.codes[name], table))
        elif fact.type == "integer":
            columns.append(col.integer_column(dialect, name, engine.bounds[name], axis.size))
        else:
            columns.append(col.flag_column(dialect, name))
    return columns


def _encoded(
    frame: Frame, dialect: Dialect, columns: Sequence[Column], table: str, contradictions: str | None
) -> str:
    weight, terms = 1, []
    for column in columns:
        terms.append(f"({column.code}) * {weight}")
        weight *= len(column.masks)
    wrong = _wrong(frame, dialect, columns, contradictions)
    flags = " || ".join(
        f"CASE WHEN {test} THEN {dialect.text(name + ';')} ELSE '' END" for name, test in wrong
    )
    none_wrong = " AND ".join(f"({test}) IS NOT TRUE" for _, test in wrong) or "TRUE"
    return (
        f"encoded AS {dialect.materialized}(SELECT {dialect.identifier('ref')} AS ref,\n"  # noqa: S608  # quoted names
        f"  CASE WHEN {none_wrong} THEN {' + '.join(terms) or '0'} END AS state,\n"
        f"  RTRIM({flags or dialect.text('')}, ';') AS contradicting\n"
        f"  FROM {dialect.identifier(table)}{''.join(column.join for column in columns)})"
    )


def _wrong(
    frame: Frame, dialect: Dialect, columns: Sequence[Column], contradictions: str | None
) -> list[tuple[str, str]]:
    """For each fact that may contradict itself: its name in `needs` and the condition; sorted by name."""
    tests: dict[str, list[str]] = {}
    for column in columns:
        found = tests.setdefault(column.fact, [])
        if column.invalid:
            found.append(f"({column.invalid})")
        if contradictions and not any(contradictions in test for test in found):
            listed = f"(';' || {dialect.identifier(contradictions)} || ';')"
            found.append(f"({dialect.contains(listed, f';{column.fact};')})")
    named = {frame.engine.name_in_needs(fact): " OR ".join(found) for fact, found in tests.items() if found}
    return sorted(named.items())


def _verdicts(frame: Frame, dialect: Dialect, columns: Sequence[Column]) -> str:
    """The verdict of each state; printed once for all days that cut their axes alike."""
    remembered = (dialect.name, frame.events)
    text = frame.grid.memory.get(remembered)
    if not isinstance(text, str):
        rows = list(_rows(frame, dialect, columns))
        names = ("state", "outcome", "rule", "possible", "needs", "citations")
        text = frame.grid.memory[remembered] = dialect.values("verdicts", names, rows)
    return text


def _rows(frame: Frame, dialect: Dialect, columns: Sequence[Column]) -> Iterator[str]:
    for numbers in product(*(range(len(column.masks)) for column in columns)):
        key = tuple(column.masks[number] for column, number in zip(columns, numbers, strict=True))
        if all(key):
            state, weight = 0, 1
            for column, number in zip(columns, numbers, strict=True):
                state += number * weight
                weight *= len(column.masks)
            yield _row(dialect, state, frame.verdict((*key, *frame.events), exact=True))


def _row(dialect: Dialect, state: int, verdict: Verdict) -> str:
    lists = (verdict.rules, verdict.possible, verdict.needs, verdict.citations)
    texts = [verdict.outcome, *(";".join(items) for items in lists)]
    return ", ".join([str(state), *(dialect.text(text) for text in texts)])
