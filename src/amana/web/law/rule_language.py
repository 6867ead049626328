"""The help beside a condition: examples, and every fact and threshold of the pack that it may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.core.policy import BIRTH, FactDef, Pack
from amana.web.law.values import present_value
from amana.wording.languages import as_written, listed, pick


@dataclass(frozen=True)
class Word:
    """One word of the language: how it is written, what it means, which values it may have."""

    write: str
    means: str
    values: str


@dataclass(frozen=True)
class RuleLanguage:
    """All the help there is for one pack."""

    examples: tuple[tuple[str, str], ...]
    facts: tuple[Word, ...]
    parameters: tuple[Word, ...]


def rule_language(pack: Pack, on: date) -> RuleLanguage:
    """The help for conditions of this pack, in the active language."""
    facts = [_fact(each) for each in pack.facts.values()]
    if BIRTH in pack.facts:
        facts.insert(0, Word("age", _("age in completed years on the day of the decision"), _("a number")))
    return RuleLanguage(_examples(pack), tuple(facts), tuple(_parameters(pack, on)))


def _fact(fact: FactDef) -> Word:
    kinds = {
        "boolean": _("yes or no: write the name alone, or NOT before it"),
        "date": _(
            "a day: days_since(%(name)s), months_since(%(name)s), days_until(%(name)s), age_at(%(name)s)"
        )
        % {"name": fact.name},
        "integer": _("a number"),
    }
    if fact.type != "code":
        values = kinds[fact.type]
    elif fact.values:
        values = listed(
            _("%(code)s (%(words)s)") % {"code": as_written(f"'{code}'"), "words": pick(texts)}
            for code, texts in fact.values.items()
        )
    else:
        values = _("three-letter codes in quotes, such as %(code)s") % {"code": as_written("'TJK'")}
    return Word(fact.name, pick(fact.label), values)


def _parameters(pack: Pack, on: date) -> list[Word]:
    return [
        Word(f":{each.id}", pick(each.label), present_value(each, pack, on))
        for each in pack.parameters.values()
    ]


def _examples(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Examples of the commonest forms, with facts that the pack has."""
    known = (
        ("birth", "age BETWEEN 4 AND 14", pgettext("example of a condition", "from 4 to 14 completed years")),
        (
            "mother_present",
            "age <= 3 AND mother_present",
            pgettext("example of a condition", "both must hold"),
        ),
        (
            "nationality",
            "nationality IN ('IRQ', 'PSE')",
            pgettext("example of a condition", "one of these codes"),
        ),
        (
            "sex",
            "NOT (sex = 'male')",
            pgettext("example of a condition", "the opposite of what stands in brackets"),
        ),
    )
    return tuple((example, words) for fact, example, words in known if fact in pack.facts)
