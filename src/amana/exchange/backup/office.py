"""Making a backup of the office, and restoring one: the same steps on either engine.

A backup appears under its name only once it has been read back, restored on trial and found to be what was
copied. Restoring refuses over an office that is there, and works on trial copies until all is proved. The
keys of the office are in no backup: they are kept apart, or whoever takes the backup has everything.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db import connections

from amana import __version__
from amana.core.errors import AmanaError
from amana.core.trail import Tally
from amana.exchange.backup import container, papers, postgresql_tables, sqlite_files
from amana.exchange.backup.cipher import BadBackup, Lock, head_of
from amana.exchange.backup.container import Manifest
from amana.exchange.backup.proof import Proof, faults_of_trail

Tell = Callable[[str], None]
WORKING = ".backup-"


class UnusableFile(AmanaError):
    """A backup can't be written or read where it was asked for."""


@dataclass(frozen=True)
class Made:
    """A backup that was written and proved: where, its size in bytes, its SHA-256, and the proof."""

    path: Path
    size: int
    digest: str
    proof: Proof


def make(path: Path, lock: Lock, at: datetime, tell: Tell) -> Made:
    """Write an encrypted backup of the office at `path` while it works, proved by restoring it on trial.
    Raises `UnusableFile`, `BadBackup`.
    """
    refuse_place(path)
    try:
        with _working() as folder, container.whole(path) as out:
            tell("copy")
            manifest = _copied(folder, at)
            tell("encrypt")
            container.write(out, lock, manifest, folder)
            out.flush()
            tell("restore on trial")
            proof = prove(Path(out.name), lock)
    except OSError as error:
        raise UnusableFile(
            f"{path}: the backup can't be written ({error.strerror}). Nothing is there."
        ) from error
    return Made(path, path.stat().st_size, container.digest(path), proof)


def prove(path: Path, lock: Lock) -> Proof:
    """Restore a backup on trial: into files of a folder that goes, or into temporary tables. Raises
    `BadBackup` where what comes out is not what was copied.
    """
    with _working() as folder:
        return _proved(_read(path, lock, folder), folder)


def restore(path: Path, lock: Lock, tell: Tell) -> Proof:
    """Put the office of a backup in the place of this one, which must be empty. Raises `Occupied`,
    `BadBackup`, `UnusableFile`.
    """
    module, home = _module(), Path(settings.HOME)
    module.refuse_occupied(home)
    connections.close_all()
    try:
        with _working() as folder:
            tell("decrypt")
            manifest = _read(path, lock, folder)
            tell("prove")
            proof = _proved(manifest, folder, trial=module is sqlite_files)
            tell("put back")
            papers.put_back(folder)
            module.put_back(folder, home, manifest)
    except OSError as error:
        raise UnusableFile(f"{path}: the backup can't be restored ({error.strerror}).") from error
    return proof


def refuse_place(path: Path) -> None:
    """Raise `UnusableFile` where a backup would be lost with the office, or write over something."""
    if path.resolve().is_relative_to(settings.HOME):
        raise UnusableFile(
            f"{path} lies inside AMANA_HOME: what takes the office would take its backup. Keep it elsewhere."
        )
    if path.exists():
        raise UnusableFile(f"{path} is there already. Name another file, best with the day in its name.")


def _module() -> ModuleType:
    return sqlite_files if connections["default"].vendor == "sqlite" else postgresql_tables


def _copied(folder: Path, at: datetime) -> Manifest:
    if _module() is sqlite_files:
        sqlite_files.copy(folder)
        state = sqlite_files.state(folder)
    else:
        state = postgresql_tables.copy(folder)
    papers.copy(folder, state["papers"])
    return Manifest(at.astimezone(UTC).isoformat(), __version__, _module().ENGINE, **state)


def _read(path: Path, lock: Lock, folder: Path) -> Manifest:
    try:
        with path.open("rb") as source:
            told, _ = head_of(source)
            if told.get("engine") != _module().ENGINE:
                raise BadBackup(
                    f"This is a backup of an office on {told.get('engine')}; this one is on "
                    f"{_module().ENGINE}. Set or unset DATABASE_URL accordingly."
                )
            source.seek(0)
            return container.read(source, lock, folder)
    except OSError as error:
        raise UnusableFile(f"{path}: the backup can't be read ({error.strerror}).") from error


def _proved(manifest: Manifest, folder: Path, *, trial: bool = True) -> Proof:
    """What is seen of an unpacked backup; PostgreSQL's is tried out in tables unless they are to be made."""
    tally, wrong = Tally(), list[str]()
    found: Mapping[str, Any]
    if manifest.engine == sqlite_files.ENGINE:
        found = sqlite_files.state(folder)
        wrong = sqlite_files.faults(folder)
        for trail, ask in sqlite_files.trails(folder):
            wrong += faults_of_trail(trail, ask, tally)
    elif trial:
        with postgresql_tables.trial(folder, manifest) as (ask, found):
            for trail in found["trails"]:
                wrong += faults_of_trail(trail, ask, tally)
    else:
        return Proof(manifest.made, manifest.rows, 0, ())
    wrong += papers.faults(folder, found["papers"])
    told = (manifest.tables, manifest.trails, manifest.papers)
    if (found["tables"], found["trails"], found["papers"]) != told:
        raise BadBackup("What the backup restores is not what was copied. Make another.")
    return Proof(manifest.made, manifest.rows, tally.entries, tuple(wrong))


@contextmanager
def _working() -> Iterator[Path]:
    """A folder in AMANA_HOME for copies in the clear, gone afterwards; those of killed runs go first."""
    home = Path(settings.HOME)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear_left_behind(home)
    folder = Path(mkdtemp(prefix=WORKING, dir=home))
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(handle)
        shutil.rmtree(folder, ignore_errors=True)


def _clear_left_behind(home: Path) -> None:
    """Remove working folders that no living process holds."""
    for folder in home.glob(f"{WORKING}*"):
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)


__all__ = ["Made", "UnusableFile", "make", "prove", "refuse_place", "restore"]
