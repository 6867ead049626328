"""An explanation as sentences, grouped the way a page or a terminal shows them.

Every part is a plain sentence in the active language; references, EDTF and ids stay as they are. Nothing is
left out of what the engine says: a rule that does not hold is told with the condition that fails.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.core.policy import Conflict, Explanation, FactView, Pack, Question, RuleView
from amana.wording.changes import change_in_words
from amana.wording.conditions import AGE, ConditionLine, condition_lines
from amana.wording.facts import fact_line, fact_with_mend
from amana.wording.first_questions import answers_in_words, first_question_in_words
from amana.wording.languages import as_written, day_in_words, listed, pick
from amana.wording.law import citation_in_words, in_force_in_words, in_reading_order, outcome_in_words
from amana.wording.readings import countings_in_words, reading_in_words
from amana.wording.terms import modality_in_words, standing_in_words, truth_in_words
from amana.wording.verdicts import verdict_in_words


@dataclass(frozen=True)
class RuleText:
    """One rule in words, with its conditions line by line. `text`: what the article says, in our words."""

    id: str
    heading: str
    in_force: str
    holds: str
    conditions: tuple[ConditionLine, ...]
    reason: str
    citation: str
    text: str
    defeated_by: tuple[str, ...]


@dataclass(frozen=True)
class ExplanationText:
    """An explanation in words; rules in reading order, every other list in the engine's."""

    answer: str
    limits: tuple[str, ...]
    rules: tuple[RuleText, ...]
    facts: tuple[str, ...]
    first_question: tuple[str, ...]
    questions: tuple[str, ...]
    interim: tuple[str, ...]
    changes: tuple[str, ...]
    conflicts: tuple[str, ...]
    readings: tuple[str, ...]


def explanation_in_words(explained: Explanation, pack: Pack) -> ExplanationText:
    """The whole explanation in the active language."""
    return ExplanationText(
        answer=verdict_in_words(explained.verdict, pack, explained.decision),
        limits=tuple(_limits(explained, pack)),
        rules=tuple(
            rule_in_words(rule, pack, explained.decision)
            for rule in in_reading_order(explained.rules, pack, explained.decision)
        ),
        facts=tuple(fact_with_mend(fact, pack) for fact in explained.facts),
        first_question=first_question_lines(explained, pack),
        questions=tuple(question_in_words(asked) for asked in explained.questions),
        interim=tuple(
            f"{pick(view.handling)} — {citation_in_words(view.source)}" for view in explained.interim
        ),
        changes=tuple(change_in_words(change, pack, explained.decision) for change in explained.changes),
        conflicts=tuple(conflict_in_words(conflict) for conflict in explained.conflicts),
        readings=tuple(reading_in_words(reading) for reading in explained.readings),
    )


def rule_in_words(rule: RuleView, pack: Pack, decision: str) -> RuleText:
    """One rule: what it says, whether it holds for this person, and on what text it stands."""
    return RuleText(
        id=rule.id,
        heading=f"{modality_in_words(rule.modality)}: {outcome_in_words(rule.outcome, pack, decision)}",
        in_force=f"{in_force_in_words(rule.from_, rule.until)} ({truth_in_words(rule.in_force)})",
        holds=truth_in_words(rule.holds),
        conditions=tuple(condition_lines(rule.condition, pack.facts)),
        reason=pick(rule.reason),
        citation=citation_in_words(rule.source),
        text=pick(rule.source.text),
        defeated_by=rule.defeated_by,
    )


def first_question_lines(explained: Explanation, pack: Pack) -> tuple[str, ...]:
    """The best first question, what each answer leaves, and how to ask a person; nothing where nothing is to
    be asked.
    """
    asked = explained.first_question
    if asked is None:
        return ()
    question = first_question_in_words(asked, pack, explained.on)
    how = _("Establish it by the evidence named below; neither answer is better than the other.")
    answers = answers_in_words(asked, pack, explained.decision)
    return (question, *answers) if asked.kind == "law" else (question, *answers, how)


def question_in_words(asked: Question) -> str:
    """What to ask, and how the answer is evidenced."""
    text = pick(asked.text)
    ended = text if text.endswith((".", "?", "؟")) else f"{text}."
    return f"{ended} {pick(asked.how)}".strip()


def conflict_in_words(conflict: Conflict) -> str:
    """What is reported, what stands against it, and with which texts."""
    texts = pgettext("between two texts", "; ").join(citation_in_words(source) for source in conflict.sources)
    told = f"{as_written(conflict.id)}. {pick(conflict.reported)} {pick(conflict.conflict)}"
    return f"{told} — {texts}" if texts else told


def explanation_lines(explained: Explanation, pack: Pack, branches: Sequence[str] = ()) -> Iterator[str]:
    """The explanation as lines of plain text, for a terminal or a letter; `branches` as from
    `branches_in_words`.
    """
    words = explanation_in_words(explained, pack)
    yield f"{as_written(explained.ref)} · {day_in_words(explained.on)}"
    yield words.answer
    yield from branches
    yield from (f"! {limit}" for limit in words.limits)
    facts = {fact.name: fact for fact in explained.facts}
    for rule in words.rules:
        yield from _rule_lines(rule, facts, pack)
    for heading, lines in _sections(words):
        if lines:
            yield ""
            yield heading
            yield from (f"  - {line}" for line in lines)
    yield ""
    yield f"{pick(pack.title)} · {as_written(pack.id)} {as_written(pack.hash[:12])}"


def _sections(words: ExplanationText) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_("Facts"), words.facts),
        (_("Best first question"), words.first_question),
        (_("What to ask"), words.questions),
        (_("Meanwhile"), words.interim),
        (_("What time will change"), words.changes),
        (_("What stands against it"), words.conflicts),
        (_("How open texts are read"), words.readings),
    ]


def condition_text_lines(
    lines: Iterable[ConditionLine], facts: Mapping[str, FactView], pack: Pack
) -> Iterator[str]:
    """Conditions with their truth, the facts that answer each, and the value that counts where it changes."""
    for line in lines:
        answered = "; ".join(
            fact_line(_as_asked(facts[name], line.asks), pack) for name in line.facts if name in facts
        )
        told = f"  [{truth_in_words(line.truth)}] {line.text}"
        yield f"{told} — {answered}" if answered else told
        yield from (f"    {counted}" for counted in countings_in_words(line.counting, pack))


def _as_asked(fact: FactView, asks: Collection[str]) -> FactView:
    """The fact with those of its measures that a condition asks for."""
    measured = tuple(each for each in fact.measured if each.label in asks)
    if AGE in asks:
        return replace(fact, measured=measured)
    return replace(fact, measured=measured, youngest=None, oldest=None)


def _rule_lines(rule: RuleText, facts: Mapping[str, FactView], pack: Pack) -> Iterator[str]:
    yield ""
    yield f"{as_written(rule.id)} · {rule.heading} · {rule.holds}"
    yield "  " + _("In force: %(when)s") % {"when": rule.in_force}
    yield from condition_text_lines(rule.conditions, facts, pack)
    if rule.defeated_by:
        yield "  " + _("Set aside by: %(rules)s") % {
            "rules": listed(as_written(other) for other in rule.defeated_by)
        }
    yield f"  {rule.reason}"
    yield f"  {rule.citation}"
    if rule.text:
        yield "  " + _("The text in our words: %(text)s") % {"text": rule.text}


def _limits(explained: Explanation, pack: Pack) -> Iterator[str]:
    """Why the answer may not be acted on, and whether it is as narrow as it can be."""
    decision = pack.decisions[explained.decision]
    outcome = decision.outcomes.get(explained.verdict.outcome)
    if outcome is not None and not explained.actionable:
        if outcome.id == decision.default:
            yield _("No text gives an answer, so there is none to act on.")
        elif outcome.actionable:
            yield _(
                "Shown but not acted on: it needs facts supported or better, and the weakest is %(standing)s."
            ) % {"standing": standing_in_words(explained.standing)}
        else:
            yield _("It is never acted on.")
    yield from inexact_in_words(explained)


def inexact_in_words(explained: Explanation) -> Iterator[str]:
    """Why the answer may be wider than it must be; nothing where it is exact."""
    if explained.inexact == "cells":
        yield _("The combinations of facts are too many to try all: the answer may be wider than it must be.")
    elif explained.inexact == "dates":
        yield _(
            "Two dates are compared that are not both known to the day: "
            "the answer may be wider than it must be."
        )
