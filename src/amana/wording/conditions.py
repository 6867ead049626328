"""Conditions of rules in words: “age is 3 or younger”, “nationality is Iraq or Palestine”, with the pack's
own statements.

Takes the tree an explanation shows (`ConditionView`) and the facts of the pack. Adds nothing to what the
rule says; an operator it has no phrase for is shown as the rule writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amana.core.policy import ConditionView, FactDef
from amana.core.policy.nodes import All, Any, Known, Node, Not, Test
from amana.core.truth import Truth
from amana.wording.languages import each_of, one_of, pick, state_in_words

AGE = "age"


@dataclass(frozen=True)
class ConditionLine:
    """One line of a condition that an official reads: what it asks, in words, and whether it holds."""

    text: str
    truth: Truth
    fact: str


def condition_lines(view: ConditionView, facts: Mapping[str, FactDef]) -> Iterator[ConditionLine]:
    """The parts of a condition that must hold together, one line each; alternatives stay in one line."""
    if view.kind == "all":
        for child in view.children:
            yield from condition_lines(child, facts)
    else:
        yield ConditionLine(condition_in_words(view, facts), view.truth, view.fact)


def condition_in_words(view: ConditionView, facts: Mapping[str, FactDef]) -> str:
    """The whole condition as one phrase without a capital or a full stop."""
    parts = [condition_in_words(child, facts) for child in view.children]
    if view.kind == "all":
        return each_of(parts)
    if view.kind == "any":
        return one_of(parts)
    if view.kind == "not":
        return _("it is not so that %(condition)s") % {"condition": parts[0]}
    if view.kind == "known":
        return _("%(fact)s is on record") % {"fact": fact_in_words(view.fact, facts)}
    if view.kind == "flag":
        return _flag_in_words(view.fact, facts)
    return _comparison_in_words(view, facts)


def rule_condition_in_words(node: Node, facts: Mapping[str, FactDef]) -> str:
    """The condition of a rule as the pack holds it, asked of nobody."""
    return condition_in_words(_view_of(node), facts)


def fact_in_words(name: str, facts: Mapping[str, FactDef]) -> str:
    """What a fact is called: the pack's label, “age” for an age, the expression itself for counted days and
    months.
    """
    if name == AGE:
        return _("age")
    fact = facts.get(name)
    return pick(fact.label) if fact else name


def value_in_words(code: str, fact: FactDef | None) -> str:
    """A value of a fact as the pack names it; a state by its name."""
    if fact is not None and code in fact.values:
        return pick(fact.values[code])
    if fact is not None and fact.scheme:
        return state_in_words(code)
    return code


def _view_of(node: Node) -> ConditionView:
    if isinstance(node, Test):
        kind: str = node.operator if node.operator in ("between", "in") else "compare"
        operands = tuple(str(operand) for operand in node.operands)
        return ConditionView(
            kind, Truth.UNKNOWN, node.text, fact=node.term.label, operator=node.operator, operands=operands
        )
    if isinstance(node, Not):
        return ConditionView("not", Truth.UNKNOWN, node.text, (_view_of(node.child),))
    if isinstance(node, All | Any):
        kind = "all" if isinstance(node, All) else "any"
        return ConditionView(
            kind, Truth.UNKNOWN, node.text, tuple(_view_of(child) for child in node.children)
        )
    leaf = "known" if isinstance(node, Known) else "flag"
    return ConditionView(leaf, Truth.UNKNOWN, node.text, fact=node.fact)


def _flag_in_words(name: str, facts: Mapping[str, FactDef]) -> str:
    fact = facts.get(name)
    if fact is not None and fact.statement:
        return pick(fact.statement)
    return fact_in_words(name, facts)


def _comparison_in_words(view: ConditionView, facts: Mapping[str, FactDef]) -> str:
    subject = fact_in_words(view.fact, facts)
    values = [value_in_words(operand, facts.get(view.fact)) for operand in view.operands]
    if view.kind == "between" and len(values) == 2:
        return _("%(fact)s is %(least)s to %(most)s") % {
            "fact": subject,
            "least": values[0],
            "most": values[1],
        }
    if view.kind == "in":
        return _("%(fact)s is %(values)s") % {"fact": subject, "values": one_of(values)}
    phrase = _comparison(view.operator, view.fact.startswith(AGE))
    if phrase is None or len(values) != 1:
        return view.text
    return phrase % {"fact": subject, "value": values[0]}


def _comparison(operator: str, of_age: bool) -> str | None:
    if of_age:
        return {
            "<=": _("%(fact)s is %(value)s or younger"),
            "<": _("%(fact)s is below %(value)s"),
            ">=": _("%(fact)s is %(value)s or older"),
            ">": _("%(fact)s is above %(value)s"),
            "=": _("%(fact)s is %(value)s"),
            "<>": _("%(fact)s is not %(value)s"),
        }.get(operator)
    return {
        "<=": _("%(fact)s is at most %(value)s"),
        "<": _("%(fact)s is less than %(value)s"),
        ">=": _("%(fact)s is at least %(value)s"),
        ">": _("%(fact)s is more than %(value)s"),
        "=": _("%(fact)s is %(value)s"),
        "<>": _("%(fact)s is not %(value)s"),
    }.get(operator)
