"""An office on PostgreSQL, copied table by table in one read-only transaction, and put back in one.

`COPY` in text form, so that a backup outlives the server's version. A trial restore goes into temporary
tables of a transaction that is rolled back. The session says that it sees everybody, as every connection of
Amana's; a policy on rows that isn't Amana's own is refused: a copy that lacks rows is never taken for whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import Connection, sql

from amana.apps.audit.stored import Ask
from amana.apps.guards import walls
from amana.exchange.backup import papers
from amana.exchange.backup.cipher import BadBackup
from amana.exchange.backup.container import AT_ONCE, Manifest
from amana.exchange.backup.proof import ENDED_AT_RESTORE, OCCUPIED, Occupied, heads

ENGINE = "postgresql"
HERE = "default"
NOT_COPIED = frozenset({"django_migrations"})
TABLE_NAMES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
NUMBERED = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema()
  AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL
"""
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"
FORCED = """
SELECT relname FROM pg_class
WHERE relforcerowsecurity AND relnamespace = current_schema()::regnamespace ORDER BY relname
"""
STRANGE = """
SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = current_schema() AND policyname <> %s
"""


@contextmanager
def session(*, kept: bool = True) -> Iterator[Connection[Any]]:
    """A connection of its own, beside those of the office, inside one transaction; rolled back unless
    `kept`.
    """
    connection = connections[HERE].copy()
    try:
        connection.ensure_connection()
        raw = connection.connection
        with raw.transaction(force_rollback=not kept):
            yield raw
    finally:
        connection.close()


def copy(folder: Path) -> dict[str, Any]:
    """Copy every table into `folder`; the rows, migrations and trails, as a manifest holds them."""
    target = folder / "tables"
    target.mkdir(mode=0o700, exist_ok=True)
    with session() as database:
        database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _refuse_strange_policies(database)
        names = [name for (name,) in database.execute(TABLE_NAMES) if name not in NOT_COPIED]
        for name in names:
            columns = [column for (column,) in database.execute(COLUMNS, [name])]
            (target / f"{name}.columns").write_text(json.dumps(columns))
            with (
                (target / f"{name}.copy").open("wb") as out,
                database.cursor() as cursor,
                cursor.copy(_copy(name, columns, "TO STDOUT")) as stream,
            ):
                for some in stream:
                    out.write(some)
        return _state(database, names)


@contextmanager
def trial(folder: Path, manifest: Manifest) -> Iterator[tuple[Ask, Mapping[str, Any]]]:
    """A backup restored into temporary tables: how they are asked, and the state they are in. Nothing stays.
    Raises `BadBackup` where this database has other tables.
    """
    with session(kept=False) as database:
        migrations = [list(row) for row in database.execute(MIGRATIONS)] if _exists(database) else []
        if sorted(migrations) != sorted(manifest.migrations[HERE]):
            raise BadBackup(
                "A backup of PostgreSQL is tried out beside the tables of the version that wrote it. "
                "Name a database that `amana migrate` of that version has prepared."
            )
        names = sorted(manifest.tables[HERE])
        for name in names:
            made = sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {} INCLUDING ALL) ON COMMIT DROP")
            database.execute(made.format(sql.Identifier("pg_temp", name), sql.Identifier(name)))
            _load(database, folder, name)
        yield asking(database), _state(database, names)


def refuse_occupied(_home: Path) -> None:
    """Raise `Occupied` where the database holds anything."""
    with session() as database:
        names = {name for (name,) in database.execute(TABLE_NAMES)}
        for name in sorted(OCCUPIED.keys() & names):
            asked = sql.SQL("SELECT 1 FROM {} WHERE {} LIMIT 1")
            told = asked.format(sql.Identifier(name), sql.SQL(OCCUPIED[name]))
            if database.execute(told).fetchone():
                raise Occupied(
                    "The database that DATABASE_URL names holds an office. Nothing was changed. "
                    "Name an empty database."
                )


def put_back(folder: Path, _home: Path, manifest: Manifest) -> None:
    """Make the tables where there are none and fill them, all in one transaction."""
    _prepare_tables(manifest)
    with session() as database:
        database.execute("SET CONSTRAINTS ALL DEFERRED")
        forced = [name for (name,) in database.execute(FORCED)]
        for name in forced:
            _force(database, name, "NO FORCE")
        database.execute("SET LOCAL row_security = off")
        for name in sorted(manifest.tables[HERE]):
            table = sql.Identifier(name)
            if database.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(table)).fetchone():
                database.execute(sql.SQL("DELETE FROM {}").format(table))
        for name in sorted(manifest.tables[HERE]):
            _load(database, folder, name)
        if _state(database, sorted(manifest.tables[HERE]))["tables"] != manifest.tables:
            raise BadBackup("Not every row of the backup could be put back. Nothing was restored.")
        _number_on(database)
        for name in sorted(ENDED_AT_RESTORE & set(manifest.tables[HERE])):
            database.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        for name in forced:
            _force(database, name, "FORCE")
    walls.put_policies(HERE)


def _force(database: Connection[Any], table: str, how: str) -> None:
    told = sql.SQL("ALTER TABLE {} {} ROW LEVEL SECURITY")
    database.execute(told.format(sql.Identifier(table), sql.SQL(how)))


def _refuse_strange_policies(database: Connection[Any]) -> None:
    """Raise `BadBackup` where a policy other than Amana's may hide rows."""
    found = [name for (name,) in database.execute(STRANGE, [walls.POLICY])]
    if found:
        raise BadBackup(
            f"Policies of row-level security that aren't Amana's stand on {', '.join(found)}: the copy might "
            "lack rows. Remove them, or back up with the server's own tools."
        )


def asking(database: Connection[Any]) -> Ask:
    """How a database is asked in plain SQL."""
    return lambda statement, parameters: database.execute(
        statement.replace("?", "%s").encode(), list(parameters)
    ).fetchall()


def _prepare_tables(manifest: Manifest) -> None:
    """Tables as the backup knows them. Raises `BadBackup` for those of a newer version."""
    executor = MigrationExecutor(connections[HERE])
    wanted = {(app, name) for app, name in manifest.migrations[HERE]}
    if unknown := wanted - set(executor.loader.graph.nodes):
        raise BadBackup(
            f"The backup comes from a newer version ({len(unknown)} migrations are unknown here). "
            "Restore it with that version."
        )
    applied = set(executor.loader.applied_migrations)
    if applied - wanted:
        raise BadBackup("The database has newer tables than the backup. Name an empty database.")
    if wanted - applied:
        nodes = executor.loader.graph.node_map
        executor.migrate(
            sorted(
                node
                for node in wanted
                if not any(child.key in wanted and child.key[0] == node[0] for child in nodes[node].children)
            )
        )


def _exists(database: Connection[Any]) -> bool:
    found = database.execute("SELECT to_regclass('django_migrations')").fetchone()
    return bool(found and found[0])


def _state(database: Connection[Any], names: list[str]) -> dict[str, Any]:
    def rows(name: str) -> int:
        found = database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        return int(found[0]) if found else 0

    office = database.execute("SELECT demonstration FROM accounts_office").fetchone()
    return {
        "tables": {HERE: {name: rows(name) for name in names}},
        "migrations": {HERE: [list(row) for row in database.execute(MIGRATIONS)]},
        "trails": heads(asking(database), names),
        "papers": papers.named(asking(database), names),
        "demonstration": bool(office[0]) if office else None,
    }


def _copy(name: str, columns: list[str], whither: str) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(name), listed, sql.SQL(whither))


def _load(database: Connection[Any], folder: Path, name: str) -> None:
    columns = json.loads((folder / "tables" / f"{name}.columns").read_text())
    with (
        (folder / "tables" / f"{name}.copy").open("rb") as source,
        database.cursor() as cursor,
        cursor.copy(_copy(name, columns, "FROM STDIN")) as stream,
    ):
        while some := source.read(AT_ONCE):
            stream.write(some)


def _number_on(database: Connection[Any]) -> None:
    """Have every numbered column go on after its last number."""
    for table, column in database.execute(NUMBERED).fetchall():
        database.execute(
            sql.SQL(
                "SELECT setval(pg_get_serial_sequence({}, {}), coalesce(max({}), 1), max({}) IS NOT NULL)"
                " FROM {}"
            ).format(
                sql.Literal(f'"{table}"'), sql.Literal(column), sql.Identifier(column),
                sql.Identifier(column), sql.Identifier(table),
            )
        )  # fmt: skip
