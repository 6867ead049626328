"""`amana audit export`: both trails as a file without references or payloads, for the monitor to verify."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from amana.exchange import trail_file
from amana.start import open_office


@click.command("export")
@click.option(
    "--out",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="Where to; compressed where the name ends in .gz.",
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def export_command(out: Path, as_json: bool) -> None:
    """Write both trails to a file that `amana audit verify --from` verifies without this office.

    The file tells when something of which kind was written or seen and by whom as an opaque id. It holds no
    name, no reference of a person and no payload.
    """
    open_office()
    from amana.apps.audit.trail import READS, WRITES
    from amana.apps.audit.verifying import asking

    asks = {"writes": asking(WRITES), "reads": asking(READS)}
    count = trail_file.write_trail(out, asks, datetime.now(UTC))
    told = {"file": str(out), "lines": count}
    click.echo(json.dumps(told) if as_json else f"{out}: {count} lines")
