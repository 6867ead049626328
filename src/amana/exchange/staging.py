"""Lists on their way in, until they are committed: the file, what was said about it, what was read from it.

Each staged list is a folder under `settings.STAGED` named by a random token; folders are mode 700, files
600, written whole or not at all. It belongs to the account that uploaded it: for others it does not exist.
Forgotten seven days after the upload, and at once when its owner drops it or its batch is committed. Refuses
files above 20 MB; of a file's name only the last part is kept.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath
from uuid import UUID

from django.conf import settings

from amana.core.errors import AmanaError

MOST_BYTES = 20 * 1024 * 1024
KEPT_FOR = timedelta(days=7)
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv")
_TOKEN_LETTERS = frozenset("0123456789abcdef")


class NotStaged(AmanaError):
    """There is no such staged list, or it is somebody else's, or it was forgotten."""

    def __init__(self) -> None:
        super().__init__("No staged list of yours has this address. Upload the file again.")


class FileTooLarge(AmanaError):
    """The upload is larger than 20 MB."""

    def __init__(self) -> None:
        super().__init__("The file is larger than 20 MB. Split the list into smaller files.")


@dataclass(frozen=True)
class StagedList:
    """One uploaded list.

    `mapping`: columns as corrected, or empty; `read_job`, `commit_job`: ids of jobs; `batch`: once committed.
    """

    token: str
    file_name: str
    sender: str
    listed_on: date
    facility: str
    by: UUID
    at: datetime
    mapping: Mapping[str, str]
    read_job: str = ""
    commit_job: str = ""
    batch: str = ""

    @property
    def folder(self) -> Path:
        """Where its files stand."""
        return home() / self.token

    @property
    def path(self) -> Path:
        """The uploaded file, with the ending it came with."""
        return self.folder / f"list{_suffix(self.file_name)}"


def home() -> Path:
    """The folder of all staged lists; made on first use."""
    folder = Path(settings.STAGED)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def stage(
    chunks: Iterable[bytes],
    *,
    file_name: str,
    sender: str,
    listed_on: date,
    facility: str,
    by: UUID,
    at: datetime,
) -> StagedList:
    """Keep an upload; `by` is the account's id, `at` an aware instant.

    Raises `FileTooLarge`, with nothing kept.
    """
    bare = PureWindowsPath(PurePosixPath(file_name).name).name[:255]
    staged = StagedList(secrets.token_hex(16), bare, sender, listed_on, facility, by, at, {})
    staged.folder.mkdir(mode=0o700)
    try:
        _write_chunks(staged.path, chunks)
        _keep(staged)
    except BaseException:
        shutil.rmtree(staged.folder, ignore_errors=True)
        raise
    return staged


def load(token: str) -> StagedList:
    """The staged list of this token, whoever staged it: for the worker. Raises `NotStaged`."""
    if len(token) != 32 or not set(token) <= _TOKEN_LETTERS:
        raise NotStaged
    try:
        kept = json.loads((home() / token / "about.json").read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NotStaged from None
    kept["listed_on"] = date.fromisoformat(kept["listed_on"])
    kept["at"] = datetime.fromisoformat(kept["at"])
    kept["by"] = UUID(kept["by"])
    return StagedList(**kept)


def own(token: str, by: UUID) -> StagedList:
    """The staged list of this token if this account staged it. Raises `NotStaged`."""
    staged = load(token)
    if staged.by != by:
        raise NotStaged
    return staged


def own_lists(by: UUID) -> tuple[StagedList, ...]:
    """Everything this account has staged and not committed, newest first."""
    found = []
    for folder in home().iterdir():
        try:
            staged = load(folder.name)
        except NotStaged:
            continue
        if staged.by == by and not staged.batch:
            found.append(staged)
    return tuple(sorted(found, key=lambda staged: staged.at, reverse=True))


def change(staged: StagedList, **changes: str | Mapping[str, str]) -> StagedList:
    """The same list with some of its particulars changed; returns what is now kept."""
    changed = replace(staged, **changes)  # type: ignore[arg-type]  # fields of these two types only
    _keep(changed)
    return changed


def committed(token: str, batch: str) -> None:
    """The list became this batch: its file and reading go at once, its address still leads to the batch."""
    staged = change(load(token), batch=batch)
    for path in staged.folder.iterdir():
        if path.name != "about.json":
            path.unlink(missing_ok=True)


def forget(staged: StagedList) -> None:
    """Drop the list and everything read from it."""
    shutil.rmtree(staged.folder, ignore_errors=True)


def sweep(at: datetime) -> int:
    """Forget lists staged over seven days before `at`, and folders of broken uploads; returns how many."""
    gone = 0
    for folder in home().iterdir():
        try:
            old = at - load(folder.name).at > KEPT_FOR
        except NotStaged:
            old = at.timestamp() - folder.stat().st_mtime > KEPT_FOR.total_seconds()
        if old:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def write_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all, readable by its owner only."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as out:
        out.write(text)
    beside.replace(path)


def _keep(staged: StagedList) -> None:
    kept = {
        **asdict(staged),
        "listed_on": staged.listed_on.isoformat(),
        "at": staged.at.isoformat(),
        "by": str(staged.by),
    }
    write_whole(staged.folder / "about.json", json.dumps(kept, ensure_ascii=False))


def _write_chunks(path: Path, chunks: Iterable[bytes]) -> None:
    size = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise FileTooLarge
            out.write(chunk)


def _suffix(file_name: str) -> str:
    suffix = PurePosixPath(file_name).suffix.lower()
    return suffix if suffix in SUFFIXES else ""
