"""What an encoded store answers: counts by outcome as of any day, and the counts of equal people on which
another law is tried.

DuckDB finds the cell of each day number and counts equal cells; the few thousand cells met are judged by the
core, so nothing of the law is in a query.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from amana.core.policy import INVALID, Pack
from amana.core.policy.frame import Frame
from amana.core.policy.relabel import CONTRADICTION, Aggregate, Place, Places, cut_days, span_mask
from amana.core.policy.state_numbers import StateNumbers
from amana.exchange.population.records import parquet_errors
from amana.exchange.population.store import PEOPLE, STATE, Store
from amana.exchange.population.workbench import Workbench, quoted, workbench

_FEW = 255
Cells = tuple[int, ...]


def count_store(
    store: Store, pack: Pack, decision: str, on: date, threads: int = 0
) -> dict[tuple[str, str], int]:
    """How many people of the store have each outcome and needs as of `on`. Raises `NotThisStore`."""
    with workbench(threads) as bench:
        return count_store_in(bench, store, pack, decision, on)


def count_store_in(
    bench: Workbench, store: Store, pack: Pack, decision: str, on: date
) -> dict[tuple[str, str], int]:
    """The same in a workbench that stays open for the next question; opening one takes longer than counting
    a million people.
    """
    how = store.how(pack, decision)
    frame = pack.engines[decision].frame(on)
    cells = []
    for name, axis in frame.date_axes.items():
        early, late, wrong = _ends(store, name, on if axis.fact.past else None)
        ends = [store.number(end) for end in axis.ends]
        small = "UTINYINT" if len(ends) < _FEW else "USMALLINT"
        outside = len(ends) + 1
        cells.append(f"CAST(CASE WHEN {wrong} THEN {outside} {_steps(early, ends)} END AS {small})")
        cells.append(f"CAST(CASE {_steps(late, ends)} END AS {small})")
    with parquet_errors(store.path):
        found = _grouped(bench, store, cells)
    return _judged(frame, how, found)


def _ends(store: Store, fact: str, past: date | None) -> tuple[str, str, str]:
    """The two day columns of a fact, and when they contradict each other or the as-of day."""
    early, late = quoted(f"{fact}_earliest"), quoted(f"{fact}_latest")
    after = f" OR {early} > {store.number(past)}" if past else ""
    return early, late, f"{early} > {late}{after}"


def _steps(column: str, ends: Sequence[int]) -> str:
    steps = " ".join(f"WHEN {column} <= {end} THEN {cell}" for cell, end in enumerate(ends))
    return f"{steps} ELSE {len(ends)}" if steps else "WHEN TRUE THEN 0"


def _grouped(bench: Workbench, store: Store, cells: Sequence[str], joins: str = "") -> list[tuple[int, ...]]:
    """The cells met, the number of the other facts, and how many people share them."""
    listed = ", ".join([*cells, f"s.{STATE}", f"CAST(sum(s.{PEOPLE}) AS BIGINT)"])
    source = f"read_parquet({bench.link(store.path)}) AS s"
    return bench.run(f"SELECT {listed} FROM {source} {joins} GROUP BY ALL").fetchall()  # noqa: S608  # quoted names


def _judged(frame: Frame, how: StateNumbers, rows: Iterable[Cells]) -> dict[tuple[str, str], int]:
    """Rows of cells, two for each date, then the number of the other facts and how many people."""
    tops = [len(axis.ends) for axis in frame.date_axes.values()]
    counts: Counter[tuple[str, str]] = Counter()
    for *cells, number, count in rows:
        pairs = zip(cells[::2], cells[1::2], tops, strict=True)
        masks = [span_mask(low, high) if low <= top else 0 for low, high, top in pairs]
        masks += how.masks(number)
        if all(masks):
            verdict = frame.verdict((*masks, *frame.events), exact=True)
            counts[verdict.outcome, ";".join(sorted(verdict.needs))] += count
        else:
            counts[INVALID, ";".join(_contradicting(frame, masks))] += count
    return dict(counts)


def _contradicting(frame: Frame, masks: Sequence[int]) -> list[str]:
    names = (name for (name, _), mask in zip(frame.encoders, masks, strict=True) if not mask)
    return sorted({frame.engine.name_in_needs(name) for name in names})


def aggregate_store(
    store: Store, packs: Sequence[Pack], decision: str, on: date, threads: int = 0
) -> Aggregate:
    """The counts of equal people as of `on`, which `what_if` labels anew under any of `packs`, or another
    that cuts where they do or at completed years. Raises `NotThisStore`.
    """
    how = store.how(packs[0], decision)
    for pack in packs[1:]:
        store.how(pack, decision)
    cuts = cut_days(packs, decision, on)
    facts = packs[0].engines[decision].facts
    cells, joins = [], ""
    with workbench(threads) as bench, parquet_errors(store.path):
        for number, name in enumerate(how.dates):
            early, late, wrong = _ends(store, name, on if facts[name].past else None)
            low, high = f"low{number}", f"high{number}"
            ends = [store.number(day) for day in cuts[name]]
            places = quoted(_places(bench, store, name, ends))
            joins += "".join(
                f" JOIN {places} AS {alias} ON {alias}.day = s.{column}"
                for alias, column in ((low, early), (high, late))
            )
            cells += [f"CASE WHEN {wrong} THEN NULL ELSE {low}.place END", f"{high}.place"]
        found = _grouped(bench, store, cells, joins)
    grouped: defaultdict[Places, Counter[int]] = defaultdict(Counter)
    for *both, number, count in found:
        grouped[tuple(map(_place, both[::2], both[1::2]))][number] += count
    return Aggregate(on, how, cuts, grouped)


def _place(low: int | None, high: int) -> Place:
    return CONTRADICTION if low is None else (low, high)


def _places(bench: Workbench, store: Store, fact: str, ends: Sequence[int]) -> str:
    """The name of a table of every day number met, with its place among the cuts."""
    both = " UNION ".join(
        f"SELECT {quoted(f'{fact}_{end}')} AS day FROM read_parquet({bench.link(store.path)})"  # noqa: S608
        for end in ("earliest", "latest")
    )
    days = [int(str(day)) for day in bench.column(both)]
    kind = "USMALLINT" if store.top < 1 << 16 else "UINTEGER"
    name = f"places of {fact}"
    rows = [(day, bisect_left(ends, day)) for day in days]
    bench.table(name, [("day", kind), ("place", "USMALLINT")], rows)
    return name
