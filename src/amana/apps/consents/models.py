"""Tables of the country gate: consents, screenings, claims for protection, holds, dossiers, planned steps,
and the register of what was disclosed.

Nothing is edited: what is said is written once, sealed, and a later record takes the place of an earlier one
(`number` counts them). What a person answered stands in `said` alone, so that no list, index or copy tells a
yes from a no; `ended_on` says only that a record no longer stands. Disclosures are rows that triggers keep
from being changed or deleted. Days are the office's, instants UTC.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import SealedJson
from amana.apps.registry.models import Person


def _trail(field: Any) -> Any:
    return kept(field, "system", "trail", "case")


def _about(field: Any) -> Any:
    """Which country, which step, which day: that something was asked, not what was answered."""
    return kept(field, "C3", "protect", "case")


def _said() -> Any:
    """What somebody answered or found, sealed."""
    return kept(SealedJson(null=True), "C5", "protect", "case")


class Told(Record):
    """What was recorded of one person, as its base; `nation` is an alpha-3 code, empty for every country."""

    person_id: str

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    person = kept(models.ForeignKey(Person, models.PROTECT, related_name="+"), "C1", "identify", "case")
    nation = _about(models.CharField(max_length=3, blank=True, default=""))
    number = _trail(models.PositiveIntegerField(default=1))
    on = _about(models.DateField())
    recorded_by = _trail(models.UUIDField())
    recorded_at = _trail(models.DateTimeField())
    ended_on = _about(models.DateField(null=True))
    ended_by = _trail(models.UUIDField(null=True))
    ended_at = _trail(models.DateTimeField(null=True))
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        abstract = True


class Consent(Told):
    """What a person, or a child's guardian, answered for one country and one purpose; `on`: when taken.

    `said`: answer, own_word, with_counsel, with_interpreter, unheard, until, child_said, and in words
    counsel, language and words.
    """

    purpose = _about(models.CharField(max_length=12))
    giver = _about(models.CharField(max_length=12))
    said = _said()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "nation", "purpose", "giver", "number"], name="consent_in_order"
            ),
            models.UniqueConstraint(fields=["recorded_by", "token"], name="consent_taken_once"),
        ]


class Screening(Told):
    """A screening for international protection, for one country. `said`: done, fear."""

    said = _said()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "nation", "number"], name="screening_in_order"),
            models.UniqueConstraint(fields=["recorded_by", "token"], name="screening_recorded_once"),
        ]


class ProtectionClaim(Told):
    """Where a claim for international protection stands; it speaks of every country. `said`: state."""

    said = _said()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="claim_in_order"),
        ]


class Hold(Told):
    """A hold on a file: until a day, every gate (or that of one country) is closed. `said`: ground."""

    until = _about(models.DateField())
    said = _said()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="hold_in_order"),
            models.UniqueConstraint(fields=["recorded_by", "token"], name="hold_placed_once"),
        ]


class Dossier(Told):
    """What may be told of one person to one country for one step, frozen; released by another official than
    who prepared it. `content`: fact -> text. `digest`: SHA-256 of the content as JSON.
    """

    step = _about(models.CharField(max_length=12))
    content = kept(SealedJson(), "C3", "identify", "case")
    digest = _trail(models.CharField(max_length=64))
    released_on = _about(models.DateField(null=True))
    released_by = _trail(models.UUIDField(null=True))
    released_at = _trail(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "nation", "step", "number"], name="dossier_in_order"),
            models.UniqueConstraint(fields=["recorded_by", "token"], name="dossier_prepared_once"),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True, released_on__isnull=True)
                | (
                    Q(released_by__isnull=False, released_at__isnull=False, released_on__isnull=False)
                    & ~Q(released_by=F("recorded_by"))
                ),
                name="dossier_released_by_another",
            ),
        ]


class PlannedStep(Told):
    """A step towards a country that is planned for a day. It tells nobody anything."""

    step = _about(models.CharField(max_length=12))
    planned_for = _about(models.DateField())
    state = _about(models.CharField(max_length=8))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "nation", "step"],
                condition=Q(state="planned"),
                name="one_planned_step",
            ),
        ]


class Disclosure(Record):
    """What was told, to which country, by which channel, under which text of the gate: the register."""

    person_id: str
    dossier_id: object

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    person = kept(models.ForeignKey(Person, models.PROTECT, related_name="+"), "C1", "identify", "case")
    nation = _about(models.CharField(max_length=3))
    step = _about(models.CharField(max_length=12))
    channel = _about(models.CharField(max_length=12))
    recipient = _about(models.CharField(max_length=200))
    dossier = _about(models.ForeignKey(Dossier, models.PROTECT, related_name="+"))
    gate = _trail(models.CharField(max_length=64))
    on = _about(models.DateField())
    by = _trail(models.UUIDField())
    at = _trail(models.DateTimeField())
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        indexes = [models.Index(fields=["person", "nation"], name="disclosure_of_person")]
        constraints = [models.UniqueConstraint(fields=["by", "token"], name="disclosed_once")]


class ConsularPost(Record):
    """That an account sits at the desk of one country: said by one official, confirmed by another outside
    casework, until ended.
    """

    id = kept(models.UUIDField(primary_key=True, default=uuid4), "system", "account", "account")
    account = kept(models.UUIDField(), "system", "account", "account")
    nation = kept(models.CharField(max_length=3), "system", "account", "account")
    asked_on = kept(models.DateField(), "system", "account", "account")
    asked_by = kept(models.UUIDField(), "system", "trail", "account")
    asked_at = kept(models.DateTimeField(), "system", "trail", "account")
    confirmed_on = kept(models.DateField(null=True), "system", "account", "account")
    confirmed_by = kept(models.UUIDField(null=True), "system", "trail", "account")
    confirmed_at = kept(models.DateTimeField(null=True), "system", "trail", "account")
    ended_on = kept(models.DateField(null=True), "system", "account", "account")
    ended_by = kept(models.UUIDField(null=True), "system", "trail", "account")
    ended_at = kept(models.DateTimeField(null=True), "system", "trail", "account")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_on__isnull=True), name="one_post_an_account"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="post_confirmed_by_another",
            ),
        ]


class ConsularAnswer(Record):
    """What a mission answered to a dossier laid on its desk. It says nothing of the person until an official
    judges it; `claim`: the number of the claim it became. `said`: kind and words.
    """

    person_id: str
    dossier_id: object

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    person = kept(models.ForeignKey(Person, models.PROTECT, related_name="+"), "C1", "identify", "case")
    dossier = _about(models.ForeignKey(Dossier, models.PROTECT, related_name="+"))
    nation = _about(models.CharField(max_length=3))
    said = kept(SealedJson(), "C3", "identify", "case")
    on = _about(models.DateField())
    by = _trail(models.UUIDField())
    at = _trail(models.DateTimeField())
    judged_on = _trail(models.DateField(null=True))
    judged_by = _trail(models.UUIDField(null=True))
    judged_at = _trail(models.DateTimeField(null=True))
    judged = kept(SealedJson(null=True), "C3", "identify", "case")
    claim = _trail(models.BigIntegerField(null=True))
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        indexes = [
            models.Index(fields=["person"], condition=Q(judged_on__isnull=True), name="unjudged_answer_of")
        ]
        constraints = [models.UniqueConstraint(fields=["by", "token"], name="consul_answered_once")]
