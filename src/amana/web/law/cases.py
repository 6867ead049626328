"""The worked cases of a pack, by the file they stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from amana.core.policy import Case, Pack
from amana.wording.languages import listed, pick
from amana.wording.law import outcome_in_words
from amana.wording.verdicts import need_in_words


@dataclass(frozen=True)
class CaseLine:
    """One worked case: facts, the day, and what must follow."""

    id: str
    on: str
    facts: tuple[tuple[str, str], ...]
    outcome: str
    rule: str
    needs: str


def worked_cases(pack: Pack) -> Mapping[str, tuple[CaseLine, ...]]:
    """Return the worked cases by the file they stand in."""
    files: dict[str, list[CaseLine]] = defaultdict(list)
    for case in pack.cases:
        files[case.file].append(_case_line(case, pack))
    return {name: tuple(lines) for name, lines in files.items()}


def _case_line(case: Case, pack: Pack) -> CaseLine:
    facts = tuple(
        (pick(pack.facts[name].label), text) for name, text in case.facts.items() if name in pack.facts
    )
    return CaseLine(
        id=case.id,
        on=case.on.isoformat(),
        facts=facts,
        outcome=outcome_in_words(case.outcome, pack, case.decision),
        rule=";".join(case.rule),
        needs=listed(need_in_words(need, pack) for need in case.needs),
    )
