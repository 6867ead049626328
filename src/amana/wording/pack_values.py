"""What one key of a pack's entry holds, and what the key is called, in words.

For differences between packs: takes the content as it is written and the pack it stands in. What it has no
words for stays as written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from amana.core.policy import Gap, Pack, Rule
from amana.core.safeguards import Safeguard
from amana.wording.conditions import rule_condition_in_words
from amana.wording.findings import (
    acts_in_words,
    applies_in_words,
    broken_in_words,
    severity_in_words,
    told_in_words,
)
from amana.wording.languages import as_written, listed, pick, state_in_words
from amana.wording.law import outcome_in_words
from amana.wording.pack_words import (
    law_day_in_words,
    lines,
    named_in_words,
    parameter_values_in_words,
    period_in_words,
    text_in_words,
)
from amana.wording.terms import modality_in_words, source_standing_in_words, weight_in_words

ABSENT = "—"
LANGUAGES = frozenset({"en", "ar"})


def value_in_words_of(kind: str, ident: str, key: str, value: Any, pack: Pack) -> str:
    """What the key of an entry holds in that pack; a dash where it is not there."""
    if kind == "parameters" and key in ("value", "changes"):
        return lines(parameter_values_in_words(pack.parameters[ident], pack))
    if value is None:
        return ABSENT
    rule = pack.rules.get(ident) if kind == "rules" else _gap(ident, pack) if kind == "gaps" else None
    if rule is not None and key in _OF_RULES:
        return _OF_RULES[key](rule, pack)
    safeguard = pack.safeguards.get(ident) if kind == "safeguards" else None
    if safeguard is not None and key in _OF_SAFEGUARDS:
        return lines(_OF_SAFEGUARDS[key](safeguard, pack))
    return _WORDS[key](value, pack) if key in _WORDS else plain_in_words(value)


def _gap(ident: str, pack: Pack) -> Gap | None:
    return next((gap for gap in pack.gaps if gap.id == ident), None)


def _outcome(rule: Rule | Gap, pack: Pack) -> str:
    return outcome_in_words(rule.outcome, pack, rule.decision) if isinstance(rule, Rule) else ABSENT


_OF_RULES: dict[str, Callable[[Rule | Gap, Pack], str]] = {
    "when": lambda rule, pack: rule_condition_in_words(rule.condition, pack.facts),
    "in_force": lambda rule, pack: period_in_words(rule.in_force, pack),
    "outcome": _outcome,
}
_OF_SAFEGUARDS: dict[str, Callable[[Safeguard, Pack], Iterable[str]]] = {
    "applies": applies_in_words,
    "breach": broken_in_words,
    "duty": broken_in_words,
    "alerts": lambda safeguard, _pack: [told_in_words(safeguard)],
    "remedy": lambda safeguard, _pack: acts_in_words(safeguard.remedy),
    "in_force": lambda safeguard, pack: [period_in_words(safeguard.in_force, pack)],
}
_WORDS: dict[str, Callable[[Any, Pack], str]] = {
    "modality": lambda value, _pack: modality_in_words(value),
    "on": lambda value, _pack: law_day_in_words(str(value)),
    "source": text_in_words,
    "sources": lambda value, pack: lines(text_in_words(each, pack) for each in value),
    "about": lambda value, pack: lines(named_in_words(each, pack) for each in value),
    "interim": lambda value, pack: lines(_interim(each, pack) for each in value),
    "against": lambda value, pack: lines(
        named_in_words(each, pack) for key in ("rules", "outcomes") for each in value.get(key) or ()
    ),
    "default": named_in_words,
    "basis": lambda value, pack: lines(text_in_words(each, pack) for each in value),
    "severity": lambda value, _pack: severity_in_words(value),
    "watches": named_in_words,
    "judged_on": named_in_words,
    "counts_from": named_in_words,
    "binding_on": lambda value, _pack: listed(map(state_in_words, value)),
    "dated": lambda value, _pack: law_day_in_words(str(value)),
    "standing": lambda value, _pack: source_standing_in_words(value),
    "weight": lambda value, _pack: weight_in_words(value),
}


def _interim(content: Mapping[str, Any], pack: Pack) -> str:
    outcomes = listed(named_in_words(each, pack) for each in content["possible_any"])
    return f"{outcomes}: {pick(content['handling'])}"


def plain_in_words(value: Any) -> str:
    """Texts in the reader's language, lists with its comma, what else there is as it is written."""
    if isinstance(value, Mapping):
        said = pick(value) if LANGUAGES & set(value) else ""
        more = {key: each for key, each in value.items() if key not in LANGUAGES}
        return lines(
            [said, *(f"{field_in_words(key)}: {plain_in_words(each)}" for key, each in more.items())]
        )
    if isinstance(value, list):
        return lines(plain_in_words(each) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ABSENT if value is None else as_written(str(value))


def field_in_words(key: str) -> str:
    """What a key is called in the document."""
    table, _slash, name = key.partition("/")
    told = _("Fact") if table == "facts" and name else _fields().get(table, as_written(table))
    return f"{told}: {as_written(name)}" if name else told


def _fields() -> dict[str, str]:
    return {
        "when": _("When"),
        "outcome": _("Answer"),
        "outcomes": _("Answer"),
        "modality": _("Force"),
        "in_force": _("In force"),
        "reason": _("Why"),
        "source": _("Text"),
        "sources": _("Texts"),
        "exception_to": _("Exception to"),
        "value": _("Value"),
        "changes": _("Value"),
        "label": _("Name"),
        "title": _("Title"),
        "reading": _("Reading"),
        "question": _("Question"),
        "text": _("Question"),
        "why": _("What was found"),
        "about": _("What rests on it"),
        "evidence_how": _("How it can be shown"),
        "route": _("What is done"),
        "accepted_by": _("Accepted by"),
        "on": _("Day"),
        "note": _("Note"),
        "standing": _("Standing of the text"),
        "weight": _("Weight"),
        "where_read": _("Where read"),
        "articles": _("Article"),
        "reported": _("Reported"),
        "conflict": _("Against"),
        "interim": _("Meanwhile"),
        "status": _("Status"),
        "id": _("Id"),
        "jurisdiction": _("Where it holds"),
        "leap_day_birthday": _("Birthday of whoever was born on 29 February"),
        "approximate_years": _("Years by which an approximate date is widened"),
        "facts": _("Order in which facts are asked for"),
        "default": _("Answer where no rule speaks"),
        "against": _("Stands against"),
        "description": _("What it means"),
        "harsh": _("Only on facts that are supported or better"),
        "actionable": _("May it be acted on"),
        "place": _("Kind of place"),
        "binding_on": _("Whom it binds"),
        "dated": _("Dated"),
        "kind": _("Kind"),
        "values": _("Value"),
        "statement": _("As a sentence"),
        "class": _("Class of data"),
        "purpose": _("Purpose"),
        "retention": _("Kept"),
        "watched_by": _("Watched by"),
        "asks": _("What must hold"),
        "clears": _("What clears it"),
        "watches": _("Of what"),
        "severity": _("How grave"),
        "applies": _("Applies where"),
        "breach": _("Broken where"),
        "duty": _("Owed"),
        "basis": _("Texts"),
        "remedy": _("What is to be done"),
        "alerts": _("Whom it tells"),
        "blocks": _("Stops a planned act"),
        "waivable": _("May be waived"),
        "conflicts_with": _("Conflicts that it watches"),
        "needs_records": _("Waits for"),
        "age_in_doubt": _("Where an age is in doubt"),
        "judged_on": _("Day of law and age"),
        "counts_from": _("Day it counts from"),
    }
