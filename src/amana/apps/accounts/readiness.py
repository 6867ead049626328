"""What keeps an office from working: databases, migrations, catalogues. Each finding says how to mend it.

Used by `amana serve`, which refuses to start on a fault, and by `amana doctor`, which lists all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.core.checks import Error
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from amana.apps.accounts.queries import NoOffice, office
from amana.core.errors import AmanaError

MIGRATE = "Run `amana migrate`."


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well, worth a warning, or a fault; `mend` says what to do."""

    subject: str
    state: Literal["well", "warning", "fault"]
    words: str
    mend: str = ""


def databases() -> list[Finding]:
    """Whether each database answers and has all its tables."""
    return [_database(alias) for alias in (DEFAULT_DB_ALIAS, "operations")]


def _database(alias: str) -> Finding:
    subject = f"database {alias}"
    try:
        executor = MigrationExecutor(connections[alias])
    except OperationalError as reason:
        return Finding(
            subject,
            "fault",
            f"does not answer: {type(reason).__name__}",
            "Look at DATABASE_URL and the server.",
        )
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding(subject, "fault", f"{len(waiting)} migrations have not been applied", MIGRATE)
    return Finding(subject, "well", f"{connections[alias].vendor}, all migrations applied")


class NotPrepared(AmanaError):
    """A database doesn't answer or lacks tables; the text has the mend."""


def require_tables() -> None:
    """Raise NotPrepared unless both databases can be used: the first thing of a command that touches
    records.
    """
    faults = [found for found in databases() if found.state == "fault"]
    if faults:
        raise NotPrepared("\n".join(f"{fault.subject}: {fault.words}. {fault.mend}" for fault in faults))


def missing_catalogues(locale: Path | None = None) -> list[str]:
    """Languages on offer whose compiled catalogue isn't there; English needs none."""
    folder = locale or Path(settings.LOCALE_PATHS[0])
    wanted = {code for code, _ in settings.LANGUAGES} - {"en"}
    return sorted(code for code in wanted if not (folder / code / "LC_MESSAGES" / "django.mo").exists())


def catalogues() -> Finding:
    """Whether every language on offer can be shown."""
    missing = missing_catalogues()
    if missing:
        words = f"no compiled translation for {', '.join(missing)}: its pages would be English"
        return Finding(
            "languages", "fault", words, "Install again (`pip install -e .`) or run `python hatch_build.py`."
        )
    return Finding("languages", "well", ", ".join(code for code, _ in settings.LANGUAGES))


def opened() -> Finding:
    """Whether an office has been opened here, and of which kind."""
    try:
        here = office()
    except NoOffice:
        mend = "`amana office open` opens one; `amana demo --prepare-only` the demonstration."
        return Finding("office", "fault", "no office has been opened here", mend)
    if not here.demonstration:
        mend = "`amana doctor --live` shows whether it is fit for going live."
        return Finding("office", "well", "an office of real people", mend)
    return Finding("office", "well", f"demonstration office, standing on {here.stands_on or 'today'}")


def translations_check(app_configs: object, **kwargs: object) -> list[Error]:
    """Django system check: an offered language without its catalogue would silently show English."""
    finding = catalogues()
    if finding.state == "well":
        return []
    return [Error(f"{finding.subject}: {finding.words}", hint=finding.mend, id="amana.E001")]
