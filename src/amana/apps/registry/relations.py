"""Tables of who stands how to whom: assignments, and the reach that follows from them.

An assignment is said by an official and kept for good, with its end. Reach is derived from assignments, stays
and registrations, in the transaction that changes them; it holds only what stands, and every read of people
asks it.
"""

from django.db import models

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import Bound, SealedText


class Assignment(Record):
    """A person's case with a team and an official, an offer to hand it on, a referral, or a ward.

    `kind`: `case` (one stands per person; `official` empty while nobody holds it), `offer` (until answered),
    `referral` (with `classes`, `purpose`, `until`), `ward`. `official` is an account's id. `until` is the
    last day; `ended_on` is set when it stands no longer. `purpose` and `reason` say why in an official's
    words, sealed, for whoever holds the case; the trail does not repeat them.
    """

    sealed_with = Bound(("person_id", "kind", "by", "at"))

    person_id: str
    batch_id: str | None
    person = kept(models.ForeignKey("registry.Person", models.PROTECT), "C1", "protect", "case")
    batch = kept(
        models.ForeignKey("registry.Batch", models.PROTECT, null=True, db_index=False),
        "system",
        "undo",
        "case",
    )
    kind = kept(models.CharField(max_length=8), "system", "protect", "case")
    team = kept(models.CharField(max_length=12, blank=True, default=""), "system", "protect", "case")
    official = kept(models.UUIDField(null=True), "system", "protect", "case")
    since = kept(models.DateField(), "system", "protect", "case")
    until = kept(models.DateField(null=True), "system", "protect", "case")
    classes = kept(models.CharField(max_length=40, blank=True, default=""), "system", "protect", "case")
    purpose = kept(SealedText(null=True), "C1", "protect", "case")
    ended_on = kept(models.DateField(null=True), "system", "protect", "case")
    reason = kept(SealedText(null=True), "C1", "protect", "case")
    by = kept(models.UUIDField(), "system", "trail", "case")
    at = kept(models.DateTimeField(), "system", "trail", "case")

    class Meta:
        indexes = [
            models.Index(
                fields=["team", "official", "person"],
                condition=models.Q(kind="case", ended_on__isnull=True),
                name="case_of_team",
            ),
            models.Index(
                fields=["official", "kind"],
                condition=models.Q(ended_on__isnull=True),
                name="held_by_official",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(kind="case", ended_on__isnull=True),
                name="one_standing_case_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="case") | models.Q(official__isnull=False), name="official_is_named"
            ),
        ]


class Reach(Record):
    """One circle that reaches one person: rebuilt from assignments, stays and registrations at any time.

    `circle`: `user:<account id>`, `ward:<account id>`, `team:<ref>` or `site:<facility ref>`; `until` is the
    last day, empty without end; `classes` narrows what is seen, empty for all that the role sees; `source`:
    case, referral, ward, stay or registration.
    """

    derived = True
    person_id: str
    person = kept(
        models.ForeignKey("registry.Person", models.PROTECT, db_index=False), "C1", "protect", "case"
    )
    circle = kept(models.CharField(max_length=48), "system", "protect", "case")
    since = kept(models.DateField(), "system", "protect", "case")
    until = kept(models.DateField(null=True), "system", "protect", "case")
    classes = kept(models.CharField(max_length=40, blank=True, default=""), "system", "protect", "case")
    source = kept(models.CharField(max_length=12), "system", "protect", "case")

    class Meta:
        indexes = [
            models.Index(fields=["circle", "person", "until", "classes"], name="reach_of_circle"),
            models.Index(fields=["person", "circle", "until", "classes"], name="reach_of_person"),
        ]
