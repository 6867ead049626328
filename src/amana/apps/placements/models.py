"""Tables of places: facilities and stays. A stay runs from `since` (included) until `until` (excluded;
empty = open).
"""

from django.db import models

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.placements.moves.models import PlannedMove, StayGround, UrgentMove
from amana.apps.registry.models import Batch, Person

__all__ = ["Facility", "PlannedMove", "Stay", "StayGround", "UrgentMove"]


class Facility(Record):
    """A place where people are held or sheltered."""

    ref = kept(
        models.CharField(max_length=12, primary_key=True), cls="C2", purpose="identify", retention="case"
    )
    name_en = kept(models.CharField(max_length=200), cls="C2", purpose="place", retention="case")
    name_ar = kept(models.CharField(max_length=200, blank=True), cls="C2", purpose="place", retention="case")
    kind = kept(models.CharField(max_length=40), cls="C2", purpose="place", retention="case")


class Stay(Record):
    """One person at one facility. At most one stay of a person is open."""

    person_id: str
    facility_id: str
    person = kept(models.ForeignKey(Person, models.PROTECT), cls="C2", purpose="place", retention="case")
    facility = kept(models.ForeignKey(Facility, models.PROTECT), cls="C2", purpose="place", retention="case")
    since = kept(models.DateField(), cls="C2", purpose="place", retention="case")
    until = kept(models.DateField(null=True), cls="C2", purpose="place", retention="case")
    source = kept(models.CharField(max_length=200), cls="C2", purpose="source", retention="case")
    batch = kept(
        models.ForeignKey(Batch, models.PROTECT, null=True, db_index=False),
        cls="system",
        purpose="source",
        retention="case",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until__isnull=True), name="one_open_stay_a_person"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="stay_ends_after_it_begins",
            ),
        ]
