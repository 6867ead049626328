"""The placement of iraq_2018, beside OpenFisca, polars, zen-engine and cel-python in one run.

`python benchmarks/peers.py [--sizes 1000000 10000000] [--all 123000000] [--out FILE]`. Peers get people of
whom everything is known, as of a day on which the law is certain, because none of them has an unknown; the
outcomes of everyone are compared first, and all have their columns in memory. Then ours alone on uncertain
people: raw columns in a Parquet file, each row as of its own day; the encoded store; a what-if. Prints the
table and writes it as Markdown.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from beside.engines import ON, ROWS, VECTORS
from beside.ours import DECISION, Columns, Encoded, by_outcome, store_of
from beside.people import write_people
from beside.table import Table, Times, alternated, machine, timed

from amana.apps.decisions.packs import SHIPPED, find_pack
from amana.core.facts import FactRow
from amana.core.policy import Pack, decide, explain
from amana.core.policy.relabel import what_if
from amana.exchange.facts_file import open_facts
from amana.exchange.population.answers import answers
from amana.exchange.population.store_counts import aggregate_store, count_store
from amana.start import start

SEED = 2018
AGREED, ONE_BY_ONE, CASES, CALLS = 100_000, 2_000, 1_000, 50
ROUNDS = 7
COUNT_DAY = date(2018, 2, 15)


def agreed(pack: Pack, folder: Path) -> Path:
    """See that every peer answers as we do, person by person; gives a file of a few people."""
    everyone, few = folder / "agreed.parquet", folder / "few.parquet"
    write_people(everyone, AGREED, SEED, complete=True)
    expected = Columns(pack, everyone, ON).outcomes()
    first = f"SELECT * FROM '{everyone}' ORDER BY ref LIMIT {ONE_BY_ONE}"
    duckdb.execute(f"COPY ({first}) TO '{few}' (FORMAT parquet)")
    for peer in (*VECTORS, *ROWS):
        found = peer(few if peer in ROWS else everyone).outcomes()
        if found != expected[: len(found)]:
            raise SystemExit(f"{peer.name} answers otherwise than we do: no times.")
        print(f"{peer.name} agrees on {len(found):,} people. Where a fact is missing: {peer.unknown}.")
    return few


def beside(pack: Pack, folder: Path, rows: int, table: Table) -> None:
    """Counts by outcome, everybody in turn."""
    path = folder / "complete.parquet"
    write_people(path, rows, SEED, complete=True)
    columns, encoded = Columns(pack, path, ON), Encoded(pack, path, ON)
    works: dict[str, Any] = {"Amana, columns": columns.count, "Amana, encoded store": encoded.count}
    works |= {peer.name: peer(path).count for peer in VECTORS}
    expected = columns.count()
    for who, count in works.items():
        if count() != expected:
            raise SystemExit(f"{who} counts otherwise than we do: no times.")
    ours = None
    for who, times in alternated(works, ROUNDS).items():
        median = table.add(f"{rows:,} counted by outcome", who, times, ours)
        ours = ours or median
    path.unlink()


def one_by_one(few: Path, table: Table) -> None:
    """Engines that take one person at a time."""
    for peer in ROWS:
        times = timed(peer(few).count)
        rate = f"{ONE_BY_ONE / times.median:,.0f} a second"
        table.add(f"{ONE_BY_ONE:,} counted by outcome", peer.name, times, note=rate)


def single(pack: Pack, folder: Path, few: Path, table: Table) -> None:
    """One person, as the mean of 1,000 distinct ones under 18 or of unknown birth, whose answers still change
    with time; for the peers one of whom all is known.
    """
    many, path = folder / "many.parquet", folder / "cases.parquet"
    write_people(many, 20 * CASES, SEED)
    young = f"SELECT * FROM '{many}' WHERE birth_latest IS NULL OR birth_latest > DATE '2000-02-15'"
    duckdb.execute(f"COPY ({young} ORDER BY ref LIMIT {CASES}) TO '{path}' (FORMAT parquet)")
    rows = [row for row in open_facts(path, pack, on=COUNT_DAY).rows() if isinstance(row, FactRow)]

    def each(work: Any, with_pack: Pack) -> None:
        for row in rows:
            work(with_pack, DECISION, row)

    anew = copied(folder, "anew")
    first = timed(lambda: each(explain, anew), 1, CASES)
    each(explain, pack)
    ours = table.add("one case", "Amana", timed(lambda: each(decide, pack), ROUNDS, CASES))
    for peer in (*VECTORS, *ROWS):
        one = peer(few).one
        one()
        table.add("one case", peer.name, timed(partial(again, one, CALLS), ROUNDS, CALLS), ours)
    explained = timed(lambda: each(explain, pack), ROUNDS, CASES)
    table.add("one case with explanation", "Amana", explained, ours, "days and states met before")
    table.add("one case with explanation", "Amana", first, ours, "everything met for the first time")


def again(work: Callable[[], Any], calls: int) -> None:
    """Call so many times."""
    for _ in range(calls):
        work()


def everyone(pack: Pack, folder: Path, people: int, table: Table) -> None:
    """A country: raw columns as of any day, the store, and what if."""
    path, begun = folder / "everyone.parquet", time.perf_counter()
    write_people(path, people, SEED)
    print(f"{people:,} people written in {time.perf_counter() - begun:.0f} s", flush=True)
    opening, raw, encoding = Times(), Times(), Times()
    with ExitStack() as kept:
        opened = answers(open_facts(path, pack, on_column="day"), DECISION)
        found = opening.run(lambda: kept.enter_context(opened))
        for _ in range(3):
            counts = raw.run(found.counts)
    assert sum(counts.values()) == people
    looked = "each ref once, texts read, days met"
    table.add(f"{people:,} raw, file looked through", "Amana, a Parquet file", opening, note=looked)
    table.add(f"{people:,} raw, each as of its day", "Amana, a Parquet file", raw)
    store = encoding.run(partial(store_of, pack, path))
    (rows,) = duckdb.execute(f"SELECT count(*) FROM '{store.path}'").fetchone() or (0,)
    size = f"{rows:,} rows of equal people, {store.path.stat().st_size / 1e6:.0f} MB"
    table.add(f"{people:,} encoded, once", "Amana", encoding, note=size)
    times = timed(partial(count_store, store, pack, DECISION, COUNT_DAY), ROUNDS)
    table.add(f"{people:,} from the encoded store", "Amana, DuckDB opened each time", times)
    what_if_counted(pack, folder, store, table)


def what_if_counted(pack: Pack, folder: Path, store: Any, table: Table) -> None:
    """Another law on the counts of equal people; checked against counting everybody under both."""
    changed, counting = copied(folder, "changed", earlier=True), Times()
    equal = counting.run(lambda: aggregate_store(store, [pack], DECISION, COUNT_DAY))
    cells = f"{sum(map(len, equal.cells.values())):,} distinct cells"
    table.add(f"{equal.people:,} counted into cells, once", "Amana", counting, note=cells)
    first = timed(lambda: what_if(equal, pack, changed, DECISION), 1)
    table.add(f"{equal.people:,} what if", "Amana", first, note="a law not met before")
    times = timed(lambda: what_if(equal, pack, changed, DECISION), ROUNDS)
    table.add(f"{equal.people:,} what if", "Amana", times, note="asked again")
    moved = what_if(equal, pack, changed, DECISION)
    for side, the_pack in (("before", pack), ("after", changed)):
        labelled: Counter[str] = Counter()
        for each in moved:
            labelled[getattr(each, side)] += each.count
        if labelled != by_outcome(count_store(store, the_pack, DECISION, COUNT_DAY)):
            raise SystemExit("the what-if counts otherwise than deciding everybody: no times.")


def copied(folder: Path, name: str, *, earlier: bool = False) -> Pack:
    """The pack read anew; `earlier`: the mother's years end a year earlier."""
    copy = folder / name
    shutil.copytree(SHIPPED / "iraq_2018", copy)
    if earlier:
        file = copy / "parameters.yaml"
        text = file.read_text(encoding="utf-8")
        text = text.replace("value: 3\n", "value: 2\n", 1).replace("value: 4\n", "value: 3\n", 1)
        file.write_text(text, encoding="utf-8")
    return find_pack(str(copy))


def main(sizes: Sequence[int], people: int, out: Path) -> None:
    """Measure everything."""
    start()
    begun = time.perf_counter()
    pack, table = (
        find_pack("iraq_2018"),
        Table(machine([peer.name.split(",")[0] for peer in (*VECTORS, *ROWS)])),
    )
    print(table.machine)
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as name:
        folder = Path(name)
        few = agreed(pack, folder)
        for rows in sizes:
            beside(pack, folder, rows, table)
        one_by_one(few, table)
        single(pack, folder, few, table)
        if people:
            everyone(pack, folder, people, table)
    out.write_text(table.markdown(), encoding="utf-8")
    print(f"{time.perf_counter() - begun:.0f} s in all; written to {out}")


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--sizes", type=int, nargs="*", default=[1_000_000, 10_000_000])
    given.add_argument("--all", type=int, default=123_000_000, help="people of a country; 0 leaves them out")
    given.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "amana-peers.md")
    asked = given.parse_args()
    with suppress(KeyboardInterrupt):
        main(asked.sizes, asked.all, asked.out)
