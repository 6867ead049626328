"""The conditions of rules as small frozen trees, after parsing and checking; parameters are filled in.

A `Term` is what is asked of a person: a fact, or a measure over a date fact in whole completed units. A
`Test` compares one term with constants. Nothing else exists, so that every condition can be cut into
finitely many cells. A test that names a parameter whose value changes is held once for each value, beside
the period (`During`) in which that value is in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from amana.core.policy.model import InForce

TermKind = Literal["fact", "age", "days_since", "days_until", "months_since", "age_at", "order"]
Operator = Literal["=", "<>", "<", "<=", ">", ">=", "between", "in"]
Operand = int | str | date

COUPLED: frozenset[TermKind] = frozenset({"age_at", "order"})
"""Terms over two date facts: `age_at(fact, at)`, and `order`, the days from `at` to `fact`."""


@dataclass(frozen=True, slots=True)
class Term:
    """What is asked: the value of `fact`, or a measure of it; `at` is the second date fact of a coupled
    term.
    """

    kind: TermKind
    fact: str
    at: str = ""

    @property
    def label(self) -> str:
        """As an author writes it: `age`, `sex`, `days_since(arrived)`, `age_at(act_date)`."""
        if self.kind in ("fact", "age"):
            return "age" if self.kind == "age" else self.fact
        return f"{self.kind}({self.at})" if self.kind == "age_at" else f"{self.kind}({self.fact})"

    @property
    def coupled(self) -> bool:
        """Whether two date facts are read together."""
        return self.kind in COUPLED


@dataclass(frozen=True, slots=True)
class Test:
    """`term operator operands`; between takes two operands, in takes one or more, the others one."""

    text: str
    term: Term
    operator: Operator
    operands: tuple[Operand, ...]
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean fact standing alone."""

    text: str
    fact: str


@dataclass(frozen=True, slots=True)
class Known:
    """`fact IS KNOWN`, of a record fact: TRUE or FALSE, never UNKNOWN."""

    text: str
    fact: str


@dataclass(frozen=True, slots=True)
class During:
    """Whether the as-of date lies within a period: what a test with a dated parameter stands beside, once for
    each of its values. It reads no fact.
    """

    text: str
    period: InForce


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    text: str
    child: Node


@dataclass(frozen=True, slots=True)
class All:
    """Conjunction of two or more."""

    text: str
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Disjunction of two or more."""

    text: str
    children: tuple[Node, ...]


Leaf = Test | Flag | Known
Node = Leaf | During | Not | All | Any


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf of a condition, left to right."""
    if isinstance(node, Not):
        yield from leaves(node.child)
    elif isinstance(node, All | Any):
        for child in node.children:
            yield from leaves(child)
    elif not isinstance(node, During):
        yield node


def periods(node: Node) -> Iterator[InForce]:
    """Every period that a condition asks for."""
    if isinstance(node, Not):
        yield from periods(node.child)
    elif isinstance(node, All | Any):
        for child in node.children:
            yield from periods(child)
    elif isinstance(node, During):
        yield node.period


def facts_read(node: Node) -> frozenset[str]:
    """The names of all facts that a condition reads."""
    return frozenset(name for leaf in leaves(node) for name in leaf_facts(leaf))


def leaf_facts(leaf: Leaf) -> tuple[str, ...]:
    """The one or two facts that a leaf reads."""
    if isinstance(leaf, Test):
        return (leaf.term.fact, leaf.term.at) if leaf.term.at else (leaf.term.fact,)
    return (leaf.fact,)
