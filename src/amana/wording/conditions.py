"""Conditions of rules in words: “age is 3 or younger”, “nationality is Iraq or Palestine”, with the pack's
own statements.

Takes the tree an explanation shows (`ConditionView`) and the facts of the pack. Adds nothing to what the
rule says; an operator it has no phrase for is shown as the rule writes it. Of a value that changes from day
to day only what may count on the day is shown of a person, all of it of nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amana.core.policy import ConditionView, FactDef
from amana.core.policy.nodes import Node
from amana.core.policy.rule_views import condition_view
from amana.core.truth import Truth
from amana.wording.languages import day_in_words, each_of, one_of, pick, state_in_words
from amana.wording.law import in_force_in_words

AGE = "age"
_MEASURE = re.compile(r"(age_at|days_since|days_until|months_since)\((\w+)\)")

Counting = tuple[str, str, str]


@dataclass(frozen=True)
class ConditionLine:
    """One line of a condition that an official reads: what it asks, in words, whether it holds, and the names
    of the facts that answer it. `counting`: of the values it names that change from day to day those that
    count or may count, each as the parameter's id and the ends of its period (EDTF). `asks`: the facts and
    measures that it reads, such as `age`.
    """

    text: str
    truth: Truth
    facts: tuple[str, ...]
    counting: tuple[Counting, ...] = ()
    asks: tuple[str, ...] = ()


def condition_lines(view: ConditionView, facts: Mapping[str, FactDef]) -> Iterator[ConditionLine]:
    """The parts of a condition that must hold together, one line each; alternatives stay in one line."""
    if view.dated:
        parts = [part for part in view.children if _counts(part)]
        told = [_test_of(part) for part in parts] if len(parts) == 1 else parts
        text = one_of(condition_in_words(part, facts) for part in told)
        yield ConditionLine(
            text, view.truth, facts_of(view), tuple(dict.fromkeys(_counting(parts))), asks_of(view)
        )
    elif view.kind == "all":
        for child in view.children:
            yield from condition_lines(child, facts)
    else:
        yield ConditionLine(condition_in_words(view, facts), view.truth, facts_of(view), asks=asks_of(view))


def facts_of(view: ConditionView) -> tuple[str, ...]:
    """The names of all facts that answer a condition, each once."""
    named = [*view.facts, *(name for child in view.children for name in facts_of(child))]
    return tuple(dict.fromkeys(named))


def asks_of(view: ConditionView) -> tuple[str, ...]:
    """The facts and measures that a condition reads, each once."""
    named = [
        *([view.fact] if view.fact else []),
        *(name for child in view.children for name in asks_of(child)),
    ]
    return tuple(dict.fromkeys(named))


def _counts(part: ConditionView) -> bool:
    return not part.timed or all(
        each.truth is not Truth.FALSE for each in part.children if each.kind == "during"
    )


def _test_of(part: ConditionView) -> ConditionView:
    return part.children[-1] if part.timed else part


def _counting(parts: Iterable[ConditionView]) -> Iterator[Counting]:
    for part in parts:
        for period in part.children if part.timed else ():
            if period.kind == "during":
                start, end = period.operands
                yield from ((name, start, end) for name in _test_of(part).parameters)


def condition_in_words(view: ConditionView, facts: Mapping[str, FactDef]) -> str:
    """The whole condition as one phrase without a capital or a full stop."""
    if view.timed:
        return _timed_in_words(view, facts)
    if view.kind == "not" and view.children[0].kind == "known":
        return _("%(fact)s is not on record") % {"fact": fact_in_words(view.children[0].fact, facts)}
    if view.children:
        return _whole_in_words(view.kind, [_part_in_words(child, view, facts) for child in view.children])
    if view.kind == "known":
        return _("%(fact)s is on record") % {"fact": fact_in_words(view.fact, facts)}
    if view.kind == "flag":
        return _flag_in_words(view.fact, facts)
    return _comparison_in_words(view, facts)


def _part_in_words(view: ConditionView, whole: ConditionView, facts: Mapping[str, FactDef]) -> str:
    """A part of a condition; in brackets where it joins parts otherwise than what it is part of."""
    told = condition_in_words(view, facts)
    mixed = {view.kind, whole.kind} == {"all", "any"} or (whole.kind == "not" and len(view.children) > 1)
    return _("(%(condition)s)") % {"condition": told} if mixed and not (view.timed or view.dated) else told


def _whole_in_words(kind: str, parts: list[str]) -> str:
    if kind == "not":
        return _("it is not so that %(condition)s") % {"condition": parts[0]}
    return each_of(parts) if kind == "all" else one_of(parts)


def _timed_in_words(view: ConditionView, facts: Mapping[str, FactDef]) -> str:
    periods = [in_force_in_words(*part.operands) for part in view.children if part.kind == "during"]
    test = condition_in_words(_test_of(view), facts)
    return _("%(condition)s (%(when)s)") % {"condition": test, "when": each_of(periods)}


def rule_condition_in_words(node: Node, facts: Mapping[str, FactDef]) -> str:
    """The condition of a rule as the pack holds it, asked of nobody."""
    return condition_in_words(condition_view(node, lambda _node: Truth.UNKNOWN), facts)


def fact_in_words(name: str, facts: Mapping[str, FactDef]) -> str:
    """What a fact is called: the pack's label, “age” for an age; a measure of a date by what it counts."""
    if name == AGE:
        return _("age")
    measure = _MEASURE.fullmatch(name)
    if measure:
        kind, of = measure.groups()
        return _measure(kind) % {"fact": fact_in_words(of, facts)}
    fact = facts.get(name)
    return pick(fact.label) if fact else name


def _measure(kind: str) -> str:
    return {
        "age_at": _("age as of %(fact)s"),
        "days_since": _("number of days since %(fact)s"),
        "days_until": _("number of days until %(fact)s"),
        "months_since": _("number of completed months since %(fact)s"),
    }[kind]


def value_in_words(code: str, fact: FactDef | None) -> str:
    """A value of a fact as the pack names it; a state by its name."""
    if fact is not None and code in fact.values:
        return pick(fact.values[code])
    if fact is not None and fact.scheme:
        return state_in_words(code)
    return code


def _flag_in_words(name: str, facts: Mapping[str, FactDef]) -> str:
    fact = facts.get(name)
    if fact is not None and fact.statement:
        return pick(fact.statement)
    return fact_in_words(name, facts)


def _comparison_in_words(view: ConditionView, facts: Mapping[str, FactDef]) -> str:
    subject = fact_in_words(view.fact, facts)
    fact = facts.get(view.fact)
    of_date = fact is not None and fact.type == "date"
    values = [_operand_in_words(operand, fact, facts) for operand in view.operands]
    if view.kind == "between" and len(values) == 2:
        dated = _("%(fact)s is from %(least)s to %(most)s")
        phrase = dated if of_date else _("%(fact)s is %(least)s to %(most)s")
        return phrase % {"fact": subject, "least": values[0], "most": values[1]}
    if view.kind == "in":
        return _("%(fact)s is %(values)s") % {"fact": subject, "values": one_of(values)}
    of_age = view.fact == AGE or view.fact.startswith("age_at(")
    found = (_of_dates() if of_date else _of_ages() if of_age else _of_numbers()).get(view.operator)
    if found is None or len(values) != 1:
        return view.text
    return found % {"fact": subject, "value": values[0]}


def _operand_in_words(operand: str, fact: FactDef | None, facts: Mapping[str, FactDef]) -> str:
    """A value; of a date the day, or the other date it is compared with."""
    if fact is None or fact.type != "date":
        return value_in_words(operand, fact)
    return fact_in_words(operand, facts) if operand in facts else day_in_words(date.fromisoformat(operand))


def _of_ages() -> dict[str, str]:
    return {
        "<=": _("%(fact)s is %(value)s or younger"),
        "<": _("%(fact)s is below %(value)s"),
        ">=": _("%(fact)s is %(value)s or older"),
        ">": _("%(fact)s is above %(value)s"),
        "=": _("%(fact)s is %(value)s"),
        "<>": _("%(fact)s is not %(value)s"),
    }


def _of_numbers() -> dict[str, str]:
    return {
        "<=": _("%(fact)s is at most %(value)s"),
        "<": _("%(fact)s is less than %(value)s"),
        ">=": _("%(fact)s is at least %(value)s"),
        ">": _("%(fact)s is more than %(value)s"),
        "=": _("%(fact)s is %(value)s"),
        "<>": _("%(fact)s is not %(value)s"),
    }


def _of_dates() -> dict[str, str]:
    return {
        "<=": _("%(fact)s is on or before %(value)s"),
        "<": _("%(fact)s is before %(value)s"),
        ">=": _("%(fact)s is on or after %(value)s"),
        ">": _("%(fact)s is after %(value)s"),
        "=": _("%(fact)s is %(value)s"),
        "<>": _("%(fact)s is not %(value)s"),
    }
