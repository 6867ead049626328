"""`amana compare`: two packs on the same people: who changes outcome, beds, conflicts and gaps.

A file of facts needs no office. Without one, the register of the demonstration office is read as its
operator, which is written into the trail. Nothing is stored. An outcome that may never be acted on is
counted as protection_review, and whoever leaves or reaches it is left out: no list is made by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from django.utils import translation

from amana.apps.decisions.packs import decision_of
from amana.cli._facts import opened_facts, with_progress
from amana.cli._options import DAY
from amana.core.facts import FactRow
from amana.core.policy import Pack
from amana.core.policy.compare import Comparison, compare, compare_pairs
from amana.exchange.comparison import WRITERS, comparison_record, write_movers
from amana.start import operator_at_work, start

if TYPE_CHECKING:
    from amana.casework.impact import BedChange, PlaceMoves


@dataclass(frozen=True)
class Compared:
    """What was compared, and what came of it; beds and places are known over the register only."""

    packs: tuple[Pack, Pack]
    decision: str
    found: Comparison
    beds: tuple[BedChange, ...] = ()
    places: tuple[PlaceMoves, ...] = ()
    of_register: bool = field(default=False)


@click.command(name="compare")
@click.argument("facts", required=False, type=click.Path(path_type=Path))
@click.option(
    "--pack",
    "pack_names",
    metavar="NAME|PATH",
    multiple=True,
    help="Give it twice: the pack before, the pack after [once without FACTS: after the office's own].",
)
@click.option("--on", type=DAY, help="The day whose law is read [without FACTS: the office's day].")
@click.option("--decision", help="Which decision, where the packs take several.")
@click.option(
    "--out", metavar="LIST", type=click.Path(path_type=Path), help="Write who moves to LIST.csv or LIST.xlsx."
)
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document.")
def command(
    *,
    facts: Path | None,
    pack_names: tuple[str, ...],
    on: date | None,
    decision: str | None,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Compare two packs on everyone in FACTS or, without FACTS, in the register of the demonstration office.

    Shows how many go from which outcome to which, conflicts with other law gained and lost, gaps opened and
    closed, and over the register beds and places. A pack that has gaps or conflicting rules is read as a
    draft, and says so. --out writes who moves; from the register it then holds invented people.
    """
    if out and out.suffix.lower() not in WRITERS:
        raise click.UsageError(f"--out {out}: end the name with one of {', '.join(WRITERS)}.")
    start()
    if facts:
        if len(pack_names) != 2 or on is None:
            raise click.UsageError("A file of FACTS needs --on DATE and --pack twice: before and after.")
        compared = _over_file(facts, pack_names, on, decision)
    else:
        compared = _over_register(pack_names, on, decision)
    with translation.override(lang):
        _tell(compared, out, as_json=as_json)


def _over_file(facts: Path, names: tuple[str, ...], on: date, decision: str | None) -> Compared:
    before, after = _read(names[0]), _read(names[1])
    asked = _decision(before, after, decision)
    opened = opened_facts(facts, before, after, on=on)
    rows = zip(*(_dated(each.rows()) for each in opened), strict=True)
    found = compare_pairs(before, after, asked, with_progress(rows, "Comparing"), on=on)
    return Compared((before, after), asked, found)


def _over_register(names: tuple[str, ...], on: date | None, decision: str | None) -> Compared:
    if len(names) not in (1, 2):
        raise click.UsageError("Give --pack twice, or once to compare the office's own pack with it.")
    at_work = operator_at_work()
    from amana.apps.decisions.office_pack import PLACEMENT, office_pack
    from amana.casework.unlisted import never_acted_on
    from amana.casework.weigh import beds, place_moves
    from amana.exchange.register_facts import register_facts

    packs = (_read(names[0]) if len(names) == 2 else office_pack(), _read(names[-1]))
    asked = _decision(*packs, decision or PLACEMENT)
    people = register_facts(at_work.viewer, on or at_work.today, at_work.now)
    found = compare(*packs, asked, with_progress(people.rows(), "Comparing"), on=people.on)
    moves = place_moves(at_work.viewer, found, never_acted_on(asked, *packs))
    return Compared(packs, asked, found, beds(found.matrix, *packs, asked), moves, True)


def _read(name: str) -> Pack:
    """A pack that may be a draft: its gaps and conflicts are told, not refused."""
    from amana.apps.decisions.pack_text import text_on_disk

    pack = text_on_disk(name).draft
    for finding in pack.findings:
        click.echo(f"{name}: {finding}", err=True)
    return pack


def _decision(before: Pack, after: Pack, asked: str | None) -> str:
    """A decision that both packs take. Raises `NoSuchDecision`."""
    if before.decisions and after.decisions and not set(before.decisions) & set(after.decisions):
        taken = "; ".join(f"{pack.id} takes {', '.join(sorted(pack.decisions))}" for pack in (before, after))
        raise click.UsageError(
            f"These packs share no decision: {taken}. Give two packs that answer the same question."
        )
    return decision_of(after, decision_of(before, asked))


def _dated(rows: Iterable[object]) -> Iterator[FactRow]:
    """With one day for all, every row has its day."""
    return (row for row in rows if isinstance(row, FactRow))


def _tell(compared: Compared, out: Path | None, *, as_json: bool) -> None:
    from amana.casework.unlisted import never_acted_on, veiled_matrix, without_hidden
    from amana.wording.comparison import comparison_lines, place_lines

    packs, asked, found = compared.packs, compared.decision, compared.found
    hidden = never_acted_on(asked, *packs)
    matrix, movers = veiled_matrix(found.matrix, hidden), without_hidden(found.movers, hidden)
    if hidden:
        told = f"Counted as protection_review, because it may never be acted on: {', '.join(sorted(hidden))}."
        if left_out := len(found.movers) - len(movers):
            told += f" Left out of the list for that reason: {left_out}."
        click.echo(told, err=True)
    if out:
        write_movers(out, movers)
    if as_json:
        record = comparison_record(found, matrix, movers, packs, asked)
        places = {"beds": _plain(compared.beds), "places": _plain(compared.places)}
        click.echo(json.dumps(record | (places if compared.of_register else {}), ensure_ascii=False))
        return
    click.echo(" → ".join(f"{pack.id} {pack.hash[:12]}" for pack in packs))
    for line in comparison_lines(found, matrix, *packs, asked):
        click.echo(line)
    for line in place_lines(compared.beds, compared.places, *packs, asked):
        click.echo(line)
    if not out:
        for mover in movers:
            click.echo(f"{mover.ref}: {mover.before.outcome} → {mover.after.outcome}")


def _plain(found: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(each) for each in found]
