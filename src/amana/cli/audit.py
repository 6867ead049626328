"""`amana audit verify`: walks the chains of both trails, writes and reads, and recomputes them."""

from __future__ import annotations

import json
from pathlib import Path

import click

from amana.core.errors import AmanaError
from amana.start import open_office


class NoAnchor(AmanaError):
    """The anchor file can't be used."""


@click.group("audit")
def command() -> None:
    """The trail of who changed and who saw what."""


@command.command("verify")
@click.option(
    "--anchor",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What `amana audit anchor` wrote earlier, kept outside this office.",
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def verify_command(anchor: Path | None, as_json: bool) -> None:
    """Recompute every entry; ends with status 1 where one doesn't hold."""
    open_office()
    from amana.apps.audit.trail import READS, WRITES
    from amana.apps.audit.verifying import count, verify

    anchors = _read_anchor(anchor) if anchor else {}
    told: dict[str, object] = {}
    broken = False
    for name, trail in (("writes", WRITES), ("reads", READS)):
        faults = [str(fault) for fault in verify(trail, anchors.get(name))]
        told[name] = {"entries": count(trail), "faults": faults}
        broken = broken or bool(faults)
        if not as_json:
            click.echo(f"{name}: {count(trail)} entries, {len(faults)} faults")
            for fault in faults:
                click.echo(f"  {fault}", err=True)
    if as_json:
        click.echo(json.dumps(told, indent=2))
    if broken:
        raise SystemExit(1)


@command.command("anchor")
@click.option("--json", "as_json", is_flag=True, help="An anchor is JSON with or without this.")
def anchor_command(as_json: bool) -> None:
    """Print the end of every chain as JSON, to be kept outside this office (with the monitor)."""
    open_office()
    from amana.apps.audit.trail import READS, WRITES
    from amana.apps.audit.verifying import anchor

    click.echo(json.dumps({"writes": anchor(WRITES), "reads": anchor(READS)}))


def _read_anchor(path: Path) -> dict[str, dict[int, tuple[int, str]]]:
    try:
        kept = json.loads(path.read_text("utf-8"))
        return {
            name: {
                int(chain): (int(sequence), str(digest)) for chain, (sequence, digest) in kept[name].items()
            }
            for name in ("writes", "reads")
        }
    except OSError as error:
        raise NoAnchor(f"{path}: the anchor can't be opened ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoAnchor(
            f"{path.name}: this is no anchor. Use a file that `amana audit anchor` printed."
        ) from None
