"""Checks a pack as a reviewer would: everything loading refuses, then every worked case on every engine at
hand.

Loading itself (`core.policy.build_pack`) finds faults of form, of sources, of dated law, conflicts between
rules and new gaps. Here the cases beside the rules are decided in Python and in SQL, and each answer that
differs from the one written down is a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from amana.apps.decisions.packs import find_pack, pack_folder
from amana.core.errors import Fault, PackFaults
from amana.core.facts import FactRow
from amana.core.policy import Case, Pack, Verdict
from amana.exchange.engines import decide_rows
from amana.exchange.facts_file import read_value, verdict_lists

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class PackCheck:
    """What was found. `pack` is None if it could not be built; `cases` counts the worked cases tried on
    each of `engines`.
    """

    folder: Path
    pack: Pack | None
    engines: tuple[str, ...]
    cases: int
    faults: tuple[Fault, ...]


def check_pack(name_or_path: str | Path, engines: Iterable[str]) -> PackCheck:
    """Build the pack and try its cases on each engine. Raises `NoSuchPack`."""
    folder = pack_folder(name_or_path)
    try:
        pack = find_pack(folder)
    except PackFaults as error:
        return PackCheck(folder, None, (), 0, error.faults)
    tried = tuple(engines) if pack.cases else ()
    faults = [fault for engine in tried for fault in _case_faults(pack, engine)]
    return PackCheck(folder, pack, tried, len(pack.cases), tuple(sorted(set(faults))))


def case_row(case: Case, pack: Pack) -> FactRow:
    """The facts of a worked case."""
    values = {name: read_value(fact, case.facts.get(name, ""), pack) for name, fact in pack.facts.items()}
    return FactRow(ref=case.id, on=case.on, values=values)


def _case_faults(pack: Pack, engine: str) -> Iterator[Fault]:
    for decision in pack.decisions:
        cases = {case.id: case for case in pack.cases if case.decision == decision}
        rows = [case_row(case, pack) for case in cases.values()]
        for ref, verdict in decide_rows(engine, pack, decision, rows):
            yield from _differences(cases[ref], verdict, engine)


def _differences(case: Case, verdict: Verdict, engine: str) -> Iterator[Fault]:
    rules, possible, needs, _citations = verdict_lists(verdict)
    answered = {"outcome": verdict.outcome, "rule": ";".join(rules), "needs": ";".join(needs)}
    written = {
        "outcome": case.outcome,
        "rule": ";".join(sorted(case.rule)),
        "needs": ";".join(sorted(case.needs)),
    }
    if case.possible is not None:
        answered["possible"], written["possible"] = ";".join(possible), ";".join(sorted(case.possible))
    for column, answer in answered.items():
        if answer != written[column]:
            reason = f"The case says {column} “{written[column]}”, {engine} answers “{answer}”."
            yield Fault(case.file, case.id, reason, "Correct the case, or the rule that answers it.")
