"""The pack the office has adopted: its own version where there is one, else the files of that name.

Asked many times by every page and command: one short query tells whether another process has adopted a
version since, and a look at the folders whether a file was changed. A pack is built once for each state of
its files and for each version.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from django.db import connection

from amana.apps.accounts.queries import NoOffice, office
from amana.apps.audit.recording import once_a_recording
from amana.apps.decisions.models import PackVersion
from amana.apps.decisions.pack_text import PackText, read_text, text_on_disk
from amana.apps.decisions.packs import find_pack, pack_folder
from amana.core.policy import Pack

PLACEMENT = "placement"


def office_pack() -> Pack:
    """The office's pack. Raises `NoOffice`, `NoSuchPack`, `PackFaults` or `SpoiltPack`."""
    name, current = _adopted()
    return pack_named(name) if current is None else _stored(current).pack


def office_text() -> PackText:
    """The text of the office's pack. Raises as `office_pack`."""
    name, current = _adopted()
    return _text_named(name) if current is None else _stored(current)


_ADOPTED = (
    "SELECT o.pack, v.hash FROM accounts_office o"
    " LEFT JOIN decisions_packversion v ON v.current AND v.name = o.pack LIMIT 1"
)


def _adopted() -> tuple[str, str | None]:
    """The name of the office's pack and the hash of the version that stands in for its files. Written out,
    since a query put together anew takes ten times as long as its answer. Raises `NoOffice`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ADOPTED)
        found: tuple[str, str | None] | None = cursor.fetchone()
    if found is None:
        raise NoOffice
    return found


def current_version(name: str) -> str | None:
    """The hash of the version that stands in for the files of that name; None while the files do."""
    found: str | None = (
        PackVersion.objects.filter(current=True, name=name).values_list("hash", flat=True).first()
    )
    return found


def departed_from() -> str | None:
    """The hash of the files that the office's adopted version came from, where the files of its name are no
    longer those; None while they are, or while the files are the office's pack.
    """
    name = office().pack
    current = PackVersion.objects.filter(current=True, name=name).values_list("shipped", flat=True).first()
    return current if current is not None and current != pack_named(name).hash else None


def text_of(pack_hash: str) -> PackText | None:
    """The text that a decision was made under, by the pack's hash; None where it is not found. Raises
    `SpoiltPack`.
    """
    if PackVersion.objects.filter(hash=pack_hash).exists():
        return _stored(pack_hash)
    name = office().pack
    return _text_named(name) if pack_named(name).hash == pack_hash else None


def pack_named(name: str) -> Pack:
    """A pack by name or folder, remembered while no law file beside it changes. Raises `NoSuchPack` or
    `PackFaults`.
    """
    return _built(name, _looked_at(_beside(name)))


def never_actionable() -> frozenset[str]:
    """Outcomes of the office's pack that may never be acted on: no list is made by them and no filter finds
    them.
    """
    outcomes = office_pack().decisions[PLACEMENT].outcomes
    return frozenset(id for id, outcome in outcomes.items() if not outcome.actionable)


def _beside(name: str) -> str:
    """The folder in which the pack lies."""
    return str(pack_folder(name).parent)


def _looked_at(folder: str) -> tuple[tuple[str, int], ...]:
    """The state of the folder; a command is judged under one state of it from beginning to end."""
    return once_a_recording(f"law files in {folder}", lambda: _state(folder))


def _state(folder: str) -> tuple[tuple[str, int], ...]:
    """Name and change time of every law file beside the pack, so that an edited pack is built anew."""
    return tuple(sorted(_law_files(folder)))


def _law_files(folder: str) -> Iterator[tuple[str, int]]:
    """What can't be looked at, since it is gone or another's, counts as none; a pack that misses it says so
    when it is built.
    """
    with suppress(PermissionError, FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".yaml"):
                with suppress(PermissionError, FileNotFoundError):
                    yield entry.path, entry.stat().st_mtime_ns
            elif entry.is_dir(follow_symlinks=False):
                yield from _law_files(entry.path)


@lru_cache(maxsize=32)
def _built(name: str, state: tuple[tuple[str, int], ...]) -> Pack:
    return find_pack(name)


def _text_named(name: str) -> PackText:
    return _read(name, _looked_at(_beside(name)))


@lru_cache(maxsize=4)
def _read(name: str, state: tuple[tuple[str, int], ...]) -> PackText:
    return text_on_disk(name)


@lru_cache(maxsize=16)
def _stored(pack_hash: str) -> PackText:
    """A stored version; its content never changes, so it is read and proved once a process."""
    content, digest = PackVersion.objects.filter(hash=pack_hash).values_list("content", "digest").get()
    return read_text(content, digest, pack_hash)
