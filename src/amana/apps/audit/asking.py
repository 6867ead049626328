"""Reads about many people that are put together once and then asked again and again.

Django puts a query together anew each time, which takes several times as long as its answer where that is
one family's. Here it is put together for each thread and for each set of other arguments (the day), and only
the references change. For reads by `values_list` alone; what it returns is what the query itself would.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias

from django.db import connections
from django.db.models import QuerySet

from amana.apps.audit.among import WHOEVER, Whoever, sent

P = ParamSpec("P")
Query: TypeAlias = QuerySet[Any, tuple[Any, ...]]
Rows: TypeAlias = list[tuple[Any, ...]]
KEPT = 512
"""How many queries a thread keeps; then it begins anew."""


@dataclass(frozen=True)
class _Ready:
    """A query as it is sent, with how its answers become values of Python."""

    connection: Any
    sql: str
    parameters: tuple[Any, ...]
    compiler: Any
    converters: Any

    def rows(self, refs: Collection[str | int]) -> Rows:
        """Ask about these."""
        parameters = [
            sent(refs, self.connection.vendor) if isinstance(each, Whoever) else each
            for each in self.parameters
        ]
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        if self.converters:
            return list(map(tuple, self.compiler.apply_converters(found, self.converters)))
        return list(map(tuple, found))


class _Kept(threading.local):
    """The queries of one thread: connections are never shared between threads."""

    def __init__(self) -> None:
        self.ready: dict[tuple[object, ...], _Ready] = {}


_kept = _Kept()


def of_many(
    build: Callable[Concatenate[Whoever, P], Query],
) -> Callable[Concatenate[Collection[str | int], P], Rows]:
    """Make of `build(refs, …)`, which gives a query by `values_list` that asks `Among(column, refs)`, a
    function of the same arguments that gives its rows. The other arguments are hashable, and none decides
    whether there can be an answer at all.
    """

    @wraps(build)
    def ask(refs: Collection[str | int], *rest: P.args, **named: P.kwargs) -> Rows:
        key = (build, rest, *named.items())
        ready = _kept.ready.get(key)
        if ready is None or ready.connection is not connections[ready.connection.alias]:
            if len(_kept.ready) >= KEPT:
                _kept.ready.clear()
            ready = _kept.ready[key] = _made(build(WHOEVER, *rest, **named))
        return ready.rows(refs)

    return ask


def _made(query: Query) -> _Ready:
    connection = connections[query.db]
    compiler = query.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    return _Ready(connection, sql, tuple(parameters), compiler, compiler.get_converters(columns))
