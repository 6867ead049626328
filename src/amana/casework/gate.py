"""The gate of a country for one person, explained: each condition, whether it is met, not met or not known,
and what would meet it. For whoever works on the case; nothing of it ever leaves the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amana.apps.accounts.viewers import Viewer
from amana.apps.consents import codes, standing
from amana.apps.consents.queries import require_file
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations.gates import decision_of, gate_pack, is_open, situation
from amana.core.need_to_know import Withheld
from amana.core.policy import Explanation, FactDef, Pack, Rule, RuleView, SourceRef, Texts, explain
from amana.core.policy.nodes import facts_read
from amana.core.truth import Truth, negate

SEALED = frozenset({"C5", "C6", "C7"})


@dataclass(frozen=True)
class Condition:
    """One condition. `id`: that of the rule that closes without it; `reason`: why it closes, where it isn't
    met; `asks`: the facts it rests on, each with its question and how an answer is shown. `sealed`: one of
    them is of the classes C5 to C7.
    """

    id: str
    truth: Truth
    reason: Texts
    source: SourceRef
    asks: tuple[FactDef, ...]
    sealed: bool

    @property
    def name(self) -> str:
        """The condition without the step it belongs to: `consent`, `screening`."""
        return self.id.partition("-")[2]


@dataclass(frozen=True)
class GateView:
    """The gate for one person, country and step: `is_open`, and every condition in the order of the pack."""

    ref: str
    nation: str
    step: str
    is_open: bool
    conditions: tuple[Condition, ...]
    explanation: Explanation
    pack: Pack

    @property
    def met(self) -> int:
        """How many conditions are met."""
        return sum(each.truth is Truth.TRUE for each in self.conditions)


def gate(viewer: Viewer, ref: str, nation: str, step: str, on: date) -> GateView:
    """The gate as it stands on the day. Raises `NotForYou`."""
    require_file(viewer, ref)
    viewer.saw(ref)
    pack, decision = gate_pack(), decision_of(step)
    told = explain(pack, decision, situation(ref, nation, step, on))
    conditions = tuple(_condition(pack, rule) for rule in told.rules if rule.outcome != "open")
    return GateView(ref, nation, step, is_open(told.verdict), conditions, told, pack)


def nations(viewer: Viewer, ref: str) -> tuple[str, ...]:
    """The countries of which a gate may be asked: those the facts name, and those that a record names. Raises
    `NotForYou`.
    """
    require_file(viewer, ref)
    facts = decisions.facts(viewer, [ref]).get(ref)
    told = facts.nationality if facts else ()
    known = set() if isinstance(told, Withheld) else {code for code in told if not code.startswith("XX")}
    return tuple(sorted((known - {office_pack().jurisdiction}) | standing.nations_of(ref)))


def steps() -> tuple[str, ...]:
    """The steps, each of which has its gate."""
    return codes.STEPS


def _condition(pack: Pack, view: RuleView) -> Condition:
    rule: Rule = pack.rules[view.id]
    asks = tuple(pack.facts[name] for name in pack.facts if name in facts_read(rule.condition))
    sealed = any(each.cls in SEALED for each in asks)
    return Condition(view.id, negate(view.holds), view.reason, view.source, asks, sealed)
