"""`amana backup FILE`: an encrypted copy of the office while it works, proved by restoring it on trial."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from amana.cli._closing import lock_of, with_lock
from amana.core.errors import AmanaError
from amana.exchange.backup.cipher import BadKey, make_key_file
from amana.start import open_office


class CopiedWithFaults(AmanaError):
    """The backup is whole, but what it copied is not sound."""


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@with_lock
@click.option("--new-key", is_flag=True, help="Make the key file first; it must not be there yet.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def command(
    file: Path, key_file: Path | None, passphrase_file: Path | None, new_key: bool, as_json: bool
) -> None:
    """Write an encrypted backup of the office to FILE, which appears only once it is proved.

    Both databases are copied while the office works, encrypted, read back and restored on trial. The office's
    keys (AMANA_HOME/keys) are not in it: keep them apart. The trail tells that a backup was made.
    """
    open_office()
    from django.conf import settings

    from amana.casework import going_live
    from amana.exchange.backup import office

    office.refuse_place(file)
    if new_key:
        if key_file is None:
            raise BadKey("--new-key goes with --key-file, which says where the key is to lie.")
        make_key_file(key_file)
    lock = lock_of(key_file, passphrase_file, Path(settings.HOME), twice=True)
    made = office.make(file, lock, datetime.now(UTC), lambda step: _tell(step, as_json))
    going_live.note_backup(digest=made.digest, rows=made.proof.rows, at=datetime.now(UTC))
    if as_json:
        told = {"file": str(file), "bytes": made.size, "sha256": made.digest, "rows": made.proof.rows}
        click.echo(json.dumps({**told, "entries": made.proof.entries, "wrong": list(made.proof.wrong)}))
    else:
        click.echo(
            f"{file}: {made.size / 1024**2:.1f} MiB, restored on trial: {made.proof.rows:,} rows, "
            f"{made.proof.entries:,} entries of the trails, all as they were copied."
        )
    if made.proof.wrong:
        raise CopiedWithFaults("The backup is whole, but the office is not: " + "; ".join(made.proof.wrong))


def _tell(step: str, quiet: bool) -> None:
    if not quiet:
        click.echo(f"{step} ...")
