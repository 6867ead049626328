"""The answers of a pack: one verdict for one row of facts, and whether the pack's worked cases come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
        differs = [key for key, given, expected in _compared(case, verdict) if given != expected]
        if differs:
            reason = f"It expects {_written(case, differs)}; the answer is {_written(verdict, differs)}."
            faults.append(Fault(case.file, case.id, reason, _mend(pack, case, verdict)))
    return faults


def _compared(case: Case, verdict: Verdict) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    compared = [
        ("outcome", (verdict.outcome,), (case.outcome,)),
        ("rule", verdict.rules, case.rule),
        ("needs", verdict.needs, case.needs),
    ]
    if case.possible is not None:
        compared.append(("possible", verdict.possible, case.possible))
    return compared


def _written(answer: Case | Verdict, differs: Sequence[str]) -> str:
    """The outcome, and of the rest what differs, in the words of a case's columns."""
    rules = answer.rule if isinstance(answer, Case) else answer.rules
    told = {"rule": rules, "needs": answer.needs, "possible": answer.possible or ()}
    if told["possible"] == (answer.outcome,):
        told["possible"] = ()
    said = (f"{key} {';'.join(told[key])}" for key in told if key in differs and told[key])
    return ", ".join([answer.outcome, *said])


def _mend(pack: Pack, case: Case, verdict: Verdict) -> str:
    undated = [
        name
        for name in verdict.rules
        if name not in case.rule and name in pack.rules and not pack.rules[name].in_force.text
    ]
    hint = f" “{undated[0]}” has no in_force, so it answers for every day." if undated else ""
    return f"Correct the rule, or the case if the law is read wrongly.{hint}"
