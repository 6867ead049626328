"""Whether rows that tell of people tell of everybody there is: asked once in a statement, of the same moment.

SQLite looks every row of a counted table up among those in reach, which for a team that holds a whole office
is most of the work. There the answer stands before the look-up; where somebody is left out, each row is
looked up as ever. Other databases join the two, and are only slowed by the question; behind the second wall
of PostgreSQL, which shows nobody out of reach, it would also be answered in vain.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Func, IntegerField, QuerySet, Subquery

from amana.apps.registry.models import Person


class _Equal(Func):
    """Whether two counts are equal, on SQLite; false elsewhere."""

    template = "(%(expressions)s)"
    arg_joiner = " = "
    conditional = True
    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "(1 = 0)", []

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:
        sql, params = super().as_sql(compiler, connection, **extra)
        return sql, tuple(params)


class _Count(Func):
    """A count of all rows; of a column, each value once. Unlike an aggregate it groups by nothing."""

    function = "COUNT"
    output_field = IntegerField()

    def __init__(self, *columns: str) -> None:
        template = "%(function)s(DISTINCT %(expressions)s)" if columns else "%(function)s(*)"
        super().__init__(*columns, template=template)


def everyone_is(rows: QuerySet[Any]) -> _Equal:
    """The condition that everybody on the register has one of these rows, by `person`."""
    people = Person.objects.annotate(many=_Count()).values("many")
    named = rows.order_by().annotate(many=_Count("person_id")).values("many")
    return _Equal(Subquery(people), Subquery(named))
