"""Whom a change to some people may concern: their children, and those who belong to the same mother.

What is known of a mother decides over her children; a move of one child decides over his mother's stay with
him and over his siblings. No step goes further than that: kin beyond parents, children and siblings are
never followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amana.apps.registry.models import KinLink

MOTHER = "mother"


def with_children(refs: Iterable[str]) -> list[str]:
    """These people and the children who have one of them as their mother; each once, these people first."""
    own = list(dict.fromkeys(refs))
    children = KinLink.objects.filter(parent__in=own, role=MOTHER).order_by("child")
    return list(dict.fromkeys([*own, *children.values_list("child_id", flat=True)]))


def circle(refs: Sequence[str]) -> list[str]:
    """These people with their children, their parents and their siblings; each once, these people first."""
    own = with_children(refs)
    parents = KinLink.objects.filter(child__in=own).order_by("parent").values_list("parent_id", flat=True)
    found = list(dict.fromkeys([*own, *parents]))
    siblings = KinLink.objects.filter(parent__in=found).order_by("child").values_list("child_id", flat=True)
    return list(dict.fromkeys([*found, *siblings]))
