"""`amana export list`: the files that were asked for, as far as the account may see them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from amana.start import operator_at_work

if TYPE_CHECKING:
    from amana.apps.exports.queries import ExportView


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def list_command(as_json: bool) -> None:
    """List one's own files and, for whoever approves or oversees, all of them. Nobody in them is named."""
    at_work = operator_at_work()
    from amana.apps.exports import queries

    rows = [_told(view, view.open_at(at_work.now)) for view in queries.exports(at_work.viewer)]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        waits = f" waits for {', '.join(row['waits_for'])}" if row["open"] and row["waits_for"] else ""
        click.echo(
            f"{row['id']}  {row['kind']}  {row['people']} people  {row['state']}{waits}  "
            f"{row['recipient_kind']}: {row['recipient']}  {row['purpose']}"
        )
    if not rows:
        click.echo("No file of people has been asked for.")


def _told(view: ExportView, open_: bool) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "kind": view.kind,
        "people": view.people,
        "counted": view.counted,
        "classes": list(view.classes),
        "recipient_kind": view.recipient_kind,
        "recipient": view.recipient,
        "purpose": view.purpose,
        "asked_by": view.by_name,
        "asked_at": view.asked_at.isoformat(),
        "state": view.state,
        "open": open_,
        "waits_for": list(view.waits_for),
        "copy": view.copy.mark if view.copy else None,
    }
