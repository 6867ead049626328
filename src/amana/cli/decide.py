"""`amana decide`: one verdict a person under a policy pack, from a facts file or the office's own register.

The register is read in the demonstration office only, as its operator, and nothing is stored. An outcome that
may never be acted on is not written from the register, so that no list is made by it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import IO

import click

from amana.apps.decisions.packs import decision_of, find_pack
from amana.cli._facts import opened_facts, with_progress
from amana.cli._options import DAY
from amana.core.errors import AmanaError
from amana.core.policy import Pack, Verdict
from amana.exchange.engines import ENGINES, decide_rows
from amana.exchange.facts_file import (
    VERDICT_COLUMNS,
    verdict_lists,
    write_counts,
    write_verdicts,
)
from amana.exchange.output_file import replacing, replacing_file
from amana.exchange.population.answers import Answers, answers, fits
from amana.exchange.population.store import open_store
from amana.exchange.population.store_counts import count_store
from amana.exchange.population.verdicts_parquet import (
    counts_to_parquet,
    is_parquet,
    verdicts_to_parquet,
)
from amana.start import operator_at_work, start

Decided = tuple[str, Verdict]
Counts = Mapping[tuple[str, str], int]


@click.command(name="decide")
@click.argument("facts", required=False, type=click.Path(path_type=Path))
@click.option(
    "--pack",
    "pack_name",
    metavar="NAME|PATH",
    help="A shipped pack or a pack's folder [with FACTS: required; without: the office's own].",
)
@click.option(
    "--on",
    type=DAY,
    help="The day whose law is read, for every row [without FACTS: the office's day].",
)
@click.option("--on-column", metavar="COLUMN", help="With FACTS: the column that holds each row's own day.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="python",
    show_default=True,
    help="All give the same answers; sqlite works in memory, postgresql in the database of DATABASE_URL, "
    "duckdb on the whole file at once.",
)
@click.option("--decision", help="Which decision, where a pack takes several.")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write here, not to the screen; Parquet if the name ends in .parquet.",
)
@click.option("--count", "counting", is_flag=True, help="Write only how many have each outcome and need.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines instead of CSV.")
def command(
    *,
    facts: Path | None,
    pack_name: str | None,
    on: date | None,
    on_column: str | None,
    engine: str,
    decision: str | None,
    out: Path | None,
    counting: bool,
    as_json: bool,
) -> None:
    """Decide everyone in FACTS (CSV or Parquet: ref and one column for each fact; empty is unknown), or,
    without FACTS, everyone in the register of the demonstration office; nothing is stored. FACTS may be a
    store that `amana encode` wrote, which is counted only.

    Writes ref, outcome, rule, possible, needs, citations. Undetermined and invalid rows are results, not
    failures.

    From the register, an outcome that may never be acted on (reported_detention_possible) is written as
    protection_review, without the rules and citations that give it: no list is made by it. Everyone read is
    written into the trail of who saw whom. --out then holds invented people; real ones leave an office only
    through the export gate (`amana export`).
    """
    if as_json and is_parquet(out):
        raise click.UsageError("--json writes JSON lines; give --out a name that does not end in .parquet.")
    with ExitStack() as stack:
        if facts:
            found = _of_file(
                facts,
                pack_name=pack_name,
                on=on,
                on_column=on_column,
                decision=decision,
                engine=engine,
                counting=counting,
                as_json=as_json,
                to_screen=out is None,
                stack=stack,
            )
        elif on_column:
            raise click.UsageError("--on-column goes with a file of FACTS.")
        else:
            found = _from_register(pack_name, on, decision, engine, told=as_json and not counting)
            if out and not counting:
                click.echo(f"{out} holds invented people: this is the demonstration office.", err=True)
        _write(out, found, counting=counting, as_json=as_json)


def _of_file(
    facts: Path,
    *,
    pack_name: str | None,
    on: date | None,
    on_column: str | None,
    decision: str | None,
    engine: str,
    counting: bool,
    as_json: bool,
    to_screen: bool,
    stack: ExitStack,
) -> Answers | Counts | Iterator[Decided]:
    if pack_name is None:
        raise click.UsageError("A file of FACTS needs --pack NAME|PATH.")
    if (on is None) == (on_column is None):
        raise click.UsageError("Give either --on DATE for all rows or --on-column COLUMN.")
    start()
    pack = find_pack(pack_name)
    asked = decision_of(pack, decision)
    if is_parquet(facts) and (store := open_store(facts)):
        if on is None or not counting:
            raise click.UsageError(f"{facts} is an encoded store: give --on DATE and --count.")
        _say_exactness(pack, asked)
        return count_store(store, pack, asked, on)
    if counting or not as_json:
        _say_exactness(pack, asked)
    (opened,) = opened_facts(facts, pack, on=on, on_column=on_column)
    if engine == "duckdb" and fits(opened, asked):
        return stack.enter_context(answers(opened, asked))
    if to_screen and not counting:
        opened.check_refs()  # a file that is refused is refused before a line is on the screen
    return decide_rows(engine, pack, asked, with_progress(opened.rows(), "Deciding", opened.records.about))


def _say_exactness(pack: Pack, decision: str) -> None:
    """What the answers may lack, where no line of the output says it for itself."""
    if pack.exact(decision):
        return
    paired = pack.engines[decision].coupled
    why = "compares two dates that may be uncertain" if paired else "has too many combinations to try all"
    click.echo(
        f"“{decision}” of {pack.id} {why}: an answer that is still open may list more outcomes, and more "
        "needs, than there are, never fewer. --json says of each row whether it is exact.",
        err=True,
    )


class RealOffice(AmanaError):
    """The register of a real office is not read as a list of outcomes."""


def _from_register(
    pack_name: str | None, on: date | None, decision: str | None, engine: str, *, told: bool
) -> Iterator[Decided]:
    """Everyone in the demonstration office under its own pack; no other reads real people's records. `told`:
    each row says itself whether it is exact.
    """
    at_work = operator_at_work()
    from amana.apps.accounts.queries import office
    from amana.apps.decisions.office_pack import PLACEMENT, office_pack
    from amana.casework.unlisted import never_acted_on, veiled
    from amana.exchange.register_facts import register_facts

    if not office().demonstration:
        raise RealOffice(
            "This is a real office: its people are not decided and listed from the command line. "
            "Look at a case on its page, or give a file of FACTS."
        )
    pack = office_pack()
    if pack_name and find_pack(pack_name).hash != pack.hash:
        raise click.UsageError(
            f"The register is decided under the office's own pack, {pack.id}. Leave --pack out, "
            "or give a file of FACTS."
        )
    asked = decision_of(pack, decision or PLACEMENT)
    if not told:
        _say_exactness(pack, asked)
    if hidden := never_acted_on(asked, pack):
        click.echo(
            f"Written as protection_review, because it may never be acted on: {', '.join(sorted(hidden))}.",
            err=True,
        )
    people = register_facts(at_work.viewer, on or at_work.today, at_work.now)
    decided = decide_rows(
        engine, pack, asked, with_progress(people.rows(), "Deciding", lambda: len(people.refs))
    )
    return ((ref, veiled(verdict, hidden)) for ref, verdict in decided)


def _write(
    out: Path | None, found: Answers | Counts | Iterator[Decided], *, counting: bool, as_json: bool
) -> None:
    if counting:
        counts = _counted(found)
        if out and is_parquet(out):
            with replacing_file(out) as partial:
                counts_to_parquet(partial, counts)
            return
        with replacing(out) as stream:
            _write_json_counts(stream, counts) if as_json else write_counts(stream, counts)
    elif isinstance(found, Answers):
        if out is None or as_json:
            _write_rows(out, found.decided(), as_json=as_json)
            return
        with replacing_file(out) as partial:
            (found.write_parquet if is_parquet(out) else found.write_csv)(partial)
    elif not isinstance(found, Mapping):
        _write_rows(out, found, as_json=as_json)


def _write_rows(out: Path | None, decided: Iterator[Decided], *, as_json: bool) -> None:
    decided = chain(list(islice(decided, 1)), decided)  # what can't start is said before a line is written
    if out and is_parquet(out):
        with replacing_file(out) as partial:
            verdicts_to_parquet(partial, decided)
        return
    with replacing(out) as stream:
        _write_json_rows(stream, decided) if as_json else write_verdicts(stream, decided)


def _counted(found: Answers | Counts | Iterator[Decided]) -> Counts:
    if isinstance(found, Answers):
        return found.counts()
    if isinstance(found, Mapping):
        return found
    return Counter((verdict.outcome, ";".join(sorted(verdict.needs))) for _ref, verdict in found)


def _write_json_counts(stream: IO[str], counts: Counts) -> None:
    for (outcome, needs), count in sorted(counts.items()):
        listed = needs.split(";") if needs else []
        _write_json(stream, {"outcome": outcome, "needs": listed, "count": count})


def _write_json_rows(stream: IO[str], decided: Iterable[Decided]) -> None:
    for ref, verdict in decided:
        lists = zip(VERDICT_COLUMNS[2:], map(list, verdict_lists(verdict)), strict=True)
        record = {"ref": ref, "outcome": verdict.outcome, **dict(lists), "exact": verdict.exact}
        _write_json(stream, record)


def _write_json(stream: IO[str], record: dict[str, object]) -> None:
    stream.write(json.dumps(record, ensure_ascii=False) + "\n")
