"""The tabs of a case: what of it this viewer may open, in one order.

Whom to turn to about a person (who holds the case, guardian and counsel, requests, whom to call) is one tab
with parts, each at its own address. Where only one part opens, the tab bears the name of that part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.registry.reach import ANSWERS, FINDINGS, RECORDS, Held

OPENS = {"safeguards-show": FINDINGS, "determinations": RECORDS, "moves": RECORDS}
"""The classes without which a tab stays shut to whoever holds a referral only."""

Entry = tuple[str, str, str, tuple[str, ...], str]
"""View, the tab's own name in `here`, permission, classes, words."""


@dataclass(frozen=True)
class Tab:
    """One tab of a case, or one part of a tab. `here` marks the one shown; `parts` stand below it then."""

    words: str
    address: str
    here: bool
    parts: tuple[Tab, ...] = ()


def tabs_of(held: Held, here: str) -> tuple[Tab, ...]:
    """The tabs of what this viewer may open of this person, in their order.

    `here` is the last part of a view's name, or the area's name where the tab is an area of its own; no tab
    is marked where it names none.
    """
    first, *others = (tuple(_opened(held, here, entries)) for entries in (_records(), _around(), _proofs()))
    return (*first, *_joined(others[0]), *others[1])


def _records() -> tuple[Entry, ...]:
    return (
        ("case:person-show", "person-show", "people.see", (), _("Overview")),
        ("case:safeguards-show", "safeguards-show", "oversight.see", (), _("Safeguards")),
        ("determinations:case-list", "determinations", "determinations.see", (), _("Decisions")),
        ("moves:case-list", "moves", "determinations.see", (), _("Moves")),
    )


def _around() -> tuple[Entry, ...]:
    return (
        ("caseload:case-show", "assignments", "people.see", (), _("Who holds it")),
        ("representatives:case-list", "representatives", "wards.ask", ("C4",), _("Guardian, counsel")),
        ("requests:case-list", "requests", "requests.see", (), _("Requests")),
        ("contacts:case-list", "contacts", "people.see", ("C4",), _("Whom to call")),
    )


def _proofs() -> tuple[Entry, ...]:
    return (
        ("case:identity-show", "identity-show", "people.see", (), _("Identity")),
        ("case:family-show", "family-show", "people.see", ("C4",), _("Family")),
        ("case:placement-show", "placement-show", "people.see", ANSWERS, _("Placement")),
        ("papers:case-list", "papers", "papers.see", (), _("Papers")),
        ("returns:case-show", "returns", "returns.see", ("C5",), _("Return")),
        ("case:history-show", "history-show", "people.see", ANSWERS, _("History")),
    )


def _opened(held: Held, here: str, entries: tuple[Entry, ...]) -> Iterator[Tab]:
    for view, key, permission, classes, words in entries:
        if held.viewer.may(permission) and held.reads(*classes) and held.opens(*OPENS.get(key, ())):
            yield Tab(words, reverse(view, args=[held.ref]), key == here)


def _joined(parts: tuple[Tab, ...]) -> tuple[Tab, ...]:
    """The parts as one tab, which leads to the first of them."""
    if len(parts) < 2:
        return parts
    here = any(part.here for part in parts)
    return (Tab(_("Whom to turn to"), parts[0].address, here, parts if here else ()),)
