"""Whom a change to some people may concern: their children, and those who belong to the same mother.

What is known of a mother decides over her children; a move of one child decides over his mother's stay with
him and over his siblings. No step goes further than that: kin beyond parents, children and siblings are
never followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Min, Q

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.placements.models import Stay
from amana.apps.registry.models import Batch, Family, KinLink, Person

MOTHER = "mother"
AT_ONCE = 2000


def with_children(refs: Iterable[str]) -> list[str]:
    """These people and the children who have one of them as their mother; each once, these people first."""
    own = list(dict.fromkeys(refs))
    return _each_once(own, *(_children(some, role=MOTHER) for some in _some(own)))


def circle(refs: Iterable[str]) -> list[str]:
    """These people with their children, their parents and their siblings; each once, these people first."""
    own = list(dict.fromkeys(refs))
    found = [own]
    for some in _some(own):
        parents = _parents(some)
        found += [_children(some), parents, _children(parents)]
    return _each_once(*found)


def outside(batch: str) -> list[str]:
    """The circle of the people of a list, as far as they don't stand on that list: whom it concerns if the
    list is taken back.
    """
    of_list = KinLink.objects.filter(Q(child__batch=batch) | Q(parent__batch=batch))
    ends = {ref for pair in of_list.values_list("child_id", "parent_id") for ref in pair}
    joined = Family.objects.filter(person__batch=batch).exclude(batch=batch).values("ref")
    ends.update(Person.objects.filter(family__in=joined).values_list("ref", flat=True))
    concerned: list[str] = []
    for some in _some(circle(sorted(ends))):
        stay = Person.objects.filter(ref__in=some).exclude(batch=batch).order_by("ref")
        concerned += stay.values_list("ref", flat=True)
    return concerned


def _children(refs: Sequence[str], role: str = "") -> list[str]:
    return [ref for (ref,) in _child_links(refs, role)]


@of_many
def _child_links(refs: Whoever, role: str) -> Query:
    links = KinLink.objects.filter(Among("parent_id", refs), **({"role": role} if role else {}))
    return links.order_by("child").values_list("child_id")


def _parents(refs: Sequence[str]) -> list[str]:
    return [ref for (ref,) in _parent_links(refs)]


@of_many
def _parent_links(refs: Whoever) -> Query:
    links = KinLink.objects.filter(Among("child_id", refs))
    return links.order_by("parent").values_list("parent_id").distinct()


def _each_once(*lists: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ref for refs in lists for ref in refs))


def _some(refs: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(refs), AT_ONCE):
        yield refs[begin : begin + AT_ONCE]


def people_after(after: str, limit: int) -> list[str]:
    """The next people of the office in the order of their references, which say nothing of them."""
    return list(Person.objects.filter(ref__gt=after).order_by("ref").values_list("ref", flat=True)[:limit])


def how_many() -> int:
    """How many people the office keeps."""
    return Person.objects.count()


def first_day() -> date | None:
    """The first day on which anybody is on record at any place, or a list names anybody; None: nobody is."""
    stays = Stay.objects.aggregate(first=Min("since"))["first"]
    lists = Batch.objects.aggregate(first=Min("listed_on"))["first"]
    return min((day for day in (stays, lists) if day), default=None)


def of_batch(batch: str) -> list[str]:
    """The people of a list, in the order of their references."""
    return list(Person.objects.filter(batch=batch).order_by("ref").values_list("ref", flat=True))


def facilities(refs: Sequence[str], on: date) -> Mapping[str, str]:
    """The place of each of these people on that day, by reference; who is nowhere on record is absent."""
    return dict(_open_stays(refs, on))


@of_many
def _open_stays(refs: Whoever, on: date) -> Query:
    there = Stay.objects.filter(Among("person_id", refs), since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )
    return there.order_by("since", "id").values_list("person_id", "facility_id")
