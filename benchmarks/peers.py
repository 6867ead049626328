"""The placement of iraq_2018, beside OpenFisca, polars, zen-engine and cel-python in one run.

`python benchmarks/peers.py [--sizes 1000000 10000000] [--all 123000000] [--out FILE]`. Peers get people of
whom everything is known, as of a day on which the law is certain, because none of them has an unknown; the
outcomes of everyone are compared first. Then ours alone on uncertain people: raw columns in a Parquet file,
each row as of its own day; the encoded store; a what-if. Prints the table and writes it as Markdown.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from beside.engines import ON, ROWS, VECTORS
from beside.people import write_people

from amana.apps.decisions.packs import SHIPPED, find_pack
from amana.core.dates import DateSpan
from amana.core.facts import FactRow
from amana.core.policy import Pack, decide, explain
from amana.core.policy.relabel import what_if
from amana.core.policy.sql import Encoding
from amana.exchange import sql_rows
from amana.exchange.duckdb import DuckDbSession
from amana.exchange.facts_file import open_facts
from amana.exchange.population.answers import answers
from amana.exchange.population.store import encode, open_store
from amana.exchange.population.store_counts import aggregate_store, count_store
from amana.start import start

DECISION, SEED = "placement", 2018
AGREED, ONE_BY_ONE = 100_000, 2_000
COUNT_DAY = date(2018, 2, 15)


@dataclass
class Table:
    """The lines measured."""

    lines: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, what: str, who: str, times: Sequence[float], ours: float | None, note: str = "") -> float:
        """One line: the median with the spread, and how many times ours it is."""
        middle = statistics.median(times)
        spread = f" ({said(min(times))} to {said(max(times))})" if len(times) > 1 else " (once)"
        ratio = f"{middle / ours:.1f}" if ours else "–"
        self.lines.append((what, who, said(middle) + spread + (f"; {note}" if note else ""), ratio))
        print(f"{what:38} {who:28} {said(middle) + spread:34} {ratio:>8}  {note}", flush=True)
        return middle

    def markdown(self) -> str:
        """The table, with the machine above it."""
        head = "| what | engine | time (spread) | times ours |\n|---|---|---|---|\n"
        return machine() + "\n\n" + head + "".join(f"| {' | '.join(line)} |\n" for line in self.lines)


def said(seconds: float) -> str:
    """A time in the unit that suits it."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def machine() -> str:
    """Cores, memory and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    peers = ", ".join(peer.name for peer in (*VECTORS, *ROWS))
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}, {peers}; load before the run {os.getloadavg()[0]:.1f}."
    )


def timed(work: Callable[[], Any], repeats: int = 3) -> list[float]:
    """Seconds of each of some runs."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return times


def each(work: Callable[[], Any], repeats: int) -> list[float]:
    """Seconds of one of many runs, five times."""
    work()
    return [sum(timed(work, repeats)) / repeats for _ in range(5)]


class Ours:
    """Columns in DuckDB's memory, as the peers have theirs."""

    def __init__(self, pack: Pack, path: Path) -> None:
        database = duckdb.connect()
        database.execute(f"CREATE TABLE person AS SELECT * FROM '{path}'")
        self.session = DuckDbSession(database)
        self.encoding = Encoding(pack, DECISION, "duckdb", "person", ON)

    def count(self) -> Counter[str]:
        """How many have each outcome."""
        query = sql_rows.decided(self.session, self.encoding, counted=True)
        counts: Counter[str] = Counter()
        for outcome, _needs, count in self.session.read(query):
            counts[outcome] += int(count)
        return counts

    def outcomes(self) -> list[str]:
        """Everyone's outcome in the order of the refs."""
        query = sql_rows.decided(self.session, self.encoding)
        return [outcome for (outcome,) in self.session.read(f"SELECT outcome FROM ({query}) ORDER BY ref")]


def beside(pack: Pack, folder: Path, sizes: Sequence[int], table: Table) -> None:
    """Agreement on everyone, then counts by outcome at each size."""
    agreed = folder / "agreed.parquet"
    write_people(agreed, AGREED, SEED, complete=True)
    expected = Ours(pack, agreed).outcomes()
    few = folder / "few.parquet"
    duckdb.execute(
        f"COPY (SELECT * FROM '{agreed}' ORDER BY ref LIMIT {ONE_BY_ONE}) TO '{few}' (FORMAT parquet)"
    )
    for peer in (*VECTORS, *ROWS):
        found = peer(few if peer in ROWS else agreed).outcomes()
        if found != expected[: len(found)]:
            raise SystemExit(f"{peer.name} answers otherwise than we do: no times.")
        print(f"{peer.name} agrees on {len(found):,} people. Where a fact is missing: {peer.unknown}.")
    for rows in sizes:
        path = folder / "complete.parquet"
        write_people(path, rows, SEED, complete=True)
        what, ours = f"{rows:,} counted by outcome", Ours(pack, path)
        counts = ours.count()
        middle = table.add(what, "Amana in DuckDB, columns", timed(ours.count), None)
        store = encoded(pack, path, folder)
        times = timed(partial(count_store, store, pack, DECISION, ON))
        table.add(what, "Amana, encoded store", times, middle)
        for peer in VECTORS:
            other = peer(path)
            if other.count() != counts:
                raise SystemExit(f"{peer.name} counts otherwise than we do: no times.")
            table.add(what, peer.name, timed(other.count), middle)
            del other
        path.unlink()
    for peer in ROWS:
        one_by_one = peer(few)
        times = timed(one_by_one.count, 1)
        would = 1e6 / ONE_BY_ONE * times[0]
        rate = f"{ONE_BY_ONE / times[0]:,.0f} a second; 1,000,000 would take {would:,.0f} s"
        table.add(f"{ONE_BY_ONE:,} counted by outcome", peer.name, times, None, rate)


def encoded(pack: Pack, path: Path, folder: Path) -> Any:
    """The store of a file of facts."""
    out = folder / "store.parquet"
    encode(open_facts(path, pack), DECISION, out)
    return open_store(out)


def single(pack: Pack, folder: Path, table: Table) -> None:
    """One person, of whom the birth is uncertain, and one of whom all is known for the peers."""
    values = {
        "birth": DateSpan(date(2013, 10, 1), date(2014, 6, 30)), "sex": frozenset({"female"}),
        "nationality": frozenset({"TJK"}), "mother_present": True,
    }  # fmt: skip
    row = FactRow("one", COUNT_DAY, values)
    ours = table.add("one case", "Amana, in Python", each(lambda: decide(pack, DECISION, row), 20_000), None)
    table.add(
        "one case with explanation", "Amana, in Python", each(lambda: explain(pack, DECISION, row), 500), ours
    )
    for peer in (*VECTORS, *ROWS):
        table.add("one case", peer.name, each(peer(folder / "few.parquet").one, 50), ours, "no explanation")


def everyone(pack: Pack, changed: Pack, folder: Path, people: int, table: Table) -> None:
    """A country: raw columns as of any day, the store, and what if."""
    path = folder / "everyone.parquet"
    begun = time.perf_counter()
    write_people(path, people, SEED)
    print(f"{people:,} people written in {time.perf_counter() - begun:.0f} s", flush=True)
    begun = time.perf_counter()
    with answers(open_facts(path, pack, on_column="day"), DECISION) as found:
        ready = time.perf_counter() - begun
        counts: list[Any] = []
        raw = table.add(
            f"{people:,} raw, each as of its day", "Amana in DuckDB, Parquet",
            timed(lambda: counts.append(found.counts()), 2), None,
            f"before it {ready:.1f} s to see that no ref stands twice",
        )  # fmt: skip
    assert sum(counts[0].values()) == people
    begun = time.perf_counter()
    store = encoded(pack, path, folder)
    size = store.path.stat().st_size / people
    note = f"encoded once in {time.perf_counter() - begun:.0f} s, {size:.1f} bytes a person"
    times = timed(partial(count_store, store, pack, DECISION, COUNT_DAY))
    table.add(f"{people:,} from the encoded store", "Amana in DuckDB", times, raw, note)
    begun = time.perf_counter()
    equal = aggregate_store(store, [pack], DECISION, COUNT_DAY)
    cells = sum(map(len, equal.cells.values()))
    note = f"{cells:,} distinct cells counted once in {time.perf_counter() - begun:.1f} s"
    times = timed(lambda: what_if(equal, pack, changed, DECISION), 5)
    table.add(f"{people:,} what if, both packs labelled", "Amana in Python", times, raw, note)
    moved = what_if(equal, pack, changed, DECISION)
    assert sum(each.count for each in moved) == people
    for old_or_new, the_pack in (("before", pack), ("after", changed)):
        expected = Counter[str]()
        for (outcome, _needs), count in count_store(store, the_pack, DECISION, COUNT_DAY).items():
            expected[outcome] += count
        labelled = Counter[str]()
        for each_moved in moved:
            labelled[getattr(each_moved, old_or_new)] += each_moved.count
        assert expected == labelled, "a what-if that counts otherwise"


def earlier_pack(folder: Path) -> Pack:
    """The pack with the mother's years ended a year earlier."""
    copy = folder / "changed"
    shutil.copytree(SHIPPED / "iraq_2018", copy)
    file = copy / "parameters.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("value: 3\n", "value: 2\n", 1).replace("value: 4\n", "value: 3\n", 1)
    file.write_text(text, encoding="utf-8")
    return find_pack(str(copy))


def main(sizes: Sequence[int], people: int, out: Path) -> None:
    """Measure everything."""
    start()
    pack, table = find_pack("iraq_2018"), Table()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as name:
        folder = Path(name)
        beside(pack, folder, sizes, table)
        single(pack, folder, table)
        if people:
            everyone(pack, earlier_pack(folder), folder, people, table)
    out.write_text(table.markdown(), encoding="utf-8")
    print(f"written to {out}")


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--sizes", type=int, nargs="*", default=[1_000_000, 10_000_000])
    given.add_argument("--all", type=int, default=123_000_000, help="people of a country; 0 leaves them out")
    given.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "amana-peers.md")
    asked = given.parse_args()
    with suppress(KeyboardInterrupt):
        main(asked.sizes, asked.all, asked.out)
