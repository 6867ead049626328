"""Attempts to move somebody that a safeguard or custody stopped: they stand in the trail and nowhere else."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from amana.apps.accounts.queries import office
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.models import AuditEntry
from amana.apps.placements.moves.queries import SEE
from amana.apps.registry.reach import RECORDS, require_reach

STOPPED = "move.stopped"


class Stop(NamedTuple):
    """One attempt: the day of the office on which it was made, the plan it came from (empty: none), and what
    stopped it, ids of safeguards or `custody`.
    """

    day: date
    plan: str
    by: tuple[str, ...]


def stops(viewer: Viewer, person: str) -> tuple[Stop, ...]:
    """Every attempt about one person, the oldest first. Raises `NotForYou`."""
    require_reach(viewer, person, SEE, RECORDS)
    viewer.saw(person)
    rows = AuditEntry.objects.filter(subject=person, kind=STOPPED).order_by("at", "pk")
    here = office()
    told = (
        (here.day_of(at), json.loads(body) if body else {})
        for at, body in rows.values_list("at", "payload__body")
    )
    return tuple(
        Stop(day, str(said.get("move", "")), tuple(said.get("safeguards", ()))) for day, said in told
    )
