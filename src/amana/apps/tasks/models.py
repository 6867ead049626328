"""Tables of tasks: what the records ask somebody to do, who holds it, and how it passed from hand to hand.

A task is raised and closed by `casework.tasks` alone, from findings, decisions, determinations and moves;
people only take it, hand it over and give it back. It says no outcome. Both tables are rebuilt from others,
so that they stand in nobody's way when a list is taken back.
"""

from django.db import models

from amana.apps.accounts.models import User
from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import Bound, SealedText
from amana.apps.registry.models import Person

_OPEN = models.Q(closed_on__isnull=True)


class Task(Record):
    """One thing to do about one person; open while `closed_on` is empty.

    `theme` is what lists are narrowed by, the same for every review (`kinds.THEMES`). `source` is what the
    task comes from, unique among a person's open tasks of a kind: safeguard and occasion, the
    fact to ask for, the birthday, or the reference of a determination. `shelf` sorts breaches
    before all else, then `due`: the last day in time, for a breach the day since which it is so, 9999-12-31
    where no day can be named. `desk` is a role.
    """

    class Closed(models.TextChoices):
        """How a task ends: what it came from ended, or the review it asked for was made."""

        SOURCE_ENDED = "source_ended"
        REVIEWED = "reviewed"

    derived = True
    person_id: str
    assignee_id: object
    person = kept(models.ForeignKey(Person, models.PROTECT), "C1", "protect", "case")
    kind = kept(models.CharField(max_length=30), "C4", "protect", "case")
    theme = kept(models.CharField(max_length=12), "system", "protect", "case")
    source = kept(models.CharField(max_length=150), "C4", "protect", "case")
    desk = kept(models.CharField(max_length=30), "system", "protect", "case")
    assignee = kept(
        models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+"),
        "system",
        "protect",
        "case",
    )
    shelf = kept(models.PositiveSmallIntegerField(), "system", "protect", "case")
    due = kept(models.DateField(), "C4", "protect", "case")
    due_earliest = kept(models.DateField(null=True), "C4", "protect", "case")
    due_latest = kept(models.DateField(null=True), "C4", "protect", "case")
    since = kept(models.DateField(), "C4", "protect", "case")
    raised_on = kept(models.DateField(), "system", "protect", "case")
    closed_on = kept(models.DateField(null=True), "system", "protect", "case")
    closed_why = kept(
        models.CharField(max_length=20, choices=Closed.choices, blank=True), "system", "protect", "case"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "source"], condition=_OPEN, name="one_open_task_a_source"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True, closed_why="")
                | models.Q(closed_on__isnull=False, closed_why__in=["source_ended", "reviewed"]),
                name="task_closed_for_a_reason",
            ),
        ]
        # One for each list of the pages, in its order, so that a page is one range of an index.
        indexes = [
            models.Index(
                fields=["assignee", "shelf", "due", "id"], condition=_OPEN, name="open_task_by_holder"
            ),
            models.Index(
                fields=["desk", "assignee", "shelf", "due", "id"], condition=_OPEN, name="open_task_free"
            ),
            models.Index(
                fields=["desk", "theme", "shelf", "due", "id"], condition=_OPEN, name="open_task_on_desk"
            ),
            models.Index(fields=["theme", "shelf", "due", "id"], condition=_OPEN, name="open_task_by_theme"),
            models.Index(fields=["desk", "shelf", "due", "id"], condition=_OPEN, name="open_task_by_desk"),
            models.Index(fields=["shelf", "due", "id"], condition=_OPEN, name="open_task_by_due"),
        ]


class Handover(Record):
    """A task passing from one hand to another; `was` or `now` empty is the desk. Kept when undone. The note
    is in somebody's words about a case, so it stands sealed; empty where nothing was said.
    """

    derived = True
    was_id: object
    now_id: object
    by_id: object
    sealed_with = Bound(("task_id", "person_id", "at"))
    task = kept(models.ForeignKey(Task, models.PROTECT), "system", "protect", "case")
    person = kept(models.ForeignKey(Person, models.PROTECT), "C1", "protect", "case")
    was = kept(
        models.ForeignKey(User, models.PROTECT, null=True, related_name="+"), "system", "protect", "case"
    )
    now = kept(
        models.ForeignKey(User, models.PROTECT, null=True, related_name="+"), "system", "protect", "case"
    )
    note = kept(SealedText(null=True), "C5", "protect", "case")
    by = kept(models.ForeignKey(User, models.PROTECT, related_name="+"), "system", "trail", "case")
    at = kept(models.DateTimeField(), "system", "trail", "case")
    undone_at = kept(models.DateTimeField(null=True), "system", "trail", "case")


class Reminder(Record):
    """Somebody was reminded by mail on a day of the office; nobody is reminded twice a day."""

    account = kept(models.ForeignKey(User, models.PROTECT), "system", "operate", "account")
    on = kept(models.DateField(), "system", "operate", "account")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "on"], name="one_reminder_a_day")]
