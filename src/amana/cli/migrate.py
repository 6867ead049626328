"""`amana migrate`: gives both databases the tables this version needs."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from amana.start import start_office

DATABASES = ("default", "operations")


@click.command("migrate")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def command(as_json: bool) -> None:
    """Create or upgrade the tables of the office's databases."""
    start_office()
    from django.core.management import call_command

    for alias in DATABASES:
        call_command("migrate", database=alias, interactive=False, verbosity=0, skip_checks=True)
    from amana.apps.accounts.viewers import installer
    from amana.apps.audit.preparing import after_tables

    after_tables(by=installer(), at=datetime.now(UTC))
    if as_json:
        click.echo(json.dumps({"migrated": list(DATABASES)}))
    else:
        click.echo("The databases have all their tables.")
