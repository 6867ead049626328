"""`amana decide`: read a facts file under a policy pack and write one verdict a person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.progress import track

from amana.apps.decisions.packs import decision_of, find_pack
from amana.core.facts import FactRow
from amana.core.policy import Verdict
from amana.exchange.engines import ENGINES, decide_rows
from amana.exchange.facts_file import (
    VERDICT_COLUMNS,
    FactsFile,
    MixedDateForms,
    UndatedRow,
    count_lines,
    open_facts,
    replacing,
    verdict_lists,
    write_counts,
    write_verdicts,
)
from amana.start import start_office

Decided = tuple[str, Verdict]


@click.command(name="decide")
@click.argument("facts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--pack", "pack_name", required=True, metavar="NAME|PATH", help="A shipped pack or a pack's folder."
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose law is read, for every row.")
@click.option("--on-column", metavar="COLUMN", help="The column that holds each row's own day.")
@click.option("--engine", type=click.Choice(ENGINES), default="python", show_default=True)
@click.option("--decision", help="Which decision, where a pack takes several.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write here, not to the screen.",
)
@click.option("--count", "counting", is_flag=True, help="Write only how many have each outcome and need.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines instead of CSV.")
def command(
    *,
    facts: Path,
    pack_name: str,
    on: datetime | None,
    on_column: str | None,
    engine: str,
    decision: str | None,
    out: Path | None,
    counting: bool,
    as_json: bool,
) -> None:
    """Decide everyone in FACTS (CSV: ref and one column for each fact; empty is unknown).

    Writes ref, outcome, rule, possible, needs, citations. Undetermined and invalid rows are results, not
    failures.
    """
    if (on is None) == (on_column is None):
        raise click.UsageError("Give either --on DATE for all rows or --on-column COLUMN.")
    start_office()
    pack = find_pack(pack_name)
    asked = decision_of(pack, decision)
    try:
        opened = open_facts(facts, pack, on=on.date() if on else None, on_column=on_column)
    except MixedDateForms as error:
        raise click.UsageError(str(error)) from error
    for note in opened.notes:
        click.echo(note, err=True)
    decided = decide_rows(engine, pack, asked, _with_progress(opened))
    decided = chain(list(islice(decided, 1)), decided)  # what can't start is said before a line is written
    with replacing(out) as stream:
        _write(stream, decided, counting=counting, as_json=as_json)


def _with_progress(opened: FactsFile) -> Iterator[FactRow | UndatedRow]:
    """The rows, with a bar on standard error where that is a terminal."""
    terminal = Console(stderr=True)
    if not terminal.is_terminal:
        yield from opened.rows()
        return
    total = count_lines(opened.path) - 1
    yield from track(opened.rows(), description="Deciding", total=total, console=terminal)


def _write(stream: IO[str], decided: Iterable[Decided], *, counting: bool, as_json: bool) -> None:
    if counting:
        counts = Counter((verdict.outcome, ";".join(sorted(verdict.needs))) for _ref, verdict in decided)
        if as_json:
            for (outcome, needs), count in sorted(counts.items()):
                listed = needs.split(";") if needs else []
                _write_json(stream, {"outcome": outcome, "needs": listed, "count": count})
        else:
            write_counts(stream, counts)
    elif as_json:
        for ref, verdict in decided:
            lists = zip(VERDICT_COLUMNS[2:], map(list, verdict_lists(verdict)), strict=True)
            record = {"ref": ref, "outcome": verdict.outcome, **dict(lists), "exact": verdict.exact}
            _write_json(stream, record)
    else:
        write_verdicts(stream, decided)


def _write_json(stream: IO[str], record: dict[str, object]) -> None:
    stream.write(json.dumps(record, ensure_ascii=False) + "\n")
