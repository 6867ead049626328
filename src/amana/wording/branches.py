"""An open answer told case by case: “If 3: stays with the mother. If 4: state home.”

Only where one fact settles it, and that fact is an age, a yes or no, or one of a few codes; never where one
of the answers is an outcome that is never acted on, so that nobody is led to it. Each case is decided by the
engine, not guessed; ages with the same answer are told together. Completed years; a wide range is cut at
`AGES_TOLD`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.core.dates import ONE_DAY, DateSpan, age_span, last_birth_of_age
from amana.core.facts import FactRow, FactValue
from amana.core.policy import BIRTH, UNDETERMINED, Pack, decide
from amana.wording.ages import years_in_words
from amana.wording.conditions import AGE, value_in_words
from amana.wording.languages import one_of, pick
from amana.wording.law import outcome_in_words

AGES_TOLD = 120
CODES_TOLD = 4


def branches_in_words(pack: Pack, decision: str, row: FactRow) -> tuple[str, ...]:
    """One sentence for each answer that stays possible; empty where several facts are missing, or
    none is, or where an outcome that is never acted on is possible.
    """
    verdict = decide(pack, decision, row)
    if verdict.outcome != UNDETERMINED or len(verdict.needs) != 1:
        return ()
    outcomes = pack.decisions[decision].outcomes
    if not all(outcomes[outcome].actionable for outcome in verdict.possible):
        return ()
    need = verdict.needs[0]
    cases = _ages(row, pack) if need == AGE else _values(need, row, pack)
    answered = [(label, _answer(pack, decision, row, name, value)) for label, name, value in cases]
    grouped = groupby(answered, key=lambda case: case[1])
    return tuple(
        _sentence(need) % {"case": _together([label for label, _a in group]), "outcome": outcome}
        for outcome, group in grouped
    )


def _sentence(need: str) -> str:
    """An age needs its noun in Arabic, other cases are phrases of their own."""
    if need == AGE:
        return pgettext("an age", "If %(case)s: %(outcome)s.")
    return _("If %(case)s: %(outcome)s.")


def _answer(pack: Pack, decision: str, row: FactRow, name: str, value: FactValue) -> str:
    verdict = decide(pack, decision, replace(row, values={**row.values, name: value}, evidence={}))
    return one_of(outcome_in_words(outcome, pack, decision) for outcome in verdict.possible)


def _together(labels: list[int | str]) -> str:
    """Consecutive ages as one range; other values as alternatives."""
    ages = [label for label in labels if isinstance(label, int)]
    if ages:
        return years_in_words(ages[0], None if ages[-1] >= AGES_TOLD else ages[-1])
    return one_of(str(label) for label in labels)


def _ages(row: FactRow, pack: Pack) -> Iterator[tuple[int | str, str, FactValue]]:
    value = row.values.get(BIRTH)
    span = value if isinstance(value, DateSpan) else DateSpan(None, None)
    youngest, oldest = age_span(span, row.on, pack.leap_day)
    for age in range(max(0, youngest or 0), min(AGES_TOLD, AGES_TOLD if oldest is None else oldest) + 1):
        first = last_birth_of_age(age + 1, row.on, pack.leap_day)
        last = last_birth_of_age(age, row.on, pack.leap_day)
        earliest = first + ONE_DAY if first else None
        if span.earliest and (earliest is None or span.earliest > earliest):
            earliest = span.earliest
        latest = min(last or row.on, span.latest or row.on, row.on)
        yield age, BIRTH, DateSpan(earliest, latest)


def _values(need: str, row: FactRow, pack: Pack) -> Iterator[tuple[int | str, str, FactValue]]:
    fact = pack.facts.get(need)
    if fact is None:
        return
    if fact.type == "boolean":
        statement = pick(fact.statement or fact.label)
        yield statement, need, True
        yield _("it is not so that %(condition)s") % {"condition": statement}, need, False
        return
    stated = row.values.get(need)
    codes = stated if isinstance(stated, frozenset) else frozenset(fact.values)
    if fact.type == "code" and len(codes) <= CODES_TOLD:
        for code in sorted(codes):
            yield value_in_words(code, fact), need, frozenset({code})
