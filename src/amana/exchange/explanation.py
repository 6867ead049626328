"""An explanation as a plain record for JSON: ids and truth values as they are, with the sentences beside
them.

Dates are ISO texts, truth is `true`, `false` or `unknown`, texts are in the active language.
"""

from __future__ import annotations

from typing import Any

from amana.core.policy import ConditionView, Explanation, Pack
from amana.wording.conditions import condition_in_words
from amana.wording.explanations import explanation_in_words
from amana.wording.languages import language, pick


def explanation_record(explained: Explanation, pack: Pack) -> dict[str, Any]:
    """Everything `amana explain` knows about one person's decision."""
    words = explanation_in_words(explained, pack)
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
        "standing": str(explained.standing) if explained.standing else None,
        "actionable": explained.actionable,
        "rules": [
            {
                "id": rule.id,
                "modality": rule.modality,
                "outcome": rule.outcome,
                "source": rule.source.id,
                "standing": rule.source.standing,
                "weight": rule.source.weight,
                "from": rule.from_,
                "until": rule.until,
                "in_force": rule.in_force.value,
                "holds": rule.holds.value,
                "condition": _condition(rule.condition, pack),
                "defeated_by": list(rule.defeated_by),
                "reason": pick(rule.reason),
            }
            for rule in explained.rules
        ],
        "facts": list(words.facts),
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
        "changes": [
            {
                "earliest": change.earliest.isoformat(),
                "latest": change.latest.isoformat() if change.latest else None,
                "before": list(change.possible_before),
                "after": list(change.possible_after),
                "cause": change.cause,
                "in_words": told,
            }
            for change, told in zip(explained.changes, words.changes, strict=True)
        ],
        "conflicts": [
            {
                "id": each.id,
                "in_words": told,
                "sources": [source.id for source in each.sources],
                "strength": each.strength,
            }
            for each, told in zip(explained.conflicts, words.conflicts, strict=True)
        ],
        "readings": [
            {"parameter": each.id, "value": each.value, "in_words": pick(each.reading)}
            for each in explained.readings
        ],
    }


def _condition(view: ConditionView, pack: Pack) -> dict[str, Any]:
    record: dict[str, Any] = {
        "truth": view.truth.value,
        "text": view.text,
        "in_words": condition_in_words(view, pack.facts),
    }
    if view.children:
        record |= {"kind": view.kind, "children": [_condition(child, pack) for child in view.children]}
    return record
