"""How a safeguard and what it finds are shown anywhere: badge, weight, basis, owner, how long, until when.

Verdicts stand in one order, the worst first. A check that found nothing has no colour and no tick: it is no
proof that all is well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.core.policy import Pack
from amana.core.safeguards import Safeguard
from amana.web.law.citations import Source, cite
from amana.web.people.marks import Mark
from amana.web.texts import WEIGHT_CLASSES
from amana.wording.findings import clock_in_words, told_in_words
from amana.wording.languages import pick
from amana.wording.terms import weight_in_words

ORDER: Final = ("breach", "overdue", "warn", "duty_open", "undetermined", "no_breach_found")
"""Verdicts, the worst first."""
OPEN: Final = ("breach", "overdue")
"""What is broken now."""
WEIGHTS: Final = tuple(WEIGHT_CLASSES)
"""Weights of a norm, the strongest first."""
MARKS: Final = {
    "breach": ("breach", "warn"),
    "overdue": ("breach", "clock"),
    "warn": ("due", "eye"),
    "duty_open": ("due", "clock"),
    "undetermined": ("unk", "unknown"),
    "no_breach_found": ("", "minus"),
}
"""Verdict -> (kind of badge, icon)."""


@dataclass(frozen=True)
class Norm:
    """A safeguard as it is shown: `basis` with the standing of each text; `clock` empty without a duty."""

    id: str
    title: str
    asks: str
    clears: str
    weight: str
    weight_class: str
    basis: tuple[Source, ...]
    clock: str
    owner: str
    blocks: bool
    waivable: bool
    conflicts: tuple[str, ...]


def norm(safeguard: Safeguard, pack: Pack, on: date) -> Norm:
    """The safeguard in words, with the clocks in force on that day."""
    return Norm(
        id=safeguard.id,
        title=pick(safeguard.title),
        asks=pick(safeguard.asks),
        clears=pick(safeguard.clears),
        weight=weight_in_words(safeguard.weight),
        weight_class=WEIGHT_CLASSES.get(safeguard.weight, "w-p"),
        basis=tuple(cite(each) for each in safeguard.basis),
        clock=clock_in_words(safeguard, pack, on),
        owner=told_in_words(safeguard),
        blocks=safeguard.blocks,
        waivable=safeguard.waivable,
        conflicts=tuple(safeguard.conflicts_with),
    )


def heavier_first(weight: str) -> int:
    """Where a weight stands among all; a strange one last."""
    return WEIGHTS.index(weight) if weight in WEIGHTS else len(WEIGHTS)


def count_mark(verdict: str, count: int) -> Mark:
    """A badge that counts findings of one verdict."""
    kind, icon = MARKS[verdict]
    return Mark(kind, count_in_words(verdict, count), icon)


def counted(**counts: int) -> list[str]:
    """How many there are of each verdict, each with its word."""
    return [count_in_words(verdict, count) for verdict, count in counts.items()]


def planned_in_words(breaches: int, planned: int) -> str:
    """How many of so many breaches are done, and how many of acts that are only planned."""
    return _("of the breaches %(done)s done, %(planned)s planned") % {
        "done": breaches - planned,
        "planned": planned,
    }


def count_in_words(verdict: str, count: int) -> str:
    """“163 breaches”, “826 overdue”, “342 undetermined”."""
    return {
        "breach": ngettext("%(count)s breach", "%(count)s breaches", count),
        "overdue": ngettext("%(count)s overdue", "%(count)s overdue", count),
        "warn": ngettext("%(count)s to look at", "%(count)s to look at", count),
        "duty_open": ngettext("%(count)s due", "%(count)s due", count),
        "undetermined": ngettext("%(count)s undetermined", "%(count)s undetermined", count),
    }[verdict] % {"count": count}


def lasting(since: date, on: date) -> str:
    """How long something has stood open: “today”, “1 day”, “24 days”."""
    days = (on - since).days
    if days < 1:
        return _("today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
