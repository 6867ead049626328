"""The closed list of filters of the people list, each declared by the app that owns the column.

An app adds filters by a module `people_filters.py` with `FILTERS`; nothing else is edited. Values come from
addresses, so each filter checks its own and refuses the rest; request data never names a column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps as installed
from django.db.models import Q

from amana.core.errors import AmanaError


class FilterRefused(AmanaError):
    """A filter or one of its values does not exist, or may not be searched by."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        self.message = message
        super().__init__(message)


@dataclass(frozen=True)
class PersonFilter:
    """`condition(values, on)` gives the condition on a person; values of one filter are alternatives.

    Raises `FilterRefused` on a value outside its domain.
    """

    name: str
    condition: Callable[[Sequence[str], date], Q]


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


def combined(filters: Mapping[str, Sequence[str]], on: date) -> Q:
    """The filters together: alternatives within one, all of them between."""
    condition = Q()
    for name, values in filters.items():
        if not values:
            continue
        known = person_filters()
        if name not in known:
            raise FilterRefused(name, f"No filter named {name!r}. Valid: {', '.join(sorted(known))}.")
        condition &= known[name].condition(tuple(values), on)
    return condition
