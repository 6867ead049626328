"""Reads safeguards/*.yaml: what must hold of whom and of which records, and what is owed. Faults are
collected, never raised here.

A safeguard may read the person's facts and those of the kind of record that it watches, nothing else: no
outcome of a decision is a fact, so none can set a safeguard off. No remedy discloses anything to a country
of origin unless that country's gate is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from amana.core.policy.expression import read_condition
from amana.core.policy.loading.parts import check_citation
from amana.core.policy.loading.periods import read_in_force
from amana.core.policy.loading.rules import Known
from amana.core.policy.loading.schema import Entry
from amana.core.policy.model import FactDef, InForce, Rule, SourceRef, cite, strongest
from amana.core.policy.nodes import Node, facts_read
from amana.core.safeguards.acts import ACTS, DISCLOSING, GATE, TOLD
from amana.core.safeguards.lowering import rules_of
from amana.core.safeguards.model import (
    PERSON,
    AgeInDoubt,
    Clock,
    Conditions,
    Duty,
    RecordKind,
    Remedy,
    Safeguard,
    Severity,
)

SEVERITIES = ("breach", "duty", "warn")
CONDITIONS = ("applies", "breach", "duty", "age_in_doubt", "judged_on", "counts_from")
"""Keys that only a safeguard has which watches something."""


@dataclass(frozen=True)
class Watchable:
    """What safeguards may refer to. `facts`: those of the pack and of every kind of record."""

    known: Known
    kinds: Mapping[str, RecordKind]
    facts: Mapping[str, FactDef]

    def facts_of(self, kind: str) -> dict[str, FactDef]:
        """What may be read of an occasion of one kind: the person's facts and the kind's."""
        own = set(self.kinds[kind].facts) if kind in self.kinds else set()
        recorded = {name for each in self.kinds.values() for name in each.facts}
        of_person = set(self.kinds[PERSON].facts) if PERSON in self.kinds else set()
        return {
            name: fact
            for name, fact in self.facts.items()
            if name in own or (fact.kind == "person" and (name in of_person or name not in recorded))
        }


def read_safeguards(
    entries: Iterable[Entry], watchable: Watchable
) -> tuple[dict[str, Safeguard], dict[str, tuple[Rule, ...]]]:
    """The safeguards by id, and of those alive the rules that say what they find."""
    found: dict[str, Safeguard] = {}
    rules: dict[str, tuple[Rule, ...]] = {}
    for entry in entries:
        entry.ident_is_plain()
        safeguard = _head(entry, watchable.known)
        read = _alive if entry.take("watches", required=False) else _waiting
        safeguard = read(entry, safeguard, watchable)
        if entry.close():
            found[entry.ident] = safeguard
            if lowered := rules_of(safeguard):
                rules[entry.ident] = lowered
    return found, rules


def _head(entry: Entry, known: Known) -> Safeguard:
    """What every safeguard says, alive or not."""
    basis = _basis(entry, known)
    return Safeguard(
        id=entry.text("id"),
        title=entry.texts("title"),
        asks=entry.texts("asks"),
        clears=entry.texts("clears"),
        severity=cast(Severity, entry.choice("severity", SEVERITIES)),
        basis=basis,
        weight=strongest(ref.weight for ref in basis),
        remedy=tuple(_remedy(entry, content) for content in entry.rows("remedy", required=False)),
        alerts=_of_list(entry, "alerts", TOLD),
        blocks=entry.flag("blocks", False),
        waivable=entry.flag("waivable", True),
        conflicts_with=entry.names("conflicts_with", required=False),
        in_force=read_in_force(entry, known.events),
        file=entry.file,
    )


def _basis(entry: Entry, known: Known) -> tuple[SourceRef, ...]:
    citations = entry.names("basis")
    for citation in citations:
        check_citation(entry, citation, known.sources)
    sound = (each for each in citations if each.partition("/")[0] in known.sources)
    return tuple(cite(citation, known.sources) for citation in sound)


def _remedy(entry: Entry, content: object) -> Remedy:
    inner = entry.inner(content)
    act, gate = inner.text("act"), inner.text("only_if", required=False)
    inner.close()
    entry.sound = entry.sound and inner.sound
    discloses = act in DISCLOSING or act.startswith("disclos")
    if discloses and gate != GATE:
        reason = "Its remedy is disclosure to a country of origin."
        entry.fault(reason, f"Add only_if: {GATE}, or another act.")
    elif act and act not in ACTS and any(word in act for word in ("embassy", "consul", "notify")):
        reason = f"“act: {act}” is no act that is known; no country of origin is told but through its gate."
        entry.fault(reason, f"Write act: consult_consulate with only_if: {GATE}, or ask the mother first.")
    elif act and act not in ACTS:
        entry.fault(f"“act: {act}” is no act that is known.", f"Use one of: {', '.join(ACTS)}.")
    if gate and gate != GATE:
        entry.fault(f"“only_if: {gate}” is no gate that is known.", f"Write only_if: {GATE}.")
    return Remedy(act, gate)


def _of_list(entry: Entry, key: str, allowed: Sequence[str]) -> tuple[str, ...]:
    named = entry.names(key, required=False)
    for name in named:
        if name not in allowed:
            entry.fault(f"“{key}: {name}” is not known.", f"Use one of: {', '.join(allowed)}.")
    return named


def _waiting(entry: Entry, safeguard: Safeguard, watchable: Watchable) -> Safeguard:
    """One that waits for records that nobody keeps yet."""
    needs = entry.names("needs_records")
    if said := [key for key in CONDITIONS if key in entry.content]:
        mend = "Say what it watches (watches: a kind of records.yaml), or take them out."
        entry.fault(f"It says {', '.join(said)}, and watches nothing.", mend)
        entry.asked.update(CONDITIONS)
    if needs and set(needs) <= set(watchable.kinds):
        listed = ", ".join(needs)
        entry.fault(
            f"Records of {listed} are kept now, so it waits for nothing.",
            "Write watches and its conditions in place of needs_records.",
        )
    return replace(safeguard, needs_records=needs)


def _alive(entry: Entry, safeguard: Safeguard, watchable: Watchable) -> Safeguard:
    """One that watches a kind of record, with its conditions parsed; without them where they have faults."""
    kind = entry.choice("watches", tuple(watchable.kinds))
    reader = _Conditions(entry, watchable.known, watchable.facts_of(kind))
    applies_text, applies = reader.read("applies")
    breach_text, breach = "", None
    clocks: list[tuple[Duty, Clock]] = []
    if safeguard.severity == "duty":
        _refuse(entry, "breach", "A duty is broken when its clock runs out", "Say duty, or severity: breach.")
        clocks = _clocks(entry, reader)
    elif safeguard.severity not in SEVERITIES:
        entry.asked.update(("duty", "breach"))
    else:
        _refuse(entry, "duty", "Only severity: duty has a clock", "Say breach, or severity: duty.")
        breach_text, breach = reader.read("breach")
    if not safeguard.alerts:
        entry.names("alerts")
    judged_on = _judged_on(entry, safeguard, reader.facts)
    counts_from = _counts_from(entry, safeguard, reader.facts)
    doubt = entry.choice("age_in_doubt", ("open", "youngest"), default="open")
    conditions = None
    if applies is not None and (breach is not None or clocks):
        conditions = Conditions(applies, breach, tuple(clock for _, clock in clocks))
    duties = tuple(duty for duty, _ in clocks)
    return replace(
        safeguard,
        watches=kind,
        applies=applies_text,
        breach=breach_text,
        duties=duties,
        age_in_doubt=cast(AgeInDoubt, doubt),
        judged_on=judged_on,
        counts_from=counts_from,
        facts_read=_read(conditions, duties, judged_on),
        conditions=conditions,
    )


def _read(conditions: Conditions | None, duties: Sequence[Duty], judged_on: str) -> frozenset[str]:
    """Every fact that is named."""
    if conditions is None:
        return frozenset()
    nodes = [conditions.applies, conditions.breach]
    nodes += [node for clock in conditions.clocks for node in (clock.when, clock.done)]
    named = {name for node in nodes if node is not None for name in facts_read(node)}
    return frozenset(named | {duty.start for duty in duties} | ({judged_on} - {""}))


def _refuse(entry: Entry, key: str, reason: str, mend: str) -> None:
    if entry.take(key, required=False) is not None:
        entry.fault(f"{reason}; it has “{key}”.", mend)


def _judged_on(entry: Entry, safeguard: Safeguard, facts: Mapping[str, FactDef]) -> str:
    name = entry.text("judged_on", required=False)
    fact = facts.get(name)
    if name and (fact is None or fact.type != "date" or fact.kind != "record"):
        dates = [each.name for each in facts.values() if each.type == "date" and each.kind == "record"]
        entry.fault(
            f"“judged_on: {name}” is no day on its record.", f"Use one of: {', '.join(dates) or 'none'}."
        )
    elif name and safeguard.severity == "duty":
        reason = "A clock runs until today, so a duty can't be judged as of another day."
        entry.fault(reason, "Take judged_on out, or say it as a breach or a warning.")
    return name


def _counts_from(entry: Entry, safeguard: Safeguard, facts: Mapping[str, FactDef]) -> str:
    name = entry.text("counts_from", required=False)
    fact = facts.get(name)
    if name and (fact is None or fact.type != "date" or fact.kind != "record"):
        dates = [each.name for each in facts.values() if each.type == "date" and each.kind == "record"]
        known = ", ".join(dates) or "none"
        entry.fault(f"“counts_from: {name}” is no day on its record.", f"Use one of: {known}.")
    elif name and safeguard.severity == "duty":
        entry.fault("A duty counts from its clock.", "Take counts_from out, or name the day as its start.")
    return name


class _Conditions:
    """Reads conditions over the facts of one kind; faults name the key."""

    def __init__(self, entry: Entry, known: Known, facts: Mapping[str, FactDef]) -> None:
        self.entry = entry
        self.known = known
        self.facts = facts

    def read(self, key: str) -> tuple[str, Node | None]:
        """The condition under a key that must be there."""
        text = self.entry.text(key)
        return text, self.parse(key, text)

    def parse(self, key: str, text: str) -> Node | None:
        """A condition; None for no text, or with faults."""
        if not text:
            return None
        node, refusals = read_condition(text, self.facts, self.known.parameters, self.known.events)
        for refusal in refusals:
            self.entry.fault(f"{key}, position {refusal.position}: {refusal.reason}", refusal.mend)
        return node


def _clocks(entry: Entry, reader: _Conditions) -> list[tuple[Duty, Clock]]:
    """Every clock of a duty, in the order in which they count."""
    content = entry.take("duty")
    found = []
    clocks = content if isinstance(content, list) else [content]
    for place, each in enumerate(clocks, start=1):
        if each is None:
            continue
        inner = entry.inner(each)
        duty = Duty(
            start=inner.text("start"),
            clock=inner.text("clock"),
            when=inner.text("when", required=False),
            done=inner.text("done", required=False),
        )
        inner.close()
        entry.sound = entry.sound and inner.sound
        if not duty.when and place < len(clocks):
            entry.fault(
                "A clock without “when” always counts, so those after it never do.",
                "Write when for each clock but the last.",
            )
        if duty.start and duty.clock and (days := _days(entry, duty, reader)):
            clock = _clock(duty, reader)
            found += [(replace(duty, days=days), clock)] if clock is not None else []
    return found


def _days(entry: Entry, duty: Duty, reader: _Conditions) -> tuple[tuple[InForce, int], ...]:
    """The clock in days, in each period in which its parameter has one value; none with a fault."""
    fact = reader.facts.get(duty.start)
    if fact is None or fact.type != "date":
        dates = [each.name for each in reader.facts.values() if each.type == "date"]
        reason = f"“start: {duty.start}” is no date that it may read."
        entry.fault(reason, f"Use one of: {', '.join(dates) or 'none'}.")
        return ()
    if duty.clock.isdecimal():
        return ((InForce(), int(duty.clock)),)
    parameter = reader.known.parameters.get(duty.clock.removeprefix(":"))
    if parameter is None or not duty.clock.startswith(":"):
        declared = ", ".join(f":{name}" for name in reader.known.parameters) or "none is declared"
        entry.fault(
            f"“clock: {duty.clock}” is neither a number of days nor a parameter.",
            f"Write clock: 30, or one of parameters.yaml: {declared}.",
        )
        return ()
    days = [(period, value) for period, value in parameter.periods if isinstance(value, int) and value >= 0]
    if len(days) < len(parameter.periods):
        reason = f"“{duty.clock}” is no number of days."
        entry.fault(reason, "Name a parameter whose values are whole numbers from 0.")
        return ()
    return tuple(days)


def _clock(duty: Duty, reader: _Conditions) -> Clock | None:
    in_time = reader.parse("duty", f"days_since({duty.start}) <= {duty.clock}")
    past = reader.parse("duty", f"days_since({duty.start}) > {duty.clock}")
    when, done = reader.parse("duty.when", duty.when), reader.parse("duty.done", duty.done)
    if in_time is None or past is None or (duty.when and when is None) or (duty.done and done is None):
        return None
    return Clock(when, done, in_time, past)
