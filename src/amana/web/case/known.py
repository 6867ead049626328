"""What a role sees of a case that it knows in part: mother and child at its places, and what is kept from it.

What is kept from it stands in the same words whether or not anything is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.registry import queries
from amana.apps.registry.reach import Held
from amana.core.need_to_know import Level, Withheld
from amana.web.case.head import standing_mark
from amana.web.people.marks import Mark
from amana.web.people.names import names
from amana.wording.withheld import CLASS_WORDS

OF_A_CASE: Final = ("C2", "C3", "C4", "C5", "C7", "C8", "C9")
"""The classes a case may hold. Allegations stand in none of them: where they are kept nobody learns here."""


@dataclass(frozen=True)
class Together:
    """The mother, or a child, of this person; both are at places the reader keeps."""

    name: str
    address: str
    role: str
    standing: Mark


def together(viewer: Viewer, ref: str) -> tuple[Together, ...] | None:
    """Mother and children of a person for who knows kin coarsely; None for who reads all, or nothing."""
    links = queries.mothers(viewer, ref)
    if isinstance(links, Withheld) or viewer.reads("C4"):
        return None
    people = queries.lines(viewer, {link.parent if link.child == ref else link.child for link in links})
    return tuple(
        Together(
            name=names(people[other])[0].words,
            address=reverse("case:person-show", args=[other]),
            role=_("mother") if link.child == ref else _("child"),
            standing=standing_mark(link.standing),
        )
        for link in links
        for other in [link.parent if link.child == ref else link.child]
    )


def closed(held: Held) -> tuple[str, ...]:
    """The classes of a case of which this viewer may know nothing, in words."""
    return tuple(_(CLASS_WORDS[cls]) for cls in OF_A_CASE if held.sees(cls) is Level.NONE)
