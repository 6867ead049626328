"""The second wall round a page: while it is looked at, PostgreSQL itself shows only people in reach.

It stands round the pages that show cases. Whoever sends a form is let through: commands ask for the reach of
whom they change, and then look at kin, places and lists beyond it. So are pages that count everybody (law),
ask whom a colleague reaches (tasks), or show nobody by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.http import HttpRequest

from amana.apps.accounts.viewers import Viewer
from amana.apps.guards.walls import narrowed

REACHING: Final = frozenset({"assigned", "team", "site", "ward"})
"""Relations of roles that reach people by name."""

WALLED: Final = frozenset(
    {
        "signed-in", "today.see", "people.see", "people.amend", "people.assign", "reviews.see",
        "determinations.see", "determinations.write", "determinations.appeal", "moves.plan", "returns.see",
        "returns.write",
    }
)  # fmt: skip
"""Permissions of the pages that show cases; Today may be opened by anybody signed in."""

WIDE: Final = frozenset({"moves:plan-show"})
"""Pages that show nothing of others and yet look at them: a plan is rehearsed with all whom it would move."""


@contextmanager
def behind_wall(request: HttpRequest, permission: str) -> Iterator[None]:
    """Narrow the database to the viewer's reach while a page is only looked at."""
    viewer: Viewer = vars(request)["viewer"]
    match = request.resolver_match
    name = match.view_name if match else ""
    looks = request.method in ("GET", "HEAD") and permission in WALLED and name not in WIDE
    if not looks or viewer.relation not in REACHING:
        yield
        return
    with narrowed(viewer, widely=match is not None and not match.kwargs):  # a list, not the page of one case
        yield
