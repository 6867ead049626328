"""Files that commands write: each appears whole under its name, or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EISDIR
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from amana.core.errors import AmanaError


class UnwritableFile(AmanaError):
    """The file to write can't be made where it is wanted."""


@contextmanager
def replacing(path: Path | None) -> Iterator[IO[str]]:
    """A UTF-8 stream for `path` that appears there whole or not at all; standard output when there is no
    path. Raises `UnwritableFile`.
    """
    if path is None:
        yield sys.stdout
        return
    with _partial(path) as partial:
        with _new(partial, path).open("w", encoding="utf-8", newline="") as stream:
            yield stream
        partial.replace(path)


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """A name to write under for a writer that opens files itself; what it wrote appears at `path` whole or
    not at all. Raises `UnwritableFile`.
    """
    with _partial(path) as partial:
        yield _new(partial, path)
        partial.replace(path)


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a whole file, or none. Raises `UnwritableFile`."""
    with _partial(path) as partial:
        _new(partial, path).write_bytes(content)
        partial.replace(path)


@contextmanager
def _partial(path: Path) -> Iterator[Path]:
    """A name beside `path` to write under; nothing stays there."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        yield partial
    finally:
        with suppress(OSError):
            partial.unlink()


def _new(partial: Path, path: Path) -> Path:
    try:
        if path.is_dir():
            raise IsADirectoryError(EISDIR, "it is a folder")
        partial.touch(0o600)  # what it will hold may name people
    except OSError as error:
        raise UnwritableFile(
            _("%(file)s can't be written: %(problem)s. Give a file in a folder that is there.")
            % {"file": path, "problem": error.strerror}
        ) from error
    return partial
