"""`amana worker`: background jobs until a signal ends it."""

from __future__ import annotations

import click

from amana.start import start_office


@click.command("worker")
def command() -> None:
    """Do background jobs (imports and their undoing) until told to stop."""
    start_office()
    from amana.apps.accounts import readiness
    from amana.worker.loop import main

    faults = [found for found in readiness.databases() if found.state == "fault"]
    for fault in faults:
        click.echo(f"{fault.subject} {fault.words}. {fault.mend}", err=True)
    if faults:
        raise SystemExit(1)
    main()
