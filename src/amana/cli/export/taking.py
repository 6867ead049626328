"""`amana export take`: the one copy of a file that was approved; whoever stands in it is in the trail."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click

from amana.start import operator_at_work


@click.command("take")
@click.argument("ident", metavar="ID", type=click.UUID)
@click.option("--out", metavar="FILE", required=True, type=click.Path(path_type=Path), help="Where to.")
def take_command(ident: UUID, out: Path) -> None:
    """Write the one copy of the file ID, which one asked for oneself, to --out. It can be taken once.

    The file is readable by its owner alone. Give it to nobody but the recipient, and delete it here.
    """
    at_work = operator_at_work()
    from amana.apps.audit.reading import record_reading
    from amana.exchange.leaving import leave
    from amana.exchange.output_file import replacing_file

    with replacing_file(out) as partial:
        file = leave(ident, by=at_work.viewer, at=at_work.now, on=at_work.today)
        partial.write_bytes(file.content)
    record_reading(at_work.viewer, "export.take", at_work.now)
    click.echo(f"{out}: {file.people} people, mark {file.mark}")
