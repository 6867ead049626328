"""The encoded store: a Parquet file that answers, for any day, how many people would have which outcome.

A row stands for all people of whom the same is known, and says how many they are: two day numbers for each
date fact that the decision reads, and one number for all other facts (`core.policy.state_numbers`). It holds
no reference, and rows are sorted, so nobody is found by a place in the file. Day numbers count from a base
day, which is 1; 0 is an open earliest end, the greatest number an open latest one, and a date that
contradicts itself has its earliest after its latest. The file says in its metadata which pack's values it
tells apart; a pack that tells others apart is refused.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from amana.core.dates import DateSpan
from amana.core.errors import AmanaError
from amana.core.facts import Contradiction, FactValue
from amana.core.policy import FactDef, Pack, read_fact
from amana.core.policy.engine import Engine
from amana.core.policy.state_numbers import StateNumbers, fixed_number, state_numbers
from amana.exchange.facts_file import FactsFile
from amana.exchange.population.facts_table import CONTRADICTIONS, FACTS, FactsTable, load_facts
from amana.exchange.population.records import parquet_errors
from amana.exchange.population.workbench import Workbench, quoted, quoted_text, workbench

KEY, FORM = "amana_store", 2
STATE, PEOPLE, NUMBERED = "state", "people", "numbered states"
_SIZES = ((1 << 8, "UTINYINT"), (1 << 16, "USMALLINT"), (1 << 32, "UINTEGER"))


class NotThisStore(AmanaError):
    """The store can't answer what is asked of it."""


@dataclass(frozen=True)
class Store:
    """An encoded store and what its metadata says. `base` is day 1; `top` an open latest end."""

    path: Path
    pack: str
    decision: str
    signature: str
    dates: tuple[str, ...]
    base: date
    top: int
    people: int

    def number(self, day: date) -> int:
        """The number of a day, kept within 0 and `top` - 1: beyond them nobody has a day."""
        return min(max((day - self.base).days + 1, 0), self.top - 1)

    def how(self, pack: Pack, decision: str) -> StateNumbers:
        """What the numbers mean under that pack. Raises `NotThisStore`."""
        how = state_numbers(pack, decision)
        if how.signature != self.signature:
            raise NotThisStore(
                _(
                    "%(file)s was encoded with %(encoded)s, which tells other values apart than %(pack)s. "
                    "Encode the facts anew with --pack %(pack)s."
                )
                % {"file": self.path, "encoded": self.pack, "pack": pack.id}
            )
        return how


def open_store(path: Path) -> Store | None:
    """The store in that file; None if the file is no store."""
    with workbench() as bench, parquet_errors(path):
        query = f"SELECT value FROM parquet_kv_metadata({bench.link(path)}) WHERE decode(key) = '{KEY}'"  # noqa: S608
        found = bench.run(query).fetchone()
    if found is None:
        return None
    said = json.loads(found[0])
    if said["form"] != FORM:
        raise NotThisStore(
            _("%(file)s was encoded by another version. Encode the facts anew.") % {"file": path}
        )
    return Store(
        path,
        said["pack"],
        said["decision"],
        said["signature"],
        tuple(said["dates"]),
        date.fromisoformat(said["base"]),
        said["top"],
        said["people"],
    )


def encode(opened: FactsFile, decision: str, out: Path) -> int:
    """Write the store of a facts file; gives the number of people. Raises `UnusableFacts`, `NotEncodable`."""
    pack = opened.pack
    how = state_numbers(pack, decision)
    with workbench() as bench:
        table = load_facts(bench, opened, tuple(pack.engines[decision].read))
        cells, joins = _numbered_states(table, pack.engines[decision], how)
        base, top, kind = _calendar(bench, how.dates)
        for name in how.dates:
            cells += _day_numbers(name, base, top, kind, wrong=_wrong(table, name))
        (people,) = bench.one(f"SELECT count(*) FROM {FACTS}")  # noqa: S608  # a constant name
        said = {
            "form": FORM, "pack": pack.id, "decision": decision, "signature": how.signature,
            "dates": how.dates, "base": base.isoformat(), "top": top, "people": people,
        }  # fmt: skip
        cells.append(f"CAST(count(*) AS UINTEGER) AS {PEOPLE}")
        equal = f"SELECT {', '.join(cells)} FROM {FACTS} AS f {joins} GROUP BY ALL ORDER BY ALL"  # noqa: S608
        bench.run(
            f"COPY ({equal}) TO {quoted_text(str(out))} "
            f"(FORMAT parquet, PARQUET_VERSION v2, KV_METADATA {{{KEY}: {quoted_text(json.dumps(said))}}})"
        )
    return int(str(people))


def _wrong(table: FactsTable, fact: str) -> str:
    """Whether the fact's text contradicts itself, in SQL."""
    if not table.contradictions:
        return "FALSE"
    return f"contains(';' || f.{CONTRADICTIONS} || ';', {quoted_text(f';{fact};')})"


def _numbered_states(table: FactsTable, engine: Engine, how: StateNumbers) -> tuple[list[str], str]:
    """The state column, and the join with the numbers of all combinations met."""
    bench = table.bench
    facts = [engine.facts[name] for name in dict.fromkeys(name for name, _ in how.digits)]
    given = [_presence(fact) if fact.type == "date" else f"f.{quoted(fact.name)}" for fact in facts]
    wrong = [_wrong(table, fact.name) for fact in facts]
    names = [f"value {place}" for place in range(len(facts))] + [
        f"wrong {place}" for place in range(len(facts))
    ]
    selected = ", ".join(
        f"{cell} AS {quoted(name)}" for cell, name in zip([*given, *wrong], names, strict=True)
    )
    met = bench.run(f"SELECT DISTINCT {selected or 'NULL'} FROM {FACTS} AS f")  # noqa: S608  # quoted names
    kinds = [str(column[1]) for column in met.description or ()]
    rows = []
    for cells in met.fetchall():
        values = {
            fact.name: _value(fact, cell, bad)
            for fact, cell, bad in zip(facts, cells, cells[len(facts) :], strict=False)
        }
        rows.append((*cells[: 2 * len(facts)], fixed_number(engine, how, values)))
    kind = next(kind for limit, kind in _SIZES if how.size <= limit)
    bench.table(NUMBERED, [*zip(names, kinds, strict=False), (STATE, kind)], rows)
    same = " AND ".join(
        f"n.{quoted(name)} IS NOT DISTINCT FROM {cell}"
        for cell, name in zip([*given, *wrong], names, strict=True)
    )
    return [f"n.{STATE}"], f"JOIN {quoted(NUMBERED)} AS n ON {same or 'TRUE'}"


def _presence(fact: FactDef) -> str:
    early, late = quoted(f"{fact.name}_earliest"), quoted(f"{fact.name}_latest")
    return f"(f.{early} IS NOT NULL OR f.{late} IS NOT NULL)"


def _value(fact: FactDef, cell: object, wrong: object) -> FactValue:
    if wrong:
        return Contradiction("a text outside the domain")
    if fact.type == "date":
        return DateSpan.day(date.min) if cell else None
    if isinstance(cell, str):
        return read_fact(fact, cell)
    return cell if isinstance(cell, bool | int) else None


def _calendar(bench: Workbench, dates: Sequence[str]) -> tuple[date, int, str]:
    """The base day, the number of an open latest end, and the column type that holds them."""
    ends = [quoted(f"{name}_{end}") for name in dates for end in ("earliest", "latest")]
    if not ends:
        return date.min, _SIZES[1][0] - 1, _SIZES[1][1]
    extremes = ", ".join(f"min({end}), max({end})" for end in ends)
    days = [day for day in bench.one(f"SELECT {extremes} FROM {FACTS}") if isinstance(day, date)]  # noqa: S608
    base = min(days, default=date.min)
    length = (max(days, default=base) - base).days + 1
    limit, kind = next((limit, kind) for limit, kind in _SIZES[1:] if length < limit - 1)
    return base, limit - 1, kind


def _day_numbers(fact: str, base: date, top: int, kind: str, wrong: str) -> list[str]:
    early, late = (f"f.{quoted(f'{fact}_{end}')}" for end in ("earliest", "latest"))
    broken = f"({wrong}) IS TRUE OR ({early} > {late}) IS TRUE"
    numbers = (
        f"CASE WHEN {broken} THEN 1 WHEN {early} IS NULL THEN 0 ELSE {early} - DATE '{base}' + 1 END",
        f"CASE WHEN {broken} THEN 0 WHEN {late} IS NULL THEN {top} ELSE {late} - DATE '{base}' + 1 END",
    )
    ends = (f"{fact}_earliest", f"{fact}_latest")
    return [f"CAST({cell} AS {kind}) AS {quoted(name)}" for cell, name in zip(numbers, ends, strict=True)]
