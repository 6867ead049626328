"""Looking at a page through an emergency opening.

A page that doesn't answer its viewer by herself is tried once more for each case that stands open to her,
with that case in reach and nothing allowed but looking. So an opening changes no page that is hers, stands in
no list and no count, and whatever it shows bears its band and its mark in the read log.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.guards import openings
from amana.apps.guards.openings import Standing
from amana.web.clock import now

LOOKS: Final = frozenset({"people.see", "determinations.see", "oversight.see"})
"""Permissions of views that show a case and write nothing."""


URGENT: Final = "moves.plan"
"""What may be done through an opening, by a role that has it: record an urgent protective move, no more."""


@dataclass(frozen=True)
class Band:
    """The line above a page that is shown through an opening: until when (UTC), and the address of an urgent
    protective move, empty where the role records none.
    """

    id: UUID
    until: str
    urgent: str


def look_through(
    request: HttpRequest, permission: str, show: Callable[[], HttpResponse], *, acts: bool = False
) -> HttpResponse | None:
    """The page through the first opening that shows it, None where none does; `acts`: the one act that an
    opening lets through, an urgent protective move.
    """
    looks = permission in LOOKS and request.method in ("GET", "HEAD")
    viewer: Viewer = vars(request)["viewer"]
    if not (looks or acts):
        return None
    for each in openings.standing(viewer, now()):
        narrowed = openings.through(viewer, each)
        if acts:
            narrowed = replace(narrowed, scopes=frozenset((*(narrowed.scopes or ()), permission)))
        vars(request).pop("_frame", None)
        vars(request).update(viewer=narrowed, opening=each)
        with suppress(NotForYou):
            return show()
    vars(request).pop("_frame", None)
    vars(request).update(viewer=viewer, opening=None)
    return None


def opening_of(request: HttpRequest) -> Standing | None:
    """The opening that a page is shown through, None for a page of one's own."""
    found: Any = vars(request).get("opening")
    return found if isinstance(found, Standing) else None


def band_of(request: HttpRequest) -> Band | None:
    """The line above this page, None for a page of one's own."""
    found = opening_of(request)
    if found is None:
        return None
    viewer: Viewer = vars(request)["viewer"]
    urgent = reverse("moves:urgent-add", args=[found.ref]) if URGENT in ROLES[viewer.role].may else ""
    return Band(found.id, found.ends_at.strftime("%Y-%m-%d %H:%M"), urgent)
