"""Decisions in SQL, with the same answers as Python."""

from amana.core.policy.sql.dialects import DIALECTS, Dialect
from amana.core.policy.sql.encoding import Encoding, fact_columns
from amana.core.policy.sql.printer import (
    VERDICT_COLUMNS,
    NotInSql,
    counts_query,
    from_texts,
    rows_query,
    to_sql,
    verdict_rows,
)

__all__ = [
    "DIALECTS",
    "VERDICT_COLUMNS",
    "Dialect",
    "Encoding",
    "NotInSql",
    "counts_query",
    "fact_columns",
    "from_texts",
    "rows_query",
    "to_sql",
    "verdict_rows",
]
