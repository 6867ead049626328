"""`amana queue`: birthdays ahead that change what the law says, each with the review it calls for.

Read from the register of the demonstration office, as its operator; nothing is stored and everyone listed is
written into the trail of who saw whom. A birthday is a review and never a date of transfer: an outcome that
may never be acted on stands as the review it calls for, and no name of anybody is printed.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from amana.cli._options import DAY
from amana.start import operator_at_work, start

if TYPE_CHECKING:
    from amana.core.policy import Change, Pack

COLUMNS = ("ref", "earliest", "latest", "cause", "from", "to", "review", "ready")
MOST_DAYS = 366

READY: Mapping[str, tuple[str, ...]] = {
    "contact_and_assessment_review": (
        "assessment",
        "child_view",
        "mother_view",
        "determination_before_any_separation",
        "contact_plan",
    ),
    "protection_review": ("assessment", "child_view", "guardian"),
    "placement_review": ("assessment", "child_view"),
}
"""What must stand on record before the day, by review: what the safeguards ask before anybody is parted."""


@click.command(name="queue")
@click.option("--from", "begin", type=DAY, help="The first day [the day the office stands on].")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=90, show_default=True)
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines.")
def command(*, begin: date | None, days: int, as_csv: bool, as_json: bool) -> None:
    """List whose next birthday may change the outcome within --days after --from, the last possible day
    first to come at the top: reference, earliest and latest day, what may hold before and after it, the
    review it calls for, and what must be ready by then.

    A birthday is a review, never a date of transfer. An outcome that may never be acted on is written as
    protection_review. The law is that of --from.
    """
    if as_csv and as_json:
        raise click.UsageError("Give either --csv or --json.")
    start()
    rows = _coming(begin, days)
    if as_csv:
        _write_csv(rows)
    elif as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        _write_table(rows, days)


def _coming(begin: date | None, days: int) -> list[dict[str, str]]:
    """The rows, the soonest first; whoever stands in them is in the trail."""
    at_work = operator_at_work()
    from amana.apps.audit.reading import record_reading
    from amana.apps.decisions.office_pack import PLACEMENT, office_pack
    from amana.casework.unlisted import never_acted_on

    pack, on = office_pack(), begin or at_work.today
    at_work.viewer.require("reviews.see")
    hidden = never_acted_on(PLACEMENT, pack)
    found = [(ref, change) for ref, change in _changes(at_work, pack, on) if _within(change, on, days)]
    found.sort(key=lambda each: (each[1].latest or date.max, each[1].earliest, each[0]))
    at_work.viewer.trail.clear()
    at_work.viewer.saw_all(ref for ref, _change in found)
    record_reading(at_work.viewer, "queue", at_work.now)
    return [_row(ref, change, pack, hidden) for ref, change in found]


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


def _row(ref: str, change: Change, pack: Pack, hidden: frozenset[str]) -> dict[str, str]:
    from amana.casework.birthdays import review_for
    from amana.casework.unlisted import shown

    review = review_for(pack, change)

    def veiled(outcomes: tuple[str, ...]) -> str:
        return ";".join(dict.fromkeys(shown(outcome, hidden) for outcome in outcomes))

    told = (
        ref,
        change.earliest.isoformat(),
        change.latest.isoformat() if change.latest else "",
        change.cause,
        veiled(change.possible_before),
        veiled(change.possible_after),
        review,
        ";".join(READY[review]),
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
