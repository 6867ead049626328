"""`amana logout`: ends the pass that `amana login` kept, in the office and on this machine."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from amana.exchange import pass_file
from amana.start import open_office


@click.command("logout")
def command() -> None:
    """End the pass at hand; a pass that has ended already is only forgotten."""
    open_office()
    from django.conf import settings

    from amana.apps.accounts import tokens

    told, at = pass_file.read(settings.HOME), datetime.now(UTC)
    if not told:
        click.echo("Nobody is signed in here.")
        return
    try:
        tokens.end_told(told=told, by=tokens.bearer(told, at), at=at)
    except tokens.TokenRefused:
        click.echo("The pass had ended already.")
    pass_file.forget(settings.HOME)
    click.echo("Signed out.")
