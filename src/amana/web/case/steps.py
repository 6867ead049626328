"""Where one goes on from the placement tab: act on what the protocol says, plan a move, record one.

Each is a page of its own that asks for reasons; the tab itself changes nothing. Only what this viewer may do
is offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.registry.reach import RECORDS, Held


@dataclass(frozen=True)
class Step:
    """One link: words and address."""

    words: str
    address: str


def deciding_steps(held: Held) -> tuple[Step, ...]:
    """What follows from the answer: a determination of people entitled to it, and nothing by itself."""
    told = (("determinations:protocol-act", "determinations.write", _("Act on what the protocol says")),)
    return tuple(_offered(held, told))


def moving_steps(held: Held) -> tuple[Step, ...]:
    """What stands beside the stays: moves planned and done, a plan, an urgent move, one that happened."""
    told = (
        ("moves:case-list", "determinations.see", _("Moves")),
        ("moves:plan-add", "moves.plan", _("Plan a move")),
        ("moves:urgent-add", "moves.plan", _("Urgent protective move")),
        ("moves:move-record", "people.amend", _("Record a move that happened")),
    )
    return tuple(_offered(held, told))


def _offered(held: Held, told: tuple[tuple[str, str, str], ...]) -> Iterator[Step]:
    for view, permission, words in told:
        if held.viewer.may(permission) and held.opens(*RECORDS):
            yield Step(words, reverse(view, args=[held.ref]))
