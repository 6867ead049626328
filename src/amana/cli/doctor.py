"""`amana doctor`: what is wrong with this office and the mend, in one list."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from amana.core.errors import AmanaError
from amana.start import open_office, start

if TYPE_CHECKING:
    from amana.apps.accounts.readiness import Finding

SILENT_AFTER = timedelta(seconds=30)
MARKS = {"well": "  ok     ", "warning": "  watch  ", "fault": "  FAULT  "}


@click.command("doctor")
@click.option("--live", is_flag=True, help="Ask instead whether real people may be registered here.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def command(live: bool, as_json: bool) -> None:
    """Look at settings, databases, keys, anchors, disk, clock, worker, pack and languages; status 1 where
    something is wrong.

    With --live: every condition that an office must meet before anybody but invented people is registered in
    it, each with what is wrong and the mend. `amana serve` and `amana import` hold it to the same.
    """
    start()
    now = datetime.now(UTC)
    findings = look_live(now) if live else look(now)
    if as_json:
        click.echo(
            json.dumps([dataclasses.asdict(found) for found in findings], indent=2, ensure_ascii=False)
        )
    else:
        for found in findings:
            click.echo(
                f"{MARKS[found.state]}{found.subject}: {found.words}"
                + (f". {found.mend}" if found.mend else "")
            )
    if any(found.state == "fault" for found in findings):
        raise SystemExit(1)


def look_live(at: datetime) -> list[Finding]:
    """Every condition for going live; what keeps the office from opening at all comes first."""
    open_office()
    from amana.casework.going_live import conditions

    return list(conditions(at))


def look(at: datetime) -> list[Finding]:
    """Everything looked at, in order; what needs the databases only when they are usable."""
    from django.conf import settings
    from django.db import connection

    from amana.apps.accounts import health, readiness

    if not settings.HOME.is_dir():
        words, mend = f"{settings.HOME} is no folder", "`amana demo` opens the demonstration office there."
        missing = readiness.Finding("home", "fault", words, f"{mend} Set AMANA_HOME if it is elsewhere.")
        return [health.configuration(), missing, *([] if connection.vendor == "sqlite" else _databases())]
    databases = _databases()
    findings = [health.configuration(), health.home_folder(), *health.keys(), *databases, health.disk()]
    if all(found.state == "well" for found in databases):
        findings += [
            health.clock(at),
            health.anchors(at),
            readiness.opened(),
            worker(at),
            pack(),
            *decided(),
        ]
    return [*findings, readiness.catalogues()]


def _databases() -> list[Finding]:
    """Whether both databases can be used; a file that is no database is a fault, too."""
    from django.db import DatabaseError

    from amana.apps.accounts import readiness

    try:
        return readiness.databases()
    except DatabaseError as reason:
        mend = "Put a backup in its place, or name another with AMANA_HOME or DATABASE_URL."
        return [readiness.Finding("databases", "fault", f"can't be read: {reason}", mend)]


def worker(at: datetime) -> Finding:
    """Whether a worker has given a sign of life lately, or jobs wait in vain."""
    from amana.apps.accounts.readiness import Finding
    from amana.apps.jobs import queries

    last, waiting = queries.last_sign(), queries.waiting()
    if last and at - last <= SILENT_AFTER:
        return Finding("worker", "well", f"alive, {waiting} jobs waiting")
    words = f"silent since {last:%Y-%m-%d %H:%M} UTC" if last else "none has run yet"
    mend = "`amana serve` or `amana worker` starts one."
    return Finding("worker", "fault" if waiting else "warning", f"{words}; {waiting} jobs waiting", mend)


def decided() -> list[Finding]:
    """Whether anybody stands decided under another text than the office's; nothing where no text can be
    read.
    """
    from amana.apps.accounts.readiness import Finding
    from amana.apps.decisions.law_queries import decided_otherwise
    from amana.apps.decisions.office_pack import office_pack

    try:
        behind = decided_otherwise(office_pack().hash)
    except AmanaError:
        return []
    if not behind:
        return [Finding("decisions", "well", "everybody stands decided under the office's pack")]
    words = f"{behind} people stand decided under another text than the office's pack"
    mend = "`amana worker` finishes what an adoption asked for; a policy approver can ask for it again."
    return [Finding("decisions", "warning", words, mend)]


def pack() -> Finding:
    """Whether the office's pack of law can be used, and whether anybody has reviewed it."""
    from amana.apps.accounts import queries
    from amana.apps.accounts.readiness import Finding
    from amana.apps.decisions.office_pack import departed_from, office_pack

    try:
        used, departed = office_pack(), departed_from()
    except queries.NoOffice:
        return Finding("pack", "warning", "no office, so no pack", "")
    except AmanaError as reason:
        return Finding("pack", "fault", str(reason), "`amana packs check` names every fault.")
    words = f"{used.id} {used.hash[:12]}, {used.status}"
    if departed:
        words += f"; adopted here, from files ({departed[:12]}) that have changed since"
        mend = "`amana compare` shows what the new files would change; propose what is to be taken over."
        return Finding("pack", "warning", words, mend)
    if used.status == "unreviewed":
        mend = "It informs only; it can't support a decision outside the demonstration office."
        return Finding("pack", "warning", words, mend)
    return Finding("pack", "well", words)
