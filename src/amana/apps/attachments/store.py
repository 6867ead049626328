"""The files of papers, encrypted, beside the database: `AMANA_HOME/attachments/<random>.<part>`.

Each paper has a key of its own, kept by the caller; each part is bound to its paper and part, so that no file
opens in another's place. Files are written whole or not at all and are on the disk before the database names
them: a process that is killed leaves at most files that no paper names, which `sweep` takes away. Folder mode
700, files 600. Refuses with `LostFile`, which names no path.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from amana.core.errors import AmanaError
from amana.core.papers import PARTS

MAGIC, NONCE_BYTES = b"A1", 12
GRACE = timedelta(hours=1)
"""A file that nobody names yet may be that of a form just being sent."""


class LostFile(AmanaError):
    """The file of a paper is missing, or was changed or taken from another."""

    def __init__(self) -> None:
        super().__init__("The file of this paper is missing or was changed. Restore it from a backup.")


class NoRoom(AmanaError):
    """The file can't be written; nothing of it was kept."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The paper can't be kept: {reason}. Nothing of it was kept. Tell who runs the office."
        )


def folder() -> Path:
    """Where the files lie; made on first use."""
    found = Path(settings.PAPERS)
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def new_name() -> str:
    """A name that says nothing."""
    return secrets.token_hex(16)


def new_key() -> bytes:
    """A key for one paper."""
    return AESGCM.generate_key(256)


def write(name: str, paper: UUID, key: bytes, parts: Mapping[str, bytes]) -> None:
    """Write the parts of a paper, each whole; on the disk when this returns. Raises `NoRoom`, and leaves
    nothing then.
    """
    written: list[Path] = []
    try:
        for part, content in parts.items():
            path = _path(name, part)
            written.append(path)
            _write_whole(path, close(content, paper, part, key))
        _settle(folder())
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise NoRoom(error.strerror or "the disk refuses") from error
        raise


def read(name: str, paper: UUID, part: str, key: bytes) -> bytes:
    """One part of a paper in the clear. Raises `LostFile`."""
    try:
        return opened(_path(name, part).read_bytes(), paper, part, key)
    except OSError as error:
        raise LostFile from error


def remove(name: str) -> None:
    """Take the files of a paper away: of an upload that was refused, or of a paper that is erased."""
    for part in PARTS:
        _path(name, part).unlink(missing_ok=True)


def let_go(name: str) -> None:
    """Have the files of this name, which no paper bears any more, swept away an hour from now: who has begun
    to read or copy them ends it.
    """
    for part in PARTS:
        with suppress(FileNotFoundError):
            os.utime(_path(name, part))


def close(content: bytes, paper: UUID, part: str, key: bytes) -> bytes:
    """A part encrypted for its paper."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return MAGIC + nonce + AESGCM(key).encrypt(nonce, content, _bound(paper, part))


def opened(closed: bytes, paper: UUID, part: str, key: bytes) -> bytes:
    """A part decrypted. Raises `LostFile`."""
    head = len(MAGIC) + NONCE_BYTES
    try:
        if closed[: len(MAGIC)] != MAGIC:
            raise InvalidTag
        return AESGCM(key).decrypt(closed[len(MAGIC) : head], closed[head:], _bound(paper, part))
    except (InvalidTag, ValueError) as error:
        raise LostFile from error


def names() -> Iterator[tuple[str, Path]]:
    """Every file with the paper's name it bears; of a write that was cut off, the empty name."""
    for path in folder().iterdir():
        name, _, part = path.name.partition(".")
        yield (name if part in PARTS else ""), path


def sweep(named: Collection[str], at: datetime) -> int:
    """Take away files that no paper names and that have lain for an hour before `at`; how many. `named`: the
    names in the database, read after `at`.
    """
    gone, oldest = 0, (at - GRACE).timestamp()
    for name, path in names():
        if name in named:
            continue
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
                gone += 1
        except FileNotFoundError:
            continue
    return gone


def _path(name: str, part: str) -> Path:
    if part not in PARTS or len(name) != 32 or not name.isalnum():
        raise LostFile
    return folder() / f"{name}.{part}"


def _bound(paper: UUID, part: str) -> bytes:
    return MAGIC + f"paper {paper} {part}".encode()


def _write_whole(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _settle(place: Path) -> None:
    """Have the names of a folder on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
