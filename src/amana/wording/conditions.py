"""Conditions of rules in words: “age is 3 or younger”, “nationality is Iraq or Palestine”, with the pack's
own statements.

Takes the tree an explanation shows (`ConditionView`) and the facts of the pack. Adds nothing to what the
rule says; an operator it has no phrase for is shown as the rule writes it. Of a value that changes from day
to day only what may count on the day is shown of a person, all of it of nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.core.policy import ConditionView, FactDef
from amana.core.policy.nodes import Node
from amana.core.policy.rule_views import condition_view
from amana.core.truth import Truth
from amana.wording.languages import day_in_words, each_of, one_of, pick, state_in_words
from amana.wording.law import in_force_in_words

AGE = "age"
_MEASURE = re.compile(r"(age_at|days_since|days_until|months_since)\((\w+)\)")

Counting = tuple[str, str, str]

TURNED = {"<=": ">", "<": ">=", ">=": "<", ">": "<=", "=": "<>", "<>": "="}
"""Comparison -> the one that holds where it does not."""


@dataclass(frozen=True)
class ConditionLine:
    """One line of a condition that an official reads: what it asks, in words, whether it holds, and the names
    of the facts that answer it. `parts`: of alternatives each as a line of its own, under `lead` (“at least
    one of these:”). `counting`: of the values it names that change from day to day those that
    count or may count, each as the parameter's id and the ends of its period (EDTF). `asks`: the facts and
    measures that it reads, such as `age`.
    """

    text: str
    truth: Truth
    facts: tuple[str, ...]
    counting: tuple[Counting, ...] = ()
    asks: tuple[str, ...] = ()
    lead: str = ""
    parts: tuple[ConditionLine, ...] = ()


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
        yield _line(view, condition_in_words(view, facts), facts)


def _line(view: ConditionView, told: str, facts: Mapping[str, FactDef]) -> ConditionLine:
    """One line, with its alternatives as lines of their own; what must hold together stays together."""
    lead, whole = _alternatives(view)
    parts = _options(whole, facts) if whole else ()
    return ConditionLine(
        told,
        view.truth,
        facts_of(view),
        asks=asks_of(view),
        lead=lead,
        parts=tuple(_line(part, words, facts) for part, words in parts),
    )


def _alternatives(view: ConditionView) -> tuple[str, ConditionView | None]:
    """What stands above alternatives that are told line by line, and what they are the alternatives of."""
    if view.kind == "any" and not view.dated:
        return _("at least one of these:"), view
    if view.kind == "not" and view.children[0].kind == "any":
        return _("none of these:"), view.children[0]
    return "", None


def _options(
    view: ConditionView, facts: Mapping[str, FactDef], whole: ConditionView | None = None
) -> list[tuple[ConditionView, str]]:
    """Alternatives in words. That a statement is not on record, or not so, is one of them and not two."""
    denied = {kind: _denied(view, kind) for kind in ("known", "flag")}
    both = denied["known"].keys() & denied["flag"].keys()
    found = []
    for part in view.children:
        of = part.children[0] if part.kind == "not" else part
        if part.kind != "not" or of.fact not in both or of.kind not in denied:
            told = _part_in_words(part, whole, facts) if whole else condition_in_words(part, facts)
            found.append((part, told))
        elif of.kind == "flag":
            blank = denied["known"][of.fact]
            truth = Truth.TRUE if Truth.TRUE in (blank.truth, part.truth) else part.truth
            said = _("it is not on record that %(statement)s")
            words = said % {"statement": _flag_in_words(of.fact, facts)}
            found.append((replace(part, truth=truth), words))
    return found


def _denied(view: ConditionView, kind: str) -> dict[str, ConditionView]:
    """The alternatives that deny a statement, or that it is on record, by its fact."""
    parts = [part for part in view.children if part.kind == "not" and part.children[0].kind == kind]
    return {part.children[0].fact: part for part in parts}


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
    if view.kind == "not":
        return _denied_in_words(view.children[0], view, facts)
    if view.kind == "any":
        return one_of(words for _part, words in _options(view, facts, view))
    if view.children:
        return each_of(_part_in_words(child, view, facts) for child in view.children)
    return _leaf_in_words(view, facts)


def _leaf_in_words(view: ConditionView, facts: Mapping[str, FactDef]) -> str:
    if view.kind == "known":
        return _("%(fact)s is on record") % {"fact": fact_in_words(view.fact, facts)}
    if view.kind == "flag":
        return _flag_in_words(view.fact, facts)
    return _comparison_in_words(view, facts)


def _denied_in_words(view: ConditionView, whole: ConditionView, facts: Mapping[str, FactDef]) -> str:
    """That something is not so: turned round where it can be, else denied."""
    if view.kind == "known":
        return _("%(fact)s is not on record") % {"fact": fact_in_words(view.fact, facts)}
    told = {"condition": _part_in_words(view, whole, facts)}
    return _turned_in_words(view, facts) or _("it is not so that %(condition)s") % told


def _part_in_words(view: ConditionView, whole: ConditionView, facts: Mapping[str, FactDef]) -> str:
    """A part of a condition; in brackets where it joins parts otherwise than what it is part of."""
    told = condition_in_words(view, facts)
    mixed = {view.kind, whole.kind} == {"all", "any"} or (whole.kind == "not" and len(view.children) > 1)
    return _("(%(condition)s)") % {"condition": told} if mixed and not (view.timed or view.dated) else told


def _turned_in_words(view: ConditionView, facts: Mapping[str, FactDef]) -> str:
    """What is not so as what is: “is not Iraq”, “is more than 3”; empty where it can only be denied."""
    if view.kind == "any":
        between = pgettext("between alternatives of several words", "; ")
        parts = between.join(each for _part, each in _options(view, facts))
        return _("none of these: %(conditions)s") % {"conditions": parts}
    if view.children or view.timed or view.dated or view.kind in ("known", "flag", "between"):
        return ""
    if view.kind == "in":
        several = len(view.operands) > 1
        words = _("%(fact)s is not one of: %(values)s") if several else _("%(fact)s is not %(values)s")
        return words % {"fact": fact_in_words(view.fact, facts), "values": _values_in_words(view, facts)}
    turned = TURNED.get(view.operator)
    return _comparison_in_words(replace(view, operator=turned), facts) if turned else ""


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


def _values_in_words(view: ConditionView, facts: Mapping[str, FactDef]) -> str:
    fact = facts.get(view.fact)
    return one_of(_operand_in_words(operand, fact, facts) for operand in view.operands)


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
