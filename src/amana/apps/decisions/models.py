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
        # Each holds all that the filters of the people list ask, so that they count without touching a row.
        indexes = [
            models.Index(
                fields=["birth_earliest", "birth_latest", "sex", "nationality", "person"], name="facts_birth"
            ),
            models.Index(
                fields=["nationality", "sex", "birth_earliest", "birth_latest", "person"],
                name="facts_nationality",
            ),
        ]


class PackVersion(Record):
    """The text of a pack that was decided with or adopted, so that every decision's pack is found again.

    `name` is what the office calls it, `shipped` the hash of the files on disk from which it comes, `base`
    the version it changed. One version at most is the office's `current` one; while none is, the files are.
    """

    hash = kept(models.CharField(max_length=64, primary_key=True), "system", "decide", "case")
    name = kept(models.CharField(max_length=100), "system", "decide", "case")
    shipped = kept(models.CharField(max_length=64), "system", "decide", "case")
    content = kept(models.TextField(), "system", "decide", "case")
    digest = kept(models.CharField(max_length=64), "system", "trail", "case")
    current = kept(models.BooleanField(default=False), "system", "decide", "case")
    base = kept(models.ForeignKey("self", models.PROTECT, null=True), "system", "source", "case")
    by = kept(models.UUIDField(), "system", "trail", "case")
    at = kept(models.DateTimeField(), "system", "trail", "case")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["current"], condition=models.Q(current=True), name="one_current_pack"
            )
        ]


class Proposal(Record):
    """A proposed change of law: dated edits of the office's pack, adopted or refused by a second person.

    `base_hash` is the pack it was proposed on, `closed_on` the office's pack when it was closed, `result`
    the version its adoption made; `job` decides everybody anew.
    """

    class State(models.TextChoices):
        """proposed -> adopted | refused by a second person, or withdrawn by its author."""

        PROPOSED = "proposed"
        ADOPTED = "adopted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    result_id: str | None
    ref = kept(models.CharField(max_length=12, primary_key=True), "system", "office", "office")
    title = kept(models.CharField(max_length=200), "system", "office", "office")
    reason = kept(models.CharField(max_length=2000), "system", "office", "office")
    edits = kept(models.JSONField(), "system", "office", "office")
    state = kept(
        models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED),
        "system",
        "office",
        "office",
    )
    pack = kept(models.CharField(max_length=100), "system", "office", "office")
    base_hash = kept(models.CharField(max_length=64), "system", "office", "office")
    closed_on = kept(models.CharField(max_length=64, blank=True), "system", "office", "office")
    result = kept(models.ForeignKey(PackVersion, models.PROTECT, null=True), "system", "office", "office")
    author = kept(models.UUIDField(), "system", "trail", "office")
    at = kept(models.DateTimeField(), "system", "trail", "office")
    closed_by = kept(models.UUIDField(null=True), "system", "trail", "office")
    closed_at = kept(models.DateTimeField(null=True), "system", "trail", "office")
    closing_reason = kept(models.CharField(max_length=2000, blank=True), "system", "office", "office")
    job = kept(models.UUIDField(null=True), "system", "operate", "office")
    figures = kept(models.JSONField(null=True), "system", "office", "office")
    replaces = kept(models.CharField(max_length=12, blank=True), "system", "office", "office")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["adopted", "refused"])
                | (models.Q(closed_by__isnull=False) & ~models.Q(closed_by=models.F("author"))),
                name="second_person_decides",
            )
        ]


class Decision(Record):
    """What a pack answers for one person on one day; current while `superseded_at` is empty.

    `next_*`: the earliest and latest day of the next birthday that may change the possible outcomes, what
    they are before and after it, and which review it calls for; never a transfer date.
    """

    person_id: str
    batch_id: str | None
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
        # Each holds all that the counts of the page of the day and of the law read; the first finds people by
        # outcome too, the second is the order of the coming birthdays, the third counts them. SQLite before
        # 3.41 asks of each row what the condition says already, unless the column stands in the index too.
        indexes = [
            models.Index(
                fields=["decision", "outcome", "person", "needs", "superseded_at"],
                condition=models.Q(superseded_at__isnull=True),
                name="current_by_outcome",
            ),
            models.Index(
                fields=["decision", "next_latest", "id", "next_earliest", "review"],
                condition=models.Q(superseded_at__isnull=True),
                name="current_by_next_change",
            ),
            models.Index(
                fields=["decision", "review", "next_earliest", "next_latest", "pack_hash", "superseded_at"],
                condition=models.Q(superseded_at__isnull=True),
                name="current_by_review",
            ),
        ]
