"""`amana encode`: a facts file as a store that `amana decide STORE --on DATE --count` counts as of any day.

A store holds no references and no names: two day numbers for each date, one number for all else, and how many
people share them.
"""

from __future__ import annotations

from pathlib import Path

import click

from amana.apps.decisions.packs import decision_of, find_pack
from amana.cli._facts import opened_facts
from amana.exchange.output_file import replacing_file
from amana.exchange.population.store import encode
from amana.exchange.population.verdicts_parquet import is_parquet
from amana.start import start


@click.command(name="encode")
@click.argument("facts", type=click.Path(path_type=Path))
@click.option("--pack", "pack_name", required=True, metavar="NAME|PATH", help="A shipped pack or its folder.")
@click.option("--decision", help="Which decision, where a pack takes several.")
@click.option(
    "--out", required=True, metavar="FILE", type=click.Path(path_type=Path), help="The store: FILE.parquet."
)
def command(*, facts: Path, pack_name: str, decision: str | None, out: Path) -> None:
    """Write everyone in FACTS (CSV or Parquet, as for `amana decide`) as a store without references: for each
    person two days for each date the decision reads, and one number for all other facts.

    The store can be counted as of any day, and under any pack that tells the same values apart; birth days
    still stand in it, so keep it as you keep the facts.
    """
    if not is_parquet(out):
        raise click.UsageError("A store is a Parquet file: give --out a name that ends in .parquet.")
    start()
    pack = find_pack(pack_name)
    asked = decision_of(pack, decision)
    (opened,) = opened_facts(facts, pack, on=None)
    with replacing_file(out) as partial:
        people = encode(opened, asked, partial)
    click.echo(f"{people} people, in {out}.", err=True)
