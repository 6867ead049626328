"""What stands in a backup: a manifest, then files, packed together, compressed and encrypted.

The manifest says what was copied, when and in which state: rows of each table, the state of the migrations,
size and digest of each file, and the ends of the trails. Names of files are ours; what is not in the manifest
is refused, so nothing can be written beside the folder.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from amana.exchange.backup.cipher import BadBackup, Lock, Reader, Writer

FORM = 1
MANIFEST = "manifest.json"
FAST = 1
AT_ONCE = 1024 * 1024
NAME = re.compile(r"(?:databases|tables|attachments)/[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}")


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `made`: instant (ISO, UTC); `tables`: database -> table -> rows; `migrations`:
    database -> applied (app, name); `files`: name -> (bytes, SHA-256); `trails`: trail -> chain -> (last
    sequence, digest); `papers`: what the files of papers are called that the database names;
    `demonstration`: None where no office was open.
    """

    made: str
    program: str
    engine: str
    demonstration: bool | None
    tables: Mapping[str, Mapping[str, int]]
    migrations: Mapping[str, list[list[str]]]
    trails: Mapping[str, Mapping[str, list[Any]]]
    files: Mapping[str, list[Any]] = field(default_factory=dict)
    papers: list[str] = field(default_factory=list)
    form: int = FORM

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(sum(tables.values()) for tables in self.tables.values())


def write(out: IO[bytes], lock: Lock, manifest: Manifest, folder: Path) -> Manifest:
    """Write all files below `folder` with their manifest; the manifest as it was written."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    sizes = {name: (folder / name).stat().st_size for name in names}
    files = {name: [size, digest(folder / name)] for name, size in sizes.items()}
    told = Manifest(**{**asdict(manifest), "files": files})
    with (
        closing(Writer(out, lock, {"made": told.made, "engine": told.engine})) as encrypted,
        gzip.GzipFile(fileobj=encrypted, mode="wb", compresslevel=FAST, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as archive,
    ):
        text = json.dumps(asdict(told)).encode()
        archive.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
        for name, size in sizes.items():
            with (folder / name).open("rb") as stream:
                archive.addfile(_entry(name, size), stream)
    return told


def read(source: IO[bytes], lock: Lock, folder: Path) -> Manifest:
    """Unpack a backup into an empty `folder`, every byte proved. Raises `BadBackup`."""
    encrypted = Reader(source, lock)
    try:
        with gzip.GzipFile(fileobj=io.BufferedReader(encrypted, AT_ONCE), mode="rb") as packed:
            with tarfile.open(fileobj=packed, mode="r|") as archive:
                manifest = _unpack(archive, folder)
            while packed.read(AT_ONCE):
                pass
    except (tarfile.TarError, EOFError, gzip.BadGzipFile) as error:
        raise BadBackup("The backup is not whole. Nothing was restored.") from error
    if not encrypted.ended:
        raise BadBackup("The backup holds more than it says. Nothing was restored.")
    return manifest


def _unpack(archive: tarfile.TarFile, folder: Path) -> Manifest:
    manifest: Manifest | None = None
    met: set[str] = set()
    for entry in archive:
        stream = archive.extractfile(entry) if entry.isreg() else None
        if stream is None:
            raise BadBackup("The backup holds something that is no file. Nothing was restored.")
        if manifest is None:
            manifest = _manifest(entry.name, stream.read())
            continue
        size, sum_of = manifest.files.get(entry.name, (None, None))
        if size != entry.size or not NAME.fullmatch(entry.name) or entry.name in met:
            raise BadBackup("The backup holds a file that its manifest doesn't name. Nothing was restored.")
        _copy(stream, folder / entry.name)
        if digest(folder / entry.name) != sum_of:
            raise BadBackup(f"{entry.name} in the backup is not what it was. Nothing was restored.")
        met.add(entry.name)
    if manifest is None or met != set(manifest.files):
        raise BadBackup("The backup lacks a file that it names. Nothing was restored.")
    return manifest


def _manifest(name: str, text: bytes) -> Manifest:
    try:
        told = json.loads(text)
        if name != MANIFEST or told["form"] != FORM:
            raise ValueError
        return Manifest(**told)
    except (ValueError, KeyError, TypeError) as error:
        raise BadBackup("The backup was written by another version, which restores it.") from error


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _copy(stream: IO[bytes], path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as out:
        os.fchmod(out.fileno(), 0o600)
        while some := stream.read(AT_ONCE):
            out.write(some)


def digest(path: Path) -> str:
    """SHA-256 of a file, as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only once it is whole and on the disk. Raises OSError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with draft.open("xb") as out:
            os.fchmod(out.fileno(), 0o600)
            yield out
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
        settle(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Have the names of a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
