"""Who is to be reminded of what is overdue, in counts, and that it was done: at most once a day of the
office. The machine's own reads and writes, for `casework.reminders`; no person in care is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from amana.apps.accounts.models import User
from amana.apps.audit.recording import Log
from amana.apps.tasks.answers import Overdue
from amana.apps.tasks.kinds import REVIEWS, WORKS_AT
from amana.apps.tasks.models import Reminder, Task


@dataclass(frozen=True)
class Addressee:
    """An official to remind: account, address, language of her pages (empty: the office's), and counts."""

    account: UUID
    audit_id: UUID
    email: str
    language: str
    overdue: Overdue


def to_remind(on: date) -> tuple[Addressee, ...]:
    """Everybody who holds overdue tasks, or whose desk has some that nobody has taken, and who was not
    reminded on that day.
    """
    late = Task.objects.filter(closed_on__isnull=True, due__lt=on)
    held = late.filter(assignee__isnull=False).values_list("assignee", "theme").annotate(tasks=Count("id"))
    reviews: dict[UUID, int] = {}
    others: dict[UUID, int] = {}
    for account, theme, tasks in held:
        counts = reviews if theme == REVIEWS else others
        counts[account] = counts.get(account, 0) + tasks
    free = late.filter(assignee__isnull=True)
    desks = dict(free.values_list("desk").annotate(tasks=Count("id")))
    officials = User.objects.filter(is_active=True, role__in=WORKS_AT).order_by("email")
    reminded = Reminder.objects.filter(on=on).values("account")
    found = (
        Addressee(
            account=user.pk,
            audit_id=user.audit_id,
            email=user.email,
            language=user.language,
            overdue=Overdue(reviews.get(user.pk, 0), others.get(user.pk, 0), desks.get(user.role, 0)),
        )
        for user in officials.exclude(pk__in=reminded)
    )
    return tuple(each for each in found if each.overdue.any)


def note(addressees: Iterable[Addressee], *, on: date, log: Log) -> None:
    """Keep that they are being reminded today, before anything is sent."""
    for each in addressees:
        Reminder.objects.create(account_id=each.account, on=on)
        log.entry("account.reminded", f"account:{each.audit_id}", {"on": on})
