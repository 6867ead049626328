"""Cases that wait to be held: those of the team that nobody holds, and those offered to the viewer."""

from __future__ import annotations

from dataclasses import dataclass

from amana.apps.accounts.viewers import Viewer
from amana.apps.registry import caseloads
from amana.apps.registry.caseloads import AssignmentView


@dataclass(frozen=True)
class Cases:
    """How many cases of the team nobody holds (None for who doesn't answer for one), and offers to answer."""

    unassigned: int | None
    offers: tuple[AssignmentView, ...]


def cases_of(viewer: Viewer) -> Cases | None:
    """What waits; None where nothing does and nothing may."""
    unassigned = caseloads.unassigned(viewer) if viewer.may("people.assign") else None
    offers = caseloads.offers(viewer)
    return Cases(unassigned, offers) if offers or unassigned is not None else None
