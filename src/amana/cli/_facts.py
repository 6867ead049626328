"""Files of facts as commands open and read them: what a file lacks is said once, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import track

from amana.core.policy import Pack
from amana.exchange.facts_file import FactsFile, open_facts
from amana.exchange.facts_headings import MixedDateForms
from amana.exchange.population.store import open_store
from amana.exchange.population.verdicts_parquet import is_parquet

Row = TypeVar("Row")


def opened_facts(facts: Path, *packs: Pack, on: date | None, on_column: str | None = None) -> list[FactsFile]:
    """The file with its columns read for each pack; what they lack is said on standard error."""
    if is_parquet(facts) and open_store(facts):
        raise click.UsageError(
            f"{facts} is an encoded store, which holds no references and is counted only, by "
            "amana decide --count. Give the file of facts it was made from."
        )
    try:
        opened = [open_facts(facts, pack, on=on, on_column=on_column) for pack in packs]
    except MixedDateForms as error:
        raise click.UsageError(str(error)) from error
    for note in dict.fromkeys(note for each in opened for note in each.notes):
        click.echo(note, err=True)
    return opened


def with_progress(rows: Iterable[Row], doing: str, total: Callable[[], int] | None = None) -> Iterable[Row]:
    """The rows, with a bar on standard error where that is a terminal; `total`: about how many there are."""
    terminal = Console(stderr=True)
    if not terminal.is_terminal:
        return rows
    return track(rows, doing, total=total() if total else None, console=terminal)
