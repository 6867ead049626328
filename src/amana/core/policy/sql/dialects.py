"""What differs between SQL engines. One small class for each; a further engine is one more class.

Each hook gets finished SQL texts and gives SQL text. Dates are compared whole, with cut-off days found by
the core; no engine's age, interval or month function is ever used, nor `LEAST`/`min`, which treat NULL
differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlglot import exp


@lru_cache(maxsize=4096)
def _identifier(dialect: str, name: str) -> str:
    parts = [exp.to_identifier(part, quoted=True).sql(dialect=dialect) for part in name.split(".")]
    return ".".join(parts)


@lru_cache(maxsize=4096)
def _text(dialect: str, value: str) -> str:
    return exp.Literal.string(value).sql(dialect=dialect)


class Dialect:
    """Standard SQL with `VALUES` as a table."""

    name = "postgres"
    materialized = ""

    def identifier(self, name: str) -> str:
        """A quoted column or table name (dots separate schema and table)."""
        return _identifier(self.name, name)

    def text(self, value: str) -> str:
        """A text constant."""
        return _text(self.name, value)

    def day(self, value: date) -> str:
        """A date constant that compares with a date column."""
        return f"DATE {self.text(value.isoformat())}"

    def is_true(self, column: str) -> str:
        """Whether a boolean column that is not NULL is true."""
        return column

    def contains(self, text: str, part: str) -> str:
        """Whether a text holds another."""
        return f"REPLACE({text}, {self.text(part)}, '') <> {text}"

    def without_last(self, text: str) -> str:
        """A text without the `;` at its end."""
        return f"RTRIM({text}, ';')"

    def digits(self, day: str) -> str:
        """A day as the whole number yyyymmdd."""
        return (
            f"CAST(EXTRACT(YEAR FROM {day}) * 10000 + EXTRACT(MONTH FROM {day}) * 100"
            f" + EXTRACT(DAY FROM {day}) AS INTEGER)"
        )

    def narrow(self, number: str, size: int) -> str:
        """A number from 0 to `size - 1` in the type that is grouped fastest."""
        return number

    def values(self, name: str, columns: Sequence[str], rows: Sequence[str]) -> str:
        """A common table of constant rows."""
        body = ",\n  ".join(f"({row})" for row in rows)
        return f"{name} ({', '.join(columns)}) AS {self.materialized}(VALUES\n  {body})"


class Postgres(Dialect):
    """PostgreSQL 12 or later: `date` and `boolean` columns."""


class DuckDb(Dialect):
    """DuckDB 1.4 or later: `DATE` and `BOOLEAN` columns."""

    name = "duckdb"

    def narrow(self, number: str, size: int) -> str:
        """One byte where it holds the number: numbers of bytes are grouped without hashing."""
        return f"CAST({number} AS {'UTINYINT' if size <= 256 else 'INTEGER'})"


class Sqlite(Dialect):
    """SQLite 3.35 or later: days as ISO text, booleans as 0 and 1. Without MATERIALIZED it flattens the
    query and computes each cell five times.
    """

    name = "sqlite"
    materialized = "MATERIALIZED "

    def day(self, value: date) -> str:
        """ISO text compares as the days do."""
        return self.text(value.isoformat())

    def is_true(self, column: str) -> str:
        """Any number but 0."""
        return f"{column} <> 0"

    def digits(self, day: str) -> str:
        """The digits of ISO text."""
        return f"CAST(REPLACE({day}, '-', '') AS INTEGER)"


DIALECTS: dict[str, Dialect] = {
    "sqlite": Sqlite(),
    "postgres": Postgres(),
    "postgresql": Postgres(),
    "duckdb": DuckDb(),
}
