"""Why not another answer: every other answer of the decision in a line, and one of them told whole.

Asked for by address (`?why_not=state_home`), so that it works without a script and can be printed. An answer
that is never acted on is told like any other; nothing here says what would bring one about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amana.core.facts import FactRow
from amana.core.policy import Contrast, Explanation, Pack, contrast
from amana.web.case.answer import Citation, Condition, citation, conditions_of, fact_lines
from amana.wording.contrasts import ContrastText, RuleContrastText, contrast_in_words, summary_in_words
from amana.wording.languages import as_told
from amana.wording.law import outcome_in_words
from amana.wording.terms import modality_in_words

LONGEST = 40


@dataclass(frozen=True)
class OtherAnswer:
    """An answer that isn't the one given. `summaries`: each rule that could give it, and what stands in its
    way.
    """

    id: str
    outcome: str
    possible: bool
    question: str
    sentence: str
    summaries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ContrastBlock:
    """One rule that could give the answer asked about, with the conditions that decide."""

    id: str
    modality: str
    conditions: tuple[Condition, ...]
    obstacles: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True)
class WhyNot:
    """The answer asked about, told whole."""

    id: str
    question: str
    sentence: str
    rules: tuple[ContrastBlock, ...]


def other_answers(explained: Explanation, row: FactRow, pack: Pack) -> Iterator[OtherAnswer]:
    """Every answer of the decision but the one given, in the pack's order."""
    for outcome in pack.decisions[explained.decision].outcomes:
        if (outcome,) == explained.verdict.possible:
            continue
        told, words = _told(outcome, explained, row, pack)
        yield OtherAnswer(
            id=outcome,
            outcome=outcome_in_words(outcome, pack, explained.decision),
            possible=told.status == "possible",
            question=words.question,
            sentence=words.answer,
            summaries=tuple((each.contrast.rule.id, summary_in_words(each)) for each in words.rules),
        )


def why_not(asked: str, explained: Explanation, row: FactRow, pack: Pack) -> WhyNot | None:
    """The answer asked about; None where the decision knows no such answer."""
    if asked not in pack.decisions[explained.decision].outcomes:
        return None
    _contrast, words = _told(asked, explained, row, pack)
    blocks = tuple(_block(each, explained, pack) for each in words.rules)
    return WhyNot(asked, words.question, words.answer, blocks)


def no_such_answer(asked: str) -> str:
    """What to say of an answer that the decision doesn't know."""
    shown = asked if len(asked) <= LONGEST else f"{asked[:LONGEST]}…"
    return _("There is no answer called “%(asked)s”. Choose one from the list below.") % {
        "asked": as_told(shown)
    }


def _told(outcome: str, explained: Explanation, row: FactRow, pack: Pack) -> tuple[Contrast, ContrastText]:
    told = contrast(pack, explained.decision, row, outcome)
    return told, contrast_in_words(told, pack, explained.decision, explained.on)


def _block(told: RuleContrastText, explained: Explanation, pack: Pack) -> ContrastBlock:
    rule = told.contrast.rule
    return ContrastBlock(
        id=rule.id,
        modality=modality_in_words(rule.modality),
        conditions=conditions_of(told.lines, fact_lines(explained, pack), pack),
        obstacles=told.obstacles,
        citation=citation(rule.source),
    )
