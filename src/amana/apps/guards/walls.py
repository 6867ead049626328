"""The second wall, on PostgreSQL: the database itself shows the rows of people in reach, whatever is asked.

Every table whose rows speak of a person has a policy, found by walking the models of every app, so that a new
table needs no entry here: rows with a key to a person are shown where one of the viewer's circles reaches
her, rows with a key to such rows where those are shown. The circles, the day and whether they reach
everybody are settings of the database session, the last one found by the database; reach itself is shown by
circle alone. `*` stands for whoever must see everybody, commands, jobs and migrations, and is said for every
connection that Amana opens; a connection that says nothing is shown nobody. FORCE makes it hold for the owner
of the tables; only a superuser or a role with BYPASSRLS passes it. SQLite knows no such thing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.apps import apps as installed
from django.db import DatabaseError, connections, models

from amana.apps.accounts.viewers import Viewer
from amana.apps.registry.models import Person
from amana.apps.registry.relations import Reach

HERE: Final = "default"
EVERYBODY: Final = "*"
WHOLE: Final = "whole"
POLICY: Final = "amana_reach"
BETWEEN: Final = " "
"""Stands between circles, none of which holds one."""

_CIRCLES: Final = "(SELECT current_setting('amana.circles', true))"
_DAY: Final = "(SELECT nullif(current_setting('amana.day', true), '')::date)"
_ENTIRE: Final = f"(SELECT current_setting('amana.whole', true)) = '{WHOLE}'"
_SAYS: Final = ("amana.circles", "amana.day", "amana.whole")
_SET: Final = "SELECT " + ", ".join(f"set_config('{name}', %s, false)" for name in _SAYS)
_SAID: Final = "SELECT " + ", ".join(f"current_setting('{name}', true)" for name in _SAYS)
_WHOLE: Final = f"""
SELECT NOT EXISTS (
    SELECT 1 FROM {Person._meta.db_table} OFFSET (
        SELECT count(*) FROM (
            SELECT DISTINCT person_id FROM {Reach._meta.db_table}
            WHERE circle = ANY (%s) AND (until IS NULL OR until >= %s::date)
        ) AS mine
    ) LIMIT 1
)"""  # noqa: S608 - names of our models
"""Whether nobody is out of reach: one person more than stand in reach is all that is looked for."""
_MINE: Final = f"circle = ANY (string_to_array({_CIRCLES}, '{BETWEEN}'))"


@contextmanager
def narrowed(viewer: Viewer, *, widely: bool = False) -> Iterator[None]:
    """Have the database show the rows of people in this viewer's reach on her day, and none else. `widely`:
    rows of many people are gone over; where nobody is out of her reach the database is then told so, as it
    would look every one of them up in vain.
    """
    connection: Any = connections[HERE]
    if connection.vendor != "postgresql" or viewer.everybody:
        yield
        return
    day = viewer.day.isoformat() if viewer.day else ""
    with connection.cursor() as cursor:
        cursor.execute(_SAID)
        before = cursor.fetchone()
        whole = widely and before[0] == EVERYBODY and _reaches_everybody(cursor, viewer.circles, day)
        cursor.execute(_SET, [BETWEEN.join(viewer.circles), day, WHOLE if whole else ""])
    try:
        yield
    finally:
        _say(connection, *(each or "" for each in before))


def _reaches_everybody(cursor: Any, circles: Sequence[str], day: str) -> bool:
    cursor.execute(_WHOLE, [list(circles), day or None])
    return bool(cursor.fetchone()[0])


def _say(connection: Any, *said: str) -> None:
    """Set what the session says; a connection on which that fails is closed, and the next one begins anew."""
    if connection.needs_rollback:
        return  # rolling back takes the settings back as well
    try:
        with connection.cursor() as cursor:
            cursor.execute(_SET, said)
    except DatabaseError:
        connection.close()


def see_everybody(connection: Any, **_signal: Any) -> None:
    """On every connection that Amana opens: commands, jobs and migrations see everybody."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_SET, [EVERYBODY, "", ""])


def walled() -> Mapping[str, str]:
    """Table -> the condition under which its rows are shown."""
    tables = {Reach._meta.db_table: f"{_open()} OR {_MINE}"}
    tables[Person._meta.db_table] = f"{_open()} OR {_ENTIRE} OR {_reached(Person._meta.db_table, 'ref')}"
    known: dict[type[models.Model], None] = dict.fromkeys((Person, Reach))
    while found := [each for each in _own_models() if each not in known and list(_keys(each, known))]:
        for model in found:
            tables[model._meta.db_table] = _condition(model, known)
        known.update(dict.fromkeys(found))
    return tables


def _own_models() -> list[type[models.Model]]:
    return [model for model in installed.get_models() if model._meta.managed]


def _keys(model: type[models.Model], known: Mapping[type[models.Model], None]) -> Iterator[Any]:
    """Its keys to a person; where there is none, to rows that speak of one."""
    keys = [field for field in model._meta.local_fields if isinstance(field, models.ForeignKey)]
    direct = [field for field in keys if field.related_model is Person]
    yield from direct or (field for field in keys if field.related_model in known)


def _condition(model: type[models.Model], known: Mapping[type[models.Model], None]) -> str:
    table, each = model._meta.db_table, []
    for key in _keys(model, known):
        shown = _reached(table, key.column) if key.related_model is Person else _above(table, key)
        each.append(f"{key.column} IS NULL OR {shown}" if key.null else shown)
    return " OR ".join([_open(), _ENTIRE, *each])


def _open() -> str:
    return f"{_CIRCLES} = '{EVERYBODY}'"


def _reached(table: str, column: str) -> str:
    reach = Reach._meta.db_table
    standing = f"(r.until IS NULL OR r.until >= {_DAY})"
    hers = f"r.person_id = {table}.{column} AND r.{_MINE}"
    return f"EXISTS (SELECT 1 FROM {reach} r WHERE {hers} AND {standing})"  # noqa: S608 - names of our models


def _above(table: str, key: Any) -> str:
    above, column = key.related_model._meta.db_table, key.target_field.column
    hers = f"a.{column} = {table}.{key.column}"
    return f"EXISTS (SELECT 1 FROM {above} a WHERE {hers})"  # noqa: S608 - names of our models


def put_policies(using: str, **_signal: Any) -> None:
    """After tables were made or changed: give each its policy, where it has not got it already."""
    connection: Any = connections[using]
    if connection.vendor != "postgresql" or using != HERE:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, obj_description(p.oid, 'pg_policy') FROM pg_policy p "
            "JOIN pg_class c ON c.oid = p.polrelid WHERE p.polname = %s AND c.relforcerowsecurity "
            "AND c.relnamespace = current_schema()::regnamespace",
            [POLICY],
        )
        there = dict(cursor.fetchall())
        made = set(connection.introspection.table_names(cursor))
        for table, condition in walled().items():
            mark = hashlib.sha256(condition.encode()).hexdigest()[:16]
            if table in made and there.get(table) != mark:
                for statement in _statements(table, condition, mark):
                    cursor.execute(statement)


def _statements(table: str, condition: str, mark: str) -> Iterator[str]:
    # Tables, columns and conditions are named by the models, never by a request.
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS {POLICY} ON {table}"
    yield f"CREATE POLICY {POLICY} ON {table} USING ({condition})"
    yield f"COMMENT ON POLICY {POLICY} ON {table} IS '{mark}'"
