"""Who stays nowhere any more: only then can the period begin for which what is kept of somebody is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q

from amana.apps.placements.models import Stay
from amana.apps.registry.models import Person

AT_ONCE = 500


def at_rest(on: date) -> Iterator[list[str]]:
    """The references of everybody without a stay on that day or a later one, some at a time."""
    staying = Stay.objects.filter(Q(until__isnull=True) | Q(until__gt=on), person=OuterRef("ref"))
    resting, after = Person.objects.exclude(Exists(staying)).order_by("ref"), ""
    while some := list(resting.filter(ref__gt=after).values_list("ref", flat=True)[:AT_ONCE]):
        yield some
        after = some[-1]
