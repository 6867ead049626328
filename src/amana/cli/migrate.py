"""`amana migrate`: gives both databases the tables this version needs."""

from __future__ import annotations

import click

from amana.start import start_office


@click.command("migrate")
def command() -> None:
    """Create or upgrade the tables of the office's databases."""
    start_office()
    from django.core.management import call_command

    for alias in ("default", "operations"):
        call_command("migrate", database=alias, interactive=False, verbosity=0, skip_checks=True)
    click.echo("The databases have all their tables.")
