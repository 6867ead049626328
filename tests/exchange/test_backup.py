"""`amana backup` and `amana restore`: a whole office comes back, anything less is refused."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

import office_home as homes
import postgres
import served_office


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "backup.key"
    path.write_text("ab" * 32)
    path.chmod(0o600)
    return path


def backup(home: Path, file: Path, key: Path, *more: str, **options: str) -> subprocess.CompletedProcess[str]:
    return homes.run(
        home, "-m", "amana", "backup", str(file), "--key-file", str(key), "--json", *more, **options
    )


def restore(
    home: Path, file: Path, key: Path, *more: str, **options: str
) -> subprocess.CompletedProcess[str]:
    arguments = ("restore", str(file), "--key-file", str(key), "--json", *more)
    return homes.run(home, "-m", "amana", *arguments, **options)


def rows(home: Path, name: str = "amana") -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of one file."""
    with sqlite3.connect(home / f"{name}.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(database.execute(f'SELECT * FROM "{name}"'), key=repr)
            for name in names
            if not name.startswith("sqlite_")
        }


@pytest.fixture
def family(office_home: Path) -> str:
    """A family in the office; the reference of a child."""
    return served_office.prepare(office_home)


def test_an_office_comes_back_row_for_row_in_an_empty_home(
    office_home: Path, family: str, key: Path, tmp_path: Path
) -> None:
    before, operations = rows(office_home), rows(office_home, "operations")
    done = backup(office_home, tmp_path / "office.backup", key)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["wrong"] == []
    empty = tmp_path / "other"
    done = restore(empty, tmp_path / "office.backup", key)
    assert done.returncode == 0, done.stderr
    assert rows(empty) == before and rows(empty, "operations") == operations
    assert (empty / "amana.sqlite3").stat().st_mode & 0o777 == 0o600
    assert not [path for path in empty.iterdir() if path.name.startswith(".")]
    shutil.copytree(office_home / "keys", empty / "keys")
    assert homes.run(empty, "-m", "amana", "audit", "verify").returncode == 0


def test_the_trail_tells_that_a_backup_was_made(office_home: Path, key: Path, tmp_path: Path) -> None:
    done = backup(office_home, tmp_path / "office.backup", key)
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        entry = database.execute(
            "SELECT body FROM audit_auditentry e JOIN audit_auditpayload p ON p.entry_id = e.id"
            " WHERE kind = 'office.backed_up'"
        ).fetchall()
    assert json.loads(entry[0][0])["sha256"] == json.loads(done.stdout)["sha256"]


def test_nothing_of_the_office_stands_in_the_clear_and_no_key_of_it_is_inside(
    office_home: Path, family: str, key: Path, tmp_path: Path
) -> None:
    file = tmp_path / "office.backup"
    backup(office_home, file, key)
    content = file.read_bytes()
    held = {path.read_text().strip() for path in (office_home / "keys").iterdir()}
    assert not [
        word for word in (family, "Farid", "registrar@office.example", *held) if word.encode() in content
    ]
    assert file.stat().st_mode & 0o777 == 0o600
    empty = tmp_path / "other"
    restore(empty, file, key)
    restored = b"".join(path.read_bytes() for path in empty.rglob("*") if path.is_file())
    assert not [word for word in held if word.encode() in restored]
    assert not (empty / "keys").exists()


def test_nothing_is_restored_over_an_office(office_home: Path, key: Path, tmp_path: Path) -> None:
    file = tmp_path / "office.backup"
    backup(office_home, file, key)
    before = rows(office_home)
    done = restore(office_home, file, key)
    assert done.returncode == 1
    assert "holds an office. Nothing was changed." in done.stderr
    assert rows(office_home) == before


def test_tables_without_anybody_in_them_make_way(office_home: Path, key: Path, tmp_path: Path) -> None:
    file, empty = tmp_path / "office.backup", tmp_path / "other"
    backup(office_home, file, key)
    assert homes.run(empty, "-m", "amana", "migrate").returncode == 0
    before = rows(office_home)
    assert restore(empty, file, key).returncode == 0
    assert len(rows(empty)["accounts_user"]) == len(before["accounts_user"])


def test_verify_only_restores_nothing(office_home: Path, key: Path, tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "office.backup", tmp_path / "other"
    backup(office_home, file, key)
    done = restore(elsewhere, file, key, "--verify-only")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["restored"] is False and told["rows"] > 0 and told["entries"] > 0
    assert [*elsewhere.iterdir()] == []


def test_a_backup_that_was_changed_restores_nothing(office_home: Path, key: Path, tmp_path: Path) -> None:
    file, empty = tmp_path / "office.backup", tmp_path / "other"
    backup(office_home, file, key)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    done = restore(empty, file, key)
    assert done.returncode == 1 and "The backup does not open" in done.stderr
    assert not (empty / "amana.sqlite3").exists()


def test_a_trail_that_does_not_hold_is_told_and_the_backup_still_made(
    office_home: Path, key: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        database.execute("DROP TRIGGER audit_auditentry_no_update")
        database.execute("UPDATE audit_auditentry SET kind = 'office.closed' WHERE sequence = 1")
    file = tmp_path / "office.backup"
    done = backup(office_home, file, key)
    assert done.returncode == 1 and file.exists()
    assert json.loads(done.stdout)["wrong"] == [
        "trail writes: chain 1, entry 1: a column was changed after it was written"
    ]
    assert "The backup is whole, but the office is not" in done.stderr


def test_what_was_erased_is_not_carried_along(
    office_home: Path, family: str, key: Path, tmp_path: Path
) -> None:
    word = "EinWortDasGelöschtWird"
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("CREATE TABLE passing (word TEXT)")
        database.executemany("INSERT INTO passing VALUES (?)", [(word,)] * 500)
        database.commit()
        database.execute("DROP TABLE passing")
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert word.encode() in (office_home / "amana.sqlite3").read_bytes()
    backup(office_home, tmp_path / "office.backup", key)
    restore(tmp_path / "other", tmp_path / "office.backup", key)
    assert word.encode() not in (tmp_path / "other" / "amana.sqlite3").read_bytes()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("home/office.backup", "inside AMANA_HOME"),
        ("there.backup", "is there already"),
        ("no/such/f", "can't be"),
    ],
)
def test_a_place_that_would_lose_or_overwrite_something_is_refused(
    place: str, said: str, office_home: Path, key: Path, tmp_path: Path
) -> None:
    (tmp_path / "there.backup").write_text("of yesterday")
    done = backup(office_home, tmp_path / place, key)
    assert done.returncode == 1 and said in done.stderr
    assert (tmp_path / "there.backup").read_text() == "of yesterday"
    assert not [*office_home.glob(".backup-*")]


def test_without_a_key_nothing_is_written(office_home: Path, tmp_path: Path) -> None:
    done = homes.run(office_home, "-m", "amana", "backup", str(tmp_path / "office.backup"))
    assert done.returncode == 1 and "Nothing closes the backup" in done.stderr
    assert not (tmp_path / "office.backup").exists()


def test_an_office_half_put_back_does_not_open_and_is_put_back_again(
    office_home: Path, key: Path, tmp_path: Path
) -> None:
    file, empty = tmp_path / "office.backup", tmp_path / "other"
    backup(office_home, file, key)
    assert restore(empty, file, key).returncode == 0
    (empty / ".restoring").touch()
    done = homes.run(empty, "-m", "amana", "audit", "verify")
    assert done.returncode == 1 and "was interrupted" in done.stderr
    assert restore(empty, file, key).returncode == 0
    assert not (empty / ".restoring").exists()


def test_nobody_stays_signed_in_over_a_restore(office_home: Path, key: Path, tmp_path: Path) -> None:
    with served_office.served(office_home) as port:
        served_office.Visitor(port).sign_in("registrar")
    assert any(rows(office_home, "operations").get(name) for name in ("django_session", "accounts_session"))
    backup(office_home, tmp_path / "office.backup", key)
    restore(tmp_path / "other", tmp_path / "office.backup", key)
    restored = rows(tmp_path / "other", "operations")
    assert not any(restored.get(name) for name in ("django_session", "accounts_session"))


def test_an_office_on_postgresql_comes_back_row_for_row(postgres_url: str, key: Path, tmp_path: Path) -> None:
    import psycopg

    home, file = tmp_path / "home", tmp_path / "office.backup"
    first = postgres.fresh_database(postgres_url, "backup_first")
    second = postgres.fresh_database(postgres_url, "backup_second")
    homes.make(home, DATABASE_URL=first)

    def content(url: str) -> dict[str, list[str]]:
        with psycopg.connect(url) as database:
            names = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            asked = 'SELECT t::text FROM "{}" t ORDER BY 1'
            return {
                name: [row for (row,) in database.execute(asked.format(name))] for (name,) in sorted(names)
            }

    before = content(first)
    done = backup(home, file, key, DATABASE_URL=first)
    assert done.returncode == 0, done.stderr
    after = content(first)
    assert len(after["audit_auditentry"]) == len(before["audit_auditentry"]) + 1
    assert {n: r for n, r in after.items() if not n.startswith("audit_")} == {
        n: r for n, r in before.items() if not n.startswith("audit_")
    }
    assert restore(home, file, key, "--verify-only", DATABASE_URL=first).returncode == 0
    done = restore(home, file, key, DATABASE_URL=second)
    assert done.returncode == 0, done.stderr
    restored = content(second)
    assert {n: r for n, r in restored.items() if n != "django_migrations"} == {
        n: r for n, r in before.items() if n != "django_migrations"
    }
    assert restore(home, file, key, DATABASE_URL=second).returncode == 1
    verified = homes.run(home, "-m", "amana", "audit", "verify", DATABASE_URL=second)
    assert verified.returncode == 0, verified.stderr
    added = backup(home, tmp_path / "again.backup", key, DATABASE_URL=second)
    assert added.returncode == 0, added.stderr
