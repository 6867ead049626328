"""Waive a finding for a time, and take a waiver back. Each is one transaction with its entry in the trail.

A waiver is somebody's decision to let a breach, something overdue or something to look at rest: it has an
author, a ground in words and a last day, at most ninety days on. It ends nothing and opens nothing: the
finding stays on the board as waived, and an act that a safeguard stops stays stopped. One at a time; a
safeguard whose pack says that it can't be waived can't.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import commands, queries
from amana.apps.oversight.commands import hold_finding, hold_waiver
from amana.apps.registry.reach import require_reach
from amana.casework.follow import follow_up
from amana.core.errors import AmanaError
from amana.core.reasons import in_words

LONGEST = timedelta(days=90)
GROUND_LENGTH = 500
WAIVABLE = ("breach", "overdue", "warn")
"""Verdicts that can rest: a duty in time is done, and an open question is asked."""
NOT_WAIVABLE, NOT_BROKEN, CLOSED, NO_GROUND, LONG_GROUND, PAST, TOO_LONG, WAIVED = (
    "not_waivable", "not_broken", "closed", "no_ground", "long_ground", "past", "too_long", "waived",
)  # fmt: skip
REASONS = (NOT_WAIVABLE, NOT_BROKEN, CLOSED, NO_GROUND, LONG_GROUND, PAST, TOO_LONG, WAIVED)


class WaiverRefused(AmanaError):
    """The waiver can't be made or taken back as asked; `reason` is one of REASONS, worded by the page.

    `not_waivable`: the pack says so, or nobody is concerned · `not_broken`: it is a duty in time or an open
    question · `closed`: the finding, or the waiver, is over · `no_ground`: none is given in words ·
    `long_ground`: more than 500 characters · `past`: the last day lies before today ·
    `too_long`: it lies more than 90 days ahead · `waived`: another waiver of it holds.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The waiver is refused: {reason}.")


def waive(finding_id: int, *, ground: str, until: date, by: Viewer, at: datetime, on: date) -> int:
    """Let a finding rest until a day, the last one included; the waiver's number.

    `on` is the office's day. Raises `NotForYou`, `WaiverRefused`.
    """
    by.require("oversight.waive")
    ground = _ground(ground)
    if until < on:
        raise WaiverRefused(PAST)
    if until - on > LONGEST:
        raise WaiverRefused(TOO_LONG)
    with recording(by, at) as log:
        found = hold_finding(finding_id)
        if found is None:
            raise NotForYou(by.role, "oversight.waive")
        if found.person_id is not None:
            require_reach(by, found.person_id, "oversight.waive")
        if found.until is not None:
            raise WaiverRefused(CLOSED)
        safeguard = office_pack().safeguards.get(found.safeguard)
        if found.person_id is None or safeguard is None or not safeguard.waivable:
            raise WaiverRefused(NOT_WAIVABLE)
        if found.verdict not in WAIVABLE:
            raise WaiverRefused(NOT_BROKEN)
        if queries.finding(by, finding_id, on=on).waiver is not None:
            raise WaiverRefused(WAIVED)
        number = commands.add_waiver(finding=found, ground=ground, until=until, on=on, log=log)
        follow_up([found.person_id], on=on, log=log)
    return number


def end_waiver(waiver_id: int, *, reason: str, by: Viewer, at: datetime, on: date) -> None:
    """Take a waiver back; it stays on show with the reason. Raises `NotForYou`, `WaiverRefused`."""
    by.require("oversight.waive")
    reason = _ground(reason)
    with recording(by, at) as log:
        found = hold_waiver(waiver_id)
        if found is None:
            raise NotForYou(by.role, "oversight.waive")
        require_reach(by, found.person_id, "oversight.waive")
        if found.ended_on is not None or found.until < on:
            raise WaiverRefused(CLOSED)
        commands.end_waiver(waiver=found, reason=reason, on=on, log=log)
        follow_up([found.person_id], on=on, log=log)


def _ground(text: str) -> str:
    plain = " ".join(text.split())
    if not in_words(plain):
        raise WaiverRefused(NO_GROUND)
    if len(plain) > GROUND_LENGTH:
        raise WaiverRefused(LONG_GROUND)
    return plain
