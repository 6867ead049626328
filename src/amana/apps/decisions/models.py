"""Tables of facts and decisions. One facts row a person, in the columns the policy engines read; decisions
are superseded, never overwritten, and keep the pack's hash and the facts, so that each can be replayed.
"""

from django.db import models

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.registry.models import Batch, Person


class FactsRow(Record):
    """What the records establish of one person as of `on`: a typed column for each fact of the shipped
    packs.

    `nationality` and `sex` hold several codes sorted and `;`-joined when it is not known which is true;
    NULL is unknown. `evidence` maps a fact to standing, source, the text stated and whether it is disputed;
    `invalid` maps a fact to the reason why its claims contradict themselves. Rebuilt from the records
    whenever they change.
    """

    person_id: str
    derived = True

    person = kept(
        models.OneToOneField(Person, models.PROTECT, primary_key=True, db_column="ref", related_name="facts"),
        cls="C1",
        purpose="identify",
        retention="case",
    )
    on = kept(models.DateField(), cls="system", purpose="decide", retention="case")
    birth_earliest = kept(models.DateField(null=True), cls="C1", purpose="decide", retention="case")
    birth_latest = kept(models.DateField(null=True), cls="C1", purpose="decide", retention="case")
    birth_stated = kept(
        models.CharField(max_length=500, blank=True), cls="C1", purpose="source", retention="case"
    )
    sex = kept(models.CharField(max_length=40, null=True), cls="C1", purpose="decide", retention="case")
    nationality = kept(
        models.CharField(max_length=200, null=True), cls="C3", purpose="decide", retention="case"
    )
    mother_present = kept(models.BooleanField(null=True), cls="C4", purpose="decide", retention="case")
    evidence = kept(models.JSONField(default=dict), cls="C1", purpose="source", retention="case")
    invalid = kept(models.JSONField(default=dict), cls="C1", purpose="source", retention="case")

    class Meta:
        indexes = [
            models.Index(fields=["birth_earliest", "birth_latest"], name="facts_birth"),
            models.Index(fields=["nationality", "person"], name="facts_nationality"),
        ]


class Decision(Record):
    """What a pack answers for one person on one day; current while `superseded_at` is empty.

    `next_*`: the earliest and latest day of the next birthday that may change the possible outcomes, what
    they are before and after it, and which review it calls for; never a transfer date.
    """

    person_id: str
    person = kept(models.ForeignKey(Person, models.PROTECT), cls="C1", purpose="identify", retention="case")
    decision = kept(models.CharField(max_length=40), cls="system", purpose="decide", retention="case")
    on = kept(models.DateField(), cls="system", purpose="decide", retention="case")
    pack = kept(models.CharField(max_length=80), cls="system", purpose="decide", retention="case")
    pack_hash = kept(models.CharField(max_length=64), cls="system", purpose="decide", retention="case")
    facts = kept(models.JSONField(), cls="C4", purpose="source", retention="case")
    outcome = kept(models.CharField(max_length=80), cls="C4", purpose="decide", retention="case")
    rule = kept(
        models.CharField(max_length=500, blank=True), cls="system", purpose="decide", retention="case"
    )
    possible = kept(
        models.CharField(max_length=500, blank=True), cls="C4", purpose="decide", retention="case"
    )
    needs = kept(
        models.CharField(max_length=200, blank=True), cls="system", purpose="decide", retention="case"
    )
    citations = kept(
        models.CharField(max_length=1000, blank=True), cls="system", purpose="decide", retention="case"
    )
    next_earliest = kept(models.DateField(null=True), cls="C1", purpose="decide", retention="case")
    next_latest = kept(models.DateField(null=True), cls="C1", purpose="decide", retention="case")
    next_from = kept(
        models.CharField(max_length=500, blank=True), cls="C4", purpose="decide", retention="case"
    )
    next_to = kept(models.CharField(max_length=500, blank=True), cls="C4", purpose="decide", retention="case")
    next_cause = kept(
        models.CharField(max_length=40, blank=True), cls="C1", purpose="decide", retention="case"
    )
    review = kept(models.CharField(max_length=40, blank=True), cls="C4", purpose="decide", retention="case")
    by = kept(models.UUIDField(), cls="system", purpose="trail", retention="case")
    at = kept(models.DateTimeField(), cls="system", purpose="trail", retention="case")
    superseded_at = kept(models.DateTimeField(null=True), cls="system", purpose="trail", retention="case")
    supersedes = kept(
        models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by"),
        cls="system",
        purpose="source",
        retention="case",
    )
    batch = kept(
        models.ForeignKey(Batch, models.PROTECT, null=True, db_index=False),
        cls="system",
        purpose="source",
        retention="case",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "decision"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_current_decision",
            )
        ]
        # Each holds all that the counts of the page of the day read, so that these touch no row.
        indexes = [
            models.Index(
                fields=["decision", "outcome", "needs", "person"],
                condition=models.Q(superseded_at__isnull=True),
                name="current_by_outcome",
            ),
            models.Index(
                fields=["decision", "next_latest", "id", "next_earliest", "review"],
                condition=models.Q(superseded_at__isnull=True),
                name="current_by_next_change",
            ),
        ]
