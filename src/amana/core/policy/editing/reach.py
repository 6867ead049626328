"""What an edit reaches: the tests, rules and gaps that read a threshold, the sentences that tell of it, and
edits that change nothing because no rule can hold by them or none reads them any more.

A sentence that names a number goes stale when the number changes, and would then be told of a child. Pure;
finds, and changes nothing. What takes too many cells to try is left out rather than guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amana.core.policy.editing.edits import Edit
from amana.core.policy.frame import Frame
from amana.core.policy.grid import RuleCells
from amana.core.policy.model import Bound, Conflict, FactDef, Gap, InForce, Pack, Rule, Texts
from amana.core.policy.nodes import Node, Test, leaves

SentenceKind = Literal["rule", "gap", "conflict"]
Idle = Literal["never_holds", "never_decides", "read_by_none"]


@dataclass(frozen=True)
class Sentence:
    """A text that is told of people by a rule, gap or conflict: a rule's reason, a gap's title, what a
    conflict reports.
    """

    kind: SentenceKind
    id: str
    texts: Texts

    @property
    def key(self) -> str:
        """How an edit names it: `rule:adult`."""
        return f"{self.kind}:{self.id}"


def tests_reading(pack: Pack, parameter: str) -> Iterator[Test]:
    """The tests of rules, gaps and safeguards that name a parameter."""
    rules = (*pack.rules.values(), *_watching(pack))
    for node in (*(rule.condition for rule in rules), *(gap.condition for gap in pack.gaps)):
        yield from _tests(node, parameter)


def _watching(pack: Pack) -> tuple[Rule, ...]:
    """What the safeguards ask, as rules."""
    return tuple(pack.watch.rules.values()) if pack.watch else ()


def code_fact(pack: Pack, parameter: str) -> FactDef | None:
    """The fact of which a parameter lists codes; None where it lists none."""
    facts = pack.watch.facts if pack.watch else pack.facts
    named = (facts[each.term.fact] for each in tests_reading(pack, parameter) if each.term.kind == "fact")
    return next((fact for fact in named if fact.type == "code"), None)


def rules_reading(pack: Pack, parameter: str) -> tuple[Rule, ...]:
    """The rules whose condition names a parameter."""
    return tuple(rule for rule in pack.rules.values() if any(_tests(rule.condition, parameter)))


def sentences(pack: Pack, parameter: str, since: date) -> tuple[Sentence, ...]:
    """What is told of people by whatever names this parameter and may be law on or after that day."""
    rules = [rule for rule in rules_reading(pack, parameter) if not over(rule.in_force, pack, since)]
    gaps = [
        gap
        for gap in pack.gaps
        if any(_tests(gap.condition, parameter)) and not over(gap.in_force, pack, since)
    ]
    named = {rule.id for rule in rules}
    against = [each for each in pack.conflicts if named & set(each.rules)]
    return (*map(_reason, rules), *map(_title, gaps), *map(_reported, against))


def over(period: InForce, pack: Pack, on: date) -> bool:
    """Whether a period has certainly ended by that day."""
    last = _last(period.end, pack) if period.end else None
    return last is not None and last <= on


def idle(before: Pack, after: Pack, edit: Edit) -> Idle | None:
    """Why an edit can change nobody's answer on its first day, if that can be told; None where it may."""
    if edit.from_ is None:
        return None
    if edit.kind == "parameter":
        watching = [rule for rule in _watching(after) if any(_tests(rule.condition, edit.target))]
        reading = [*rules_reading(after, edit.target), *watching]
        return "read_by_none" if all(over(rule.in_force, after, edit.from_) for rule in reading) else None
    if edit.kind not in ("rule_added", "rule_replaced"):
        return None
    brought = next(
        (rule for rule in after.rules.values() if rule.id not in before.rules and _is(rule, edit)), None
    )
    frame = after.engines[brought.decision].frame(edit.from_) if brought else None
    if brought is None or frame is None or not frame.finite:
        return None
    return _idle_rule(frame, next(each for each in frame.grid.rules if each.rule.id == brought.id))


def _idle_rule(frame: Frame, found: RuleCells) -> Idle | None:
    cells = frame.grid.cells
    every = cells.state((*(axis.full for axis in frame.axes()[: len(frame.axis_facts)]), *frame.events))
    if not found.holds & every:
        return "never_holds"
    return None if found.stands & every else "never_decides"


def _is(rule: Rule, edit: Edit) -> bool:
    return rule.id == str(edit.content.get("id") or edit.target) or edit.kind == "rule_replaced"


def _tests(node: Node, parameter: str) -> Iterator[Test]:
    return (each for each in leaves(node) if isinstance(each, Test) and parameter in each.parameters)


def _last(bound: Bound, pack: Pack) -> date | None:
    return pack.events[bound.event].span.latest if bound.event else bound.day


def _reason(rule: Rule) -> Sentence:
    return Sentence("rule", rule.id, rule.reason)


def _title(gap: Gap) -> Sentence:
    return Sentence("gap", gap.id, gap.title)


def _reported(conflict: Conflict) -> Sentence:
    return Sentence("conflict", conflict.id, conflict.reported)
