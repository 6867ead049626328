"""Filters on what the register itself holds: the batch and the family a person came with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from amana.apps.registry.filters import PersonFilter


def _batch(values: Sequence[str], on: date) -> Q:
    return Q(batch__in=values)


def _family(values: Sequence[str], on: date) -> Q:
    return Q(family__in=values)


FILTERS = (PersonFilter("batch", _batch), PersonFilter("family", _family))
