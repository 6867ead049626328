"""Reads of answers that a newly adopted text of law changed, so that each is reviewed by its caseworker.

Somebody stays among them for 90 days of the office, or until decided again for another reason than law: a
new fact or a new list. What the answer was or became is not told here, so that no list is made by an outcome
that may never be acted on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.models import Decision, Proposal
from amana.apps.decisions.office_pack import PLACEMENT
from amana.apps.registry.reach import ANSWERS, within

DAYS: Final = 90


@dataclass(frozen=True)
class NewText:
    """A text of law as an adopted proposal made it; `adopted_by` is the id the trail knows that person by."""

    ref: str
    title: str
    adopted_by: UUID | None
    adopted_at: datetime | None


@dataclass(frozen=True)
class ChangedAnswer:
    """Somebody whose answer came out otherwise under a new text, as of the day `on`."""

    ref: str
    text: NewText
    on: date


@dataclass(frozen=True)
class ChangedPage:
    """One page of them by reference; `count` of all, `next` is the following page's start, or None."""

    rows: tuple[ChangedAnswer, ...]
    count: int
    next: str | None


def adopted_texts(viewer: Viewer) -> Mapping[str, NewText]:
    """The texts that proposals made, by the hash of the pack; nobody in care is named in them."""
    viewer.require("people.see")
    adopted = Proposal.objects.filter(state=Proposal.State.ADOPTED, result__isnull=False)
    rows = adopted.order_by("closed_at").values_list("result_id", "ref", "title", "closed_by", "closed_at")
    return {pack_hash: NewText(*told) for pack_hash, *told in rows}


def changed_by_law(viewer: Viewer, *, on: date, after: str = "", limit: int = 25) -> ChangedPage:
    """Whose answer an adopted text changed in the 90 days up to `on`, and who was not decided again since
    for another reason.
    """
    viewer.require("reviews.see")
    texts = adopted_texts(viewer)
    mine = within(viewer, "person_id", ANSWERS)
    found = _changed(list(texts), since=on - timedelta(days=DAYS)).filter(mine)
    count = found.values("person").distinct().count()
    refs = found.filter(person__gt=after).order_by("person").values_list("person_id", flat=True).distinct()
    page = list(refs[: limit + 1])
    newest = {row.person_id: row for row in found.filter(person__in=page[:limit]).order_by("id")}
    rows = tuple(ChangedAnswer(ref, texts[newest[ref].pack_hash], newest[ref].on) for ref in page[:limit])
    for row in rows:
        viewer.saw(row.ref)
    return ChangedPage(rows, count, page[limit - 1] if len(page) > limit else None)


def _changed(hashes: list[str], *, since: date) -> QuerySet[Decision]:
    for_another_reason = Decision.objects.filter(
        person=OuterRef("person"),
        decision=PLACEMENT,
        id__gt=OuterRef("id"),
        supersedes__pack_hash=F("pack_hash"),
    )
    under_new_text = Decision.objects.filter(
        decision=PLACEMENT, pack_hash__in=hashes, supersedes__isnull=False, on__gte=since
    )
    other_answer = under_new_text.exclude(supersedes__pack_hash=F("pack_hash")).exclude(
        supersedes__outcome=F("outcome")
    )
    return other_answer.filter(~Exists(for_another_reason))
