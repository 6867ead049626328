"""Where a page of a list begins, as its address names it: the number of the row before it."""

from __future__ import annotations

from typing import Any

from amana.apps.audit.records import Record
from amana.core.errors import AmanaError


class NoSuchPage(AmanaError):
    """An address names a place in a list that isn't there; the mend is the list's beginning."""

    def __init__(self) -> None:
        super().__init__("No page of this list begins there. Go to the beginning.")


def row_named(model: type[Record], after: str, columns: tuple[str, ...]) -> tuple[Any, ...]:
    """The columns of the row that an address names by its number. Raises `NoSuchPage`."""
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    found: tuple[Any, ...] | None = model.objects.filter(pk=number).values_list(*columns).first()
    if found is None:
        raise NoSuchPage
    return found
