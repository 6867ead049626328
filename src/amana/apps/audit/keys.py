"""Keys of the office, one file each in AMANA_HOME/keys with mode 600; never in the database.

`secret` (sessions and forms) is made at first use. The lasting keys are made by `make_missing` alone, when an
office is prepared, and never replaced by this module: a lost one makes the trail unprovable or sealed texts
unreadable, and a new one would hide that. Where the key of the sealed texts lies is `office_key`'s matter.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from amana.core.errors import AmanaError

KEY_MODE = 0o600
LASTING_KEYS = {
    "audit": "this office's trail",
    "sealed": "what this office keeps sealed",
    "pseudonym": "the pseudonyms that its monitor knows",
}
"""Keys that can't be made anew without loss, and what each is for."""
KEY_NAMES = ("secret", *LASTING_KEYS)


class UnusableHome(AmanaError):
    """The office's folder can't be made, entered or written."""


class LostKey(AmanaError):
    """A lasting key isn't where it should be; a new one would not open what the old one closed."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(f"{path} is missing, the key of {LASTING_KEYS[name]}. Restore it from your backup.")


def key(home: Path, name: str) -> str:
    """The key of this name as 64 hex digits. Raises `LostKey` for a lasting one that isn't there,
    `UnusableHome`.
    """
    path = key_path(home, name)
    try:
        if not path.exists():
            if name in LASTING_KEYS:
                raise LostKey(path, name)
            make_key(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise _unusable(error, path) from error


def key_path(home: Path, name: str) -> Path:
    """Where a key stands."""
    return home / "keys" / f"{name}.key"


def make_missing(home: Path, *, elsewhere: frozenset[str] = frozenset()) -> None:
    """Make every key that isn't there, as for an office that has never written anything; those kept
    `elsewhere` are none of its business. Raises `UnusableHome`.
    """
    for name in KEY_NAMES:
        path = key_path(home, name)
        try:
            if name not in elsewhere and not path.exists():
                make_key(path)
        except OSError as error:
            raise _unusable(error, path) from error


def make_key(path: Path) -> None:
    """Write a whole new key under its name at once; the first of several starters wins. Raises OSError."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, KEY_MODE)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_hex(32))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _unusable(error: OSError, path: Path) -> UnusableHome:
    return UnusableHome(
        f"{error.filename or path}: the office's folder can't be used ({error.strerror}). "
        "Set AMANA_HOME to a folder that you may write."
    )
