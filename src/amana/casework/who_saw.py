"""Who looked at a person: for whoever answers for her case, and for whoever answers for the trail.

The trail names people by their references. Whoever sees that it is whole, like the independent monitor, does
not thereby learn who was looked at.
"""

from __future__ import annotations

from typing import Final

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit import queries
from amana.apps.audit.queries import Looked
from amana.apps.registry.reach import require_reach

SEE: Final = "audit.see"
ANSWERS_FOR_THE_TRAIL: Final = "audit.erase"


def who_saw(viewer: Viewer, ref: str) -> tuple[Looked, ...]:
    """Who saw a person on which page and how often, the last to look first. Raises `NotForYou`, the same for
    somebody outside the viewer's relation and for nobody.
    """
    if not viewer.may(ANSWERS_FOR_THE_TRAIL):
        require_reach(viewer, ref, SEE)
    return queries.looked(ref, viewer)
