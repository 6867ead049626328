"""`amana sweep --on DATE`: hold every safeguard against everybody as of a day, and count what is found.

On the office's day the findings are kept, and a second run changes nothing. Any other day, up to a year
ahead, is computed from what is on record today and not kept, and the command says so; before the first record
it says that nobody was on record. Counts only: nobody is named.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress

from amana.cli._options import DAY
from amana.start import AtWork, operator_at_work

if TYPE_CHECKING:
    from amana.casework.entering import Progress as Told
    from amana.casework.sweep import SweepReport
    from amana.core.policy import Pack

VERDICTS = ("breach", "overdue", "duty_open", "warn", "undetermined")
COLUMNS = ("new", *VERDICTS, "cleared")
HEADINGS = ("new", "breach", "overdue", "open", "warn", "undetermined", "cleared")
AHEAD = timedelta(days=366)
"""How far ahead of the office's day a sweep may look: births and clocks are known, moves are not."""
_STEPS = {"sweep": "Holding the safeguards against everybody"}


@click.command("sweep")
@click.option("--on", type=DAY, help="The day to look at. Default: the office's day.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def command(*, on: date | None, as_json: bool) -> None:
    """Re-evaluate every person and safeguard as of a day; print new, open, overdue, undetermined and cleared
    counts by safeguard.

    Findings are results: the exit status is 0 whatever is found.
    """
    at_work = operator_at_work()
    day = on or at_work.today
    if day > at_work.today + AHEAD:
        raise click.BadParameter(
            f"{day} lies more than a year ahead of the office's day, {at_work.today}: nothing on record says "
            f"what will be then. Choose a day up to {at_work.today + AHEAD}.",
            param_hint="--on",
        )
    from amana.apps.decisions.office_pack import office_pack

    pack = office_pack()
    with _progress() as tell:
        report = _report(at_work, day, tell)
    if as_json:
        click.echo(json.dumps(_record(report, pack), ensure_ascii=False, indent=2))
        return
    _print(report, pack, at_work.today)


def _report(at_work: AtWork, day: date, tell: Told) -> SweepReport:
    from amana.apps.audit.reading import record_question
    from amana.casework import sweep

    if day == at_work.today:
        return sweep.sweep_all(on=day, by=at_work.viewer, at=at_work.now, progress=tell)
    report = sweep.look(at_work.viewer, day, progress=tell)
    record_question(at_work.viewer, "sweep", "office", {"on": day.isoformat()}, at_work.now)
    return report


def _record(report: SweepReport, pack: Pack) -> dict[str, Any]:
    return {
        "on": report.on.isoformat(),
        "kept": report.kept,
        "pack": {"id": report.pack, "hash": report.pack_hash},
        "people": report.counts.people,
        "erased_since": report.erased,
        "first_record": report.first.isoformat() if report.first else None,
        "safeguards": [
            {"id": each, **line, "by_law": report.counts.by_law.get(each, 0)}
            for each, line in _lines(report, pack).items()
        ],
        "totals": _totals(report, pack),
        "waiting": [each.id for each in pack.safeguards.values() if not each.alive],
    }


def _lines(report: SweepReport, pack: Pack) -> Mapping[str, Mapping[str, int]]:
    """Counts by safeguard: those of the pack that watch anything, and any whose findings have ended."""
    counts = report.counts
    alive = [each.id for each in pack.safeguards.values() if each.alive]
    names = dict.fromkeys([*alive, *sorted({*counts.new, *counts.cleared, *counts.standing})])
    return {
        name: {
            "new": counts.new.get(name, 0),
            **{verdict: counts.standing.get(name, {}).get(verdict, 0) for verdict in VERDICTS},
            "cleared": counts.cleared.get(name, 0),
        }
        for name in names
    }


def _totals(report: SweepReport, pack: Pack) -> dict[str, int]:
    lines = _lines(report, pack).values()
    return {column: sum(line[column] for line in lines) for column in COLUMNS}


def _print(report: SweepReport, pack: Pack, today: date) -> None:
    click.echo(f"{report.counts.people:,} people as of {report.on}, law {report.pack}.")
    if report.first:
        click.echo(f"Nobody was on record that day: the first record is of {report.first}.")
        return
    if not report.kept:
        click.echo(
            f"Computed from what is on record today and not kept: findings are kept for the office's day, "
            f"{today}. Nothing is counted as new or cleared."
        )
    if report.erased:
        click.echo(
            f"{report.erased:,} people have been erased since that day: they count for nothing here, though "
            "they may have counted in what was found then."
        )
    lines = {**_lines(report, pack), "all": _totals(report, pack)}
    width = max(len(name) for name in lines)
    click.echo(" " * width + "".join(f"{heading:>14}" for heading in HEADINGS) + "  safeguard")
    for name, line in lines.items():
        title = pack.safeguards[name].title["en"] if name in pack.safeguards else ""
        click.echo(
            f"{name:<{width}}" + "".join(f"{line[each]:>14,}" for each in COLUMNS) + f"  {title}".rstrip()
        )
    if by_law := sum(report.counts.by_law.values()):
        click.echo(f"{by_law:,} of the cleared were ended by a change of law, not by facts.")
    waiting = [each.id for each in pack.safeguards.values() if not each.alive]
    if waiting:
        click.echo(f"Waiting for records nobody keeps yet: {', '.join(waiting)}.")
    click.echo(_words(_totals(report, pack)))


def _words(totals: Mapping[str, int]) -> str:
    breaches, overdue, unsettled = (f"{totals[each]:,}" for each in ("breach", "overdue", "undetermined"))
    if not totals["breach"] + totals["overdue"]:
        return f"No breach found, {unsettled} undetermined."
    return f"{breaches} breaches, {overdue} overdue, {unsettled} undetermined."


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar on a terminal; elsewhere one plain line. Both on standard error."""
    if sys.stderr.isatty():
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(_STEPS["sweep"], total=None)
            yield lambda done, total, step: bar.update(task, completed=done, total=total or None)
        return
    seen: set[str] = set()

    def line(done: int, total: int, step: str) -> None:
        if step not in seen:
            seen.add(step)
            click.echo(f"{_STEPS.get(step, step)} ...", err=True)

    yield line
