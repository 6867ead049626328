"""What register queries return: frozen, detached from the tables, safe to hand to a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from amana.core.dates import DateSpan
from amana.core.need_to_know import Withheld


@dataclass(frozen=True)
class PersonLine:
    """One person in a list. `relation`: wife_mother, son, daughter, other or empty, as listed."""

    ref: str
    name_ar: str
    name_latin: str
    relation: str | Withheld
    family: str | Withheld | None


@dataclass(frozen=True)
class PeoplePage:
    """One page of people in name order. `count` obeys the same filter; `many`: there are more than that.
    `after` is the next page's start, or None.
    """

    rows: tuple[PersonLine, ...]
    count: int
    after: str | None
    many: bool = False


@dataclass(frozen=True)
class KinView:
    """A parent as claimed. `doubted`: shown, but counts for nothing, since the list names several possible
    mothers.
    """

    id: int
    child: str
    parent: str
    role: str
    standing: str
    doubted: bool
    source: str
    on: date


@dataclass(frozen=True)
class PersonView:
    """One person as registered; facts and decisions come from the decisions app."""

    ref: str
    name_ar: str
    name_latin: str
    relation: str | Withheld
    family: str | Withheld | None
    family_label: str | Withheld
    batch: str | None
    registered_at: datetime
    version: int
    links: tuple[KinView, ...] | Withheld


@dataclass(frozen=True)
class FamilyView:
    """A family as listed: its members and the parent links of its members."""

    ref: str
    label: str
    sender: str
    listed_on: date
    members: tuple[PersonLine, ...]
    links: tuple[KinView, ...]


@dataclass(frozen=True)
class ReviewView:
    """A judgement on a claim. `by` is the actor's opaque id."""

    standing_before: str
    standing_after: str
    disputed_after: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ClaimView:
    """What one source states. The value is in `span`, `codes`, `flag` or `text`; `stated` is the source's
    own wording.

    `source` is `list`, `document`, `statement`, `court`, `clinic` or `other`, with `note` behind it; for a
    list, `sender` and `batch` say which.
    """

    id: int
    attribute: str
    stated: str
    span: DateSpan | None
    codes: frozenset[str]
    flag: bool | None
    text: str
    standing: str
    disputed: bool
    source: str
    note: str
    on: date
    batch: str | None
    sender: str
    reviews: tuple[ReviewView, ...]


@dataclass(frozen=True)
class BatchView:
    """A committed list and its counts of rows."""

    ref: str
    sender: str
    listed_on: date
    facility: str
    file_name: str
    rows: int
    added: int
    warnings: int
    errors: int
    duplicates: int
    skipped: int
    known: int
    by: str
    at: datetime


@dataclass(frozen=True)
class ListedRowView:
    """A row of a committed list as it stood in the sheet; `messages` are (code, column, stated)."""

    id: int
    number: int
    status: str
    messages: tuple[Mapping[str, str], ...]
    original: Mapping[str, str]
    person: str | None


@dataclass(frozen=True)
class HistoryEntry:
    """One audited change of a person: what kind, when, and by whom where the viewer may know."""

    kind: str
    at: datetime
    by: str | None
