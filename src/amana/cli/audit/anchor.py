"""`amana audit anchor`: the end of every chain, to be kept outside the office; its code on paper."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from amana.core.anchors import written
from amana.exchange.output_file import replacing
from amana.start import open_office


@click.command("anchor")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write it here.")
@click.option(
    "--keep", is_flag=True, help="Keep it in the folder that AMANA_ANCHORS names, as the worker does."
)
@click.option("--code", is_flag=True, help="Print its code alone, to be written down or read out.")
@click.option("--json", "as_json", is_flag=True, help="An anchor is JSON with or without this.")
def anchor_command(out: Path | None, keep: bool, code: bool, as_json: bool) -> None:
    """Print the end of every chain as JSON, to be kept outside this office (with the monitor)."""
    open_office()
    from amana.apps.audit import anchoring

    now = datetime.now(UTC)
    if keep:
        path = anchoring.keep(now)
        kept = anchoring.newest()
        told = {"file": path.name, "code": kept.code if kept else ""}
        click.echo(json.dumps(told) if as_json else f"{path.name}: {told['code']}")
        return
    made = anchoring.make(now)
    if code:
        click.echo(json.dumps({"at": made.at.isoformat(), "code": made.code}) if as_json else made.code)
    if code and not out:
        return
    with replacing(out) as stream:
        stream.write(written(made))
