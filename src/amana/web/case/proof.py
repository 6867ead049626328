"""The steps from the facts to the answer as a person would tell them: the age, each rule that speaks,
the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from amana.core.dates import DateSpan
from amana.core.policy import Explanation, FactView, Pack, RuleView
from amana.core.truth import Truth
from amana.web.case.answer import Answer
from amana.wording.ages import birth_in_words, years_in_words
from amana.wording.conditions import condition_lines
from amana.wording.languages import day_in_words, each_of, pick
from amana.wording.law import outcome_in_words
from amana.wording.terms import modality_in_words


def proof_steps(explained: Explanation, pack: Pack, answer: Answer) -> Iterator[str]:
    """One sentence a step, in the active language."""
    for fact in explained.facts:
        if fact.needs_name == "age":
            yield _age_step(fact, explained)
    for rule in explained.rules:
        if rule.holds is not Truth.FALSE:
            yield _rule_step(rule, pack, explained.decision)
    for block in answer.speaking:
        if block.defeated_by:
            yield _("%(rule)s is set aside by %(others)s.") % {
                "rule": block.id,
                "others": each_of(block.defeated_by),
            }
    if not answer.speaking:
        yield _("No rule of the pack holds for these facts.")
    yield answer.sentence


def _age_step(fact: FactView, explained: Explanation) -> str:
    if fact.youngest is None and fact.oldest is None:
        return _("The %(fact)s is not known, so every age is possible.") % {"fact": pick(fact.label)}
    return _("Birth: %(birth)s. On %(day)s the completed years are %(years)s.") % {
        "birth": birth_in_words(fact.value if isinstance(fact.value, DateSpan) else None, fact.stated),
        "day": day_in_words(explained.on),
        "years": years_in_words(fact.youngest or 0, fact.oldest),
    }


def _rule_step(rule: RuleView, pack: Pack, decision: str) -> str:
    lines = list(condition_lines(rule.condition, pack.facts))
    said = {
        "force": modality_in_words(rule.modality),
        "outcome": outcome_in_words(rule.outcome, pack, decision),
        "rule": rule.id,
    }
    if rule.holds is Truth.TRUE:
        told = each_of(line.text for line in lines)
        return _("%(rule)s speaks (%(force)s: %(outcome)s), since %(conditions)s.") % {
            **said,
            "conditions": told,
        }
    open_ones = [line.text for line in lines if line.truth is Truth.UNKNOWN]
    if rule.in_force is Truth.UNKNOWN:
        open_ones.append(_("its text is in force"))
    return _("%(rule)s may speak (%(force)s: %(outcome)s); it is not known whether %(conditions)s.") % {
        **said,
        "conditions": each_of(open_ones),
    }
