"""The best first question as one yes/no question, and what each answer leaves: “Born on or before 1 March
2003?”

What the answers lead to isn't told where one of them may be an outcome that is never acted on: nobody shall
be led, or lead a child, to the answer that opens it.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from amana.core.dates import age_on, last_birth_of_age
from amana.core.policy import BIRTH, FirstQuestion, Pack
from amana.wording.conditions import AGE, fact_in_words, value_in_words
from amana.wording.languages import day_in_words, one_of, pick
from amana.wording.law import event_in_words, outcome_in_words

NO_STATE = frozenset({"XXA", "XXB", "XXC"})
STATES = "iso-3166-1-alpha-3"


def first_question_in_words(asked: FirstQuestion, pack: Pack, on: date) -> str:
    """The question; `on` is the as-of date. A cut in births that is an age on that day is told as one too."""
    told = _question(asked, pack, on)
    return told[:1].upper() + told[1:]


def _question(asked: FirstQuestion, pack: Pack, on: date) -> str:
    if asked.kind == "law":
        told = {"day": day_in_words(on), "event": event_in_words(asked.name, pack)}
        return _("Had this happened by %(day)s: %(event)s?") % told
    if asked.kind == "date" and asked.cut:
        return _of_date(asked, asked.cut, pack, on)
    if asked.kind == "code":
        return _of_codes(asked, pack)
    fact = pack.facts[asked.name]
    if asked.kind == "number":
        return _("%(fact)s: %(number)s or more?") % {"fact": pick(fact.label), "number": asked.number}
    statement = pick(fact.statement or fact.label)
    return _("Is it so that %(statement)s?") % {"statement": statement}


def _of_date(asked: FirstQuestion, cut: date, pack: Pack, on: date) -> str:
    day = day_in_words(cut)
    if asked.name != BIRTH:
        told = {"fact": fact_in_words(asked.name, pack.facts), "day": day}
        return _("%(fact)s: on or before %(day)s?") % told
    age = age_on(cut, on, pack.leap_day)
    if asked.fact != AGE or cut != last_birth_of_age(age, on, pack.leap_day):
        return _("Born on or before %(day)s?") % {"day": day}
    return _("Born on or before %(day)s (%(age)s or older on %(on)s)?") % {
        "day": day,
        "age": age,
        "on": day_in_words(on),
    }


def _of_codes(asked: FirstQuestion, pack: Pack) -> str:
    fact = pack.facts[asked.name]
    values = one_of(value_in_words(code, fact) for code in asked.codes)
    if not fact.several:
        return _("%(fact)s: is it %(values)s?") % {"fact": pick(fact.label), "values": values}
    if fact.scheme == STATES and not NO_STATE & set(asked.codes):
        return _("Is one of the nationalities that of %(states)s?") % {"states": values}
    return _("%(fact)s: is one of them %(values)s?") % {"fact": pick(fact.label), "values": values}


def answers_in_words(asked: FirstQuestion, pack: Pack, decision: str) -> tuple[str, ...]:
    """What stays possible after a yes and after a no; or one sentence saying why that isn't told."""
    if not leads_told(asked, pack, decision):
        return (_("What each answer would lead to is not told here, so that nobody is led to one."),)
    yes, no = (
        one_of(outcome_in_words(outcome, pack, decision) for outcome in possible)
        for possible in (asked.if_yes, asked.if_no)
    )
    return (_("If yes: %(outcomes)s.") % {"outcomes": yes}, _("If no: %(outcomes)s.") % {"outcomes": no})


def leads_told(asked: FirstQuestion, pack: Pack, decision: str) -> bool:
    """Whether it is told what the answers lead to: not where one may be an outcome that is never acted on."""
    outcomes = pack.decisions[decision].outcomes
    return all(outcomes[outcome].actionable for outcome in {*asked.if_yes, *asked.if_no})
