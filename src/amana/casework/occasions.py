"""The occasions that safeguards watch, from the records as they stand on a day.

Each app declares the kinds it provides in its `occasions.py` (`KINDS`, `provide(refs, on)`); every kind has
one provider. Occasions of `field` speak of a stored column and of no person: they are asked for once, not
for people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import amana.apps
from amana.casework.snapshot import TwoProviders
from amana.core.safeguards import Occasion

FIELD = "field"

Provide = Callable[[Sequence[str], date], Iterable[Occasion]]


@cache
def providers() -> Mapping[str, Provide]:
    """Kind of occasion -> the function that provides it, over all apps. Raises `TwoProviders`."""
    found: dict[str, Provide] = {}
    for app in iter_modules(amana.apps.__path__):
        name = f"amana.apps.{app.name}.occasions"
        if not (app.ispkg and find_spec(name)):
            continue
        module = import_module(name)
        for kind in module.KINDS:
            if kind in found:
                raise TwoProviders(f"Occasions of {kind!r} have two providers; {name} is the second.")
            found[kind] = module.provide
    return found


def occasions_on(refs: Sequence[str], on: date) -> Mapping[str, Sequence[Occasion]]:
    """The occasions of these people as of `on`, by reference; nothing is stored."""
    found: dict[str, list[Occasion]] = defaultdict(list)
    for provide in _of_people():
        for occasion in provide(refs, on):
            found[occasion.person].append(occasion)
    return found


def stored_columns(on: date) -> Sequence[Occasion]:
    """The occasions of `field`: every column the office stores."""
    provide = providers().get(FIELD)
    return list(provide((), on)) if provide else []


def _of_people() -> Iterable[Provide]:
    """Each provider of occasions of people, once."""
    return dict.fromkeys(provide for kind, provide in providers().items() if kind != FIELD)
