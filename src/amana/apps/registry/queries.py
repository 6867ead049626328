"""Reads of the register. Each takes the viewer, is denied by default, and notes whom it showed for the read
log.

Asking for a reference that does not exist raises the same `NotForYou` as asking for one outside the
viewer's relation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from amana.apps.accounts.queries import names
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.emergency import Locked
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.sealing import have_keys
from amana.apps.registry.answers import (
    BatchView,
    ClaimView,
    FamilyView,
    HistoryEntry,
    KinView,
    ListedRowView,
    PeoplePage,
    PersonLine,
    PersonView,
    ReviewView,
)
from amana.apps.registry.filters import FilterRefused
from amana.apps.registry.models import Batch, Claim, ClaimReview, Family, KinLink, ListedRow, Person
from amana.apps.registry.people import LINE, lines_of, people
from amana.apps.registry.reach import ANSWERS, among, batch_within, require_reach, within
from amana.core.dates import DateSpan
from amana.core.need_to_know import WITHHELD, Level, Withheld

__all__ = [
    "BatchView",
    "ClaimView",
    "FamilyView",
    "FilterRefused",
    "HistoryEntry",
    "KinView",
    "ListedRowView",
    "PeoplePage",
    "PersonLine",
    "PersonView",
    "ReviewView",
    "batch",
    "batches",
    "claims",
    "columns_of_sender",
    "family",
    "history",
    "lines",
    "listed_rows",
    "mothers",
    "people",
    "person",
    "unread",
]

CLASSES_OF = {
    "name": ("C1",), "birth": ("C1",), "sex": ("C1",), "died": ("C1",), "nationality": ("C3",),
    "relation": ("C4",), "mother": ("C4",), "mother_died": ("C4",), "father": ("C4",),
    "unable_to_care": ("C4",),
}  # fmt: skip
"""The classes of what is claimed, by attribute: what stands in no row here is shown to nobody."""
KIND_CLASS = {
    "retention": "C5", "erasure": "C5", "judicial": "C8", "determination": "C5", "consent": "C5",
    "screening": "C5", "protection_claim": "C5", "record_request": "C5", "representative": "C4",
    "consular": "C5", "hold": "C5", "dossier": "C5", "return_step": "C5", "disclosure": "C5",
    "paper": "C7", "contact": "C4",
}  # fmt: skip
"""The class that the mere kind of an act tells of, beyond identity."""
FLAGS = {"pregnant": "C7"}
"""Attributes told as a flag: to whoever knows of the class at least that."""

KIN = ("id", "child_id", "parent_id", "role", "standing", "doubted", "source", "on")
BATCH = (
    "ref", "sender", "listed_on", "facility_ref", "file_name", "rows", "added", "warnings", "errors",
    "duplicates", "skipped", "known", "by", "at",
)  # fmt: skip


def person(viewer: Viewer, ref: str) -> PersonView:
    """One person with her parent and child links. Raises `NotForYou`."""
    held = require_reach(viewer, ref)
    found = Person.objects.select_related("family").get(ref=ref)
    kin = held.reads("C4")
    viewer.saw(ref)
    return PersonView(
        ref=found.ref,
        name_ar=found.name_ar,
        name_latin=found.name_latin,
        relation=found.relation if kin else WITHHELD,
        family=found.family_id if kin else WITHHELD,
        family_label=(found.family.label if found.family else "") if kin else WITHHELD,
        batch=found.batch_id,
        registered_at=found.registered_at,
        version=found.version,
        links=_links(Q(child=ref) | Q(parent=ref)) if kin else WITHHELD,
    )


def lines(viewer: Viewer, refs: Iterable[str]) -> Mapping[str, PersonLine]:
    """Names and family of these people, by reference; unknown and foreign references are absent."""
    viewer.require("people.see")
    rows = Person.objects.filter(ref__in=among(viewer, refs)).values_list(*LINE)
    found = lines_of(viewer, rows)
    for ref in found:
        viewer.saw(ref)
    return found


def family(viewer: Viewer, ref: str) -> FamilyView:
    """A family as listed, with the parent links of its members in reach; kin outside it are not followed.
    Raises `NotForYou`, also where none of its members is in reach.
    """
    viewer.require("people.see")
    found = Family.objects.filter(ref=ref).first()
    everyone = Person.objects.filter(family=ref).order_by("folded", "ref").values_list(*LINE)
    reached = among(viewer, (row[0] for row in everyone), ("C4",))
    if found is None or not reached:
        raise NotForYou(viewer.role, "people.see")
    members = tuple(PersonLine(*row) for row in everyone if row[0] in reached)
    for member in members:
        viewer.saw(member.ref)
    return FamilyView(
        found.ref,
        found.label,
        found.sender,
        found.listed_on,
        members,
        _links(Q(child__in=reached, parent__in=reached)),
    )


def mothers(viewer: Viewer, ref: str) -> tuple[KinView, ...] | Withheld:
    """The links between a person as mother and child and those whom the viewer reaches, too: what stands open
    to who knows kin coarsely. Raises `NotForYou`.
    """
    held = require_reach(viewer, ref)
    if held.sees("C4") < Level.COARSE:
        return WITHHELD
    viewer.saw(ref)
    links = _links(Q(child=ref) | Q(parent=ref), Q(role="mother"))
    ends = among(
        viewer, (each for link in links for each in (link.child, link.parent)), ("C4",), Level.COARSE
    )
    return tuple(link for link in links if {link.child, link.parent} <= ends)


def _links(*conditions: Q) -> tuple[KinView, ...]:
    return tuple(
        KinView(*row) for row in KinLink.objects.filter(*conditions).order_by("id").values_list(*KIN)
    )


def claims(viewer: Viewer, ref: str) -> tuple[ClaimView, ...]:
    """Everything stated of one person, by attribute, oldest first, each with the judgements on it."""
    held = require_reach(viewer, ref)
    viewer.saw(ref)
    told = [name for name, classes in CLASSES_OF.items() if held.reads(*classes)]
    told += [name for name, cls in FLAGS.items() if held.knows(cls)]
    found = list(
        Claim.objects.filter(person=ref, attribute__in=told)
        .select_related("batch")
        .order_by("attribute", "on", "id")
    )
    reviews: dict[int, list[ReviewView]] = defaultdict(list)
    for each in ClaimReview.objects.filter(claim__in=found).order_by("at", "id"):
        view = ReviewView(
            each.standing_before, each.standing_after, each.disputed_after, each.reason, str(each.by), each.at
        )
        reviews[each.claim_id].append(view)
    have_keys(found)
    views = (_claim(each, tuple(reviews[each.pk])) for each in found)
    return tuple(view for view in views if view.attribute not in FLAGS or view.flag is not None)


def unread(viewer: Viewer, ref: str) -> tuple[str, ...]:
    """The attributes of whose claims the viewer may not read, whether there are any or none. Raises
    `NotForYou`.
    """
    held = require_reach(viewer, ref)
    told = [name for name, classes in CLASSES_OF.items() if not held.reads(*classes)]
    return (*told, *(name for name, cls in FLAGS.items() if not held.knows(cls)))


def _claim(claim: Claim, reviews: tuple[ReviewView, ...]) -> ClaimView:
    source, _, note = claim.source.partition(":")
    flag, stated = _health(claim) if claim.attribute in FLAGS else (claim.flag, claim.stated)
    dated = claim.earliest is not None or claim.latest is not None
    return ClaimView(
        id=claim.pk,
        attribute=claim.attribute,
        stated=stated,
        span=DateSpan(claim.earliest, claim.latest) if dated else None,
        codes=frozenset(filter(None, claim.codes.split(";"))),
        flag=flag,
        text=claim.text,
        standing=claim.standing,
        disputed=claim.disputed,
        source=source,
        note=note,
        on=claim.on,
        batch=claim.batch_id,
        sender=claim.batch.sender if claim.batch else "",
        reviews=reviews,
    )


def _health(claim: Claim) -> tuple[bool | None, str]:
    """The flag and the words of a claim on health; nothing while what is sealed is locked."""
    try:
        said = claim.sealed or {}
    except Locked:
        return None, ""
    return said.get("flag"), said.get("stated", "")


def _cells(row: ListedRow, health: bool) -> dict[str, str]:
    """The cells of a listed row, those on health for who may know of them."""
    try:
        return {**row.original, **(row.sealed or {})} if health else dict(row.original)
    except Locked:
        return dict(row.original)


def batches(viewer: Viewer, *, limit: int = 20) -> tuple[BatchView, ...]:
    """The last committed lists that the viewer may see, newest first."""
    viewer.require("people.register")
    rows = Batch.objects.filter(batch_within(viewer)).order_by("-at", "-ref").values_list(*BATCH)[:limit]
    return tuple(_batch(row) for row in rows)


def columns_of_sender(viewer: Viewer, sender: str) -> Mapping[str, str]:
    """Heading -> field as last corrected in a list of this sender; empty if none was."""
    viewer.require("people.register")
    lists = Batch.objects.filter(sender=sender).exclude(corrected_columns={}).order_by("-at", "-ref")
    last = lists.values_list("corrected_columns", flat=True).first()
    return dict(last or {})


def batch(viewer: Viewer, ref: str) -> BatchView:
    """One committed list. Raises `NotForYou`."""
    viewer.require("people.register")
    row = Batch.objects.filter(batch_within(viewer), ref=ref).values_list(*BATCH).first()
    if row is None:
        raise NotForYou(viewer.role, "people.register")
    return _batch(row)


def _batch(row: tuple[Any, ...]) -> BatchView:
    values = dict(zip(BATCH, row, strict=True))
    values["facility"] = values.pop("facility_ref")
    values["by"] = str(values["by"])
    return BatchView(**values)


def listed_rows(
    viewer: Viewer, batch_ref: str, *, status: str = "", after: int = 0, limit: int = 100
) -> tuple[ListedRowView, ...]:
    """Rows of a committed list in sheet order, after row number `after`; `status` narrows to one status.
    Rows of people outside the viewer's reach are left out. Raises `NotForYou`.
    """
    batch(viewer, batch_ref)
    in_reach = Q(person__isnull=True) | within(viewer, "person_id")
    found = ListedRow.objects.filter(in_reach, batch=batch_ref, number__gt=after)
    if status:
        found = found.filter(status=status)
    rows = list(found.order_by("number", "id")[:limit])
    health = viewer.sees("C7") >= Level.FLAG
    if health:
        have_keys(rows)
    views = tuple(
        ListedRowView(row.pk, row.number, row.status, tuple(row.messages), _cells(row, health), row.person_id)
        for row in rows
    )
    if views:
        viewer.saw(batch_ref)  # rows held back name people who have no reference yet
    for view in views:
        if view.person:
            viewer.saw(view.person)
    return views


def history(viewer: Viewer, ref: str, *, limit: int = 200) -> tuple[HistoryEntry, ...]:
    """What was done to a person, newest first, and by whom for those who may see the trail."""
    held = require_reach(viewer, ref)
    held.require(*ANSWERS)
    viewer.saw(ref)
    entries = AuditEntry.objects.filter(subject=ref).order_by("-at", "-pk")
    rows = entries.values_list("kind", "at", "actor")[:limit]
    named = names({actor for _, _, actor in rows}, viewer) if viewer.may("audit.see") else {}
    return tuple(
        HistoryEntry(kind, at, named.get(actor))
        for kind, at, actor in rows
        if held.reads(KIND_CLASS.get(kind.partition(".")[0], "C1"))
    )
