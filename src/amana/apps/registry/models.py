"""Tables of the register: batches, families, persons, claims, kin links and the rows of the lists they come
from.

References (`P-…`, `F-…`, `B-…`) are the primary keys, so a foreign key reads without a join. Dates are
dates, instants UTC. There is no field for a relative's membership or rank, no score and no biometric: they
can't be kept here.
"""

from django.db import models

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import Bound, SealedJson
from amana.apps.registry.relations import Assignment, Reach

__all__ = [
    "Assignment",
    "Batch",
    "Claim",
    "ClaimReview",
    "Family",
    "KinLink",
    "ListedRow",
    "Person",
    "Reach",
]


PADDED = 128
"""Bytes to whose multiple what is sealed of a claim or row is filled up."""


class Batch(Record):
    """One committed list of one sender; undone as one.

    `corrected_columns`: heading -> field, where a guess was corrected; the sender's next list starts from it.
    """

    ref = kept(
        models.CharField(max_length=12, primary_key=True), cls="system", purpose="identify", retention="batch"
    )
    sender = kept(models.CharField(max_length=200), cls="system", purpose="source", retention="batch")
    listed_on = kept(models.DateField(), cls="system", purpose="source", retention="batch")
    facility_ref = kept(models.CharField(max_length=12), cls="C2", purpose="source", retention="batch")
    file_name = kept(
        models.CharField(max_length=255, blank=True), cls="C1", purpose="source", retention="batch"
    )
    rows = kept(models.PositiveIntegerField(), cls="C10", purpose="undo", retention="batch")
    added = kept(models.PositiveIntegerField(), cls="C10", purpose="undo", retention="batch")
    warnings = kept(models.PositiveIntegerField(), cls="C10", purpose="undo", retention="batch")
    errors = kept(models.PositiveIntegerField(), cls="C10", purpose="undo", retention="batch")
    duplicates = kept(models.PositiveIntegerField(), cls="C10", purpose="undo", retention="batch")
    skipped = kept(models.PositiveIntegerField(), cls="C10", purpose="undo", retention="batch")
    known = kept(models.PositiveIntegerField(), cls="C10", purpose="undo", retention="batch")
    corrected_columns = kept(
        models.JSONField(default=dict), cls="system", purpose="source", retention="batch"
    )
    by = kept(models.UUIDField(), cls="system", purpose="trail", retention="batch")
    at = kept(models.DateTimeField(), cls="system", purpose="trail", retention="batch")

    class Meta:
        indexes = [
            models.Index(fields=["at", "ref"], name="batch_newest"),
            models.Index(fields=["sender", "at"], name="batch_of_sender"),
        ]


class Family(Record):
    """People a list puts under one label, which means nothing outside its sender and listing date."""

    ref = kept(
        models.CharField(max_length=12, primary_key=True), cls="C4", purpose="identify", retention="case"
    )
    label = kept(models.CharField(max_length=200), cls="C4", purpose="kinship", retention="case")
    sender = kept(models.CharField(max_length=200), cls="system", purpose="source", retention="case")
    listed_on = kept(models.DateField(), cls="system", purpose="source", retention="case")
    batch = kept(
        models.ForeignKey(Batch, models.PROTECT, null=True, db_index=False),
        cls="system",
        purpose="source",
        retention="case",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "listed_on", "label"], name="family_once_per_list")
        ]


class Person(Record):
    """Somebody held or sheltered, known by a reference; what is said of her stands in claims.

    `folded` is the search text: a leading space, then the folded tokens of both scripts, space-separated.
    `version` rises with each change, so the loser of a race is told. `erased_on`: since when nothing is
    said of her here any more; empty again once something is.
    """

    family_id: str | None
    batch_id: str | None
    ref = kept(
        models.CharField(max_length=12, primary_key=True), cls="C1", purpose="identify", retention="case"
    )
    family = kept(
        models.ForeignKey(Family, models.PROTECT, null=True), cls="C4", purpose="kinship", retention="case"
    )
    name_ar = kept(
        models.CharField(max_length=255, blank=True), cls="C1", purpose="identify", retention="case"
    )
    name_latin = kept(
        models.CharField(max_length=255, blank=True), cls="C1", purpose="identify", retention="case"
    )
    folded = kept(models.CharField(max_length=600), cls="C1", purpose="search", retention="case")
    relation = kept(
        models.CharField(max_length=16, blank=True), cls="C4", purpose="kinship", retention="case"
    )
    version = kept(models.PositiveIntegerField(default=1), cls="system", purpose="operate", retention="case")
    registered_at = kept(models.DateTimeField(), cls="system", purpose="trail", retention="case")
    erased_on = kept(models.DateField(null=True), cls="system", purpose="protect", retention="case")
    batch = kept(
        models.ForeignKey(Batch, models.PROTECT, null=True), cls="system", purpose="source", retention="case"
    )

    class Meta:
        indexes = [models.Index(fields=["folded", "ref"], name="person_by_name")]


class Claim(Record):
    """What one source states of one person: exactly one of span, codes, flag or text carries the value; of a
    pregnancy `sealed` does, with its words: {flag, stated}. A list that asks for pregnancies leaves such a
    claim of every woman and girl past ten, most of them saying nothing, so that none tells by being there.
    """

    sealed_with = Bound(("person_id", "attribute", "source", "on"))

    person_id: str
    batch_id: str | None
    person = kept(models.ForeignKey(Person, models.PROTECT), cls="C1", purpose="identify", retention="case")
    attribute = kept(models.CharField(max_length=40), cls="C1", purpose="identify", retention="case")
    stated = kept(models.CharField(max_length=500), cls="C1", purpose="source", retention="case")
    earliest = kept(models.DateField(null=True), cls="C1", purpose="decide", retention="case")
    latest = kept(models.DateField(null=True), cls="C1", purpose="decide", retention="case")
    codes = kept(models.CharField(max_length=200, blank=True), cls="C3", purpose="decide", retention="case")
    flag = kept(models.BooleanField(null=True), cls="C4", purpose="decide", retention="case")
    sealed = kept(SealedJson(null=True, padded=PADDED), cls="C7", purpose="source", retention="case")
    text = kept(models.CharField(max_length=500, blank=True), cls="C1", purpose="identify", retention="case")
    standing = kept(models.CharField(max_length=12), cls="C1", purpose="source", retention="case")
    disputed = kept(models.BooleanField(default=False), cls="C1", purpose="source", retention="case")
    source = kept(models.CharField(max_length=200), cls="C1", purpose="source", retention="case")
    on = kept(models.DateField(), cls="C1", purpose="source", retention="case")
    batch = kept(
        models.ForeignKey(Batch, models.PROTECT, null=True, db_index=False),
        cls="system",
        purpose="source",
        retention="case",
    )


class ClaimReview(Record):
    """An official's judgement on a claim: accepted, disputed or refuted, with the reason."""

    claim_id: int
    claim = kept(models.ForeignKey(Claim, models.PROTECT), cls="C1", purpose="source", retention="case")
    standing_before = kept(models.CharField(max_length=12), cls="C1", purpose="source", retention="case")
    standing_after = kept(models.CharField(max_length=12), cls="C1", purpose="source", retention="case")
    disputed_after = kept(models.BooleanField(), cls="C1", purpose="source", retention="case")
    reason = kept(models.CharField(max_length=500), cls="C1", purpose="trail", retention="case")
    by = kept(models.UUIDField(), cls="system", purpose="trail", retention="case")
    at = kept(models.DateTimeField(), cls="system", purpose="trail", retention="case")


class KinLink(Record):
    """A parent as claimed. No link is an ordinary state: an unknown father needs no row and no reason.

    `doubted`: the list names more than one possible mother for this family, so the link shows but counts
    for nothing.
    """

    child = kept(
        models.ForeignKey(Person, models.PROTECT, related_name="parent_links"),
        cls="C4",
        purpose="kinship",
        retention="case",
    )
    parent = kept(
        models.ForeignKey(Person, models.PROTECT, related_name="child_links"),
        cls="C4",
        purpose="kinship",
        retention="case",
    )
    role = kept(models.CharField(max_length=8), cls="C4", purpose="kinship", retention="case")
    standing = kept(models.CharField(max_length=12), cls="C4", purpose="source", retention="case")
    doubted = kept(models.BooleanField(default=False), cls="C4", purpose="source", retention="case")
    source = kept(models.CharField(max_length=200), cls="C4", purpose="source", retention="case")
    on = kept(models.DateField(), cls="C4", purpose="source", retention="case")
    batch = kept(
        models.ForeignKey(Batch, models.PROTECT, null=True, db_index=False),
        cls="system",
        purpose="source",
        retention="case",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "parent", "role"], name="kin_link_once"),
            models.CheckConstraint(
                condition=~models.Q(child=models.F("parent")), name="nobody_is_own_parent"
            ),
        ]


class ListedRow(Record):
    """One row of a committed list as it stood in the sheet, committed or held back, so that it can be
    corrected. `sealed`: the cells on pregnancy, by heading, under a key of the list.
    """

    sealed_with = Bound(("batch_id", "number", "identity"), case="batch_id")

    person_id: str | None
    batch = kept(
        models.ForeignKey(Batch, models.PROTECT, db_index=False),
        cls="system",
        purpose="source",
        retention="batch",
    )
    number = kept(models.PositiveIntegerField(), cls="system", purpose="source", retention="batch")
    identity = kept(models.CharField(max_length=64), cls="C1", purpose="operate", retention="batch")
    status = kept(models.CharField(max_length=12), cls="system", purpose="operate", retention="batch")
    messages = kept(models.JSONField(), cls="C1", purpose="source", retention="batch")
    original = kept(models.JSONField(), cls="C1", purpose="source", retention="batch")
    sealed = kept(SealedJson(null=True, padded=PADDED), cls="C7", purpose="source", retention="batch")
    person = kept(
        models.ForeignKey(Person, models.PROTECT, null=True), cls="C1", purpose="identify", retention="batch"
    )

    class Meta:
        indexes = [
            models.Index(fields=["identity"], name="listed_row_identity"),
            models.Index(fields=["batch", "number"], name="listed_row_place"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["identity"],
                condition=models.Q(person__isnull=False),
                name="listed_row_committed_once",
            )
        ]
