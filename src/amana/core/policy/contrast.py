"""Why not another answer: for one outcome every rule that could give it, and what stands in its way.

Tells which conditions fail and which aren't known, whether the text is in force, and which rule sets it
aside. An outcome that is never acted on is explained like any other; nothing here says what would bring an
outcome about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from amana.core.facts import FactRow
from amana.core.policy.explain import insight_of
from amana.core.policy.frame import proved
from amana.core.policy.model import Pack
from amana.core.policy.views import ConditionView, RuleView
from amana.core.truth import Truth

ContrastStatus = Literal["given", "possible", "excluded", "invalid"]


@dataclass(frozen=True, slots=True)
class RuleContrast:
    """One rule that could give the outcome. `failing`: the smallest parts of its condition that are false and
    make it false; `unknown`: those on which it hangs. `defeated_by` is empty while the rule doesn't hold.
    """

    rule: RuleView
    failing: tuple[ConditionView, ...]
    unknown: tuple[ConditionView, ...]
    in_force: Truth
    defeated_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """One outcome for one person. `status`: the only one possible, one of several, excluded, or nothing is,
    since a fact contradicts itself. `rules` in the engine's order.

    `silencing`, of the decision's default only: the rules that speak or may, for the default follows where
    none does.
    """

    outcome: str
    status: ContrastStatus
    rules: tuple[RuleContrast, ...]
    silencing: tuple[RuleView, ...]


def contrast(pack: Pack, decision: str, row: FactRow, outcome: str) -> Contrast:
    """Why `outcome` is, may be or is not the answer for `row`. Raises KeyError for an unknown
    decision or outcome.
    """
    engine = pack.engines[decision]
    known = engine.decision.outcomes[outcome].id
    frame = engine.frame(row.on)
    key, exact = frame.open_key(proved(row))
    possible = frame.decide(row).possible
    views = insight_of(pack, frame, key, frame.verdict(key, exact)).rules
    giving = [view for view in views if view.modality != "must_not"]
    silencing = [view for view in giving if view.outcome != known and view.stands is not Truth.FALSE]
    return Contrast(
        outcome=known,
        status=_status(known, possible),
        rules=tuple(_rule_contrast(view) for view in giving if view.outcome == known),
        silencing=tuple(silencing) if known == engine.decision.default else (),
    )


def _status(outcome: str, possible: tuple[str, ...]) -> ContrastStatus:
    if not possible:
        return "invalid"
    if outcome not in possible:
        return "excluded"
    return "given" if len(possible) == 1 else "possible"


def _rule_contrast(view: RuleView) -> RuleContrast:
    return RuleContrast(
        rule=view,
        failing=tuple(deciding(view.condition, Truth.FALSE)),
        unknown=tuple(deciding(view.condition, Truth.UNKNOWN)),
        in_force=view.in_force,
        defeated_by=view.defeated_by if view.holds is not Truth.FALSE else (),
    )


def deciding(view: ConditionView, truth: Truth) -> Iterator[ConditionView]:
    """The smallest parts with this truth that give the whole its own; the whole where its parts do so only
    together, and of a test with values that change. Nothing if the whole is otherwise.
    """
    if view.truth is not truth:
        return
    parts = [child for child in view.children if child.truth is truth]
    if view.kind in ("all", "any") and parts and not view.dated:
        for part in parts:
            yield from deciding(part, truth)
    else:
        yield view
