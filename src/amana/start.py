"""Makes Amana ready for a command; every command begins with one of these functions.

- `start` for commands on files alone: settings, apps and translations. Touches no disk and no database.
- `start_office` for what prepares an office: makes AMANA_HOME and its keys where they are missing.
- `open_office` for what works in an office that is there already: refuses where it isn't, or where a lasting
  key is missing, is another, or can be read by others.
- `open_served_office` for what serves it: refuses an office of real people that isn't fit to go live.
- `operator_at_work` for what reads or changes records from the command line: as whoever signed in with
  `amana login`, else as the operator of the demonstration.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import dj_database_url
import django
from django.apps import apps

from amana.core.errors import AmanaError
from amana.exchange import pass_file

if TYPE_CHECKING:
    from amana.apps.accounts.viewers import Viewer


SCHEMES = ("postgresql", "postgres", "sqlite")


class CannotStart(AmanaError):
    """A setting or a database can't be used, or there is no office; the text says what would mend it."""


@dataclass(frozen=True)
class AtWork:
    """The command line at work: who acts, when (UTC), and the day the office answers for."""

    viewer: Viewer
    now: datetime
    today: date


def start() -> None:
    """Load Django once; AMANA_HOME and DATABASE_URL are read at that moment. Raises CannotStart."""
    refuse_strange_address()
    refuse_strange_port()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amana.settings")
    if not apps.ready:
        django.setup()


def refuse_strange_address() -> None:
    """Raise CannotStart where DATABASE_URL is no address; it may hold a password, so it isn't repeated."""
    url = os.environ.get("DATABASE_URL")
    try:
        if not url or (url.partition(":")[0] in SCHEMES and dj_database_url.parse(url)):
            return
    except ValueError:
        pass
    raise CannotStart(
        "DATABASE_URL is no address that Amana can use. Write postgresql://user:password@host/name, "
        "or unset it for SQLite files in AMANA_HOME."
    )


def refuse_strange_port() -> None:
    """Raise CannotStart where AMANA_MAIL_PORT is no port."""
    port = os.environ.get("AMANA_MAIL_PORT") or "587"
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        raise CannotStart("AMANA_MAIL_PORT is no port. Write a number such as 587 or 465, or unset it.")


def start_office() -> None:
    """`start`, with the folder and keys of the office made where they are missing. Raises UnusableHome, and
    LostKey where a lasting key is missing of an office that has written something.
    """
    start()
    from django.conf import settings

    from amana.apps.audit import key_marks, keys, office_key

    locked = False
    if _has_tables():
        key_marks.refuse_lost()
        locked = key_marks.locked()
    elsewhere = office_key.key_file() != keys.key_path(settings.HOME, "sealed")
    keys.make_missing(settings.HOME, elsewhere=frozenset({"sealed"} if elsewhere or locked else ()))
    if not locked:
        office_key.ring()


def open_office() -> None:
    """`start`, refusing where databases can't be used. Raises CannotStart, NotPrepared."""
    start()
    from amana.apps.accounts.readiness import require_tables

    _refuse_half_restored()
    _refuse_missing_file()
    _refuse_unreadable()
    require_tables()
    from amana.apps.audit import key_marks

    key_marks.refuse_lost()
    key_marks.refuse_unfit()


def open_served_office() -> bool:
    """`open_office`, refusing one of real people while a condition for going live is missing. An office
    without anybody in it may be served, to be set up. Whether it is the demonstration. Raises CannotStart,
    NotPrepared, NotFit.
    """
    open_office()
    from amana.apps.accounts.queries import NoOffice, office
    from amana.casework import going_live

    try:
        going_live.require_to_serve(datetime.now(UTC))
        return office().demonstration
    except NoOffice as error:
        raise CannotStart(
            "No office has been opened here. `amana office open` opens one, `amana demo` the demonstration."
        ) from error


def operator_at_work() -> AtWork:
    """`open_served_office`, as the operator of the demonstration. Raises CannotStart, NotPrepared, NotFit,
    NotTheDemonstration.
    """
    open_served_office()
    return signed_in_at_work()


def signed_in_at_work() -> AtWork:
    """`open_office`, as whoever is signed in at the command line, whether or not the office is fit to go
    live: for what makes it fit. Raises CannotStart, NotPrepared.
    """
    open_office()
    from django.conf import settings

    from amana.apps.accounts import tokens
    from amana.apps.accounts.queries import office
    from amana.exchange.demonstration.office import operator

    now = datetime.now(UTC)
    today = office().today(now.date())
    told = pass_file.read(settings.HOME)
    if not told and not office().demonstration:
        raise CannotStart("This office's commands act as somebody: sign in with `amana login EMAIL`.")
    viewer = tokens.bearer(told, now, today) if told else operator()
    _ask_for_reasons(viewer)
    return AtWork(viewer, now, today)


def _ask_for_reasons(viewer: Viewer) -> None:
    """What her role reads with a reason only stays closed to a command: reasons are given on pages."""
    from amana.apps.audit.withholding import Reasons, looking
    from amana.apps.guards.reasons import asked_of

    command, classes = click.get_current_context(silent=True), asked_of(viewer)
    if command is not None and classes:
        command.find_root().with_resource(looking(Reasons(classes)))


def _refuse_half_restored() -> None:
    """Databases of two different moments may stand here until a restore has come to its end."""
    from django.conf import settings

    if (settings.HOME / ".restoring").exists():
        raise CannotStart(
            f"A restore into {settings.HOME} was interrupted. Run the same `amana restore` again."
        )


def _refuse_missing_file() -> None:
    """SQLite would make an empty file where the office is looked for in vain."""
    from django.db import connection

    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's
        return
    file = Path(connection.settings_dict["NAME"])
    if not file.exists():
        raise CannotStart(
            f"There is no office here: {file} does not exist. `amana demo` opens the demonstration office, "
            "`amana migrate` makes empty tables; set AMANA_HOME if the office is elsewhere."
        )


def _refuse_unreadable() -> None:
    """A server that does not answer, or a file that is no database."""
    from django.db import DatabaseError, OperationalError, connections

    for alias in connections:
        try:
            connections[alias].ensure_connection()
        except OperationalError as error:
            raise CannotStart(
                f"The database does not answer: {_first_line(error)}. Look at DATABASE_URL and the server."
            ) from error
        except DatabaseError as error:
            raise CannotStart(
                f"The office's database can't be read: {_first_line(error)}. Put a backup in its place, "
                "or name another with AMANA_HOME or DATABASE_URL."
            ) from error


def _has_tables() -> bool:
    """Whether the office's database is there and holds the trail; one that doesn't answer says so later."""
    from django.db import DatabaseError, connection

    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's
        file = Path(connection.settings_dict["NAME"])
        if not (file.exists() and file.stat().st_size):
            return False
    try:
        return "audit_auditentry" in connection.introspection.table_names()
    except DatabaseError:
        return False


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
