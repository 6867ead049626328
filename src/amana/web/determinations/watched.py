"""What the safeguards say of one determination: its own occasions alone, the worst first.

Never says that all is well: what finds nothing says *no breach found*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.oversight.answers import Watched
from amana.casework.sweep import stand
from amana.core.safeguards import SafeguardVerdict
from amana.web.people.marks import Mark
from amana.wording.languages import pick
from amana.wording.terms import weight_in_words

ORDER: Final = (
    SafeguardVerdict.BREACH,
    SafeguardVerdict.OVERDUE,
    SafeguardVerdict.UNDETERMINED,
    SafeguardVerdict.OPEN,
    SafeguardVerdict.WARN,
    SafeguardVerdict.NO_BREACH,
)


@dataclass(frozen=True)
class Said:
    """What safeguards say of one record: those that find something, and those that find nothing."""

    found: tuple[Saying, ...]
    nothing: tuple[Saying, ...]


@dataclass(frozen=True)
class Saying:
    """One safeguard on one determination; `clears` is empty where nothing is to be cleared."""

    id: str
    title: str
    asks: str
    clears: str
    weight: str
    mark: Mark


def sayings(viewer: Viewer, person: str, dref: str, on: date) -> Said:
    """What every safeguard that watches determinations says of this one."""
    if not viewer.may("oversight.see"):
        return Said((), ())
    own = [each for each in stand(viewer, person, on) if _is_of(each, dref)]
    own.sort(key=lambda each: ORDER.index(each.finding.verdict))
    nothing = tuple(_saying(each) for each in own if each.finding.verdict is SafeguardVerdict.NO_BREACH)
    found = tuple(_saying(each) for each in own if each.finding.verdict is not SafeguardVerdict.NO_BREACH)
    return Said(found, nothing)


def _is_of(each: Watched, dref: str) -> bool:
    return each.occasion.kind == "determination" and each.occasion.key.endswith(f":{dref}")


def _saying(each: Watched) -> Saying:
    nothing = each.finding.verdict is SafeguardVerdict.NO_BREACH
    return Saying(
        id=each.safeguard.id,
        title=pick(each.safeguard.title),
        asks=pick(each.safeguard.asks),
        clears="" if nothing else pick(each.safeguard.clears),
        weight=weight_in_words(each.safeguard.weight),
        mark=verdict_marks()[each.finding.verdict],
    )


def verdict_marks() -> dict[SafeguardVerdict, Mark]:
    """The badge of each verdict."""
    return {
        SafeguardVerdict.BREACH: Mark("breach", _("breach"), "warn"),
        SafeguardVerdict.OVERDUE: Mark("breach", _("overdue"), "clock"),
        SafeguardVerdict.UNDETERMINED: Mark("unk", _("undetermined"), "unknown"),
        SafeguardVerdict.OPEN: Mark("due", _("still to be done"), "clock"),
        SafeguardVerdict.WARN: Mark("due", _("a person must look"), "eye"),
        SafeguardVerdict.NO_BREACH: Mark("", _("no breach found"), "minus"),
    }
