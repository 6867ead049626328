"""`amana queue`: birthdays ahead that change what the law says, each with the review it calls for.

Read from the register, of those within the reach of whoever is signed in (in the demonstration, of its
operator); nothing is stored and everyone listed is written into the trail of who saw whom. A birthday is a
review and never a date of transfer: every outcome that parts, that may never be acted on, or of which no text
speaks stands as `review`, all reviews alike, so that no list of children can be drawn from it by what may be
done to them. Nobody is named. Of real people it is shown on a screen alone: a file leaves by the gate of
files.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from amana.cli._options import DAY
from amana.core.errors import AmanaError
from amana.start import operator_at_work, start

if TYPE_CHECKING:
    from amana.core.policy import Change, Decision, Pack

COLUMNS = ("ref", "earliest", "latest", "from", "to", "ready")
MOST_DAYS = 366

REVIEW = "review"
READY = (
    "assessment",
    "child_view",
    "mother_view",
    "guardian",
    "contact_plan",
    "determination_before_any_separation",
)
"""What must stand on record before the day: what the safeguards ask before anybody is parted. The same for
all, since what differs would tell which review it is.
"""


class NoFile(AmanaError):
    """Of a real office nobody is written into a file here."""


@click.command(name="queue")
@click.option("--from", "begin", type=DAY, help="The first day [the day the office stands on].")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=90, show_default=True)
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines.")
def command(*, begin: date | None, days: int, as_csv: bool, as_json: bool) -> None:
    """List whose next birthday may change the outcome within --days after --from, the last possible day
    first to come at the top: reference, earliest and latest day, what may hold before and after it, and what
    must be ready by then.

    A birthday is a review, never a date of transfer: an outcome that parts a child from the mother, or that
    may never be acted on, is written as review. The law is that of --from.
    """
    if as_csv and as_json:
        raise click.UsageError("Give either --csv or --json.")
    start()
    rows = _coming(begin, days, to_file=as_csv or as_json or not sys.stdout.isatty())
    if as_csv:
        _write_csv(rows)
    elif as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        _write_table(rows, days)


def _coming(begin: date | None, days: int, *, to_file: bool) -> list[dict[str, str]]:
    """The rows, the soonest first; whoever stands in them is in the trail. Raises `NoFile`."""
    at_work = operator_at_work()
    if to_file:
        _refuse_file()
    from amana.apps.audit.reading import record_reading
    from amana.apps.decisions.office_pack import PLACEMENT, office_pack

    pack, on = office_pack(), begin or at_work.today
    at_work.viewer.require("reviews.see")
    named = _named(pack.decisions[PLACEMENT])
    found = [(ref, change) for ref, change in _changes(at_work, pack, on) if _within(change, on, days)]
    found.sort(key=lambda each: (each[1].latest or date.max, each[1].earliest, each[0]))
    at_work.viewer.trail.clear()
    at_work.viewer.saw_all(ref for ref, _change in found)
    record_reading(at_work.viewer, "queue", at_work.now)
    return [_row(ref, change, named) for ref, change in found]


def _refuse_file() -> None:
    from amana.apps.accounts.queries import office

    if not office().demonstration:
        raise NoFile(
            "Of real people this is shown on a screen alone, without --csv, --json or redirection. A list "
            "that leaves the office is asked for with `amana export ask`, counted, approved and traced."
        )


def _changes(at_work: Any, pack: Pack, on: date) -> Iterator[tuple[str, Change]]:
    """Everybody's next birthday that may change the outcome, under the law of the day asked about."""
    from amana.casework.birthdays import Answers
    from amana.exchange.register_facts import register_facts

    answers = Answers(pack)
    for row in register_facts(at_work.viewer, on, at_work.now).rows():
        change = answers.next_birthday(row)
        if change is not None:
            yield row.ref, change


def _within(change: Change, on: date, days: int) -> bool:
    return change.earliest <= on + timedelta(days=days)


def _named(decision: Decision) -> frozenset[str]:
    """The outcomes that are called by name: they part nobody, may be acted on, and a text speaks of them."""
    return frozenset(
        outcome.id
        for outcome in decision.outcomes.values()
        if outcome.actionable and not outcome.harsh and outcome.id != decision.default
    )


def _row(ref: str, change: Change, named: frozenset[str]) -> dict[str, str]:
    def veiled(outcomes: tuple[str, ...]) -> str:
        return ";".join(dict.fromkeys(outcome if outcome in named else REVIEW for outcome in outcomes))

    told = (
        ref,
        change.earliest.isoformat(),
        change.latest.isoformat() if change.latest else "",
        veiled(change.possible_before),
        veiled(change.possible_after),
        ";".join(READY),
    )
    return dict(zip(COLUMNS, told, strict=True))


def _write_csv(rows: list[dict[str, str]]) -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _write_table(rows: list[dict[str, str]], days: int) -> None:
    if not rows:
        click.echo(f"No birthday changes an outcome within {days} days.")
        return
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in COLUMNS}
    for row in ({name: name for name in COLUMNS}, *rows):
        click.echo("  ".join(row[name].ljust(widths[name]) for name in COLUMNS).rstrip())
    click.echo("A birthday is a review, never a date of transfer.", err=True)
