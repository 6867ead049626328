"""Whether a column holds one of many references: one parameter, however many there are.

Django's own `in` makes a parameter of each and prepares them one by one, which at thousands of references is
most of the time of a query. SQLite unfolds a JSON array, PostgreSQL takes an array; both use the index.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func

_SQLITE = "%s IN (SELECT value FROM json_each(%%s))"
_POSTGRESQL = "%s = ANY(%%s)"


class Among(Func):
    """`filter(Among("person_id", refs))`: the column is one of these values, texts or whole numbers alike."""

    arity = 1
    output_field = BooleanField()

    def __init__(self, column: str, values: Iterable[str | int]) -> None:
        self.values = list(values)
        super().__init__(F(column))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """One JSON array, unfolded."""
        column, params = compiler.compile(self.source_expressions[0])
        return _SQLITE % column, [*params, json.dumps(self.values)]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """One array."""
        column, params = compiler.compile(self.source_expressions[0])
        return _POSTGRESQL % column, [*params, self.values]
