"""Whom a change to some people may concern: their children, and those who belong to the same mother.

What is known of a mother decides over her children; a move of one child decides over his mother's stay with
him and over his siblings. No step goes further than that: kin beyond parents, children and siblings are
never followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from amana.apps.placements.models import Stay
from amana.apps.registry.models import KinLink, Person

MOTHER = "mother"


def with_children(refs: Iterable[str]) -> list[str]:
    """These people and the children who have one of them as their mother; each once, these people first."""
    own = list(dict.fromkeys(refs))
    children = KinLink.objects.filter(parent__in=own, role=MOTHER).order_by("child")
    return list(dict.fromkeys([*own, *children.values_list("child_id", flat=True)]))


def circle(refs: Sequence[str]) -> list[str]:
    """These people with their children, their parents and their siblings; each once, these people first."""
    own = list(dict.fromkeys(refs))
    children = KinLink.objects.filter(parent__in=own).order_by("child").values_list("child_id", flat=True)
    parents = KinLink.objects.filter(child__in=own).order_by("parent").values_list("parent_id", flat=True)
    found = list(dict.fromkeys([*own, *children, *parents]))
    others = KinLink.objects.filter(parent__in=parents).order_by("child").values_list("child_id", flat=True)
    return list(dict.fromkeys([*found, *others]))


def people_after(after: str, limit: int) -> list[str]:
    """The next people of the office in the order of their references, which say nothing of them."""
    return list(Person.objects.filter(ref__gt=after).order_by("ref").values_list("ref", flat=True)[:limit])


def how_many() -> int:
    """How many people the office keeps."""
    return Person.objects.count()


def of_batch(batch: str) -> list[str]:
    """The people of a list, in the order of their references."""
    return list(Person.objects.filter(batch=batch).order_by("ref").values_list("ref", flat=True))


def of_families(families: Iterable[str]) -> list[str]:
    """The members of these families, in the order of their references."""
    return list(
        Person.objects.filter(family__in=list(families)).order_by("ref").values_list("ref", flat=True)
    )


def facilities(refs: Sequence[str], on: date) -> Mapping[str, str]:
    """The place of each of these people on that day, by reference; who is nowhere on record is absent."""
    there = Stay.objects.filter(person__in=refs, since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )
    return dict(there.order_by("since", "id").values_list("person_id", "facility_id"))
