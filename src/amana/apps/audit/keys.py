"""Keys of the office, one file each in AMANA_HOME/keys with mode 600; never in the database.

Made at first use, so that commands on files alone leave nothing behind; never replaced by this module,
because a lost key makes the trail unprovable or sealed texts unreadable.
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


def key(home: Path, name: str) -> str:
    """The key of this name as 64 hex digits, made if it isn't there yet. Raises UnusableHome."""
    path = key_path(home, name)
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise UnusableHome(
            f"{error.filename or path}: the office's folder can't be used ({error.strerror}). "
            "Set AMANA_HOME to a folder that you may write."
        ) from error


def key_path(home: Path, name: str) -> Path:
    """Where a key stands."""
    return home / "keys" / f"{name}.key"


def _make(path: Path) -> None:
    """Write a whole key under its name at once; the first of several starters wins."""
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
