"""The independent monitor asks the office about a finding, and the office answers in words. Each is one
transaction with its entry in the trail; both texts stay on show for ever.

A question raises a task at the supervisors' desk, due within 72 hours. It changes no finding: only facts do.
Neither text may name anybody, for the monitor knows people by pseudonym and stays outside. Whoever asked
doesn't answer.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.oversight import commands
from amana.apps.oversight.circles import circle
from amana.apps.oversight.naming import holds_reference, names_one_of
from amana.apps.registry.reach import require_reach
from amana.casework.tasks import raise_tasks
from amana.core.errors import AmanaError
from amana.core.reasons import in_words

ASK, ANSWER = "oversight.ask", "oversight.answer"
WITHIN: Final = timedelta(days=3)
"""Time to answer: 72 hours, told as whole days of the office."""
LONGEST: Final = 1000
"""Letters of a question or an answer."""
NOT_IN_WORDS, TOO_LONG, NAMES, NOBODY, WAITS, ANSWERED, OWN = (
    "not_in_words", "too_long", "names", "nobody", "waits", "answered", "own",
)  # fmt: skip
REASONS: Final = (NOT_IN_WORDS, TOO_LONG, NAMES, NOBODY, WAITS, ANSWERED, OWN)


class QuestionRefused(AmanaError):
    """A question can't be asked or answered so; `reason` is one of REASONS, worded by the page.

    `not_in_words`: no sentence · `too_long`: more than 1,000 letters · `names`: it holds a reference, or, of
    an answer, a name of the family · `nobody`: the finding concerns no person · `waits`: an earlier question
    about it has no answer yet · `answered`: it has its answer · `own`: whoever asked can't answer.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The question is refused: {reason}.")


def ask(finding_id: int, *, text: str, by: Viewer, at: datetime, on: date) -> int:
    """Ask the office about a finding, one that is over included; the question's number.

    `on` is the office's day. Raises `NotForYou`, `QuestionRefused`.
    """
    by.require(ASK)
    told = _told(text)
    with recording(by, at) as log:
        found = commands.hold_finding(finding_id)
        if found is None:
            raise NotForYou(by.role, ASK)
        if found.person_id is None:
            raise QuestionRefused(NOBODY)
        if commands.waits(found):
            raise QuestionRefused(WAITS)
        number = commands.add_question(finding=found, text=told, due_on=on + WITHIN, on=on, log=log)
        raise_tasks([found.person_id], on=on, log=log)
    return number


def answer(question_id: int, *, text: str, by: Viewer, at: datetime, on: date) -> None:
    """Answer a question of the monitor, once. Raises `NotForYou`, `QuestionRefused`."""
    by.require(ANSWER)
    told = _told(text)
    with recording(by, at) as log:
        found = commands.hold_question(question_id)
        if found is None:
            raise NotForYou(by.role, ANSWER)
        require_reach(by, found.person_id, ANSWER)
        if found.answered_on is not None:
            raise QuestionRefused(ANSWERED)
        if found.by == by.audit_id:
            raise QuestionRefused(OWN)
        if names_one_of(told, circle([found.person_id])):
            raise QuestionRefused(NAMES)
        commands.answer_question(question=found, text=told, on=max(on, found.asked_on), log=log)
        raise_tasks([found.person_id], on=on, log=log)


def _told(text: str) -> str:
    plain = " ".join(text.split())
    if not in_words(plain):
        raise QuestionRefused(NOT_IN_WORDS)
    if len(plain) > LONGEST:
        raise QuestionRefused(TOO_LONG)
    if holds_reference(plain):
        raise QuestionRefused(NAMES)
    return plain
