"""Turns safeguards into decisions of a derived pack, so that everything the rule engine knows holds of them
too: open answers, SQL, explanations, worked cases.

A breach or warning is one rule; each clock of a duty is two, one in time and one past it, of which at most
one holds. `no_breach_found` is what is left. Of several clocks the first whose `when` holds counts: each
later one asks that the earlier do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from amana.core.policy.engine import Engine
from amana.core.policy.model import Decision, FactDef, OutcomeDef, Pack, Rule, Texts
from amana.core.policy.nodes import All, During, Known, Node, Not
from amana.core.safeguards.model import CAN_FIND, Clock, Safeguard, SafeguardVerdict

LABELS: Mapping[SafeguardVerdict, Texts] = {
    SafeguardVerdict.NO_BREACH: {"en": "no breach found", "ar": "لم يُعثر على خرق"},
    SafeguardVerdict.OPEN: {"en": "duty open", "ar": "واجب لم يفت أجله"},
    SafeguardVerdict.OVERDUE: {"en": "overdue", "ar": "واجب فات أجله"},
    SafeguardVerdict.BREACH: {"en": "breach", "ar": "خرق"},
    SafeguardVerdict.WARN: {"en": "warning", "ar": "تنبيه"},
}
"""The verdicts as outcomes of the derived decisions, in the languages of packs."""


def rules_of(safeguard: Safeguard) -> tuple[Rule, ...]:
    """The rules that say what a safeguard finds; two for each clock, in their order. None of one that only
    waits.
    """
    parsed = safeguard.conditions
    if parsed is None:
        return ()
    first = [parsed.applies]
    if safeguard.judged_on:
        first.append(Known(f"{safeguard.judged_on} IS KNOWN", safeguard.judged_on))
    if parsed.breach is not None:
        found = CAN_FIND[safeguard.severity][0]
        return (_rule(safeguard, safeguard.id, found, [*first, parsed.breach]),)
    return tuple(_clocked(safeguard, first, parsed.clocks))


def _clocked(safeguard: Safeguard, first: Sequence[Node], clocks: Sequence[Clock]) -> Iterator[Rule]:
    earlier: list[Node] = []
    for place, clock in enumerate(clocks, start=1):
        own = [clock.when] if clock.when is not None else []
        done = [_not(clock.done)] if clock.done is not None else []
        shared = [*first, *earlier, *own, *done]
        name = f"{safeguard.id}.{place}" if len(clocks) > 1 else safeguard.id
        yield _rule(safeguard, f"{name}.open", SafeguardVerdict.OPEN, [*shared, clock.in_time])
        yield _rule(safeguard, f"{name}.overdue", SafeguardVerdict.OVERDUE, [*shared, clock.past])
        earlier += [_not(node) for node in own]


def _not(node: Node) -> Node:
    return Not(f"NOT ({node.text})", node)


def _together(node: Node) -> Iterator[Node]:
    """What must hold together; a test stays beside the period in which its value counts."""
    if isinstance(node, All) and not any(isinstance(child, During) for child in node.children):
        for child in node.children:
            yield from _together(child)
    else:
        yield node


def _rule(safeguard: Safeguard, ident: str, outcome: SafeguardVerdict, parts: Sequence[Node]) -> Rule:
    flat = [each for part in parts for each in _together(part)]
    text = " AND ".join(f"({part.text})" for part in flat)
    strongest = next(ref for ref in safeguard.basis if ref.weight == safeguard.weight)
    return Rule(
        id=ident,
        decision=safeguard.id,
        modality="must",
        source=strongest.id,
        outcome=outcome.value,
        condition=All(text, tuple(flat)) if len(flat) > 1 else flat[0],
        when=text,
        reason=safeguard.asks,
        in_force=safeguard.in_force,
        title=safeguard.title,
        file=safeguard.file,
    )


def watch_pack(pack: Pack, facts: Mapping[str, FactDef], rules: Mapping[str, Sequence[Rule]]) -> Pack:
    """The pack whose decisions are the alive safeguards of `pack`. `facts`: those of the pack and of its
    records; `rules`: of each safeguard.
    """
    decisions = {ident: _decision(pack.safeguards[ident]) for ident in rules}
    engines = {
        ident: Engine(decision, rules[ident], (), facts, pack.events, leap_day=pack.leap_day)
        for ident, decision in decisions.items()
    }
    return replace(
        pack,
        facts=facts,
        rules={rule.id: rule for found in rules.values() for rule in found},
        decisions=decisions,
        conflicts=(),
        gaps=(),
        cases=(),
        findings=(),
        remarks=(),
        questions=(),
        entries={},
        withdrawn={},
        engines=engines,
    )


def _decision(safeguard: Safeguard) -> Decision:
    found = (SafeguardVerdict.NO_BREACH, *CAN_FIND[safeguard.severity])
    outcomes = {
        verdict.value: OutcomeDef(verdict.value, LABELS[verdict]["en"], LABELS[verdict]["ar"])
        for verdict in found
    }
    return Decision(safeguard.id, SafeguardVerdict.NO_BREACH.value, outcomes, (), safeguard.title)
