"""Handlers of sweeps: the people of a list, and the run of the night.

Both may be run twice: a second sweep changes nothing, and the night takes up where it stopped. The worker
asks for the night when the office's day has advanced; a demonstration office stands still and has one night.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid5

from django.db import IntegrityError

from amana.apps.accounts.queries import NoOffice, office
from amana.apps.accounts.viewers import Viewer
from amana.apps.jobs.commands import enqueue
from amana.apps.jobs.queries import was_asked
from amana.casework import nightly
from amana.casework.entering import Progress
from amana.casework.nightly import NIGHT_ID, NIGHT_JOB, night
from amana.casework.sweep import sweep_list


def sweep(arguments: Mapping[str, Any], *, by: Viewer, at: datetime, progress: Progress) -> Mapping[str, Any]:
    """Look at the people of the list `arguments["batch"]` and those it may concern; returns how many."""
    today = office().today(at.date())
    return {"people": sweep_list(str(arguments["batch"]), on=today, by=by, at=at, progress=progress).people}


def work_at_night(
    arguments: Mapping[str, Any], *, by: Viewer, at: datetime, progress: Progress
) -> Mapping[str, Any]:
    """Decide whom the day concerns and look at everybody, once a day; returns how many."""
    today = office().today(at.date())
    if not nightly.due(today):
        return {"decided": 0, "people": 0}
    report = nightly.run(on=today, by=by, at=at, progress=progress)
    return {"decided": report.decided, "people": report.sweep.counts.people}


def ask_for_night(at: datetime) -> bool:
    """Ask for the night where it is due and nobody has asked within the hour; whether this call did."""
    try:
        today = office().today(at.date())
    except NoOffice:
        return False
    job_id = uuid5(NIGHT_ID, f"{today} {at:%Y-%m-%dT%H}")
    if not nightly.due(today) or was_asked(job_id):
        return False
    try:
        enqueue(kind=NIGHT_JOB, arguments={}, by=night(), at=at, job_id=job_id)
    except IntegrityError:
        return False  # another worker was quicker
    return True
