"""What the queries on facts and decisions return: frozen, detached from the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from amana.core.dates import DateSpan
from amana.core.need_to_know import Withheld

CONTACT_REVIEW = "contact_and_assessment_review"
PROTECTION_REVIEW = "protection_review"
PLACEMENT_REVIEW = "placement_review"
REVIEWS = (CONTACT_REVIEW, PROTECTION_REVIEW, PLACEMENT_REVIEW)
"""What a birthday may call for."""


@dataclass(frozen=True)
class FactsView:
    """What the records establish of one person. `birth` None, an empty set and None mean unknown.

    `evidence` maps a fact to standing, source, the text stated, disputed; `invalid` a fact to why its
    claims contradict themselves.
    """

    ref: str
    on: date
    birth: DateSpan | None
    birth_stated: str
    sex: frozenset[str]
    nationality: frozenset[str] | Withheld
    mother_present: bool | Withheld | None
    evidence: Mapping[str, Mapping[str, Any]]
    invalid: Mapping[str, str]


@dataclass(frozen=True)
class DecisionView:
    """A stored decision; `batch` is the list that caused it, or empty. `shown` is its key in lists: the
    outcome, or `protection_review` where the outcome may never be acted on.
    """

    id: int
    ref: str
    decision: str
    on: date
    pack: str
    pack_hash: str
    facts: Mapping[str, Any]
    outcome: str
    shown: str
    rules: tuple[str, ...]
    possible: tuple[str, ...]
    needs: tuple[str, ...]
    citations: tuple[str, ...]
    at: datetime
    by: str
    superseded_at: datetime | None
    batch: str


@dataclass(frozen=True)
class Undetermined:
    """A person whose outcome is open, and the smallest set of facts to ask for."""

    ref: str
    needs: tuple[str, ...]
    possible: tuple[str, ...]


@dataclass(frozen=True)
class UndeterminedPage:
    """One page of open outcomes; `counts` maps a set of needs to its number of people, the largest first."""

    rows: tuple[Undetermined, ...]
    counts: Mapping[tuple[str, ...], int]
    count: int
    after: str | None


@dataclass(frozen=True)
class ComingReview:
    """A birthday that may change what the law says of a person, some day from `earliest` to `latest`.

    It calls for a review and is never a transfer date. `latest` None: no last day can be named. `cause`:
    `age:4`.
    """

    ref: str
    earliest: date
    latest: date | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    review: str
    cause: str


@dataclass(frozen=True)
class ComingPage:
    """One page of coming reviews, soonest first; `next` is the following page's start, or None."""

    rows: tuple[ComingReview, ...]
    count: int
    next: str | None
