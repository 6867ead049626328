"""The answers of a pack: one verdict for one row of facts, and whether the pack's worked cases come out."""

from __future__ import annotations

from collections.abc import Callable

from amana.core.errors import Fault
from amana.core.facts import FactRow
from amana.core.policy.model import Case, Pack
from amana.core.policy.values import read_row
from amana.core.policy.views import Verdict


def decide(pack: Pack, decision: str, row: FactRow) -> Verdict:
    """The verdict of `decision` for the facts of `row` as they stand on `row.on`. Raises KeyError for an
    unknown decision.
    """
    return pack.engines[decision].decide(row)


def check_cases(pack: Pack, answer: Callable[[Pack, str, FactRow], Verdict] = decide) -> list[Fault]:
    """A fault for each worked case that comes out otherwise; `answer` may be another engine's."""
    faults = []
    for case in pack.cases:
        verdict = answer(pack, case.decision, read_row(pack, case.id, case.on, case.facts))
        for what, given, expected in _compared(case, verdict):
            if given != expected:
                reason = f"{what} is “{given}”, the case expects “{expected}”."
                faults.append(
                    Fault(
                        case.file,
                        case.id,
                        reason,
                        "Correct the rule, or the case if the law is read wrongly.",
                    )
                )
    return faults


def _compared(case: Case, verdict: Verdict) -> list[tuple[str, str, str]]:
    compared = [
        ("outcome", verdict.outcome, case.outcome),
        ("rule", ";".join(verdict.rules), ";".join(case.rule)),
        ("needs", ";".join(verdict.needs), ";".join(case.needs)),
    ]
    if case.possible is not None:
        compared.append(("possible", ";".join(verdict.possible), ";".join(case.possible)))
    return compared
