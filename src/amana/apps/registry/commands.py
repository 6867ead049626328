"""Writes of the register, inside `recording`. Whole lists go in as columns; single claims are added and
judged one by one.

These commands keep the records; `casework` calls them together with the snapshot and the decision that
follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.loading import insert
from amana.apps.audit.recording import Log
from amana.apps.registry.erasing import say_again
from amana.apps.registry.models import Batch, Claim, ClaimReview, Family, KinLink, ListedRow, Person
from amana.apps.registry.reach import batch_within, within
from amana.apps.registry.sealed_health import ATTRIBUTES, seal_claims, seal_rows
from amana.core.dates import DateSpan
from amana.core.errors import AmanaError
from amana.core.facts import Standing

WIFE_OR_MOTHER = "wife_mother"
MOTHER = "mother"


class NewBatch(NamedTuple):
    """Columns of a batch."""

    ref: str
    sender: str
    listed_on: date
    facility_ref: str
    file_name: str
    rows: int
    added: int
    warnings: int
    errors: int
    duplicates: int
    skipped: int
    known: int
    corrected_columns: Mapping[str, str]
    by: UUID
    at: datetime


class NewFamily(NamedTuple):
    """Columns of a family."""

    ref: str
    label: str
    sender: str
    listed_on: date
    batch_id: str


class NewPerson(NamedTuple):
    """Columns of a person."""

    ref: str
    family_id: str | None
    name_ar: str
    name_latin: str
    folded: str
    relation: str
    registered_at: datetime
    batch_id: str


class NewClaim(NamedTuple):
    """Columns of a claim; what is health is sealed on its way in."""

    person_id: str
    attribute: str
    stated: str
    earliest: date | None
    latest: date | None
    codes: str
    flag: bool | None
    text: str
    standing: str
    source: str
    on: date
    batch_id: str | None
    sealed: Any = None


class NewLink(NamedTuple):
    """Columns of a kin link."""

    child_id: str
    parent_id: str
    role: str
    standing: str
    source: str
    on: date
    batch_id: str | None


class NewRow(NamedTuple):
    """Columns of a listed row; `sealed`: the cells to seal, by heading."""

    batch_id: str
    number: int
    identity: str
    status: str
    messages: Sequence[Mapping[str, Any]]
    original: Mapping[str, str]
    person_id: str | None
    sealed: Any = None


@dataclass(frozen=True)
class Load:
    """What one list adds to the register."""

    batch: NewBatch
    families: list[NewFamily]
    persons: list[NewPerson]
    claims: Iterable[NewClaim]
    rows: Iterable[NewRow]


class ClaimRefused(AmanaError):
    """A claim or a judgement on it can't be kept as asked; the message says what would be right."""


class ChangedMeanwhile(AmanaError):
    """Somebody else changed this case since the page was opened; look again before changing it."""


def require_batch(ref: str, by: Viewer) -> None:
    """Raise `NotForYou` unless there is such a batch, everybody of which is in reach."""
    people = Person.objects.filter(batch=ref)
    all_in_reach = by.everybody or not people.exclude(within(by)).exists()
    if not (all_in_reach and Batch.objects.filter(batch_within(by), ref=ref).exists()):
        raise NotForYou(by.role, "people.register")


def load(what: Load) -> None:
    """Keep a whole list. Families and persons stand before what refers to them."""
    insert(Batch, NewBatch._fields, [what.batch])
    insert(Family, NewFamily._fields, what.families)
    insert(Person, NewPerson._fields, what.persons)
    insert(Claim, NewClaim._fields, seal_claims(what.claims))
    insert(ListedRow, NewRow._fields, seal_rows(what.rows))


def link(links: Iterable[NewLink]) -> int:
    """Keep parent links; their number."""
    return insert(KinLink, NewLink._fields, links)


def weigh_links(families: Sequence[str]) -> None:
    """Mark the listed mother links of these families doubted where the list names more than one possible
    mother.
    """
    wives = (
        Person.objects.filter(family__in=families, relation=WIFE_OR_MOTHER)
        .values("family")
        .annotate(wives=Count("ref"))
    )
    several = [each["family"] for each in wives if each["wives"] > 1]
    listed = KinLink.objects.filter(child__family__in=families, role=MOTHER, source__startswith="list:")
    listed.filter(doubted=True).exclude(child__family__in=several).update(doubted=False)
    listed.filter(doubted=False, child__family__in=several).update(doubted=True)


def linked_children(families: Sequence[str]) -> set[str]:
    """Children of these families that have a mother link already."""
    found = KinLink.objects.filter(child__family__in=families, role=MOTHER)
    return set(found.values_list("child_id", flat=True))


def add_claim(
    *,
    person: str,
    attribute: str,
    stated: str,
    source: str,
    on: date,
    standing: Standing,
    log: Log,
    **value: Any,
) -> int:
    """Keep one claim; its number. `value` is one of `span`, `codes`, `flag`, `text`.

    Raises `ClaimRefused` when nothing is stated or the source is missing.
    """
    if not stated.strip():
        raise ClaimRefused("A claim repeats what was said: write the words of the source.")
    if attribute in ATTRIBUTES:
        raise ClaimRefused("What is health is kept by whoever cares for it, not as a claim on identity.")
    if not source.strip():
        raise ClaimRefused("A claim needs a source: who said it, or which paper.")
    span: DateSpan | None = value.get("span")
    claim = Claim.objects.create(
        person_id=person,
        attribute=attribute,
        stated=stated.strip(),
        earliest=span.earliest if span else None,
        latest=span.latest if span else None,
        codes=";".join(sorted(value.get("codes") or ())),
        flag=value.get("flag"),
        text=value.get("text") or "",
        standing=standing,
        source=source.strip(),
        on=on,
    )
    say_again(person)
    log.entry(
        "claim.added",
        person,
        {"claim": claim.pk, "attribute": attribute, "stated": stated, "standing": standing},
    )
    return int(claim.pk)


def review_claim(
    *, claim: int, standing: Standing | None, disputed: bool | None, reason: str, log: Log
) -> str:
    """Judge one claim: give it another standing, or mark it disputed or no longer so; the person's reference.

    Raises `ClaimRefused` without a reason, or where nothing would change.
    """
    found = Claim.objects.filter(pk=claim).first()
    if found is None:
        raise ClaimRefused("There is no such claim. Take one that the Identity page shows.")
    if not reason.strip():
        raise ClaimRefused("A judgement needs its reason in words.")
    after = standing or Standing(found.standing)
    doubt = found.disputed if disputed is None else disputed
    if (after, doubt) == (found.standing, found.disputed):
        raise ClaimRefused("The claim already stands so; nothing would change.")
    ClaimReview.objects.create(
        claim=found,
        standing_before=found.standing,
        standing_after=after,
        disputed_after=doubt,
        reason=reason.strip(),
        by=log.by.audit_id,
        at=log.at,
    )
    Claim.objects.filter(pk=claim).update(standing=after, disputed=doubt)
    log.entry(
        "claim.reviewed",
        found.person_id,
        {"claim": claim, "standing": after, "disputed": doubt, "reason": reason},
    )
    return str(found.person_id)


def hold_turn(person: str) -> None:
    """Hold a case while something is told of it that changes nothing in it: others wait, no version rises."""
    list(Person.objects.select_for_update().filter(ref=person).values_list("ref"))


def take_turn(*, person: str, seen_version: int | None) -> None:
    """Raise the person's version; raises `ChangedMeanwhile` where it is no longer the one that was seen."""
    mine = Person.objects.filter(ref=person)
    if seen_version is not None:
        mine = mine.filter(version=seen_version)
    if not mine.update(version=F("version") + 1):
        raise ChangedMeanwhile(
            "This case changed since the page was opened. Look at it again, then repeat your change."
        )
