"""Kinds of task and the desks that answer for them.

A kind says from what a task comes and so when it ends; a desk is the id of a role. A task of a safeguard
stands on the desk that the safeguard alerts. Adding a kind is one entry here and its source in `sources.py`
or in `casework.tasks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

CASEWORKER: Final = "caseworker"
SUPERVISOR: Final = "supervisor"

WORKS_AT: Final[Mapping[str, tuple[str, ...]]] = {
    CASEWORKER: (CASEWORKER, SUPERVISOR),
    SUPERVISOR: (SUPERVISOR,),
}
"""Desk -> roles that may hold its tasks: a supervisor stands in for her caseworkers, never the reverse."""

OPERATOR: Final = "operator"
"""The demonstration's command line may hold a task of any desk."""


BREACHES, DUTIES, LOOKS, QUESTIONS = "breaches", "duties", "looks", "questions"
REVIEWS, ANSWERS = "reviews", "answers"
THEMES: Final = (BREACHES, DUTIES, REVIEWS, QUESTIONS, LOOKS, ANSWERS)
"""What lists are narrowed by. All reviews are one theme: nobody is listed by which of them a birthday calls
for, since that would list people by what the reported protocol may do to them.
"""


@dataclass(frozen=True)
class Kind:
    """One kind: the theme it is listed under, and the desk it stands on unless a safeguard names another."""

    id: str
    theme: str
    desk: str = CASEWORKER


DUTY, BREACH, LOOK, QUESTION = "duty", "breach", "look", "question"
CONTACT, PROTECTION, PLACEMENT = "contact_review", "protection_review", "placement_review"
APPROVAL, APPEAL, AGAIN, URGENT = "approval", "appeal", "determination_review", "urgent_review"
MONITOR: Final = "monitor_question"
REQUEST: Final = "record_request"
REPRESENTATIVE: Final = "representative"
MISSION: Final = "mission_answer"

KINDS: Final[Mapping[str, Kind]] = {
    kind.id: kind
    for kind in (
        Kind(BREACH, BREACHES),
        Kind(DUTY, DUTIES),
        Kind(LOOK, LOOKS),
        Kind(QUESTION, QUESTIONS),
        Kind(CONTACT, REVIEWS),
        Kind(PROTECTION, REVIEWS),
        Kind(PLACEMENT, REVIEWS),
        Kind(AGAIN, REVIEWS),
        Kind(URGENT, REVIEWS, SUPERVISOR),
        Kind(APPROVAL, ANSWERS, SUPERVISOR),
        Kind(APPEAL, ANSWERS, SUPERVISOR),
        Kind(MONITOR, ANSWERS, SUPERVISOR),
        Kind(REQUEST, ANSWERS),
        Kind(MISSION, ANSWERS),
        Kind(REPRESENTATIVE, ANSWERS, SUPERVISOR),
    )
}

BIRTHDAYS: Final = frozenset({CONTACT, PROTECTION, PLACEMENT})
"""Reviews that a coming birthday calls for: no birthday is a date of transfer."""

FIRST: Final = 0
AFTER: Final = 1
"""Shelves: a breach comes before whatever is late."""

OF_SAFEGUARDS: Final = frozenset({BREACH, DUTY, LOOK})


def shelf(kind: str) -> int:
    """Where tasks of a kind stand in every list, before their days are looked at."""
    return FIRST if kind == BREACH else AFTER


def stood_in_for(role: str) -> tuple[str, ...]:
    """The desks whose tasks somebody of this role may hold though they stand on another's."""
    return tuple(desk for desk, roles in WORKS_AT.items() if desk != role and role in roles)


def desk_alerted(alerts: Iterable[str]) -> str:
    """The first of the roles a safeguard alerts that has a desk; the caseworkers' where none has."""
    return next((role for role in alerts if role in WORKS_AT), CASEWORKER)


def works_at(role: str, desk: str) -> bool:
    """Whether somebody of this role may hold a task of this desk."""
    return role == OPERATOR or role in WORKS_AT.get(desk, ())
