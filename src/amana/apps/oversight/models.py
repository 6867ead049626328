"""Tables of oversight: findings as episodes, waivers as decisions, questions of the monitor with their
answers, and the runs of the whole sweep.

Codes, dates and references only, save for the words of a waiver, of a question and of its answer, which
their authors answer for and which stand sealed. `since` and `until` are days of the office: an episode runs
from the first (included) until the second (excluded; empty = it stands).
"""

from django.db import models

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import Bound, SealedText
from amana.apps.registry.models import Person


class Finding(Record):
    """What one safeguard finds at one occasion of one person, while it finds the same: an episode.

    `person` is empty for what concerns no one person (a stored column); `key` names the occasion and does
    not change. `no_breach_found` is not kept. `ended` says why an episode is over: the facts or the day
    changed it, or only the law did. `facility` is where the person was when last looked at; `pack_hash`
    the law under which it was last found. `since` is the day it was found; `begun_on` the day since which it
    is so: of the act, or the last day of a duty, and where no record says the day it was found. `planned`: of
    an act that is planned and not done. Rebuilt from the records, so that no entry of the trail tells of one;
    the run of a sweep does.
    """

    class Ended(models.TextChoices):
        """Empty while the episode stands."""

        FACTS = "facts"
        LAW = "law"

    person_id: str | None
    derived = True

    person = kept(models.ForeignKey(Person, models.PROTECT, null=True), "C1", "identify", "case")
    safeguard = kept(models.CharField(max_length=20), "C4", "protect", "case")
    key = kept(models.CharField(max_length=120), "system", "protect", "case")
    verdict = kept(models.CharField(max_length=20), "C4", "protect", "case")
    since = kept(models.DateField(), "C4", "protect", "case")
    until = kept(models.DateField(null=True), "C4", "protect", "case")
    ended = kept(models.CharField(max_length=8, blank=True, choices=Ended.choices), "C4", "protect", "case")
    begun_on = kept(models.DateField(), "C4", "protect", "case")
    planned = kept(models.BooleanField(default=False), "C4", "protect", "case")
    due_earliest = kept(models.DateField(null=True), "C4", "protect", "case")
    due_latest = kept(models.DateField(null=True), "C4", "protect", "case")
    needs = kept(models.CharField(max_length=500, blank=True), "system", "protect", "case")
    possible = kept(models.CharField(max_length=100, blank=True), "C4", "protect", "case")
    facility = kept(models.CharField(max_length=12, blank=True), "C2", "protect", "case")
    pack_hash = kept(models.CharField(max_length=64), "system", "protect", "case")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "safeguard", "key"],
                condition=models.Q(until__isnull=True),
                name="one_standing_finding",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="finding_ends_after_it_begins",
            ),
        ]
        # The first holds all that the board counts, the second what its weeks count, so that these touch no
        # row; the third is the order of a list, the fourth whom the people list finds.
        indexes = [
            models.Index(
                fields=["safeguard", "verdict", "planned", "begun_on", "due_earliest", "facility"],
                condition=models.Q(until__isnull=True),
                name="finding_board",
            ),
            models.Index(fields=["verdict", "since", "until"], name="finding_weeks"),
            models.Index(
                fields=["safeguard", "begun_on", "id"],
                condition=models.Q(until__isnull=True),
                name="finding_oldest",
            ),
            models.Index(
                fields=["verdict", "person", "until"],
                condition=models.Q(until__isnull=True),
                name="finding_people",
            ),
        ]


class Waiver(Record):
    """A decision to let one finding rest for a time: author, ground, last day. It ends nothing, opens
    nothing, hides nothing and stays on show for ever.

    It speaks of the finding that stood when it was made, with that verdict; one that comes later, or gets
    worse, needs a decision of its own. `until` is the last day it holds; `ended_on` the day it was taken
    back before.
    """

    person_id: str
    sealed_with = Bound(("person_id", "safeguard", "key", "at"))
    person = kept(models.ForeignKey(Person, models.PROTECT), "C1", "identify", "case")
    safeguard = kept(models.CharField(max_length=20), "C4", "protect", "case")
    key = kept(models.CharField(max_length=120), "system", "protect", "case")
    verdict = kept(models.CharField(max_length=20), "C4", "protect", "case")
    ground = kept(SealedText(), "C5", "protect", "case")
    made_on = kept(models.DateField(), "C4", "protect", "case")
    until = kept(models.DateField(), "C4", "protect", "case")
    by = kept(models.UUIDField(), "system", "trail", "case")
    at = kept(models.DateTimeField(), "system", "trail", "case")
    ended_on = kept(models.DateField(null=True), "C4", "protect", "case")
    ended_reason = kept(SealedText(null=True), "C5", "protect", "case")
    ended_by = kept(models.UUIDField(null=True), "system", "trail", "case")
    ended_at = kept(models.DateTimeField(null=True), "system", "trail", "case")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("made_on")), name="waiver_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["safeguard", "until"], name="waiver_running"),
            models.Index(fields=["at", "id"], name="waiver_newest"),
        ]


class Question(Record):
    """What the independent monitor asks the office about one finding, and what the office answers in words.

    Both are dated, stay on show for ever and are never written anew. It speaks of the finding that was there
    when it was asked, with that verdict; of one occasion one question at a time waits for an answer. `due_on`
    is the last day in time. Neither text names anybody: the monitor knows no names.
    """

    person_id: str
    sealed_with = Bound(("person_id", "safeguard", "key", "at"))
    person = kept(models.ForeignKey(Person, models.PROTECT), "C1", "identify", "case")
    safeguard = kept(models.CharField(max_length=20), "C4", "protect", "case")
    key = kept(models.CharField(max_length=120), "system", "protect", "case")
    verdict = kept(models.CharField(max_length=20), "C4", "protect", "case")
    finding = kept(models.PositiveBigIntegerField(), "system", "protect", "case")
    text = kept(SealedText(), "C5", "protect", "case")
    asked_on = kept(models.DateField(), "C4", "protect", "case")
    due_on = kept(models.DateField(), "C4", "protect", "case")
    by = kept(models.UUIDField(), "system", "trail", "case")
    at = kept(models.DateTimeField(), "system", "trail", "case")
    answer = kept(SealedText(null=True), "C5", "protect", "case")
    answered_on = kept(models.DateField(null=True), "C4", "protect", "case")
    answered_by = kept(models.UUIDField(null=True), "system", "trail", "case")
    answered_at = kept(models.DateTimeField(null=True), "system", "trail", "case")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "safeguard", "key"],
                condition=models.Q(answered_on__isnull=True),
                name="one_waiting_question",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True, answered_by__isnull=True)
                | models.Q(answered_on__gte=models.F("asked_on"), answered_by__isnull=False),
                name="question_answered_after_it",
            ),
        ]
        indexes = [models.Index(fields=["at", "id"], name="question_newest")]


class Sweep(Record):
    """One run over everybody on one day under one law. `after` is the reference it has come to, so that an
    interrupted run is taken up there; `finished_at` is empty until it is through.

    `counts`: safeguard -> how many findings were new and how many were cleared. `nightly` for the run that
    also decided anew whoever the day concerned.
    """

    on = kept(models.DateField(), "system", "operate", "office")
    pack_hash = kept(models.CharField(max_length=64), "system", "operate", "office")
    nightly = kept(models.BooleanField(default=False), "system", "operate", "office")
    after = kept(models.CharField(max_length=12, blank=True), "C1", "operate", "office")
    people = kept(models.PositiveIntegerField(default=0), "C10", "operate", "office")
    counts = kept(models.JSONField(default=dict), "C10", "operate", "office")
    by = kept(models.UUIDField(), "system", "trail", "office")
    at = kept(models.DateTimeField(), "system", "trail", "office")
    finished_at = kept(models.DateTimeField(null=True), "system", "trail", "office")

    class Meta:
        indexes = [models.Index(fields=["on", "finished_at"], name="sweep_day")]
