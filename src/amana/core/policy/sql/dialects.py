"""What differs between SQL engines. One small class for each; a further engine is one more class.

Each hook gets finished SQL texts and gives SQL text. Dates are compared whole, as constants folded in by
the printer; no engine's age, interval or month function is ever used, nor `LEAST`/`min`, which treat NULL
differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlglot import exp


class Dialect:
    """Standard SQL with `WITH ... AS MATERIALIZED` and `VALUES` as a table."""

    name = "postgres"
    materialized = "MATERIALIZED "

    def identifier(self, name: str) -> str:
        """A quoted column or table name (dots separate schema and table)."""
        parts = [exp.to_identifier(part, quoted=True).sql(dialect=self.name) for part in name.split(".")]
        return ".".join(parts)

    def text(self, value: str) -> str:
        """A text constant."""
        return exp.Literal.string(value).sql(dialect=self.name)

    def day(self, value: date) -> str:
        """A date constant that compares with a date column."""
        return f"DATE {self.text(value.isoformat())}"

    def is_true(self, column: str) -> str:
        """Whether a boolean column that is not NULL is true."""
        return column

    def contains(self, text: str, part: str) -> str:
        """Whether a text holds another."""
        return f"REPLACE({text}, {self.text(part)}, '') <> {text}"

    def values(self, name: str, columns: Sequence[str], rows: Sequence[str]) -> str:
        """A common table of constant rows."""
        body = ",\n  ".join(f"({row})" for row in rows)
        return f"{name} ({', '.join(columns)}) AS {self.materialized}(VALUES\n  {body})"


class Postgres(Dialect):
    """PostgreSQL 12 or later: `date` and `boolean` columns."""


class Sqlite(Dialect):
    """SQLite 3.35 or later: days as ISO text, booleans as 0 and 1. Without MATERIALIZED it computes each
    cell five times.
    """

    name = "sqlite"

    def day(self, value: date) -> str:
        """ISO text compares as the days do."""
        return self.text(value.isoformat())

    def is_true(self, column: str) -> str:
        """Any number but 0."""
        return f"{column} <> 0"


class DuckDb(Dialect):
    """DuckDB 1.4 or later: `DATE` and `BOOLEAN` columns."""

    name = "duckdb"


DIALECTS: dict[str, Dialect] = {
    "sqlite": Sqlite(),
    "postgres": Postgres(),
    "postgresql": Postgres(),
    "duckdb": DuckDb(),
}
