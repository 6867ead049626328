"""The table of one run: how long each took by the clock and by the processor, and how often ours fits in."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

HEAD = "| what | who | median (best to worst) | processor | times ours |\n|---|---|---|---|---|\n"


@dataclass
class Times:
    """Seconds of each run, by the clock and by the processor (all threads together)."""

    wall: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    def run(self, work: Callable[[], Any], of: int = 1) -> Any:
        """Run once; `of`: how many cases that was."""
        wall, busy = time.perf_counter(), time.process_time()
        answer = work()
        self.busy.append((time.process_time() - busy) / of)
        self.wall.append((time.perf_counter() - wall) / of)
        return answer

    @property
    def median(self) -> float:
        """The middle run by the clock."""
        return statistics.median(self.wall)


def timed(work: Callable[[], Any], repeats: int = 3, of: int = 1) -> Times:
    """Some runs, each of so many cases."""
    times = Times()
    for _ in range(repeats):
        times.run(work, of)
    return times


def alternated(works: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, Times]:
    """Everybody in turn, round after round, after a round that isn't counted: what else runs on the machine
    then hits all alike.
    """
    times = {name: Times() for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            if turn:
                times[name].run(work)
            else:
                work()
    return times


@dataclass
class Table:
    """The lines measured; printed as they come."""

    machine: str
    lines: list[Sequence[str]] = field(default_factory=list)

    def add(self, what: str, who: str, times: Times, ours: float | None = None, note: str = "") -> float:
        """One line; gives its median. `ours`: what it is compared with."""
        spread = f"({said(min(times.wall))} to {said(max(times.wall))})" if len(times.wall) > 1 else "(once)"
        ratio = "–" if not ours else f"{times.median / ours:.{1 if times.median > ours else 2}f}"
        clock, busy = f"{said(times.median)} {spread}", said(min(times.busy))
        self.lines.append((what, f"{who} ({note})" if note else who, clock, busy, ratio))
        print(f"{what:36} {who:34} {clock:32} {busy:>9} {ratio:>6}  {note}", flush=True)
        return times.median

    def markdown(self) -> str:
        """The table, with the machine above it."""
        return f"{self.machine}\n\n{HEAD}" + "".join(f"| {' | '.join(line)} |\n" for line in self.lines)


def said(seconds: float) -> str:
    """A time in the unit that suits it."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def machine(peers: Sequence[str]) -> str:
    """Cores, memory and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = [f"Python {platform.python_version()}", f"DuckDB {duckdb.__version__}", *dict.fromkeys(peers)]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, {', '.join(versions)}; "
        f"load before the run {os.getloadavg()[0]:.1f}."
    )
