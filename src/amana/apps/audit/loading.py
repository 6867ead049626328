"""Many rows of one table at once: COPY on PostgreSQL, prepared INSERTs on SQLite.

Django's bulk_create builds an object and a clause per row; at 100,000 persons with a dozen rows each that
is most of an import. Values go through the columns' own preparation, so that dates, instants, identifiers
and JSON are stored as Django stores them. `insert` is for records, inside a command only; `append_rows` for
the trail itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connections, models

from amana.apps.audit.databases import stands_in
from amana.apps.audit.records import require_writing

ROWS_AT_ONCE = 5000
FEW = 20
BESIDE = "amana_beside"
"""A temporary table that rows pass through, where the table itself takes no COPY."""

Prepare = Callable[[Any], Any]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows whose values stand in the order of `columns` (field attribute names); the number of rows.

    Columns left out take their field's default, once for all rows. Raises `WriteOutsideCommand` outside a
    command.
    """
    require_writing(model, "insert")
    return append_rows(model, columns, rows)


def append_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """As `insert`, for tables that are no records: the caller answers for the trail."""
    connection = connections[stands_in(model._meta.app_label, model._meta.model_name)]
    fields, constants = _fields(model, columns)
    names = [connection.ops.quote_name(field.column) for field in [*fields, *constants]]
    tail = tuple(_preparing(field, connection)(field.get_default()) for field in constants)
    prepares = [_preparing(field, connection) for field in fields]
    changing = [(at, prepare) for at, prepare in enumerate(prepares) if prepare is not _as_it_is]

    def prepared() -> Iterator[list[Any]]:
        for row in rows:
            values = [*row, *tail]
            for at, prepare in changing:
                values[at] = prepare(values[at])
            yield values

    table = connection.ops.quote_name(model._meta.db_table)
    send = _copy if connection.vendor == "postgresql" else _executemany
    return send(connection, table, names, prepared())


def _fields(model: type[models.Model], columns: Sequence[str]) -> tuple[list[Any], list[Any]]:
    """The fields of the columns, and those left out that must still be written."""
    own = {field.attname: field for field in model._meta.local_concrete_fields}
    left_out = [
        field
        for name, field in own.items()
        if name not in columns and not isinstance(field, models.AutoField | models.BigAutoField)
    ]
    return [own[name] for name in columns], left_out


def _preparing(field: Any, connection: Any) -> Prepare:
    """How a value of this column is sent to the database; equal values are prepared once where that is
    safe.
    """
    if isinstance(field, models.JSONField) and connection.vendor == "sqlite":
        return _write_json
    if isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.DateField | models.UUIDField):
        return _remembering(lambda value: field.get_db_prep_save(value, connection))
    if isinstance(field, models.CharField | models.IntegerField | models.BooleanField):
        return _as_it_is
    return lambda value: field.get_db_prep_save(value, connection)


# Built once: `json.dumps` with any option builds an encoder for every value.
_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _as_it_is(value: Any) -> Any:
    return value


def _remembering(prepare: Prepare) -> Prepare:
    seen: dict[Any, Any] = {None: None}

    def once(value: Any) -> Any:
        if value not in seen:
            seen[value] = prepare(value)
        return seen[value]

    return once


def _executemany(connection: Any, table: str, names: Sequence[str], rows: Iterable[list[Any]]) -> int:
    marks = ", ".join(["%s"] * len(names))
    # Table and columns are named by the models, never by a request.
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of our models
    source, total = iter(rows), 0
    with connection.cursor() as cursor:
        while chunk := list(islice(source, ROWS_AT_ONCE)):
            cursor.executemany(statement, chunk)
            total += len(chunk)
    return total


def _copy(connection: Any, table: str, names: Sequence[str], rows: Iterable[list[Any]]) -> int:
    # While COPY is open the connection answers nothing else, and rows may be made by asking it.
    ready = list(rows)
    if len(ready) <= FEW:
        return _executemany(connection, table, names, ready)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s::regclass)", [table])
        walled = bool(cursor.fetchone()[0])
        # A table under row-level security takes no COPY: the rows go through one of the session's own.
        into = BESIDE if walled else table
        columns = ", ".join(names)
        if walled:
            cursor.execute(f"CREATE TEMPORARY TABLE {BESIDE} AS SELECT {columns} FROM {table} WITH NO DATA")  # noqa: S608 - names of our models
        # Django translates the driver's errors of execute, not of copy.
        with connection.wrap_database_errors, cursor.copy(f"COPY {into} ({columns}) FROM STDIN") as sink:
            for row in ready:
                sink.write_row(row)
        if walled:
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {BESIDE}")  # noqa: S608 - names of our models
            cursor.execute(f"DROP TABLE {BESIDE}")
    return len(ready)
