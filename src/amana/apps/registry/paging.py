"""Keyset paging by row-value comparison: one index range scan, where OFFSET and the OR form grow with the
table.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F, Func, Value


class RowAfter(Func):
    """`(left…) > (right…)` over column names fixed in code and values bound as parameters."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, columns: tuple[str, ...], values: tuple[Any, ...]) -> None:
        expressions: list[Expression | F] = [F(name) for name in columns]
        super().__init__(*expressions, *(Value(value) for value in values))
        self.width = len(columns)

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts, params = [], []
        for expression in self.get_source_expressions():
            sql, bound = compiler.compile(expression)
            parts.append(sql)
            params.extend(bound)
        left, right = ", ".join(parts[: self.width]), ", ".join(parts[self.width :])
        return f"({left}) > ({right})", params

    def copy(self) -> RowAfter:
        clone: RowAfter = super().copy()
        clone.width = self.width
        return clone
