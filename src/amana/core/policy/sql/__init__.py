"""Decisions in SQL, with the same answers as Python."""

from amana.core.policy.sql.printer import NotInSql, fact_columns, to_sql

__all__ = ["NotInSql", "fact_columns", "to_sql"]
