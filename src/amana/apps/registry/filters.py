"""The closed list of filters of the people list, each declared by the app that owns the column.

An app adds filters by a module `people_filters.py` with `FILTERS`; nothing else is edited. Values come from
addresses, so each filter checks its own and refuses the rest; request data never names a column.

What is filtered by stands mostly in other tables than the names. A filter says in which rows, so that they
can be counted by themselves, within an index, before anybody is looked up by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps as installed
from django.db.models import Q, QuerySet

from amana.core.errors import AmanaError


class FilterRefused(AmanaError):
    """A filter or one of its values does not exist, or may not be searched by."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        self.message = message
        super().__init__(message)


@dataclass(frozen=True)
class Told:
    """Rows that tell of people on a day, each of one `person`.

    `once`: nobody stands in two of them. Only then may several filters ask the same rows.
    """

    rows: Callable[[date], QuerySet[Any]]
    once: bool = True


@dataclass(frozen=True)
class PersonFilter:
    """`condition(values, on)` gives the condition on the rows `told`, or on the person herself where there
    are none; values of one filter are alternatives.

    Raises `FilterRefused` on a value outside its domain.
    """

    name: str
    condition: Callable[[Sequence[str], date], Q]
    told: Told | None = None


@dataclass(frozen=True)
class Asked:
    """What filters ask together: a condition on the person herself, and sets of rows in each of which she is
    told of. The rows of a set name each `person` once.
    """

    own: Q
    told: tuple[QuerySet[Any], ...]


@cache
def person_filters() -> Mapping[str, PersonFilter]:
    """Every filter of every own app, by name."""
    found: dict[str, PersonFilter] = {}
    for config in installed.get_app_configs():
        module = f"{config.name}.people_filters"
        if config.name.startswith("amana.apps.") and find_spec(module):
            for each in import_module(module).FILTERS:
                found[each.name] = each
    return found


def combined(filters: Mapping[str, Sequence[str]], on: date) -> Asked:
    """The filters together: alternatives within one, all of them between. Raises `FilterRefused`."""
    known = person_filters()
    conditions: dict[Told | None, Q] = {None: Q()}
    for name, values in filters.items():
        if not values:
            continue
        if name not in known:
            raise FilterRefused(name, f"No filter named {name!r}. Valid: {', '.join(sorted(known))}.")
        told = known[name].told
        conditions[told] = conditions.get(told, Q()) & known[name].condition(tuple(values), on)
    own = conditions.pop(None)
    return Asked(own, tuple(_people(told, condition, on) for told, condition in conditions.items() if told))


def _people(told: Told, condition: Q, on: date) -> QuerySet[Any]:
    rows = told.rows(on).filter(condition).order_by().values("person")
    return rows if told.once else rows.distinct()
