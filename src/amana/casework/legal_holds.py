"""Placing and ending a legal hold: while one stands, nothing of what is kept of a person is erased.

Whoever places one needs no second person; whoever ends one before its day is another than its author. A hold
has a ground, a reason in words, and a day on which somebody looks at it again; without a last day it stands
until it is ended. It closes no gate and changes nothing else in the case.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.attachments.queries import SEE as SEE_PAPERS
from amana.apps.attachments.queries import require_row
from amana.apps.audit.recording import recording
from amana.apps.retention import codes, commands
from amana.apps.retention import queries as retention
from amana.core.errors import AmanaError
from amana.core.policy.editing.text import turns_or_hides
from amana.core.reasons import in_words

LONGEST: Final = 2000
"""Letters of a reason."""

FAULTS: Final = {
    "missing": "It is missing.",
    "unknown_code": "The code is none of the list.",
    "too_early": "The day lies before today.",
    "too_late": "The day lies too far ahead: a year at most.",
    "after_the_end": "The day lies after the last day of the hold.",
    "too_long": "The text is too long.",
    "hidden_characters": "It holds characters that can't be seen or turn the order of letters.",
    "not_in_words": "Say it in a sentence: three words at least.",
    "own_hold": "Another official than who placed a hold ends it.",
}
"""Codes of refusals, and what each says."""


class HoldRefused(AmanaError):
    """Nothing was held or ended; `code` is a key of FAULTS, `field` names what it is about."""

    def __init__(self, code: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(f"{field}: {FAULTS[code]}" if field else FAULTS[code])


def place_legal_hold(
    person: str,
    *,
    ground: str,
    words: str,
    review_on: date,
    until: date | None = None,
    by: Viewer,
    at: datetime,
    on: date,
    token: str = "",
    of_class: str = "",
    of_paper: UUID | None = None,
) -> str:
    """Hold what is kept of a person, or no more than a class of it or one paper that the viewer sees; the
    hold's id. `until`: the last day, None without end; `review_on`: when somebody looks at it again. Raises
    `HoldRefused`, `NotForYou`.
    """
    retention.require_case(by, person, retention.HOLD)
    _require_what(by, person, of_class, of_paper)
    if ground not in codes.HOLD_GROUNDS:
        raise HoldRefused("unknown_code", "ground")
    require_reason(words, "words")
    if until is not None and until < on:
        raise HoldRefused("too_early", "until")
    if review_on < on:
        raise HoldRefused("too_early", "review_on")
    if review_on > on + timedelta(days=codes.LONGEST_HOLD_DAYS):
        raise HoldRefused("too_late", "review_on")
    if until is not None and review_on > until:
        raise HoldRefused("after_the_end", "review_on")
    with recording(by, at) as log:
        if before := commands.held_before(token, by):
            return before
        if not commands.take_turn(person):
            raise NotForYou(by.role, retention.HOLD)
        return commands.store_hold(
            person, ground=ground, words=words.strip(), until=until, review_on=review_on, on=on, log=log,
            token=token, of_class=of_class, of_paper=of_paper,
        )  # fmt: skip


def end_legal_hold(hold: UUID, *, words: str, by: Viewer, at: datetime, on: date) -> None:
    """End a hold that somebody else placed, before its day, with a reason. Raises `HoldRefused`, `NotForYou`,
    also where none stands.
    """
    found = retention.hold(by, hold, on)
    retention.require_case(by, found.person, retention.HOLD)
    if found.ended_on is not None:
        raise NotForYou(by.role, retention.HOLD)
    if found.mine:
        raise HoldRefused("own_hold")
    require_reason(words, "words")
    with recording(by, at) as log:
        commands.take_turn(found.person)
        if not commands.end_hold(hold, found.person, words.strip(), on=on, log=log):
            raise NotForYou(by.role, retention.HOLD)


def _require_what(by: Viewer, person: str, of_class: str, of_paper: UUID | None) -> None:
    """Raise unless a hold keeps everything, one known class, or one paper of this person that `by` sees."""
    if of_class and (of_paper is not None or of_class not in codes.CLASSES):
        raise HoldRefused("unknown_code", "what")
    if of_paper is not None:
        require_row(by, person, of_paper, SEE_PAPERS)


def require_reason(text: str, field: str) -> None:
    """Raise `HoldRefused` unless a text is a reason in words."""
    if not text.strip():
        raise HoldRefused("missing", field)
    if len(text) > LONGEST:
        raise HoldRefused("too_long", field)
    if turns_or_hides(text):
        raise HoldRefused("hidden_characters", field)
    if not in_words(text):
        raise HoldRefused("not_in_words", field)
