"""The `amana` command: parses, calls, prints. One file per command, discovered from this folder.

Exit status: 0 done; 1 the file, pack or database could not be used, or a check found faults; 2 wrong usage.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import click
from django.apps import apps
from django.db.utils import (
    DatabaseError,
    DataError,
    IntegrityError,
    InternalError,
    NotSupportedError,
    ProgrammingError,
)

from amana import __version__
from amana.core.errors import AmanaError
from amana.start import refuse_strange_address

UNEXPECTED = (DataError, IntegrityError, InternalError, NotSupportedError, ProgrammingError)


class DiscoveredCommands(click.Group):
    """A group whose commands are the modules beside this file, each exposing `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (module.name for module in pkgutil.iter_modules(__path__))
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.command(cls=DiscoveredCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def amana() -> None:
    """Casework for children and women held because a relative is tied to an armed group."""


def main() -> None:
    """Run the command line; an expected error ends with its message on standard error and status 1."""
    try:
        refuse_strange_address()
        amana(prog_name="amana")
    except (AmanaError, DatabaseError, OSError) as error:
        if isinstance(error, UNEXPECTED):
            raise
        click.echo(in_words(error), err=True)
        sys.exit(1)


def in_words(error: Exception) -> str:
    """What went wrong, in words; of a database's answer only the first line, which names no record."""
    if apps.ready:
        from amana.apps.accounts.viewers import NotForYou

        if isinstance(error, NotForYou):
            return f"There is no such record here, or it is not for the role {error.role or 'of no one'}."
    if isinstance(error, DatabaseError):
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return f"The database can't be used: {reason}. Look at DATABASE_URL and AMANA_HOME."
    if isinstance(error, OSError):
        return f"{error.filename or 'This machine'}: {error.strerror or type(error).__name__}."
    return str(error)
