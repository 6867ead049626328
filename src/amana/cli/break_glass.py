"""`amana break-glass`: cases opened in an emergency, for those who watch. Cases are opened on a page alone,
where a band says so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from amana.start import operator_at_work

if TYPE_CHECKING:
    from amana.apps.guards.openings import OpeningView


@click.group("break-glass")
def command() -> None:
    """Cases opened in an emergency."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def list_command(as_json: bool) -> None:
    """List emergency openings for data protection or monitor: late reviews first, then those owed, then what
    was found. The monitor reads pseudonyms. Times are the machine's clock's, in UTC.
    """
    at_work = operator_at_work()
    from amana.apps.accounts import queries as accounts
    from amana.apps.audit.reading import record_reading
    from amana.apps.guards import openings
    from amana.apps.oversight.pseudonyms import pseudonym

    viewer = at_work.viewer
    found = openings.board(viewer, at_work.now)
    names = accounts.names({each.by for each in found}, viewer)
    record_reading(viewer, "break-glass", at_work.now)
    named = viewer.role == "data_protection"
    rows = [
        _row(each, each.ref if named else pseudonym(each.ref), names.get(each.by, str(each.by)[:8]))
        | {"review": _review(each, each.overdue(at_work.now))}
        for each in found
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        when, who = f"{row['began']} to {row['ended']}", f"{row['by']}, {row['role']}"
        click.echo(f"{when}  {row['person']}  {who}: {row['review']}")
        click.echo(f"    {row['reason']}")
    if not rows:
        click.echo("No case has been opened in an emergency.")


def _row(each: OpeningView, person: str, by: str) -> dict[str, Any]:
    return {
        "id": str(each.id),
        "person": person,
        "by": by,
        "role": each.role,
        "began": f"{each.began_at:%Y-%m-%d %H:%M}",
        "ended": f"{each.ended_at or each.ends_at:%Y-%m-%d %H:%M}",
        "reason": each.reason,
    }


def _review(each: OpeningView, late: bool) -> str:
    if each.proper is None:
        return f"review {'late, was ' if late else ''}due {each.review_by:%Y-%m-%d %H:%M}"
    return "found proper" if each.proper else "found not proper"
