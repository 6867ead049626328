"""The files of papers in a backup: taken along with the database that names them, encrypted as they lie.

The database is copied first. Files are written before the row that names them and never changed, so whatever
the copied rows name is there; what nobody names is left out. Where rows name a file that was missing already,
the proof of the backup says so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from amana.apps.attachments import store
from amana.apps.audit.stored import Ask
from amana.core.papers import CLEAN, ORIGINAL
from amana.exchange.backup.container import settle

FOLDER = "attachments"
TABLE = "attachments_attachment"
NAMED = f"SELECT stored FROM {TABLE}"  # noqa: S608 - a name of ours
NEEDED = (CLEAN, ORIGINAL)


def named(ask: Ask, tables: Collection[str]) -> list[str]:
    """What the papers of a database are called; none in one of an earlier version."""
    return sorted(str(name) for (name,) in ask(NAMED, ())) if TABLE in tables else []


def copy(folder: Path, names: Collection[str]) -> None:
    """Have the files of these papers in `folder` too."""
    target = folder / FOLDER
    target.mkdir(mode=0o700, exist_ok=True)
    wanted = frozenset(names)
    for name, path in store.names():
        if name in wanted:
            _link(path, target / path.name)


def faults(folder: Path, names: Collection[str]) -> list[str]:
    """What is wrong with the files of these papers in `folder`, in words."""
    lacking = {
        name for name in names for part in NEEDED if not (folder / FOLDER / f"{name}.{part}").is_file()
    }
    return [f"papers: the files of {len(lacking)} are missing, take them from an earlier backup"] * bool(
        lacking
    )


def put_back(folder: Path) -> None:
    """Put the files in their place, before the database that names them. Can be done again."""
    there = folder / FOLDER
    if not there.is_dir():
        return
    place = store.folder()
    for path in sorted(there.iterdir()):
        path.replace(place / path.name)
    settle(place)


def _link(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where the disk knows no second names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        target.chmod(0o600)
