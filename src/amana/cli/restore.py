"""`amana restore FILE`: the office of a backup in an empty home; `--verify-only` sees if it would work."""

from __future__ import annotations

import json
from pathlib import Path

import click

from amana.cli._closing import lock_of, with_lock
from amana.core.errors import AmanaError
from amana.exchange.backup.proof import Proof
from amana.start import start

AFTER = """What to do now:
  1. Put the office's own keys into {home}/keys, mode 600: they are in no backup.
  2. `amana migrate`, `amana doctor`, and `amana audit verify --anchor FILE` with an anchor from elsewhere.
  3. What was withdrawn, erased or closed after {made} stands again: consents and assignments withdrawn,
     accounts closed, words erased, passes revoked. Do each anew before anybody works here."""


class NotSound(AmanaError):
    """The backup can be restored, but what it holds is not sound."""


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@with_lock
@click.option("--verify-only", is_flag=True, help="Restore on trial only: say whether it would work.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def command(
    file: Path, key_file: Path | None, passphrase_file: Path | None, verify_only: bool, as_json: bool
) -> None:
    """Restore the office of a backup into an empty AMANA_HOME (or an empty database of DATABASE_URL).

    Refused where an office is: nothing is ever restored over one. Everybody is signed out.
    """
    start()
    from django.conf import settings

    from amana.exchange.backup import office

    lock = lock_of(key_file, passphrase_file, Path(settings.HOME))
    tell = (lambda step: None) if as_json else (lambda step: click.echo(f"{step} ..."))
    proof = office.prove(file, lock) if verify_only else office.restore(file, lock, tell)
    _told(file, proof, verify_only, as_json)
    if not verify_only and not as_json:
        click.echo(AFTER.format(home=settings.HOME, made=proof.made))
    if proof.wrong:
        raise NotSound("What the backup holds is not sound: " + "; ".join(proof.wrong))


def _told(file: Path, proof: Proof, verify_only: bool, as_json: bool) -> None:
    done = "can be restored" if verify_only else "is restored"
    if as_json:
        told = {"file": str(file), "restored": not verify_only, "made": proof.made, "rows": proof.rows}
        click.echo(json.dumps({**told, "entries": proof.entries, "wrong": list(proof.wrong)}))
    else:
        click.echo(f"{file}, made {proof.made}, {done}: {proof.rows:,} rows, {proof.entries:,} entries.")
