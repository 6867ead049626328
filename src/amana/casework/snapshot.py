"""One row of facts per person, as of a date, from the records: the bridge between the register and the law.

Each app declares the facts it provides in its `facts.py` (`FACTS`, `provide(refs, on)`); every fact has one
provider. A row for a past day is rebuilt from the dated records; what was known on that day stands in the
decision stored then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import islice

from amana.apps.decisions import commands as decisions
from amana.apps.registry.facts import Known
from amana.casework.providers import providers_in
from amana.core.facts import FactRow

PEOPLE_AT_ONCE = 2000

Provide = Callable[[Sequence[str], date], Mapping[str, Mapping[str, Known]]]


@cache
def providers() -> Mapping[str, Provide]:
    """Fact -> the function that provides it, over all apps. Raises `TwoProviders`."""
    return providers_in("facts", "FACTS")


def facts_on(refs: Sequence[str], on: date) -> list[FactRow]:
    """The facts of these people as of `on`, in their order, from the dated records. Nothing is stored."""
    provided = [provide(refs, on) for provide in dict.fromkeys(providers().values())]
    rows = []
    for ref in refs:
        known: dict[str, Known] = {}
        for answers in provided:
            known.update(answers.get(ref, {}))
        values = {fact: each.value for fact, each in known.items()}
        rows.append(FactRow(ref, on, values, {fact: each.evidence for fact, each in known.items()}))
    return rows


def refresh(refs: Sequence[str], on: date, *, fresh: bool = False) -> Iterator[list[FactRow]]:
    """Store the facts rows of these people as of `on`, a few thousand at a time, and give each such group.

    To be run to its end inside the transaction that changed the records; `fresh` when none of them has a
    row yet.
    """
    for group in groups(refs):
        rows = facts_on(group, on)
        decisions.store_facts(rows, fresh=fresh)
        yield rows


def groups(refs: Sequence[str]) -> Iterator[list[str]]:
    """The references, a few thousand at a time."""
    source = iter(refs)
    while group := list(islice(source, PEOPLE_AT_ONCE)):
        yield group
