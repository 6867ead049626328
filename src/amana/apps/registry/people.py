"""The people list: text and reference search, filters, one page at a time, counted under the same filter.

A page is named by the reference of its last person, so no name stands in an address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q

from amana.apps.accounts.viewers import Viewer
from amana.apps.registry.answers import PeoplePage, PersonLine
from amana.apps.registry.filters import FilterRefused, combined
from amana.apps.registry.models import Person
from amana.apps.registry.paging import RowAfter
from amana.core.names import fold

LINE = ("ref", "name_ar", "name_latin", "relation", "family_id")
MAX_PAGE = 200
_REFERENCE = re.compile(r"^[PFB]-[2-9A-Z]{1,8}$")
_REFERENCE_COLUMN = {"P": "ref", "F": "family__ref", "B": "batch__ref"}


def people(
    viewer: Viewer,
    *,
    on: date,
    text: str = "",
    filters: Mapping[str, Sequence[str]] | None = None,
    after: str = "",
    limit: int = 25,
) -> PeoplePage:
    """People in name order whose names hold every word of `text` (or whose reference begins with it).

    `filters` maps a filter's name to alternatives (`registry.filters`); `after` is the last page's `after`;
    `on` is the day at which age bands are counted. Raises `FilterRefused`.
    """
    viewer.require("people.see")
    everybody = found = Person.objects.filter(searched(text) & combined(filters or {}, on))
    if after:
        start = Person.objects.filter(ref=after).values_list("folded", "ref").first()
        if start is None:
            raise FilterRefused(
                "after", "The page asked for begins at nobody. Start again at the first page."
            )
        found = found.filter(RowAfter(("folded", "ref"), start))
    limit = max(1, min(limit, MAX_PAGE))
    rows = list(found.order_by("folded", "ref").values_list(*LINE)[: limit + 1])
    # A first page that holds them all needs no second look through every name.
    count = everybody.count() if after or len(rows) > limit else len(rows)
    lines = tuple(PersonLine(*row) for row in rows[:limit])
    for line in lines:
        viewer.saw(line.ref)
    return PeoplePage(lines, count, lines[-1].ref if len(rows) > limit else None)


def searched(text: str) -> Q:
    """The condition that each word begins a word of a person's names, or her reference."""
    condition = Q()
    for word in text.split():
        if _REFERENCE.match(word.upper()):
            column = _REFERENCE_COLUMN[word[0].upper()]
            condition &= Q((f"{column}__startswith", word.upper()))
            continue
        for token in fold(word).split():
            condition &= Q(folded__contains=f" {token}")
    return condition
