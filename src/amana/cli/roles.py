"""`amana roles`: the roles, and with `--matrix` what each may know of which class of data, as it is enforced.

Touches no office: the roles are the same everywhere.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from amana.start import start

if TYPE_CHECKING:
    from amana.apps.accounts.matrix import MatrixCell, MatrixRow

LETTERS = {"NONE": "–", "EXISTS": "e", "FLAG": "f", "COARSE": "c", "READ": "R", "WRITE": "W"}
KEY = (
    "W write, R read, c coarse, f flag, e that it exists, S sealed: only whoever is named for the record, "
    "1 once: when first told, – nothing. All of people within the role's relation; outside it nothing."
)


@click.command("roles")
@click.option("--matrix", "as_matrix", is_flag=True, help="Roles and classes of data, as enforced.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def command(as_matrix: bool, as_json: bool) -> None:
    """Print the roles, whom each concerns, and what it may know."""
    start()
    from amana.apps.accounts.matrix import matrix

    rows = matrix()
    if as_json:
        click.echo(json.dumps([_told(row) for row in rows], ensure_ascii=False, indent=2))
    elif as_matrix:
        _print_matrix(rows)
    else:
        for row in rows:
            click.echo(f"{row.role}: {row.description} Concerns {row.relation_words}.")


def _told(row: MatrixRow) -> dict[str, Any]:
    return {
        "role": row.role,
        "title": row.title,
        "relation": row.relation,
        "days": row.days,
        "export": row.export,
        "granted_by": row.granted_by,
        "classes": {
            cell.cls: {
                "level": cell.level.name.lower(),
                "named": cell.named.name.lower(),
                "first": cell.first,
                "note": cell.note,
            }
            for cell in row.cells
        },
    }


def letter(cell: MatrixCell) -> str:
    """One cell in a letter or two."""
    if cell.first and cell.level.name != "WRITE":
        return "W1"
    return f"S{LETTERS[cell.named.name]}" if cell.sealed else LETTERS[cell.level.name]


def _print_matrix(rows: tuple[MatrixRow, ...]) -> None:
    table = Table(title="Roles and classes of data, as enforced", title_justify="left")
    for heading in ("role", "relation", *(cell.cls for cell in rows[0].cells), "export"):
        table.add_column(heading, no_wrap=True)
    for row in rows:
        relation = row.relation + (f", {row.days} days" if row.days else "")
        table.add_row(row.role, relation, *(letter(cell) for cell in row.cells), row.export)
    Console(width=110).print(table)
    click.echo(KEY)
    for row in rows:
        for cell in row.cells:
            if cell.note:
                click.echo(f"{row.role} {cell.cls}: {cell.note}")
