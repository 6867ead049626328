"""What a row of a list becomes in the register: a person, her claims with the words of the list, and a
stay.

Every value read becomes a claim of standing *claimed* whose source is the list; the cell as written stands
beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from amana.apps.placements.commands import NewStay
from amana.apps.registry.commands import NewClaim, NewPerson
from amana.casework.listing import ListRead, RowRead
from amana.core.facts import Standing
from amana.core.names import fold

CHILDREN = frozenset({"son", "daughter"})
COMMITTED = frozenset({"ok", "warning"})
PREGNANT = "pregnant"
YOUNGEST = 10
_CLAIMED = str(Standing.CLAIMED)


@dataclass(frozen=True)
class Listing:
    """The list the rows come from; `headings` names the columns each field was read from, `corrected` the
    fields of the headings whose guess was corrected.
    """

    batch: str
    facility: str
    listed_on: date
    at: datetime
    headings: Mapping[str, tuple[str, ...]]
    corrected: Mapping[str, str]

    @property
    def source(self) -> str:
        """The source of what the list says."""
        return f"list:{self.batch}"

    def stated(self, row: RowRead, *fields: str) -> str:
        """The cells these fields were read from, as written."""
        cells = (
            row.original.get(heading, "") for field in fields for heading in self.headings.get(field, ())
        )
        return "; ".join(dict.fromkeys(cell for cell in cells if cell))


def headings_of(list_read: ListRead) -> dict[str, tuple[str, ...]]:
    """Field -> headings of its columns."""
    found: dict[str, tuple[str, ...]] = {}
    for column in list_read.columns:
        if column.field:
            found[column.field] = (*found.get(column.field, ()), column.heading)
    return found


def corrections_of(list_read: ListRead) -> dict[str, str]:
    """Heading -> field, where a guess was corrected; a column without a heading can't be known again."""
    corrected = (column for column in list_read.columns if column.reason == "mapping" and column.heading)
    return {column.heading: column.field for column in corrected}


def search_text(name_latin: str, name_ar: str) -> str:
    """The folded tokens of both scripts, each after a space, so that a search finds the beginnings of
    words.
    """
    return " " + " ".join(filter(None, (fold(name_latin), fold(name_ar))))


def person_of(row: RowRead, ref: str, family: str | None, listing: Listing) -> NewPerson:
    """The person a row names."""
    return NewPerson(
        ref,
        family,
        row.name_ar,
        row.name_latin,
        search_text(row.name_latin, row.name_ar),
        row.relation,
        listing.at,
        listing.batch,
    )


def stay_of(row: RowRead, ref: str, listing: Listing) -> NewStay:
    """Where the list puts her: from the day of arrival, or of the list."""
    return NewStay(ref, listing.facility, row.arrived or listing.listed_on, listing.source, listing.batch)


def claims_of(row: RowRead, ref: str, listing: Listing) -> Iterator[NewClaim]:
    """What the row says of her, one claim for each value read."""
    name = " / ".join(filter(None, (row.name_latin, row.name_ar)))
    yield _claim(ref, "name", name, listing, text=name)
    if row.birth is not None:
        span = (row.birth.earliest, row.birth.latest)
        yield _claim(ref, "birth", row.birth_stated, listing, span=span)
    if row.sex:
        stated = listing.stated(row, "sex") or listing.stated(row, "relation") or row.sex
        yield _claim(ref, "sex", stated, listing, codes=row.sex)
    for code in sorted(row.nationality):
        yield _claim(ref, "nationality", listing.stated(row, "nationality") or code, listing, codes=code)
    if row.pregnant is not None or (PREGNANT in listing.headings and may_be_pregnant(row, listing.listed_on)):
        stated = "" if row.pregnant is None else listing.stated(row, PREGNANT)
        yield _claim(ref, PREGNANT, stated, listing, flag=row.pregnant)


def may_be_pregnant(row: RowRead, on: date) -> bool:
    """Whether a list that asks for pregnancies asks it of her: of women, girls past ten and whoever's sex or
    age it doesn't say.
    """
    born = row.birth.latest if row.birth else None
    return row.sex != "male" and (born is None or on.year - born.year >= YOUNGEST)


def health_of(row: RowRead, listing: Listing) -> dict[str, str] | None:
    """The cells of a row on pregnancy, by heading, of whoever may be pregnant or where something is written;
    None where the list doesn't ask.
    """
    cells = {name: row.original.get(name, "") for name in listing.headings.get(PREGNANT, ())}
    asked = cells and (may_be_pregnant(row, listing.listed_on) or any(cells.values()))
    return cells if asked else None


def _claim(
    ref: str,
    attribute: str,
    stated: str,
    listing: Listing,
    *,
    span: tuple[date | None, date | None] = (None, None),
    codes: str = "",
    flag: bool | None = None,
    text: str = "",
) -> NewClaim:
    return NewClaim(
        ref,
        attribute,
        stated,
        *span,
        codes,
        flag,
        text,
        _CLAIMED,
        listing.source,
        listing.listed_on,
        listing.batch,
    )
