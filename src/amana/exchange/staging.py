"""Lists on their way in, until they are committed: the file, what was said about it, what was read from it.

Each staged list is a folder under `settings.STAGED` named by a random token; folders are mode 700, files
600, written whole or not at all and sealed (`staged_seal`). It belongs to the account that uploaded it: for
others it does not exist. Forgotten seven days after the upload, and at once when its owner drops it or its
batch is committed. Refuses files above 20 MB; of a file's name only the last part is kept.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath
from uuid import UUID

from django.conf import settings

from amana.apps.audit.emergency import Locked
from amana.core.errors import AmanaError
from amana.exchange import staged_seal
from amana.exchange.staged_seal import SpoiltStaged

ABOUT = "about.json"
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
        """The uploaded file, sealed."""
        return self.folder / "list.sealed"

    def content(self) -> bytes:
        """What was uploaded. Raises `NotStaged`, `Locked`."""
        try:
            return b"".join(staged_seal.read(self.path, staged_seal.key_of(self.folder)))
        except (FileNotFoundError, SpoiltStaged) as error:
            raise NotStaged from error


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
        key = staged_seal.make_key(staged.folder)
        staged_seal.write(staged.path, _counted(chunks), key)
        _keep(staged)
    except BaseException:
        shutil.rmtree(staged.folder, ignore_errors=True)
        raise
    return staged


def load(token: str) -> StagedList:
    """The staged list of this token, whoever staged it: for the worker. Raises `NotStaged`, `Locked`."""
    if len(token) != 32 or not set(token) <= _TOKEN_LETTERS:
        raise NotStaged
    try:
        folder = home() / token
        kept = json.loads(b"".join(staged_seal.read(folder / ABOUT, staged_seal.key_of(folder))))
    except (FileNotFoundError, NotADirectoryError, SpoiltStaged):
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
        if path.name not in (ABOUT, staged_seal.KEY):
            path.unlink(missing_ok=True)


def forget(staged: StagedList) -> None:
    """Drop the list and everything read from it."""
    shutil.rmtree(staged.folder, ignore_errors=True)


def sweep(at: datetime) -> int:
    """Forget lists staged over seven days before `at`, and folders of broken uploads; returns how many. What
    lies there unsealed, from before lists were sealed, goes at once.
    """
    gone = 0
    for folder in home().iterdir():
        try:
            old = at - load(folder.name).at > KEPT_FOR
        except (NotStaged, Locked):
            plain = (folder / ABOUT).exists() and not (folder / staged_seal.KEY).exists()
            old = plain or at.timestamp() - folder.stat().st_mtime > KEPT_FOR.total_seconds()
        if old:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def close_anew() -> int:
    """Have the newest office key close the keys of all staged lists; how many were closed by another."""
    return sum(staged_seal.close_anew(folder) for folder in home().iterdir())


def _keep(staged: StagedList) -> None:
    kept = {
        **asdict(staged),
        "listed_on": staged.listed_on.isoformat(),
        "at": staged.at.isoformat(),
        "by": str(staged.by),
    }
    said = json.dumps(kept, ensure_ascii=False).encode()
    staged_seal.write(staged.folder / ABOUT, [said], staged_seal.key_of(staged.folder))


def _counted(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise FileTooLarge
        yield chunk
