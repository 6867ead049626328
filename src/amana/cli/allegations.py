"""`amana allegations`: the monitor's list, one read with a key file, and a sealed file opened anywhere.

`open` needs no office: the monitor runs it on a machine of her own, where whoever runs the office can't read
along. The passphrase is asked for and never stands in a command.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from amana.core.blind import open_blind
from amana.core.envelopes import NoKey, PrivateKey, public_of, read_key
from amana.core.errors import AmanaError, BadReference
from amana.core.reference import check_reference
from amana.start import operator_at_work, start

KEY = click.option(
    "--key",
    "key_file",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A key file, as `amana keys custody make` wrote it. Its passphrase is asked for.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Machine-readable.")


class SealedFileRefused(AmanaError):
    """A file is no sealed allegation; the text says what would be right."""


@click.group("allegations")
def command() -> None:
    """Allegations of ill-treatment, sealed to the monitor: listed, read, opened elsewhere."""


@command.command("list")
@JSON
def list_command(as_json: bool) -> None:
    """List every allegation, for the monitor: its own reference, when it was told, where it stands."""
    work = operator_at_work()
    from amana.apps.allegations import queries
    from amana.apps.audit.reading import record_reading

    work.viewer.require(queries.ANSWER)
    lines = queries.lines(work.viewer)
    record_reading(work.viewer, "allegations list", work.now)
    if as_json:
        told = [{"ref": line.ref, "told_at": line.told_at.isoformat(), "state": line.state} for line in lines]
        click.echo(json.dumps(told, indent=2))
        return
    for line in lines:
        click.echo(f"{line.ref}  {line.told_at:%Y-%m-%d %H:%M}  {line.state}")
    if not lines:
        click.echo("No allegation has been told.")


@command.command("read")
@click.argument("ref", metavar="REF")
@KEY
@JSON
def read_command(ref: str, key_file: Path, as_json: bool) -> None:
    """Read one allegation that is sealed to one's own key. The reading is written into the trail."""
    work = operator_at_work()
    from amana.apps.accounts import custody
    from amana.apps.allegations import queries
    from amana.apps.audit.reading import record_reading

    work.viewer.require(queries.SEE)
    known = check_reference(ref)
    key = _key(key_file)
    if key.public not in custody.own_publics(work.viewer):
        raise NoKey("This key was never confirmed as yours. `amana keys custody list` shows those that are.")
    found = queries.opened(work.viewer, known, key)
    record_reading(work.viewer, "allegations read", work.now)
    _print(known, found.told, as_json)
    if not found.vouched:
        click.echo(
            "The trail doesn't vouch for this envelope. Verify the trail: `amana audit verify`.", err=True
        )


@command.command("open")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@KEY
@JSON
def open_command(file: Path, key_file: Path, as_json: bool) -> None:
    """Open FILE, a sealed allegation that was taken from its page. Needs no office and no network."""
    start()
    from amana.apps.allegations.contents import place_of, unpacked

    ref, number, envelope = _sealed(file)
    told = unpacked(open_blind(_key(key_file), envelope, place_of(ref, number)))
    _print(ref, told, as_json)


def _sealed(file: Path) -> tuple[str, int, bytes]:
    """Reference, number and envelope of a sealed file. Raises `SealedFileRefused`."""
    try:
        told: Any = json.loads(file.read_text(encoding="utf-8"))
        return check_reference(told["ref"]), int(told["number"]), bytes.fromhex(told["envelope"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, BadReference) as error:
        raise SealedFileRefused(
            f"{file} is no sealed allegation. Take the file again from the page of the allegation."
        ) from error


def _key(file: Path) -> PrivateKey:
    """The private key of a key file, by its passphrase. Raises `NoKey`."""
    try:
        text = file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise NoKey(f"{file} can't be read as a key file. Take the one that `make` wrote.") from error
    public_of(text)
    return read_key(text, click.prompt("Passphrase", hide_input=True, err=True))


def _print(ref: str, told: dict[str, str], as_json: bool) -> None:
    said = {name: text for name, text in told.items() if text}
    if as_json:
        click.echo(json.dumps({"ref": ref, **said}, ensure_ascii=False, indent=2))
        return
    click.echo(ref)
    for name, text in said.items():
        click.echo(f"{name.replace('_', ' ')}: {text}")
