"""Tables of moves: planned ones, urgent protective ones, and what is told of the ground of a stay.

Reasons may tell of violence or illness and are kept sealed. Days are days of the office; instants are UTC.
No row here opens custody, and none is a ground to hold anyone.
"""

from django.db import models

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import SealedText
from amana.apps.registry.models import Person

CASE = {"purpose": "place", "retention": "case"}
TRAIL = {"cls": "system", "purpose": "trail", "retention": "case"}


class PlannedMove(Record):
    """An intended move of one person. `together`: mother and children who are at one place move as one.

    planned -> done, when it was carried out, or withdrawn. `grounds` holds codes joined by `;`, all of them
    true. At most one plan of a person is open.
    """

    class State(models.TextChoices):
        """How a plan ends: carried out whole, or withdrawn with a reason."""

        PLANNED = "planned"
        DONE = "done"
        WITHDRAWN = "withdrawn"

    person_id: str
    facility_id: str
    ref = kept(models.CharField(max_length=12, primary_key=True), "C2", "identify", "case")
    person = kept(models.ForeignKey(Person, models.PROTECT), "C2", **CASE)
    facility = kept(models.ForeignKey("placements.Facility", models.PROTECT), "C2", **CASE)
    planned_for = kept(models.DateField(), "C2", **CASE)
    together = kept(models.BooleanField(default=False), "C4", **CASE)
    grounds = kept(models.CharField(max_length=200), "C2", **CASE)
    reason = kept(SealedText(null=True), "C5", **CASE)
    care_identified = kept(models.BooleanField(default=False), "C2", **CASE)
    consulate = kept(models.CharField(max_length=20, blank=True), "C3", **CASE)
    apart_reason = kept(models.CharField(max_length=20, blank=True), "C4", **CASE)
    state = kept(models.CharField(max_length=10, choices=State.choices, default=State.PLANNED), "C2", **CASE)
    moved_on = kept(models.DateField(null=True), "C2", **CASE)
    planned_on = kept(models.DateField(), **TRAIL)
    by = kept(models.UUIDField(), **TRAIL)
    at = kept(models.DateTimeField(), **TRAIL)
    closed_by = kept(models.UUIDField(null=True), **TRAIL)
    closed_at = kept(models.DateTimeField(null=True), **TRAIL)
    closing_reason = kept(SealedText(null=True), "C5", **CASE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="planned"), name="one_open_plan_a_person"
            ),
            models.CheckConstraint(
                condition=models.Q(state="planned", closed_by__isnull=True, closed_at__isnull=True)
                | models.Q(state__in=["done", "withdrawn"], closed_by__isnull=False, closed_at__isnull=False),
                name="closed_plan_has_an_author",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", moved_on__isnull=False)
                | (~models.Q(state="done") & models.Q(moved_on__isnull=True)),
                name="done_plan_has_a_day",
            ),
        ]


class UrgentMove(Record):
    """A move that could not wait: medical, violence or fire. It lasts at most 72 hours, is told to monitor
    and guardian, and is reviewed by somebody else than whoever made it.
    """

    person_id: str
    facility_id: str
    ref = kept(models.CharField(max_length=12, primary_key=True), "C2", "identify", "case")
    person = kept(models.ForeignKey(Person, models.PROTECT), "C2", **CASE)
    facility = kept(models.ForeignKey("placements.Facility", models.PROTECT), "C2", **CASE)
    ground = kept(models.CharField(max_length=12), "C2", **CASE)
    reason = kept(SealedText(null=True), "C5", **CASE)
    with_family = kept(models.CharField(max_length=12), "C4", **CASE)
    alone_reason = kept(SealedText(null=True), "C5", **CASE)
    moved_on = kept(models.DateField(), "C2", **CASE)
    monitor_told_on = kept(models.DateField(null=True), "C2", **CASE)
    guardian_told_on = kept(models.DateField(null=True), "C2", **CASE)
    by = kept(models.UUIDField(), **TRAIL)
    at = kept(models.DateTimeField(), **TRAIL)
    review = kept(models.CharField(max_length=12, blank=True), "C2", **CASE)
    review_reason = kept(SealedText(null=True), "C5", **CASE)
    reviewed_on = kept(models.DateField(null=True), "C2", **CASE)
    reviewed_by = kept(models.UUIDField(null=True), **TRAIL)
    reviewed_at = kept(models.DateTimeField(null=True), **TRAIL)
    ended_on = kept(models.DateField(null=True), "C2", **CASE)
    ended_reason = kept(SealedText(null=True), "C5", **CASE)
    ended_by = kept(models.UUIDField(null=True), **TRAIL)
    ended_at = kept(models.DateTimeField(null=True), **TRAIL)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_on__isnull=True), name="one_open_urgent_move"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_on__isnull=True, reviewed_by__isnull=True)
                | (
                    models.Q(reviewed_on__isnull=False, reviewed_by__isnull=False)
                    & ~models.Q(reviewed_by=models.F("by"))
                ),
                name="second_person_reviews_urgent",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("moved_on")),
                name="urgent_move_ends_after_it_began",
            ),
        ]


class StayGround(Record):
    """What is told of the ground of a stay: copied from the plan or the urgent move that began it, or as
    reported with a move that had happened. `grounds` holds codes joined by `;`, all of them true.
    """

    stay_id: int
    stay = kept(
        models.OneToOneField("placements.Stay", models.PROTECT, primary_key=True, related_name="told_ground"),
        "C2",
        **CASE,
    )
    grounds = kept(models.CharField(max_length=200, blank=True), "C2", **CASE)
    decided_by = kept(models.CharField(max_length=12, blank=True), "C8", **CASE)
    care_identified = kept(models.BooleanField(null=True), "C2", **CASE)
    consulate = kept(models.CharField(max_length=20, blank=True), "C3", **CASE)
    apart_reason = kept(models.CharField(max_length=20, blank=True), "C4", **CASE)
    plan = kept(models.ForeignKey(PlannedMove, models.PROTECT, null=True), "C2", **CASE)
    urgent = kept(models.ForeignKey(UrgentMove, models.PROTECT, null=True), "C2", **CASE)
