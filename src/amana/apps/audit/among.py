"""Whether a column holds one of many references: one parameter, however many there are.

Django's own `in` makes a parameter of each and prepares them one by one, which at thousands of references is
most of the time of a query. SQLite unfolds a JSON array, PostgreSQL takes an array; both use the index.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, Final

from django.db.models import BooleanField, F, Func

_SQLITE = "%s IN (SELECT value FROM json_each(%%s))"
_POSTGRESQL = "%s = ANY(%%s)"


class Whoever:
    """Stands for references that are named when the query is asked (`asking`)."""


WHOEVER: Final = Whoever()


def sent(values: Collection[str | int], vendor: str) -> Any:
    """These values as the one parameter that a database is sent."""
    return list(values) if vendor == "postgresql" else json.dumps(list(values))


class Among(Func):
    """`filter(Among("person_id", refs))`: the column is one of these values, texts or whole numbers alike."""

    arity = 1
    output_field = BooleanField()

    def __init__(self, column: str, values: Iterable[str | int] | Whoever) -> None:
        self.values = values if isinstance(values, Whoever) else list(values)
        super().__init__(F(column))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """One JSON array, unfolded."""
        column, params = compiler.compile(self.source_expressions[0])
        return _SQLITE % column, [*params, self._sent(connection)]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """One array."""
        column, params = compiler.compile(self.source_expressions[0])
        return _POSTGRESQL % column, [*params, self._sent(connection)]

    def _sent(self, connection: Any) -> Any:
        return self.values if isinstance(self.values, Whoever) else sent(self.values, connection.vendor)
