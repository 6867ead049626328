"""`amana keys custody`: keys that their owners hold and the office does not."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from amana.core import envelopes
from amana.core.errors import AmanaError
from amana.start import signed_in_at_work

if TYPE_CHECKING:
    from amana.apps.accounts.custody import HolderLine


class KeyFileRefused(AmanaError):
    """A key file can't be written or read; the text says what would be right."""


@click.group("custody")
def custody_group() -> None:
    """Keys of monitor and named examiners: what is sealed to them the office can't read."""


@custody_group.command("make")
@click.option(
    "--out", required=True, metavar="FILE", type=click.Path(path_type=Path), help="A new file for the key."
)
@click.password_option(
    "--passphrase", prompt="Passphrase (12 characters at least)", hidden=True, help="Asked."
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def make_command(out: Path, passphrase: str, as_json: bool) -> None:
    """Make a key of one's own, on a machine of one's own. Only its public part is for the office."""
    key = envelopes.new_private_key()
    text = envelopes.write_key(key, passphrase)
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeyFileRefused(
            f"{out} is there already, and a key is never written over. Name another."
        ) from error
    except OSError as error:
        raise KeyFileRefused(f"{out} can't be written ({error.strerror}). Name another file.") from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _tell(key.public, as_json)
    if not as_json:
        click.echo(
            "Keep the file and a copy. Without file and passphrase nobody can read what is sealed to it."
        )


@custody_group.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def show_command(file: Path, as_json: bool) -> None:
    """Print the public key of a key file, and the fingerprint it is compared by."""
    try:
        text = file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileRefused(
            f"{file} can't be read as a key file. Take the one that `make` wrote."
        ) from error
    _tell(envelopes.public_of(text), as_json)


@custody_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def list_command(as_json: bool) -> None:
    """List the public keys that this office knows, and which of them count."""
    work = signed_in_at_work()
    from amana.apps.accounts import custody

    lines = custody.holders(work.viewer)
    if as_json:
        told = [
            {
                "id": str(line.id),
                "name": line.name,
                "role": line.role,
                "fingerprint": _heard(line),
                "confirmed": line.confirmed_at is not None,
                "withdrawn": line.withdrawn_at is not None,
            }
            for line in lines
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for line in lines:
        state = "counts" if line.counts else "withdrawn" if line.withdrawn_at else "waits for a second person"
        click.echo(
            f"{line.id}  {line.role}  {_heard(line) or 'its owner reads it out'}  {state}  {line.name}"
        )
    if not lines:
        click.echo("Nobody has offered a key.")


@custody_group.command("offer")
@click.argument("public")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def offer_command(public: str, as_json: bool) -> None:
    """Offer the public key PUBLIC of one's own to the office: a second person confirms it."""
    work = signed_in_at_work()
    from amana.apps.accounts import custody

    number = custody.offer(public=public, by=work.viewer, at=work.now)
    words = "Offered. Read its fingerprint out to whoever confirms it."
    click.echo(json.dumps({"offered": str(number)}) if as_json else words)


@custody_group.command("confirm")
@click.argument("number", metavar="ID", type=click.UUID)
@click.option("--fingerprint", required=True, help="As its owner read it out: 32 hexadecimal digits.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def confirm_command(number: UUID, fingerprint: str, as_json: bool) -> None:
    """Confirm a public key that somebody else offered, after she has read out its fingerprint."""
    work = signed_in_at_work()
    from amana.apps.accounts import custody

    custody.confirm(number, fingerprint=fingerprint, by=work.viewer, at=work.now)
    click.echo(json.dumps({"confirmed": str(number)}) if as_json else "Confirmed. It counts from now on.")


@custody_group.command("withdraw")
@click.argument("number", metavar="ID", type=click.UUID)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def withdraw_command(number: UUID, as_json: bool) -> None:
    """Withdraw a public key: nothing more is sealed to it. What was stays its owner's."""
    work = signed_in_at_work()
    from amana.apps.accounts import custody

    custody.withdraw(number, by=work.viewer, at=work.now)
    click.echo(json.dumps({"withdrawn": str(number)}) if as_json else "Withdrawn.")


def _heard(line: HolderLine) -> str:
    """A fingerprint once it counts or is withdrawn: until then whoever confirms has it from its owner."""
    return line.fingerprint if line.confirmed_at or line.withdrawn_at else ""


def _tell(public: str, as_json: bool) -> None:
    mark = envelopes.fingerprint(public)
    if as_json:
        click.echo(json.dumps({"public": public, "fingerprint": mark}))
        return
    click.echo(f"public key:  {public}\nfingerprint: {mark}")
