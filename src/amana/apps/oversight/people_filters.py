"""Filter on what the safeguards find: a breach, or an overdue duty. None by what is undetermined: nobody is
looked for by a doubt about her.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from amana.apps.oversight.models import Finding
from amana.apps.registry.filters import FilterRefused, PersonFilter

VALUES = ("breach", "overdue")


def _finding(values: Sequence[str], on: date) -> Q:
    if not set(values) <= set(VALUES):
        raise FilterRefused("finding", f"Not a finding to look for. Valid: {', '.join(VALUES)}.")
    standing = Finding.objects.filter(until__isnull=True, verdict__in=values, person__isnull=False)
    return Q(ref__in=standing.values("person"))


FILTERS = (PersonFilter("finding", _finding),)
