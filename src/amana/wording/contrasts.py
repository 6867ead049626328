"""Why another answer is not given, may be or is: rule by rule, with the conditions that fail or are open.

Says what stands in the way, never what would bring an answer about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amana.core.policy import Contrast, Explanation, Pack, RuleContrast
from amana.core.truth import Truth
from amana.wording.conditions import ConditionLine, condition_lines
from amana.wording.explanations import condition_text_lines, inexact_in_words
from amana.wording.languages import as_written, day_in_words, each_of, listed
from amana.wording.law import citation_in_words, in_force_in_words, in_reading_order, outcome_in_words
from amana.wording.terms import modality_in_words
from amana.wording.verdicts import verdict_in_words


@dataclass(frozen=True)
class RuleContrastText:
    """One rule that could give the answer: the conditions that decide, and what else stands in the way."""

    contrast: RuleContrast
    lines: tuple[ConditionLine, ...]
    obstacles: tuple[str, ...]


@dataclass(frozen=True)
class ContrastText:
    """One answer that was asked about."""

    question: str
    answer: str
    rules: tuple[RuleContrastText, ...]


def contrast_in_words(told: Contrast, pack: Pack, decision: str, on: date) -> ContrastText:
    """The contrast in the active language, rules in reading order; `on` is the as-of date."""
    by_id = {each.rule.id: each for each in told.rules}
    rules = in_reading_order((each.rule for each in told.rules), pack, decision)
    return ContrastText(
        question=question_in_words(told, pack, decision),
        answer=" ".join(_answer(told, pack, decision)),
        rules=tuple(_rule(by_id[rule.id], pack, on) for rule in rules),
    )


def question_in_words(told: Contrast, pack: Pack, decision: str) -> str:
    """“Why not ‘state home’?”, or “Why may it be ‘state home’?” where that is possible."""
    outcome = {"outcome": outcome_in_words(told.outcome, pack, decision)}
    if told.status == "given":
        return _("Why “%(outcome)s”?") % outcome
    if told.status == "possible":
        return _("Why may it be “%(outcome)s”?") % outcome
    return _("Why not “%(outcome)s”?") % outcome


def _answer(told: Contrast, pack: Pack, decision: str) -> Iterator[str]:
    known = pack.decisions[decision]
    if told.status == "invalid":
        yield _("While a fact contradicts itself there is no answer to compare with.")
    elif told.status == "given":
        yield _("It is the one answer for these facts.")
    elif told.status == "possible":
        yield _("It is one of the answers that are still possible.")
    elif told.silencing:
        yield _("It would follow only where no rule speaks, and one speaks whatever is still unknown.")
    else:
        yield _("No rule that gives it speaks for these facts.")
    if told.silencing:
        speaking = listed(as_written(rule.id) for rule in told.silencing)
        yield _("Rules that speak or may speak: %(rules)s.") % {"rules": speaking}
    if not known.outcomes[told.outcome].actionable:
        yield _("It is never acted on.")


def _rule(told: RuleContrast, pack: Pack, on: date) -> RuleContrastText:
    views = (*told.failing, *told.unknown)
    lines = tuple(line for view in views for line in condition_lines(view, pack.facts))
    return RuleContrastText(told, lines, tuple(_obstacles(told, on)))


def _obstacles(told: RuleContrast, on: date) -> Iterator[str]:
    when = {"day": day_in_words(on), "when": in_force_in_words(told.rule.from_, told.rule.until)}
    if told.in_force is Truth.FALSE:
        yield _("Its text is not in force on %(day)s (in force: %(when)s).") % when
    elif told.in_force is Truth.UNKNOWN:
        yield _("It is not known whether its text is in force on %(day)s (in force: %(when)s).") % when
    if told.defeated_by:
        others = listed(as_written(other) for other in told.defeated_by)
        certain = told.rule.stands is Truth.FALSE
        yield (_("It is set aside by %(rules)s.") if certain else _("It may be set aside by %(rules)s.")) % {
            "rules": others
        }
    if told.rule.stands is Truth.TRUE:
        yield _("Every condition is met and nothing sets it aside.")
    elif told.rule.holds is Truth.FALSE and not told.failing and told.in_force is not Truth.FALSE:
        yield _("Its conditions can't all be met together.")


def summary_in_words(told: RuleContrastText) -> str:
    """One rule in a sentence or two, for a list: what fails, else what is open, and what else stands."""
    failing = [line.text for line in told.lines if line.truth is Truth.FALSE]
    unknown = [line.text for line in told.lines if line.truth is Truth.UNKNOWN]
    said = []
    if failing:
        said.append(_("It is not so that %(conditions)s.") % {"conditions": each_of(failing)})
    elif unknown:
        said.append(_("It is not known whether %(conditions)s.") % {"conditions": each_of(unknown)})
    return " ".join([*said, *told.obstacles])


def contrast_lines(told: Contrast, explained: Explanation, pack: Pack) -> Iterator[str]:
    """The contrast as lines of plain text, the answer given above it, the facts beside each condition."""
    words = contrast_in_words(told, pack, explained.decision, explained.on)
    facts = {fact.name: fact for fact in explained.facts}
    yield f"{as_written(explained.ref)} · {day_in_words(explained.on)}"
    yield verdict_in_words(explained.verdict, pack, explained.decision)
    yield from (f"! {why}" for why in inexact_in_words(explained))
    yield ""
    yield words.question
    yield words.answer
    for each in words.rules:
        rule = each.contrast.rule
        yield ""
        yield f"{as_written(rule.id)} · {modality_in_words(rule.modality)}"
        yield from (f"  {obstacle}" for obstacle in each.obstacles)
        yield from condition_text_lines(each.lines, facts, pack)
        yield f"  {citation_in_words(rule.source)}"
