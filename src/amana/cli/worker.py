"""`amana worker`: background jobs until a signal ends it."""

from __future__ import annotations

import os
import sys

import click

from amana.start import open_office


@click.command("worker")
def command() -> None:
    """Do background jobs (lists, their undoing, deciding everybody anew) until told to stop."""
    open_office()
    # The worker stands beside the command line, not below it: this process becomes it.
    os.execv(sys.executable, [sys.executable, "-m", "amana.worker"])  # noqa: S606 - our own program
