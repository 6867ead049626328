"""Moves of invented children: places, plans and determinations with less to type."""

from __future__ import annotations

from datetime import date
from typing import Any

from determined import acting, separation
from registered import AT, TODAY

from amana.apps.placements.commands import add_facility
from amana.apps.placements.occasions import provide
from amana.apps.registry.models import Person
from amana.casework import determine, moves


def place(kind: str, by: Any, name: str = "") -> str:
    """A place of that kind; its reference."""
    return add_facility(name_en=name or f"A {kind}", name_ar="", kind=kind, by=by, at=AT)


def planned(person: str, facility: str, by: Any, on: date = TODAY, **what: Any) -> str:
    """A plan on the ground of the protocol's age, unless told otherwise; its reference."""
    said = {
        "facility": facility,
        "planned_for": on,
        "grounds": ("age_threshold",),
        "reason": "She will be four in the spring.",
        **what,
    }
    return moves.plan_move(person, **said, **acting(by, on))


def urgent(person: str, facility: str, by: Any, on: date = TODAY, **what: Any) -> str:
    """An urgent move to a hospital, unless told otherwise; its reference."""
    said = {
        "facility": facility,
        "ground": "medical",
        "reason": "High fever since the night.",
        "with_family": "not_possible",
        "alone_reason": "The ambulance had one place only.",
        "moved_on": on,
        **what,
    }
    return moves.urgent_move(person, **said, **acting(by, on))


def separated_by(
    person: str, cast: Any, place_kind: str = "state_home", on: date = TODAY, **what: Any
) -> str:
    """A determination that parts a child from the mother, approved by a second person; its reference."""
    said = {**separation(decided_on=on, place_kind=place_kind), **what}
    ref = determine.ask_determination(person, **said, **acting(cast.caseworker, on))
    version = Person.objects.get(ref=person).version
    determine.approve(
        ref, reason="Complete and well founded.", seen_version=version, **acting(cast.supervisor, on)
    )
    return ref


def occasions(person: str, on: date = TODAY) -> dict[str, dict[str, Any]]:
    """Key -> the facts of each occasion of one person, days as days and codes as texts."""
    return {
        each.key: {name: plain(value) for name, value in each.values.items()}
        for each in provide([person], on)
    }


def plain(value: Any) -> Any:
    """A day as ISO text, codes as sorted text, the rest as it is."""
    if isinstance(value, frozenset):
        return ";".join(sorted(value))
    return value.earliest.isoformat() if hasattr(value, "earliest") else value
