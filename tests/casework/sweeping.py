"""What tests of sweeps ask the register: the findings that stand, the whole against the kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import circles, commands
from amana.apps.oversight.episodes import Found
from amana.apps.oversight.models import Finding
from amana.casework import sweep


def kept() -> set[Found]:
    """What stands in the register of everybody."""
    return {each.found for each in commands.standing(circles.people_after("", 10_000))}


def whole(on: date) -> set[Found]:
    """What a sweep of everybody finds as of a day, computed afresh; what no record dates counts from the day
    it was found.
    """
    refs = circles.people_after("", 10_000)
    since = {each.found.place: each.since for each in commands.standing(refs)}
    found = sweep.see(office_pack(), refs, on).found
    return {each._replace(begun_on=each.begun_on or since.get(each.place)) for each in found}


def standing(person: str = "", **what: Any) -> dict[tuple[str, str], str]:
    """(safeguard, key) -> verdict of what stands, of one person."""
    rows = Finding.objects.filter(until=None, **({"person": person} if person else {}), **what)
    return {(safeguard, key): verdict for safeguard, key, verdict in _plain(rows)}


def _plain(rows: Any) -> list[tuple[str, str, str]]:
    return list(rows.order_by("safeguard", "key").values_list("safeguard", "key", "verdict"))


def episodes(person: str, safeguard: str) -> list[tuple[str, date, date | None, str]]:
    """Verdict, since, until and why it ended, of every episode, oldest first."""
    rows = Finding.objects.filter(person=person, safeguard=safeguard).order_by("since", "id")
    return list(rows.values_list("verdict", "since", "until", "ended"))
