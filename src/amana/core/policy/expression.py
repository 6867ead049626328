"""Reads the condition of a rule: a small whitelist of SQL, parsed by sqlglot, turned into `nodes`.

Valid: AND, OR, NOT, = <> < <= > >=, BETWEEN, IN, literals, `:parameters`, fact names, `age`,
`age_at(fact)`, `days_since(fact)`, `days_until(fact)`, `months_since(fact)`, and `fact IS [NOT] KNOWN` on
record facts. Everything else is refused with its position (characters from 1) and what would be valid.
sqlglot's optimizer is never run over rules, and its own functions never reach a database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product
from math import prod
from types import MappingProxyType
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from amana.core.policy import nodes
from amana.core.policy.domains import domain
from amana.core.policy.loading.periods import apart
from amana.core.policy.mends import (
    instead_of_code,
    instead_of_list,
    instead_of_name,
    instead_of_operand,
    instead_of_value,
)
from amana.core.policy.model import Event, FactDef, InForce, Parameter
from amana.core.policy.nodes import Operand, Operator, Term, TermKind

BIRTH = "birth"
"""The one fact that the language itself knows by name: `age` is measured from it."""
LONGEST = 4_000
_COMMENT = re.compile(r"--|/\*")
VALID = (
    "AND, OR, NOT, = <> < <= > >=, BETWEEN, IN, literals, :parameters, fact names, age, age_at(fact), "
    "days_since(fact), days_until(fact), months_since(fact), and IS [NOT] KNOWN on record facts."
)
_OPERATORS: dict[type[exp.Expr], Operator] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_MIRRORED: dict[Operator, Operator] = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_MEASURES = frozenset({"days_since", "days_until", "months_since", "age_at"})
VARIANTS_CAP = 64


@dataclass(frozen=True)
class _Given:
    """What stands where a value is needed: the values with the period in which they are in force, and the
    parameter that they come from.
    """

    choices: tuple[tuple[InForce, tuple[Operand, ...]], ...]
    parameter: str = ""


def _always(value: Operand) -> _Given:
    return _Given(((InForce(), (value,)),))


@dataclass(frozen=True)
class Refusal:
    """Why a condition is refused: the character it starts at (from 1), the reason and the mend."""

    position: int
    reason: str
    mend: str


class _Refused(Exception):
    def __init__(self, at: exp.Expr, reason: str, mend: str) -> None:
        self.refusal = Refusal(_position(at), reason, mend)
        super().__init__(reason)


def read_condition(
    text: str,
    facts: Mapping[str, FactDef],
    parameters: Mapping[str, Parameter],
    events: Mapping[str, Event] = MappingProxyType({}),
) -> tuple[nodes.Node | None, list[Refusal]]:
    """The condition as a tree, or None with every reason why it is refused. `events` tell which values of two
    parameters are never in force together.
    """
    if len(text) > LONGEST:
        reason = f"The condition has {len(text)} characters; {LONGEST} are the most."
        return None, [
            Refusal(LONGEST + 1, reason, "Split it into several rules, or list codes in parameters.")
        ]
    if comment := _COMMENT.search(text):
        reason = "A comment inside a condition is never read."
        return None, [
            Refusal(comment.start() + 1, reason, "Write it in the rule's reason, or after # on a line.")
        ]
    try:
        return _read(text, _Reader(facts, parameters, events))
    except RecursionError:
        return None, [Refusal(1, "The brackets are nested too deep.", "Split it into several rules.")]


def _read(text: str, reader: _Reader) -> tuple[nodes.Node | None, list[Refusal]]:
    try:
        parsed = sqlglot.parse_one(text)
    except ParseError as error:
        first = error.errors[0] if error.errors else {}
        position = max(1, int(first.get("col") or 1) - len(str(first.get("highlight") or "")) + 1)
        return None, [Refusal(position, "The condition is incomplete or malformed.", f"Valid: {VALID}")]
    except TokenError:
        return None, [Refusal(1, "A quote or a bracket of the condition is not closed.", "Close it.")]
    node = reader.condition(parsed)
    return (None if reader.refusals else node), reader.refusals


class _Reader:
    def __init__(
        self,
        facts: Mapping[str, FactDef],
        parameters: Mapping[str, Parameter],
        events: Mapping[str, Event],
    ) -> None:
        self.facts = facts
        self.parameters = parameters
        self.events = events
        self.refusals: list[Refusal] = []

    def condition(self, tree: exp.Expr) -> nodes.Node | None:
        """Converts a node and its children; every refusal below is collected."""
        try:
            if isinstance(tree, exp.Paren):
                return self.condition(tree.this)
            if isinstance(tree, exp.And | exp.Or):
                return self._junction(tree)
            if isinstance(tree, exp.Not):
                child = self.condition(tree.this)
                return child and nodes.Not(tree.sql(), child)
            return self._leaf(tree)
        except _Refused as refused:
            self.refusals.append(refused.refusal)
            return None

    def _junction(self, tree: exp.And | exp.Or) -> nodes.Node | None:
        children = [self.condition(part) for part in tree.flatten()]
        sound = tuple(child for child in children if child is not None)
        if len(sound) < len(children):
            return None
        return nodes.All(tree.sql(), sound) if isinstance(tree, exp.And) else nodes.Any(tree.sql(), sound)

    def _leaf(self, tree: exp.Expr) -> nodes.Node:
        if isinstance(tree, exp.Column):
            fact = self._fact(tree)
            if fact.type != "boolean":
                reason = f"“{fact.name}” is no boolean, so it can't stand alone."
                raise _Refused(tree, reason, "Compare it with a value.")
            return nodes.Flag(fact.name, fact.name)
        if isinstance(tree, exp.Is):
            return self._known(tree)
        if type(tree) in _OPERATORS:
            return self._comparison(tree)
        if isinstance(tree, exp.Between) and not tree.args.get("symmetric"):
            term = self._term(tree.this)
            ends = [self._operand(tree.args[end], term) for end in ("low", "high")]
            return self._test(tree, term, "between", ends)
        if isinstance(tree, exp.In) and isinstance(tree.args.get("field"), exp.Placeholder | exp.Column):
            raise _Refused(tree, "The list after IN has no brackets.", instead_of_list(tree))
        if isinstance(tree, exp.In) and not (_given(tree) - {"this", "expressions"}):
            term = self._term(tree.this)
            listed = [self._operand(item, term) for item in tree.expressions]
            return self._test(tree, term, "in", listed)
        raise _Refused(tree, f"“{tree.sql()}” is not allowed in a condition.", f"Valid: {VALID}")

    def _known(self, tree: exp.Is) -> nodes.Known:
        asked, word = tree.this, tree.expression
        if (
            not isinstance(word, exp.Column)
            or word.name.upper() != "KNOWN"
            or not isinstance(asked, exp.Column)
        ):
            reason = f"“{tree.sql()}” is not allowed in a condition."
            raise _Refused(tree, reason, "Write fact IS [NOT] KNOWN.")
        fact = self._fact(asked)
        if fact.kind != "record":
            reason = f"“{fact.name}” is a person's fact; learning it would overturn a definite outcome."
            raise _Refused(tree, reason, "Ask IS KNOWN of facts of kind record only.")
        return nodes.Known(f"{fact.name} IS KNOWN", fact.name)

    def _comparison(self, tree: exp.Expr) -> nodes.Node:
        left, right = tree.args["this"], tree.args["expression"]
        operator = _OPERATORS[type(tree)]
        if _is_constant(left) and not _is_constant(right):
            left, right, operator = right, left, _MIRRORED[operator]
        if isinstance(right, exp.Boolean):
            return self._flag_equals(tree, left, operator, bool(right.this))
        term = self._term(left)
        if isinstance(right, exp.Column) and _named(right) in self.facts:
            other = self._fact(right)
            if term.kind != "fact" or self.facts[term.fact].type != "date" or other.type != "date":
                reason = "Only two date facts may be compared with each other."
                raise _Refused(right, reason, "Compare with a value.")
            return nodes.Test(tree.sql(), Term("order", term.fact, other.name), operator, (0,))
        return self._test(tree, term, operator, [self._operand(right, term)])

    def _flag_equals(self, tree: exp.Expr, left: exp.Expr, operator: Operator, value: bool) -> nodes.Node:
        flag = self._leaf(left)
        if not isinstance(flag, nodes.Flag) or operator not in ("=", "<>"):
            reason = f"“{tree.sql()}” is not allowed in a condition."
            raise _Refused(tree, reason, "Write the boolean fact alone, or NOT fact.")
        return flag if value == (operator == "=") else nodes.Not(tree.sql(), flag)

    def _term(self, tree: exp.Expr) -> Term:
        if isinstance(tree, exp.Anonymous):
            return self._measure(tree)
        if not isinstance(tree, exp.Column):
            raise _Refused(tree, f"“{tree.sql()}” is not allowed here.", f"Valid: {VALID}")
        if tree.sql() == "age" and "age" not in self.facts:
            return Term("age", self._date_fact(tree, BIRTH))
        fact = self._fact(tree)
        if fact.type == "boolean":
            mend = f"Write {fact.name} alone, or NOT {fact.name}."
            raise _Refused(tree, f"“{fact.name}” is a boolean.", mend)
        return Term("fact", fact.name)

    def _measure(self, tree: exp.Anonymous) -> Term:
        name = str(tree.this)
        if name not in _MEASURES:
            raise _Refused(tree, f"There is no function “{name}”.", f"Valid: {VALID}")
        if len(tree.expressions) != 1 or not isinstance(tree.expressions[0], exp.Column):
            raise _Refused(tree, f"“{name}” takes one date fact.", f"Write {name}(fact).")
        fact = self._date_fact(tree, self._fact(tree.expressions[0]).name)
        if name == "age_at":
            return Term("age_at", self._date_fact(tree, BIRTH), fact)
        return Term(cast(TermKind, name), fact)

    def _test(self, tree: exp.Expr, term: Term, operator: Operator, given: list[_Given]) -> nodes.Node:
        """The test; if it names parameters whose values change, one test for each combination of values that
        can be in force together, beside its periods.
        """
        if prod(len(each.choices) for each in given) > VARIANTS_CAP:
            reason = "It names too many values that change."
            raise _Refused(tree, reason, "Split it into several comparisons or rules.")
        names = tuple(each.parameter for each in given if each.parameter)
        variants: list[nodes.Node] = []
        for chosen in product(*(each.choices for each in given)):
            periods = list(dict.fromkeys(period for period, _ in chosen if period.text))
            if not any(apart(one, other, self.events) for one, other in combinations(periods, 2)):
                test = self._plain_test(tree, term, operator, [values for _, values in chosen], names)
                during = [nodes.During(period.text, period) for period in periods]
                variants.append(nodes.All(tree.sql(), (*during, test)) if during else test)
        return variants[0] if len(variants) == 1 else nodes.Any(tree.sql(), tuple(variants))

    def _plain_test(
        self,
        tree: exp.Expr,
        term: Term,
        operator: Operator,
        given: Sequence[tuple[Operand, ...]],
        parameters: tuple[str, ...],
    ) -> nodes.Test:
        operands = tuple(operand for values in given for operand in values)
        if operator != "in" and len(operands) != len(given):
            reason = "A list stands where one value is needed."
            raise _Refused(tree, reason, "Use a list only within IN (...).")
        checked = tuple(self._checked(tree, term, operator, operand) for operand in operands)
        if operator == "between" and checked[0] > checked[1]:  # type: ignore[operator]  # both of one type by now
            raise _Refused(
                tree, "The lower end of BETWEEN lies above the upper.", "Write the lower end first."
            )
        return nodes.Test(tree.sql(), term, operator, checked, parameters)

    def _checked(self, tree: exp.Expr, term: Term, operator: Operator, operand: Operand) -> Operand:
        """The operand in the type of what it is compared with."""
        fact = self.facts[term.fact]
        if term.kind == "fact" and fact.type == "code":
            return _checked_code(tree, fact, operator, operand)
        if term.kind == "fact" and fact.type == "date":
            return _certain_day(tree, operand)
        if not isinstance(operand, int):
            reason = f"“{term.label}” is a whole number; “{operand}” is none."
            raise _Refused(tree, reason, "Write a whole number.")
        return operand

    def _operand(self, tree: exp.Expr, term: Term) -> _Given:
        """The values of a literal or parameter that `term` is compared with."""
        if isinstance(tree, exp.Placeholder) and isinstance(tree.this, str):
            parameter = self.parameters.get(tree.this)
            if parameter is None:
                declared = ", ".join(f":{name}" for name in self.parameters) or "none is declared"
                reason = f"There is no parameter “:{tree.this}”."
                raise _Refused(tree, reason, f"In parameters.yaml: {declared}.")
            choices = tuple(
                (period, value if isinstance(value, tuple) else (value,))
                for period, value in parameter.periods
            )
            return _Given(choices, parameter.id)
        if isinstance(tree, exp.Cast) and tree.to.is_type("date"):
            return self._operand(tree.this, term)
        negative = isinstance(tree, exp.Neg)
        literal = tree.this if negative else tree
        if isinstance(literal, exp.Literal):
            if literal.is_string and not negative:
                return _always(str(literal.this))
            if literal.is_int:
                return _always(-int(literal.this) if negative else int(literal.this))
        reason = f"“{_as_written(tree)}” is no value to compare with."
        if isinstance(tree, exp.Column) and not tree.table:
            measured = replace(self.facts[term.fact], type="integer") if term.kind != "fact" else None
            raise _Refused(tree, reason, instead_of_operand(tree.name, measured or self.facts[term.fact]))
        raise _Refused(tree, reason, instead_of_value(_as_written(tree), tree))

    def _fact(self, tree: exp.Column) -> FactDef:
        fact = self.facts.get(_named(tree))
        if fact is None:
            mend = instead_of_name(tree.name, self.facts, BIRTH)
            raise _Refused(tree, f"There is no fact “{tree.sql()}”.", mend)
        return fact

    def _date_fact(self, tree: exp.Expr, name: str) -> str:
        fact = self.facts.get(name)
        if fact is None or fact.type != "date":
            reason = f"“{tree.sql()}” needs a date fact “{name}”."
            raise _Refused(tree, reason, f"Declare {name} as a date in facts.yaml.")
        return name


def _checked_code(tree: exp.Expr, fact: FactDef, operator: Operator, operand: Operand) -> Operand:
    if operator not in ("=", "<>", "in"):
        raise _Refused(tree, f"“{fact.name}” is a code and has no order.", "Use =, <> or IN.")
    if operand not in domain(fact):
        mend = instead_of_code(fact, str(operand))
        raise _Refused(tree, f"“{operand}” is no value of “{fact.name}”.", mend)
    return operand


def _certain_day(tree: exp.Expr, operand: Operand) -> date:
    try:
        return date.fromisoformat(str(operand))
    except ValueError as error:
        reason = f"“{operand}” is no certain day; an uncertain date can't stand in a rule."
        mend = "Write a day such as '2018-01-15', or declare an event in sources.yaml and use in_force."
        raise _Refused(tree, reason, mend) from error


def _is_constant(tree: exp.Expr) -> bool:
    return isinstance(tree, exp.Literal | exp.Placeholder | exp.Neg | exp.Cast | exp.Boolean)


def _named(tree: exp.Column) -> str:
    """The fact that a column names; empty where it is qualified or quoted, which no fact is."""
    return "" if tree.table or tree.this.args.get("quoted") else tree.name


def _as_written(tree: exp.Expr) -> str:
    """The text of a node; a day that was read as a subtraction is put together again."""
    return re.sub(r"(?<=\d) ([-/]) (?=\d)", r"\1", tree.sql())


def _given(tree: exp.Expr) -> set[str]:
    return {name for name, value in tree.args.items() if value}


def _position(tree: exp.Expr) -> int:
    """The first character (from 1) that the parser remembers of a node; 1 if it remembers none."""
    starts = [part.meta["start"] for part in tree.walk() if "start" in part.meta]
    return min(starts, default=0) + 1
