"""Checks a pack as a reviewer would: everything loading refuses, then every worked case on every engine at
hand.

Loading itself (`core.policy.build_pack`) finds faults of form, of sources, of dated law, conflicts between
rules and new gaps. Here the cases beside the rules and beside the safeguards are decided in Python and in
SQL, and each answer that differs from the one written down is a fault; so is a safeguard with too few cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from amana.apps.decisions.packs import find_pack, pack_folder
from amana.core.errors import Fault, PackFaults
from amana.core.facts import FactRow
from amana.core.policy import Case, Pack, Verdict, check_cases, read_row
from amana.core.safeguards.cases import case_row as safeguard_case_row
from amana.core.safeguards.cases import check_safeguard_cases, uncovered
from amana.exchange.engines import decide_rows


@dataclass(frozen=True)
class PackCheck:
    """What was found. `pack` is None if it could not be built; `cases` counts the worked cases tried on
    each of `engines`, `safeguard_cases` those of safeguards.
    """

    folder: Path
    pack: Pack | None
    engines: tuple[str, ...]
    cases: int
    faults: tuple[Fault, ...]
    safeguard_cases: int = 0


def check_pack(name_or_path: str | Path, engines: Iterable[str]) -> PackCheck:
    """Build the pack and try its cases on each engine. Raises `NoSuchPack`."""
    folder = pack_folder(name_or_path)
    try:
        pack = find_pack(folder)
    except PackFaults as error:
        return PackCheck(folder, None, (), 0, error.faults)
    tried = tuple(engines) if pack.cases or pack.safeguard_cases else ()
    faults = _by_engines(
        {engine: _case_faults(pack, engine) + _safeguard_faults(pack, engine) for engine in tried}
    )
    found = tuple(sorted((*faults, *uncovered(pack))))
    return PackCheck(folder, pack, tried, len(pack.cases), found, len(pack.safeguard_cases))


def case_row(case: Case, pack: Pack) -> FactRow:
    """The facts of a worked case."""
    return read_row(pack, case.id, case.on, case.facts)


def _case_faults(pack: Pack, engine: str) -> list[Fault]:
    """The cases that this engine answers otherwise than written."""
    answers: dict[tuple[str, str], Verdict] = {}
    for decision in pack.decisions:
        rows = [case_row(case, pack) for case in pack.cases if case.decision == decision]
        answers |= {(decision, ref): verdict for ref, verdict in decide_rows(engine, pack, decision, rows)}
    return check_cases(pack, lambda _pack, decision, row: answers[decision, row.ref])


def _safeguard_faults(pack: Pack, engine: str) -> list[Fault]:
    """The cases of safeguards that this engine answers otherwise than written."""
    if pack.watch is None:
        return []
    answers: dict[tuple[str, str], Verdict] = {}
    for ident in dict.fromkeys(case.safeguard for case in pack.safeguard_cases):
        rows = [safeguard_case_row(pack, case) for case in pack.safeguard_cases if case.safeguard == ident]
        answers |= {(ident, ref): verdict for ref, verdict in decide_rows(engine, pack.watch, ident, rows)}
    return check_safeguard_cases(pack, lambda _pack, ident, row: answers[ident, row.ref])


def _by_engines(found: Mapping[str, Sequence[Fault]]) -> tuple[Fault, ...]:
    """Each fault once, with the engines it was found on."""
    engines: dict[Fault, list[str]] = {}
    for engine, faults in found.items():
        for fault in faults:
            engines.setdefault(fault, []).append(engine)
    return tuple(
        sorted(replace(fault, reason=f"On {', '.join(on)}: {fault.reason}") for fault, on in engines.items())
    )
