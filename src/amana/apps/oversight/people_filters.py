"""Filter on what the safeguards find: a breach, or an overdue duty. None by what is undetermined: nobody is
looked for by a doubt about her.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from amana.apps.oversight.models import Finding
from amana.apps.registry.filters import FilterRefused, PersonFilter, Told

VALUES = ("breach", "overdue")


def _finding(values: Sequence[str], on: date) -> Q:
    if not set(values) <= set(VALUES):
        raise FilterRefused("finding", f"Not a finding to look for. Valid: {', '.join(VALUES)}.")
    return Q(verdict__in=values)


def _standing(on: date) -> QuerySet[Finding]:
    return Finding.objects.filter(until__isnull=True, person__isnull=False)


FILTERS = (PersonFilter("finding", _finding, Told(_standing, once=False)),)
