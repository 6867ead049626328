"""Where the command line keeps its pass between commands: one file for each office, for its owner alone.

AMANA_TOKEN comes first, for machines that keep secrets elsewhere; then a file under ~/.config/amana (or
XDG_CONFIG_HOME), named after a digest of AMANA_HOME. A file that others may read is refused.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from pathlib import Path

from amana.core.errors import AmanaError

VARIABLE = "AMANA_TOKEN"


class OpenToOthers(AmanaError):
    """The file can be read by others on this machine."""


def place(home: Path) -> Path:
    """The file of the office in this AMANA_HOME."""
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "amana"
    return folder / f"{hashlib.sha256(str(home).encode()).hexdigest()[:16]}.token"


def read(home: Path) -> str:
    """The pass at hand, empty where there is none. Raises `OpenToOthers`."""
    told = os.environ.get(VARIABLE, "").strip()
    file = place(home)
    if told or not file.exists():
        return told
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise OpenToOthers(
            f"{file} can be read by others on this machine. `chmod 600 {file}`, or sign in again."
        )
    return file.read_text(encoding="ascii").strip()


def keep(home: Path, told: str) -> Path:
    """Write the pass, whole and readable by its owner alone from the first byte; returns where."""
    file = place(home)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(told)
    draft.replace(file)
    return file


def forget(home: Path) -> None:
    """Remove the file, if there is one."""
    place(home).unlink(missing_ok=True)
