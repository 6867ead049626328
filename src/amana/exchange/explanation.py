"""An explanation as a plain record for JSON: ids and truth values as they are, with the sentences beside
them.

Dates are ISO texts, truth is `true`, `false` or `unknown`, texts are in the active language. What the answers
to a first question lead to is left out where one may be an outcome that is never acted on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.core.facts import Standing
from amana.core.policy import (
    ConditionView,
    Contrast,
    Explanation,
    FactView,
    Pack,
    Parameter,
    RuleContrast,
    RuleView,
    SourceRef,
)
from amana.wording.conditions import condition_in_words
from amana.wording.contrasts import contrast_in_words
from amana.wording.explanations import explanation_in_words, inexact_in_words
from amana.wording.facts import fact_line, fact_value_in_words
from amana.wording.first_questions import leads_told
from amana.wording.languages import language, pick

Record = dict[str, Any]
Facts = Mapping[str, FactView]


def explanation_record(explained: Explanation, pack: Pack) -> Record:
    """Everything `amana explain` knows about one person's decision."""
    words = explanation_in_words(explained, pack)
    facts = {fact.name: fact for fact in explained.facts}
    verdict = explained.verdict
    return {
        "ref": explained.ref,
        "on": explained.on.isoformat(),
        "pack": {"id": pack.id, "hash": pack.hash, "status": pack.status},
        "decision": explained.decision,
        "language": language(),
        "outcome": verdict.outcome,
        "answer": words.answer,
        "rule": list(verdict.rules),
        "possible": list(verdict.possible),
        "needs": list(verdict.needs),
        "citations": list(verdict.citations),
        "exact": explained.exact,
        "exact_in_words": " ".join(inexact_in_words(explained)),
        "standing": _standing(explained.standing),
        "actionable": explained.actionable,
        "limits": list(words.limits),
        "rules": [_rule(rule, facts, pack) for rule in explained.rules],
        "facts": [_fact(fact, pack) for fact in explained.facts],
        "first_question": _first_question(explained, pack, words.first_question),
        "questions": [
            {"fact": asked.fact, "question": pick(asked.text), "how": pick(asked.how)}
            for asked in explained.questions
        ],
        "interim": [
            {
                "id": each.id,
                "handling": pick(each.handling),
                "source": each.source.id,
                "standing": each.source_standing,
            }
            for each in explained.interim
        ],
        "changes": _changes(explained, words.changes),
        "conflicts": [
            {
                "id": each.id,
                "in_words": told,
                "sources": [source.id for source in each.sources],
                "strength": each.strength,
            }
            for each, told in zip(explained.conflicts, words.conflicts, strict=True)
        ],
        "readings": [_reading(each) for each in explained.readings],
    }


def contrast_record(told: Contrast, explained: Explanation, pack: Pack) -> Record:
    """Why one outcome is, may be or is not the answer of `explained`."""
    words = contrast_in_words(told, pack, explained.decision, explained.on)
    facts = {fact.name: fact for fact in explained.facts}
    return {
        "outcome": told.outcome,
        "status": told.status,
        "question": words.question,
        "answer": words.answer,
        "rules": [
            _rule_contrast(each.contrast, facts, pack) | {"obstacles": list(each.obstacles)}
            for each in words.rules
        ],
        "silenced_by": [rule.id for rule in told.silencing],
    }


def _rule_contrast(told: RuleContrast, facts: Facts, pack: Pack) -> Record:
    return {
        "id": told.rule.id,
        "in_force": told.in_force.value,
        "from": told.rule.from_,
        "until": told.rule.until,
        "holds": told.rule.holds.value,
        "stands": told.rule.stands.value,
        "failing": [_condition(view, facts, pack) for view in told.failing],
        "unknown": [_condition(view, facts, pack) for view in told.unknown],
        "defeated_by": list(told.defeated_by),
        "source": told.rule.source.id,
    }


def _rule(rule: RuleView, facts: Facts, pack: Pack) -> Record:
    return {
        "id": rule.id,
        "modality": rule.modality,
        "outcome": rule.outcome,
        "source": rule.source.id,
        "standing": rule.source.standing,
        "weight": rule.source.weight,
        "text": _text(rule.source),
        "from": rule.from_,
        "until": rule.until,
        "in_force": rule.in_force.value,
        "holds": rule.holds.value,
        "stands": rule.stands.value,
        "condition": _condition(rule.condition, facts, pack),
        "defeated_by": list(rule.defeated_by),
        "reason": pick(rule.reason),
    }


def _text(source: SourceRef) -> Record:
    instrument = source.id.partition("/")[0]
    return {
        "instrument": instrument,
        "title": pick(source.title),
        "article": source.article,
        "says": pick(source.text),
    }


def _condition(view: ConditionView, facts: Facts, pack: Pack) -> Record:
    record: Record = {
        "kind": view.kind,
        "truth": view.truth.value,
        "text": view.text,
        "in_words": condition_in_words(view, pack.facts),
    }
    if view.children:
        return record | {"children": [_condition(child, facts, pack) for child in view.children]}
    if view.kind == "during":
        return record | {"from": view.operands[0], "until": view.operands[1]}
    answering = [facts[name] for name in view.facts if name in facts]
    return record | {
        "parameters": list(view.parameters),
        "facts": [_fact(fact, pack) for fact in answering],
    }


def _fact(fact: FactView, pack: Pack) -> Record:
    return {
        "fact": fact.name,
        "value": fact_value_in_words(fact, pack),
        "known": fact.value is not None,
        "source": fact.source,
        "stated": fact.stated,
        "standing": _standing(fact.standing),
        "disputed": fact.disputed,
        "carries": fact.carries,
        "in_words": fact_line(fact, pack),
    }


def _standing(standing: Standing | None) -> str | None:
    return str(standing) if standing else None


def _first_question(explained: Explanation, pack: Pack, words: tuple[str, ...]) -> Record | None:
    asked = explained.first_question
    if asked is None:
        return None
    told = leads_told(asked, pack, explained.decision)
    return {
        "fact": asked.fact,
        "kind": asked.kind,
        "cut": asked.cut.isoformat() if asked.cut else None,
        "codes": list(asked.codes),
        "number": asked.number,
        "in_words": words[0],
        "if_yes": list(asked.if_yes) if told else None,
        "if_no": list(asked.if_no) if told else None,
        "lines": list(words),
    }


def _changes(explained: Explanation, words: tuple[str, ...]) -> list[Record]:
    return [
        {
            "earliest": change.earliest.isoformat(),
            "latest": change.latest.isoformat() if change.latest else None,
            "before": list(change.possible_before),
            "after": list(change.possible_after),
            "cause": change.cause,
            "in_words": told,
        }
        for change, told in zip(explained.changes, words, strict=True)
    ]


def _reading(parameter: Parameter) -> Record:
    return {
        "parameter": parameter.id,
        "value": parameter.value,
        "in_words": pick(parameter.reading),
        "source": parameter.source,
        "changes": [
            {
                "from": change.start.text,
                "value": change.value,
                "source": change.source,
                "in_words": pick(change.reading),
            }
            for change in parameter.changes
        ],
    }
