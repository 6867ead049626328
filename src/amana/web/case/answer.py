"""An explanation laid out for the Overview and Placement tabs: each condition with truth, text and standing.

Takes what the engine explains and puts it in order; adds no judgement. Coming birthdays are told as the
reviews they call for, never as days of transfer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amana.core.facts import FactRow, Standing
from amana.core.policy import Conflict, Explanation, FactView, Pack, Parameter, RuleView, SourceRef
from amana.core.truth import Truth
from amana.web.case.head import standing_mark
from amana.web.people.marks import Mark
from amana.wording.branches import branches_in_words
from amana.wording.changes import cause_in_words, review_in_words, when_in_words
from amana.wording.conditions import ConditionLine, condition_lines
from amana.wording.explanations import explanation_in_words, first_question_lines
from amana.wording.facts import fact_value_in_words
from amana.wording.languages import pick
from amana.wording.law import in_force_in_words, outcome_in_words
from amana.wording.readings import countings_in_words, values_in_words
from amana.wording.sources import source_in_words
from amana.wording.terms import (
    modality_in_words,
    source_standing_in_words,
    truth_in_words,
    weight_in_words,
)
from amana.wording.verdicts import need_in_words, verdict_in_words

TRUTHS = {Truth.TRUE: ("t", "check"), Truth.FALSE: ("f", "cross"), Truth.UNKNOWN: ("u", "unknown")}
SOURCE_MARKS = {"verified": ("ok", "check"), "reported": ("due", "document"), "unknown": ("unk", "unknown")}


@dataclass(frozen=True)
class FactLine:
    """One fact the decision reads. `known`: something is; `carries`: the answer rests on it."""

    name: str
    known: bool
    value: str
    source: str
    stated: str
    standing: Mark
    disputed: bool
    carries: bool


@dataclass(frozen=True)
class Condition:
    """One condition, whether it holds, the facts that answer it, and which value counts where it changes;
    alternatives one by one as `parts` under `lead`.
    """

    kind: str
    icon: str
    truth: str
    words: str
    facts: tuple[FactLine, ...] = ()
    counting: tuple[str, ...] = ()
    lead: str = ""
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Citation:
    """A text that is relied on: its title, id, what was seen of it, whom it binds, and what it says in our
    words.
    """

    title: str
    id: str
    mark: Mark
    weight: str
    text: str


@dataclass(frozen=True)
class RuleBlock:
    """One rule for this person. `speaks` is whether it holds or may hold."""

    id: str
    outcome: str
    modality: str
    speaks: bool
    truth: Condition
    conditions: tuple[Condition, ...]
    reason: str
    citation: Citation
    defeated_by: tuple[str, ...]


@dataclass(frozen=True)
class Against:
    """Where the answer stands against other law."""

    id: str
    reported: str
    conflict: str
    strength: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class Ask:
    """A fact that would settle it, the question, and how to evidence the answer."""

    fact: str
    question: str
    how: str


@dataclass(frozen=True)
class ComingChange:
    """What time alone changes: when, why, and the review that is due."""

    when: str
    cause: str
    review: str


@dataclass(frozen=True)
class Reading:
    """How an open text is read, with the value that follows."""

    label: str
    value: str
    words: str
    source: str


@dataclass(frozen=True)
class Answer:
    """Everything the two tabs show of one explanation."""

    on: str
    sentence: str
    cases: tuple[str, ...]
    limits: tuple[str, ...]
    rules: tuple[RuleBlock, ...]
    facts: tuple[FactLine, ...]
    first_question: tuple[str, ...]
    asks: tuple[Ask, ...]
    interim: tuple[tuple[str, Citation], ...]
    changes: tuple[ComingChange, ...]
    against: tuple[Against, ...]
    readings: tuple[Reading, ...]
    standing: Mark | None

    @property
    def speaking(self) -> tuple[RuleBlock, ...]:
        """The rules that hold or may hold."""
        return tuple(rule for rule in self.rules if rule.speaks)

    @property
    def in_order(self) -> tuple[RuleBlock, ...]:
        """Every rule, first those that hold or may hold."""
        return tuple(sorted(self.rules, key=lambda rule: not rule.speaks))


def answer(explained: Explanation, facts: FactRow, pack: Pack) -> Answer:
    """Lay out one explanation of these facts in the active language."""
    lines = fact_lines(explained, pack)
    return Answer(
        on=explained.on.isoformat(),
        sentence=verdict_in_words(explained.verdict, pack, explained.decision),
        cases=branches_in_words(pack, explained.decision, facts),
        limits=explanation_in_words(explained, pack).limits,
        rules=tuple(rule_block(rule, lines, pack, explained.decision) for rule in explained.rules),
        facts=tuple(lines.values()),
        first_question=first_question_lines(explained, pack),
        asks=asks(explained, pack),
        interim=tuple((pick(view.handling), citation(view.source)) for view in explained.interim),
        changes=tuple(
            ComingChange(
                when_in_words(change),
                cause_in_words(change.cause, pack),
                review_in_words(change, pack, explained.decision),
            )
            for change in explained.changes
        ),
        against=tuple(_against(conflict) for conflict in explained.conflicts),
        readings=tuple(_reading(each) for each in explained.readings),
        standing=standing_mark(str(explained.standing)) if explained.standing else None,
    )


def asks(explained: Explanation, pack: Pack) -> tuple[Ask, ...]:
    """What to ask, of whom and how, to settle what is open."""
    return tuple(
        Ask(need_in_words(asked.fact, pack), pick(asked.text), pick(asked.how))
        for asked in explained.questions
    )


def fact_lines(explained: Explanation, pack: Pack) -> dict[str, FactLine]:
    """Every fact that the decision reads, by its name in the pack."""
    return {fact.name: _fact(fact, pack) for fact in explained.facts}


def conditions_of(
    told: Iterable[ConditionLine], lines: Mapping[str, FactLine], pack: Pack
) -> tuple[Condition, ...]:
    """Conditions with the facts that answer each beside them."""
    return tuple(
        Condition(
            *TRUTHS[line.truth],
            truth_in_words(line.truth),
            line.text,
            tuple(lines[name] for name in line.facts if name in lines),
            tuple(countings_in_words(line.counting, pack)),
            line.lead,
            conditions_of(line.parts, lines, pack),
        )
        for line in told
    )


def rule_block(rule: RuleView, lines: Mapping[str, FactLine], pack: Pack, decision: str) -> RuleBlock:
    """One rule as it speaks for this person, each condition with the facts that answer it."""
    conditions = list(conditions_of(condition_lines(rule.condition, pack.facts), lines, pack))
    if rule.from_ or rule.until:
        told = in_force_in_words(rule.from_, rule.until)
        conditions.append(_in_force(rule.in_force, told))
    return RuleBlock(
        id=rule.id,
        outcome=outcome_in_words(rule.outcome, pack, decision),
        modality=modality_in_words(rule.modality),
        speaks=rule.holds is not Truth.FALSE,
        truth=Condition(*TRUTHS[rule.holds], truth_in_words(rule.holds), ""),
        conditions=tuple(conditions),
        reason=pick(rule.reason),
        citation=citation(rule.source),
        defeated_by=rule.defeated_by,
    )


def _in_force(truth: Truth, told: str) -> Condition:
    words = _("the text is in force (%(when)s)") % {"when": told}
    return Condition(*TRUTHS[truth], truth_in_words(truth), words)


def citation(source: SourceRef) -> Citation:
    """A source as cited, with a badge for what was seen of it."""
    kind, icon = SOURCE_MARKS.get(source.standing, ("due", "document"))
    mark = Mark(kind, source_standing_in_words(source.standing), icon)
    return Citation(pick(source.title), source.id, mark, weight_in_words(source.weight), pick(source.text))


def _fact(fact: FactView, pack: Pack) -> FactLine:
    return FactLine(
        name=pick(fact.label),
        known=fact.value is not None,
        value=fact_value_in_words(fact, pack),
        source=source_in_words(fact.source),
        stated=fact.stated,
        standing=standing_mark(str(fact.standing or Standing.CLAIMED) if fact.value is not None else ""),
        disputed=fact.disputed,
        carries=fact.carries,
    )


def _reading(parameter: Parameter) -> Reading:
    told = values_in_words(parameter)
    return Reading(pick(parameter.label), told, pick(parameter.reading), parameter.source)


def _against(conflict: Conflict) -> Against:
    return Against(
        id=conflict.id,
        reported=pick(conflict.reported),
        conflict=pick(conflict.conflict),
        strength=weight_in_words(conflict.strength),
        sources=tuple(citation(source) for source in conflict.sources),
    )
