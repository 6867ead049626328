"""Tables of determinations: what was assessed and decided about one person, who approved it, appeals, and
what judges decided.

Nothing is edited: of a determination only its state moves, and a new one takes its place. Approvals are rows
that triggers keep from being changed or deleted. Codes, booleans and days serve the safeguards; every free
text that may tell of protection is C5, stands in these tables alone, and is sealed. Days are the office's,
instants UTC.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import Bound, SealedJson, SealedText
from amana.apps.decisions.models import Decision
from amana.apps.determinations.codes import RECORDED_KINDS
from amana.apps.determinations.states import NEEDS_SECOND_PERSON, State
from amana.apps.registry.models import Person


def _told() -> Any:
    """A text in somebody's words, which may tell of protection; empty where nothing is said."""
    return kept(SealedText(null=True), "C5", "decide", "case")


def _told_list() -> Any:
    """Several of them, as JSON."""
    return kept(SealedJson(null=True), "C5", "decide", "case")


def _code(field: Any) -> Any:
    """A code, a flag or a day that says how a matter was decided."""
    return kept(field, "C4", "decide", "case")


def _trail(field: Any) -> Any:
    return kept(field, "system", "trail", "case")


def _short(length: int = 24) -> Any:
    return models.CharField(max_length=length, blank=True, default="")


class Determination(Record):
    """An assessment or determination of this office, or one of another body as reported.

    `asked_on` is the office's day on which it was made, `decided_on` the day it names itself; it carries from
    `in_force_from` until `ended_on` (excluded; both empty where it never did or still does). `age_settled`:
    the answer of the law did not hang on an open age; `harsher_branch`: it decides what is harsher than
    another possible outcome; both empty where no answer of that day is known. `grounds` and `citations` are
    `;`-joined.
    """

    person_id: str
    decision_id: int | None
    supersedes_id: str | None
    approvals: QuerySet[Approval]
    appeals: QuerySet[Appeal]
    superseded_by: QuerySet[Determination]

    ref = kept(models.CharField(max_length=12, primary_key=True), "C4", "identify", "case")
    person = kept(models.ForeignKey(Person, models.PROTECT), "C1", "identify", "case")
    kind = _code(models.CharField(max_length=16))
    stage = _code(_short(12))
    state = _code(models.CharField(max_length=16))
    decides = _code(_short())
    effect = _code(_short(12))
    place_kind = _code(_short(16))
    stance = _code(_short(12))
    decision = _code(models.ForeignKey(Decision, models.PROTECT, null=True))
    panel = _trail(models.JSONField(default=list))
    panel_names = _trail(models.JSONField(default=list))
    options = _told_list()
    options_considered = _code(_short(200))
    child_view = _told()
    mother_view = _told()
    father_view = _told()
    child_heard = _code(_short(12))
    mother_heard = _code(_short(12))
    father_heard = _code(_short(12))
    evidence = _told_list()
    grounds = _code(_short(200))
    reasons = _told()
    recommendation = _told()
    citations = _told_list()
    decided_on = _code(models.DateField(null=True))
    review_on = _code(models.DateField(null=True))
    appeal_route = _told()
    appeal_until = _code(models.DateField(null=True))
    care_identified = _code(models.BooleanField(null=True))
    consulate = _code(_short(20))
    exception_until = _code(models.DateField(null=True))
    label_used = kept(_short(12), "C8", "decide", "case")
    body = _code(_short(200))
    author_given = _code(models.BooleanField())
    source = kept(_short(300), "C8", "source", "case")
    age_settled = _code(models.BooleanField(null=True))
    harsher_branch = _code(models.BooleanField(null=True))
    asked_by = _trail(models.UUIDField())
    asked_role = _trail(models.CharField(max_length=30))
    asked_at = _trail(models.DateTimeField())
    asked_on = _code(models.DateField())
    closed_by = _trail(models.UUIDField(null=True))
    in_force_from = _code(models.DateField(null=True))
    ended_on = _code(models.DateField(null=True))
    supersedes = _trail(models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by"))
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        indexes = [
            models.Index(fields=["state", "asked_at", "ref"], name="determination_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RECORDED_KINDS)
                | ~Q(state__in=sorted(map(str, NEEDS_SECOND_PERSON)))
                | (Q(closed_by__isnull=False) & ~Q(closed_by=F("asked_by"))),
                name="second_person_approves",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RECORDED.value) | Q(kind__in=RECORDED_KINDS),
                name="only_records_need_no_approval",
            ),
            models.UniqueConstraint(fields=["asked_by", "token"], name="determination_asked_once"),
        ]


class Approval(Record):
    """One step towards a determination, kept for ever: asked for, approved, rejected or withdrawn; by whom,
    in which role, when and why. Whoever decides is never who asked.
    """

    determination_id: str
    sealed_with = Bound(("determination_id", "step"), case="determination.person_id")

    determination = _trail(models.ForeignKey(Determination, models.PROTECT, related_name="approvals"))
    step = _code(models.CharField(max_length=12))
    by = _trail(models.UUIDField())
    role = _trail(models.CharField(max_length=30))
    requested_by = _trail(models.UUIDField())
    at = _trail(models.DateTimeField())
    on = _trail(models.DateField())
    reason = _told()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(step__in=["requested", "withdrawn"]) & Q(by=F("requested_by")))
                | (Q(step__in=["approved", "rejected"]) & ~Q(by=F("requested_by"))),
                name="approved_by_another",
            ),
            models.UniqueConstraint(
                fields=["determination"], condition=Q(step="requested"), name="asked_for_once"
            ),
            models.UniqueConstraint(
                fields=["determination"], condition=~Q(step="requested"), name="closed_once"
            ),
        ]


class Appeal(Record):
    """An appeal against a determination, and what became of it (`outcome` empty while it runs)."""

    determination_id: str
    sealed_with = Bound(("determination_id", "recorded_at"), case="determination.person_id")

    determination = _code(models.ForeignKey(Determination, models.PROTECT, related_name="appeals"))
    lodged_by = _code(models.CharField(max_length=12))
    lodged_on = _code(models.DateField())
    ground = _told()
    recorded_by = _trail(models.UUIDField())
    recorded_at = _trail(models.DateTimeField())
    outcome = _code(_short(12))
    body = _code(_short(12))
    decided_on = _code(models.DateField(null=True))
    reasons = _told()
    decided_by = _trail(models.UUIDField(null=True))
    decided_at = _trail(models.DateTimeField(null=True))
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["determination"], condition=Q(outcome=""), name="one_open_appeal"
            ),
            models.UniqueConstraint(fields=["recorded_by", "token"], name="appeal_lodged_once"),
        ]


class JudicialDecision(Record):
    """What a court decided about a person, as recorded from its source; corrected by a new record only."""

    person_id: str
    corrects_id: str | None

    ref = kept(models.CharField(max_length=12, primary_key=True), "C8", "identify", "case")
    person = kept(models.ForeignKey(Person, models.PROTECT), "C1", "identify", "case")
    kind = kept(models.CharField(max_length=20), "C8", "decide", "case")
    court = kept(models.CharField(max_length=200), "C8", "decide", "case")
    number = kept(_short(60), "C8", "decide", "case")
    decided_on = kept(models.DateField(), "C8", "decide", "case")
    summary = kept(models.TextField(blank=True, default=""), "C8", "decide", "case")
    source = kept(models.CharField(max_length=300), "C8", "source", "case")
    review_available = kept(models.BooleanField(null=True), "C8", "decide", "case")
    corrects = kept(
        models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by"),
        "C8",
        "source",
        "case",
    )
    recorded_by = _trail(models.UUIDField())
    recorded_at = _trail(models.DateTimeField())
    recorded_on = kept(models.DateField(), "C8", "source", "case")
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recorded_by", "token"], name="judicial_recorded_once"),
        ]
