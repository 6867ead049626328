"""The people list: text and reference search, filters, one page at a time, counted under the same filter.

A page is named by the reference of its last person, so no name stands in an address. Whoever is searched for
is counted up to `MOST`; everybody is counted exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from amana.apps.accounts.viewers import Viewer
from amana.apps.registry.answers import PeoplePage, PersonLine
from amana.apps.registry.filters import FilterRefused, combined
from amana.apps.registry.models import Person
from amana.apps.registry.paging import RowAfter
from amana.apps.registry.reach import ANSWERS, among, how_many, within
from amana.core.names import fold
from amana.core.need_to_know import WITHHELD

LINE = ("ref", "name_ar", "name_latin", "relation", "family_id")
MAX_PAGE = 200
MOST: Final = 10_000
"""Of whom something is asked, more than this are told as more than this."""

FEW: Final = 4_000
"""So many are found first and then put in order; of more, one after another is asked in name order."""

FILTERED_BY: Final = {
    "nation": ("C3",), "facility": ("C2",), "family": ("C4",), "outcome": ANSWERS, "needs": ANSWERS,
}  # fmt: skip
"""The classes a filter asks for, beyond identity."""

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
    _refuse_unseen(viewer, filters or {})
    asked = combined(filters or {}, on)
    classes = _asked_of(filters or {})
    reach = within(viewer, classes=classes)
    sought, told = searched(text, kin=viewer.reads("C4")) & asked.own, _in_each(asked.told)
    own = sought & reach
    matching = Person.objects.filter(own & told.condition()) if told else Person.objects.filter(own)
    limit = max(1, min(limit, MAX_PAGE))
    found = matching.filter(_begun_after(after)) if after else matching
    rows = list(found.order_by("folded", "ref").values_list(*LINE)[: limit + 1])
    lines = tuple(lines_of(viewer, rows[:limit]).values())
    for line in lines:
        viewer.saw(line.ref)
    more = lines[-1].ref if len(rows) > limit else None
    if not (sought or told):
        return PeoplePage(lines, how_many(viewer), more)
    if not after and not more:  # the first page holds them all
        return PeoplePage(lines, len(lines), more)
    if told and not sought:  # reach is asked of those told of, not of everybody who might be
        count = told.rows.filter(within(viewer, "person", classes))[: MOST + 1].count()
    else:
        count = matching[: MOST + 1].count()
    return PeoplePage(lines, min(count, MOST), more, many=count > MOST)


@dataclass(frozen=True)
class _Found:
    """Rows that tell of whom filters find, naming each once; `size`: how many, up to MOST + 1."""

    rows: QuerySet[Any]
    size: int

    def condition(self) -> Q:
        """The condition that a person is among them."""
        if self.size <= FEW:
            return Q(ref__in=self.rows)
        return Q(Exists(self.rows.filter(person=OuterRef("ref"))))


def _in_each(told: Sequence[QuerySet[Any]]) -> _Found | None:
    """Who is told of in each of these sets of rows, sought in the smallest of them; None: there are none."""
    if not told:
        return None
    found, *others = sorted((_Found(rows, rows[: MOST + 1].count()) for rows in told), key=_size)
    if not others:
        return found
    rows = found.rows.filter(*(Exists(each.rows.filter(person=OuterRef("person"))) for each in others))
    return _Found(rows, rows[: MOST + 1].count())


def _size(found: _Found) -> int:
    return found.size


def _begun_after(ref: str) -> RowAfter:
    """The condition that somebody stands behind this person in name order."""
    start = Person.objects.filter(ref=ref).values_list("folded", "ref").first()
    if start is None:
        raise FilterRefused("after", "The page asked for begins at nobody. Start again at the first page.")
    return RowAfter(("folded", "ref"), start)


def lines_of(viewer: Viewer, rows: Iterable[tuple[Any, ...]]) -> dict[str, PersonLine]:
    """Rows of `LINE` by reference; relation and family withheld where the viewer doesn't read them."""
    told = list(rows)
    kin = among(viewer, (row[0] for row in told), ("C4",))
    return {
        row[0]: PersonLine(*row) if row[0] in kin else PersonLine(row[0], row[1], row[2], WITHHELD, WITHHELD)
        for row in told
    }


def may_filter(viewer: Viewer, name: str) -> bool:
    """Whether a filter asks for nothing that the viewer's role may not read."""
    return all(map(viewer.reads, FILTERED_BY.get(name, ("C1",))))


def _asked_of(filters: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The classes that filters ask for beyond identity; whom a referral opens less of they don't find."""
    return tuple(dict.fromkeys(cls for name in filters for cls in FILTERED_BY.get(name, ())))


def _refuse_unseen(viewer: Viewer, filters: Mapping[str, Sequence[str]]) -> None:
    """Raise `FilterRefused` for a filter by what the viewer's role may not read: a count would tell it."""
    for name in filters:
        if not may_filter(viewer, name):
            raise FilterRefused(name, "No filter for this role.")


def searched(text: str, *, kin: bool) -> Q:
    """The condition that each word begins a word of a person's names, or her reference; that of a family
    finds nobody but for who reads kin.
    """
    condition = Q()
    for word in text.split():
        if _REFERENCE.match(word.upper()):
            column = _REFERENCE_COLUMN[word[0].upper()]
            told = kin or word[0].upper() != "F"
            condition &= Q((f"{column}__startswith", word.upper())) if told else Q(pk__in=())
            continue
        for token in fold(word).split():
            condition &= Q(folded__contains=f" {token}")
    return condition
