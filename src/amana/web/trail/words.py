"""Grounds of an erasure in words, and the lines of what was erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from amana.apps.audit.queries import Erasure


@dataclass(frozen=True)
class ErasureLine:
    """One erasure: when (UTC), by whom, how many payloads, on which ground."""

    at: str
    by: str
    count: int
    ground: str


def grounds() -> dict[str, str]:
    """The grounds an erasure may have, in the order offered."""
    return {
        "request": _("the person or her guardian asked for it"),
        "unlawful": _("it should never have been written"),
        "ordered": _("a court or the supervisory authority ordered it"),
        "expired": _("the time for which it may be kept is over"),
    }


def erasure_lines(erased: Sequence[Erasure], names: Mapping[UUID, str]) -> tuple[ErasureLine, ...]:
    """The erasures in the order given."""
    words = {**grounds(), "batch_undone": _("a list was taken back")}
    return tuple(
        ErasureLine(
            each.at.strftime("%Y-%m-%d %H:%M"),
            names.get(each.actor) or str(each.actor)[:8],
            each.count,
            words.get(each.ground, each.ground),
        )
        for each in erased
    )
