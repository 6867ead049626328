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

from amana.casework.providers import providers_in
from amana.core.safeguards import Occasion

FIELD = "field"

Provide = Callable[[Sequence[str], date], Iterable[Occasion]]


@cache
def providers() -> Mapping[str, Provide]:
    """Kind of occasion -> the function that provides it, over all apps. Raises `TwoProviders`."""
    return providers_in("occasions", "KINDS")


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
