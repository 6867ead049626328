"""A pack laid out for reading: every rule beside its dates, its source and what stands against it.

Adds nothing to what the pack says; words come from `amana.wording`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amana.core.policy import Bound, Case, Conflict, Pack, Parameter, Rule, SourceRef
from amana.core.policy.nodes import All, Any, Flag, Known, Node, Not
from amana.core.policy.views import ConditionView
from amana.core.truth import Truth
from amana.web.texts import WEIGHT_CLASSES, standing_of_pack
from amana.wording.conditions import condition_in_words
from amana.wording.languages import listed, pick
from amana.wording.law import event_in_words, outcome_in_words
from amana.wording.terms import modality_in_words, source_standing_in_words, weight_in_words
from amana.wording.verdicts import need_in_words


@dataclass(frozen=True)
class PackEntry:
    """A pack in one line. `faults` is empty for one that can be read."""

    id: str
    own: bool = False
    title: str = ""
    short_hash: str = ""
    jurisdiction: str = ""
    rules: int = 0
    status_kind: str = ""
    status_words: str = ""
    status_icon: str = ""
    exact: bool = True
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A citation for reading: title, article, what it says in our words, standing and weight in words."""

    id: str
    title: str
    article: str
    says: str
    standing: str
    seen: bool
    weight: str
    weight_class: str


@dataclass(frozen=True)
class End:
    """One end of being in force: a certain day, or an event whose day may not be known."""

    day: str
    event: str
    event_words: str


@dataclass(frozen=True)
class RuleLine:
    """One row of the decision table; `id` is `default` for the row that holds where nothing else does."""

    id: str
    when: str
    reason: str
    outcome: str
    outcome_about: str
    force: str
    acted_on: bool
    harsh: bool
    start: End | None
    end: End | None
    source: Source | None
    against: tuple[Conflict, ...]


@dataclass(frozen=True)
class DecisionTable:
    """One question the pack answers."""

    id: str
    title: str
    rules: tuple[RuleLine, ...]
    interim: tuple[tuple[str, Source], ...]


@dataclass(frozen=True)
class GapLine:
    """Where no rule speaks."""

    id: str
    title: str
    route: str
    condition: str
    accepted_by: str


@dataclass(frozen=True)
class ConflictLine:
    """What a rule says, and what stands against it; each text once, with its articles."""

    id: str
    reported: str
    conflict: str
    rules: tuple[str, ...]
    sources: tuple[tuple[Source, tuple[str, ...]], ...]
    watched_by: tuple[str, ...]


@dataclass(frozen=True)
class InstrumentLine:
    """A text with its articles, in our own words, and what was seen of it."""

    title: str
    dated: str
    standing: str
    seen: bool
    weight: str
    weight_class: str
    where_read: str
    articles: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CaseLine:
    """One worked case: facts, the day, and what must follow."""

    id: str
    on: str
    facts: tuple[tuple[str, str], ...]
    outcome: str
    rule: str
    needs: str
    note: str


def pack_entry(pack: Pack, own: bool) -> PackEntry:
    """Return the pack's line in a list."""
    kind, words, drawn = standing_of_pack(pack.status)
    exact = all(pack.exact(decision) for decision in pack.decisions)
    return PackEntry(
        id=pack.id,
        own=own,
        title=pick(pack.title),
        short_hash=pack.hash[:6],
        jurisdiction=pack.jurisdiction,
        rules=len(pack.rules),
        status_kind=kind,
        status_words=words,
        status_icon=drawn,
        exact=exact,
    )


def decision_tables(pack: Pack) -> tuple[DecisionTable, ...]:
    """Return one table for each decision: its rules in the order of its outcomes, then the default."""
    return tuple(_table(pack, id) for id in pack.decisions)


def _table(pack: Pack, id: str) -> DecisionTable:
    decision = pack.decisions[id]
    order = list(decision.outcomes)
    known = [rule for rule in pack.rules.values() if rule.decision == id]
    rules = [_rule_line(pack, rule) for rule in sorted(known, key=lambda rule: order.index(rule.outcome))]
    interim = tuple((pick(each.handling), source_of(pack, each.source)) for each in decision.interim)
    return DecisionTable(id, pick(decision.title) or id, (*rules, _default_line(pack, id)), interim)


def _rule_line(pack: Pack, rule: Rule) -> RuleLine:
    outcome = pack.decisions[rule.decision].outcomes[rule.outcome]
    return RuleLine(
        id=rule.id,
        when=pick(rule.title) or condition_of(rule.condition, pack),
        reason=pick(rule.reason),
        outcome=pick(outcome.label),
        outcome_about=pick(outcome.description),
        force=modality_in_words(rule.modality),
        acted_on=outcome.actionable,
        harsh=outcome.harsh,
        start=_end(rule.in_force.start, pack),
        end=_end(rule.in_force.end, pack),
        source=source_of(pack, rule.source),
        against=tuple(each for each in pack.conflicts if rule.id in each.rules),
    )


def _default_line(pack: Pack, id: str) -> RuleLine:
    outcome = pack.decisions[id].outcomes[pack.decisions[id].default]
    return RuleLine(
        "default",
        _("nothing else holds"),
        "",
        pick(outcome.label),
        pick(outcome.description),
        "",
        outcome.actionable,
        outcome.harsh,
        None,
        None,
        None,
        (),
    )


def _end(bound: Bound | None, pack: Pack) -> End | None:
    if bound is None:
        return None
    if bound.event:
        return End("", bound.event, event_in_words(bound.event, pack))
    return End(bound.day.isoformat() if bound.day else bound.text, "", "")


def source_of(pack: Pack, reference: str) -> Source:
    """Return a citation of the pack for reading."""
    return _source(pack.source(reference))


def _source(source: SourceRef) -> Source:
    return Source(
        id=source.id,
        title=pick(source.title),
        article=source.article,
        says=pick(source.text),
        standing=source_standing_in_words(source.standing),
        seen=source.standing == "verified",
        weight=weight_in_words(source.weight),
        weight_class=WEIGHT_CLASSES.get(source.weight, "w-p"),
    )


def gap_lines(pack: Pack) -> tuple[GapLine, ...]:
    """Return the known gaps."""
    return tuple(
        GapLine(
            gap.id, pick(gap.title), pick(gap.route), condition_of(gap.condition, pack), gap.accepted_by or ""
        )
        for gap in pack.gaps
    )


def conflict_lines(pack: Pack) -> tuple[ConflictLine, ...]:
    """Return the conflicts that touch a rule or an outcome of this pack; of a pack without rules, all."""
    own = [each for each in pack.conflicts if not pack.rules or set(each.rules) & set(pack.rules)]
    return tuple(
        ConflictLine(
            id=each.id,
            reported=pick(each.reported),
            conflict=pick(each.conflict),
            rules=tuple(rule for rule in each.rules if rule in pack.rules),
            sources=_by_text(each.sources),
            watched_by=each.watched_by,
        )
        for each in own
    )


def _by_text(sources: Sequence[SourceRef]) -> tuple[tuple[Source, tuple[str, ...]], ...]:
    texts: dict[str, list[SourceRef]] = defaultdict(list)
    for source in sources:
        texts[source.id.partition("/")[0]].append(source)
    return tuple((_source(same[0]), tuple(each.article for each in same)) for same in texts.values())


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
        note=case.note,
    )


def instrument_lines(pack: Pack) -> tuple[InstrumentLine, ...]:
    """Return every text of the pack and of those it extends."""
    return tuple(
        InstrumentLine(
            title=pick(each.title),
            dated=each.dated,
            standing=source_standing_in_words(each.standing),
            seen=each.standing == "verified",
            weight=weight_in_words(each.weight),
            weight_class=WEIGHT_CLASSES.get(each.weight, "w-p"),
            where_read=each.where_read,
            articles=tuple((name, pick(says)) for name, says in each.articles.items()),
        )
        for each in pack.sources.values()
    )


def readings(pack: Pack) -> list[tuple[Parameter, str, Source | None]]:
    """Return each parameter with its value as a text and the text of law that it reads."""
    return [
        (each, _value(each.value), source_of(pack, each.source) if each.source else None)
        for each in pack.parameters.values()
    ]


def _value(value: int | str | tuple[str, ...]) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def condition_of(node: Node, pack: Pack) -> str:
    """Return a rule's condition in words, for nobody in particular."""
    return condition_in_words(view_of(node), pack.facts)


def view_of(node: Node) -> ConditionView:
    """Return the tree that an explanation would show, with every truth open."""
    open_ = Truth.UNKNOWN
    if isinstance(node, Not):
        return ConditionView("not", open_, node.text, (view_of(node.child),))
    if isinstance(node, All | Any):
        kind = "all" if isinstance(node, All) else "any"
        return ConditionView(kind, open_, node.text, tuple(view_of(child) for child in node.children))
    if isinstance(node, Flag | Known):
        return ConditionView("flag" if isinstance(node, Flag) else "known", open_, node.text, fact=node.fact)
    kind = node.operator if node.operator in ("between", "in") else "compare"
    operands = tuple(str(operand) for operand in node.operands)
    return ConditionView(
        kind, open_, node.text, (), node.term.label, node.operator, operands, node.parameters
    )
