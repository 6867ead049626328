"""`amana export trace`: whose copy a file is that turned up outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amana.start import operator_at_work

if TYPE_CHECKING:
    from amana.exchange.leak_trace import Trace


@click.command("trace")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def trace_command(file: Path, as_json: bool) -> None:
    """Say of which copy FILE is or comes from: by its bytes, by a mark in it, or by the order of at least
    seven references. Looking is written into the trail.
    """
    at_work = operator_at_work()
    from amana.exchange.leak_trace import trace

    found = trace(file, by=at_work.viewer, at=at_work.now)
    if as_json:
        click.echo(json.dumps([_told(each) for each in found], indent=2, ensure_ascii=False))
        return
    from amana.apps.accounts.queries import office

    for each in found:
        day = office().day_of(each.copy.taken_at)
        sure = f", one in {each.chance:,} by chance" if each.chance else ""
        click.echo(
            f"copy {each.copy.number}, mark {each.copy.mark} (told by its {each.how}{sure}): "
            f"{each.copy.people} people, taken by {each.export.by_name} on {day} "
            f"for {each.export.recipient}"
        )
    if not found:
        click.echo("No copy of this office is known by it. It may hold too few references, in another order.")


def _told(each: Trace) -> dict[str, Any]:
    return {
        "copy": each.copy.number,
        "mark": each.copy.mark,
        "how": each.how,
        "chance": each.chance,
        "people": each.copy.people,
        "recipient": each.export.recipient,
        "purpose": each.export.purpose,
        "taken_by": each.export.by_name,
        "taken_at": each.copy.taken_at.isoformat(),
    }
