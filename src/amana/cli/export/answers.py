"""`amana export approve` and `refuse`: a second person's answer to a file that somebody else asked for."""

from __future__ import annotations

from uuid import UUID

import click

from amana.start import operator_at_work


@click.command("approve")
@click.argument("ident", metavar="ID", type=click.UUID)
@click.option("--count", "people", required=True, type=int, help="The number of people, typed back.")
@click.option("--reason", required=True, help="Why, in a sentence, without anybody's name.")
def approve_command(ident: UUID, people: int, reason: str) -> None:
    """Approve the file ID, which somebody else asked for."""
    _answer(ident, yes=True, people=people, reason=reason)
    click.echo("approved")


@click.command("refuse")
@click.argument("ident", metavar="ID", type=click.UUID)
@click.option("--reason", required=True, help="Why, in a sentence, without anybody's name.")
def refuse_command(ident: UUID, reason: str) -> None:
    """Refuse the file ID, which somebody else asked for. It can't leave any more."""
    _answer(ident, yes=False, people=0, reason=reason)
    click.echo("refused")


def _answer(ident: UUID, *, yes: bool, people: int, reason: str) -> None:
    at_work = operator_at_work()
    from amana.casework import exporting

    exporting.answer(
        ident, yes=yes, people=people, reason=reason, by=at_work.viewer, at=at_work.now, on=at_work.today
    )
