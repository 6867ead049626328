"""`amana audit who-saw`: who looked at one person, on which page, how often; asking is written down, too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from amana.start import operator_at_work

if TYPE_CHECKING:
    from amana.apps.audit.queries import Looked


@click.command("who-saw")
@click.argument("ref")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def who_saw_command(ref: str, as_json: bool) -> None:
    """List who saw the person REF: by whom, on which page or by which command, how often, first and last.

    Times are those of the machine's clock, in UTC.
    """
    from amana.core.reference import check_reference

    person = check_reference(ref)
    at_work = operator_at_work()
    from amana.apps.accounts import queries as accounts
    from amana.apps.audit.reading import record_reading
    from amana.casework.who_saw import who_saw

    looked = who_saw(at_work.viewer, person)
    names = accounts.names({each.actor for each in looked}, at_work.viewer)
    record_reading(at_work.viewer, "audit.who_saw", at_work.now)
    rows = [_row(each, names.get(each.actor) or str(each.actor)[:8]) for each in looked]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['last']}  {row['count']:>5} x  {row['page']}  {row['by']}  (first {row['first']})")
    if not rows:
        click.echo("Nobody has seen it.")


def _row(each: Looked, name: str) -> dict[str, object]:
    return {
        "by": name,
        "page": each.kind,
        "count": each.count,
        "first": f"{each.first:%Y-%m-%d %H:%M}",
        "last": f"{each.last:%Y-%m-%d %H:%M}",
    }
