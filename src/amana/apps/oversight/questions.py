"""Reads of the monitor's questions: those of one finding, all of them, and those that wait for an answer.

Whoever may see findings reads every question and every answer, for ever; nobody can take one back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.oversight.answers import QuestionPage, QuestionView
from amana.apps.oversight.concern import theirs
from amana.apps.oversight.lines import question_lines
from amana.apps.oversight.models import Finding, Question
from amana.apps.oversight.paging import row_named
from amana.apps.registry.paging import RowAfter

AT_ONCE = 25


def questions(viewer: Viewer, *, on: date, waiting: bool = False, after: str = "") -> QuestionPage:
    """All questions, or those that wait for an answer; the newest first, `after` the last page's `next`.
    Raises `NoSuchPage`.
    """
    viewer.require("oversight.see")
    found = Question.objects.filter(theirs(viewer))
    if waiting:
        found = found.filter(answered_on__isnull=True)
    count = found.count()
    if after:
        at = row_named(Question, after, ("at", "id"))
        found = found.exclude(RowAfter(("at", "id"), at)).exclude(pk=at[1])
    rows = list(found.order_by("-at", "-id")[: AT_ONCE + 1])
    lines = question_lines(viewer, rows[:AT_ONCE])
    return QuestionPage(lines, count, str(lines[-1].id) if len(rows) > AT_ONCE else None)


def how_many_wait(viewer: Viewer, on: date) -> tuple[int, int]:
    """How many questions wait for an answer, and how many of them past their last day; shows nobody."""
    viewer.require("oversight.see")
    waiting = Question.objects.filter(theirs(viewer), answered_on__isnull=True)
    return waiting.count(), waiting.filter(due_on__lt=on).count()


def question(viewer: Viewer, question_id: int) -> QuestionView:
    """One question. Raises `NotForYou`."""
    viewer.require("oversight.see")
    row = Question.objects.filter(theirs(viewer), pk=question_id).first()
    if row is None:
        raise NotForYou(viewer.role, "oversight.see")
    return question_lines(viewer, [row])[0]


def of_finding(viewer: Viewer, finding_id: int) -> tuple[QuestionView, ...]:
    """The questions about the occasion of one finding, the newest first. Raises `NotForYou`."""
    viewer.require("oversight.see")
    row = Finding.objects.filter(theirs(viewer), pk=finding_id).first()
    if row is None:
        raise NotForYou(viewer.role, "oversight.see")
    asked = Question.objects.filter(person=row.person_id, safeguard=row.safeguard, key=row.key)
    return question_lines(viewer, asked.order_by("-asked_on", "-id"))


def unanswered(refs: Sequence[str]) -> list[tuple[str, int, date, date]]:
    """(person, number, day asked, last day) of the questions about these people that wait, for the tasks that
    follow: the machine's own read, shown to nobody.
    """
    return [(person, number, asked, due) for person, number, asked, due in _unanswered(refs)]


@of_many
def _unanswered(refs: Whoever) -> Query:
    rows = Question.objects.filter(Among("person_id", refs), answered_on__isnull=True)
    return rows.order_by("id").values_list("person_id", "id", "asked_on", "due_on")
