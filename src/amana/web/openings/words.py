"""Emergency openings in words: how one stands, and why something was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.apps.accounts.roles import ROLES
from amana.apps.guards.commands import OpeningRefused
from amana.apps.guards.openings import A_DAY, OpeningView
from amana.web.people.marks import Mark
from amana.wording.languages import as_told
from amana.wording.reasons import say_why


@dataclass(frozen=True)
class OpeningLine:
    """One opening as a page shows it: instants in UTC, `whose` the reference or a pseudonym, `who` opened."""

    id: UUID
    whose: str
    known: bool
    who: str
    began: str
    ends: str
    stands: bool
    mark: Mark
    due: str
    reason: str
    review: str
    reviewed_by: str


def line_of(each: OpeningView, at: datetime, *, whose: str, known: bool, who: str, by: str) -> OpeningLine:
    """The line of an opening; `by`: who reviewed it."""
    return OpeningLine(
        id=each.id,
        whose=whose,
        known=known,
        who=who,
        began=minute(each.began_at),
        ends=minute(each.ended_at or each.ends_at),
        stands=each.stands(at),
        mark=_mark(each, at),
        due=minute(each.review_by) if each.proper is None else "",
        reason=each.reason,
        review=each.review_reason,
        reviewed_by=by,
    )


def _mark(each: OpeningView, at: datetime) -> Mark:
    if each.proper is None:
        return (
            Mark("breach", _("review overdue"), "warn")
            if each.overdue(at)
            else Mark("due", _("review owed"), "clock")
        )
    return Mark("ok", _("proper"), "check") if each.proper else Mark("breach", _("not proper"), "cross")


def official_words(name: str, role: str) -> str:
    """An official's name, isolated, and the title of her role."""
    return f"{as_told(name)} · {_(ROLES[role].title)}"


def minute(at: datetime) -> str:
    """An instant to the minute, UTC."""
    return at.strftime("%Y-%m-%d %H:%M")


def limit_words(used: int) -> str:
    """How many openings of today are used up."""
    return ngettext(
        "You have opened %(used)s of %(most)s case within the last 24 hours.",
        "You have opened %(used)s of %(most)s cases within the last 24 hours.",
        A_DAY,
    ) % {"used": used, "most": A_DAY}


def refusal_words(refused: OpeningRefused) -> str:
    """What stands against it, and what would be right."""
    return {
        "reach": _("This case is open to you as it is. Look it up among your people."),
        "limit": _(
            "You have used up your openings of the last 24 hours. Call whoever holds the case, or your "
            "supervisor."
        ),
        "open": _("You have opened this reference already, and the time is not over."),
        "hours": _("Choose for how long."),
        "reason": say_why(),
        "closed": _("Somebody has reviewed this opening meanwhile. Look at the list again."),
        "own": _("Nobody reviews her own opening. The other reviewer does."),
    }[refused.code]
