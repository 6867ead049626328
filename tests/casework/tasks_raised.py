"""Raising tasks in tests, as a sweep would: everybody, on a day, in one recorded transaction."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

AT = datetime(2018, 2, 15, 9, 30, tzinfo=UTC)
TODAY = date(2018, 2, 15)


def raise_all(by: Any, on: date = TODAY, refs: Any = None) -> Any:
    """Raise the tasks of everybody, or of these people; gives the counts."""
    from amana.apps.audit.recording import recording
    from amana.apps.registry.models import Person
    from amana.casework.tasks import raise_tasks

    everybody = list(Person.objects.order_by("ref").values_list("ref", flat=True))
    with recording(by, AT) as log:
        return raise_tasks(everybody if refs is None else refs, on=on, log=log)


def open_tasks(**conditions: Any) -> Any:
    """The open tasks that meet these conditions, soonest first."""
    from amana.apps.tasks.models import Task

    return list(Task.objects.filter(closed_on__isnull=True, **conditions).order_by("due", "id"))
