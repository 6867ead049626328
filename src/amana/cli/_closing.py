"""How a backup is closed and opened here: by a key file, a passphrase in a file, or a prompt."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from amana.exchange.backup.cipher import BadKey, Lock, of_key_file, of_passphrase

KEY_FILE = "AMANA_BACKUP_KEY_FILE"


def with_lock(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options from which `lock_of` makes its lock."""
    of_file = click.option(
        "--key-file",
        metavar="FILE",
        envvar=KEY_FILE,
        type=click.Path(path_type=Path),
        help=f"A key outside AMANA_HOME, mode 600. Default: {KEY_FILE}, else a passphrase is asked for.",
    )
    of_words = click.option(
        "--passphrase-file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Read the passphrase from the first line of this file.",
    )
    return of_file(of_words(command))


def lock_of(key_file: Path | None, passphrase_file: Path | None, home: Path, *, twice: bool = False) -> Lock:
    """The lock that was named, or of a passphrase typed at the prompt (`twice`: and once more). Raises
    `BadKey`.
    """
    if passphrase_file:
        try:
            return of_passphrase((passphrase_file.read_text("utf-8").splitlines() or [""])[0])
        except (OSError, UnicodeDecodeError) as error:
            raise BadKey(f"{passphrase_file} can't be read. Name a file with the passphrase.") from error
    if key_file:
        return of_key_file(key_file, home)
    if not os.isatty(0):
        raise BadKey(f"Nothing closes the backup. Give --key-file, --passphrase-file or {KEY_FILE}.")
    return of_passphrase(click.prompt("Passphrase", hide_input=True, confirmation_prompt=twice))
