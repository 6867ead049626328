"""`amana keys rotate`, `reopen`: a new office key, new data keys, the end of an emergency lock."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from amana.start import signed_in_at_work


@click.command("rotate")
@click.option(
    "--cases",
    is_flag=True,
    help="New data keys for all cases: everything sealed is encrypted anew, papers too.",
)
@click.option(
    "--old",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the present office key goes: backups made before need it.",
)
@click.option("--forget-old", is_flag=True, help="Destroy the present office key, and with it older backups.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def rotate_command(cases: bool, old: Path | None, forget_old: bool, as_json: bool) -> None:
    """Exchange the office key, or with --cases the data keys. Officials go on working; cut off, it is taken
    up where it was left by the same command.
    """
    if cases and (old or forget_old):
        raise click.UsageError("--cases exchanges data keys; --old and --forget-old are for the office key.")
    if not cases and bool(old) == forget_old:
        raise click.UsageError("Say where the present office key goes: --old FILE, or --forget-old.")
    work = signed_in_at_work()
    work.viewer.require("keys.exchange")
    from amana.apps.audit import resealing
    from amana.exchange.staging import close_anew

    told: dict[str, object]
    if cases:
        from amana.apps.attachments.resealing import encrypt_anew

        def files() -> tuple[int, int]:
            found = encrypt_anew(by=work.viewer, at=work.now, progress=_progress(as_json))
            return found.papers, found.lost

        told = vars(
            resealing.exchange_data_keys(
                by=work.viewer, at=work.now, progress=_progress(as_json), files=files
            )
        )
        words = (
            "{values:,} values of {rows:,} rows and {papers:,} papers are encrypted under new keys; "
            "{unreadable} did not open, the files of {lost} papers are missing."
        )
    else:
        closed = resealing.exchange_office_key(
            old=old, by=work.viewer, at=work.now, progress=_progress(as_json), others=close_anew
        )
        told = {"cases": closed}
        words = "A new office key closes {cases:,} cases. Take a copy of it to where you keep keys."
    click.echo(json.dumps(told) if as_json else words.format(**told))
    if told.get("unreadable") or told.get("lost"):
        raise SystemExit(1)


@click.command("lock")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def lock_command(as_json: bool) -> None:
    """Withdraw the sealed keys, in an emergency: data-protection officer and monitor, each with this command,
    within a minute of each other.
    """
    work = signed_in_at_work()
    from amana.apps.accounts import locking

    locked = locking.lock(by=work.viewer, at=work.now)
    words = (
        "The office is locked: nothing sealed can be read or written."
        if locked
        else "Asked. The office is locked once the other does the same within a minute."
    )
    click.echo(json.dumps({"locked": locked}) if as_json else words)


@click.command("reopen")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def reopen_command(as_json: bool) -> None:
    """End an emergency lock, after the escrowed office key has been put back in its place."""
    work = signed_in_at_work()
    work.viewer.require("keys.exchange")
    from amana.apps.audit import emergency, key_marks

    key_marks.refuse_lost(although_locked=True)
    emergency.reopen(by=work.viewer, at=work.now)
    words = "The office is open again. Ask why it was locked before anything else is done."
    click.echo(json.dumps({"reopened": True}) if as_json else words)


def _progress(quiet: bool) -> Callable[[int, int], None]:
    """A line that is written over on a terminal, a line for each tenth elsewhere."""
    tenths = -1

    def tell(done: int, total: int) -> None:
        nonlocal tenths
        if quiet or not total:
            return
        if sys.stderr.isatty():
            click.echo(f"\r{done:,} of {total:,}\033[K", nl=done == total, err=True)
        elif (tenth := done * 10 // total) > tenths:
            tenths = tenth
            click.echo(f"{done:,} of {total:,}", err=True)

    return tell
