"""Rows of findings, waivers and questions as a viewer may see them: by reference, or by pseudonym."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.sealing import have_keys
from amana.apps.audit.withholding import told as told_of
from amana.apps.oversight.answers import FindingLine, QuestionView, WaiverView
from amana.apps.oversight.models import Finding, Question, Waiver
from amana.apps.oversight.pseudonyms import pseudonym

TEXTS = "C5"
"""The class of what a waiver, a question and its answer say in words."""


def finding_lines(
    viewer: Viewer, rows: Sequence[Finding], on: date, *, told: bool = True
) -> tuple[FindingLine, ...]:
    """These episodes with their waivers as of `on`, in their order; `told` to the read log."""
    made = _made(rows)
    lines = []
    for row in rows:
        person, name = _named(viewer, row.person_id, told=told)
        of_it = [each for each in made[_place(row)] if _speaks_of(each, row)]
        waivers = waiver_lines(viewer, of_it, told=told) if of_it else ()
        lines.append(
            FindingLine(
                id=row.pk,
                person=person,
                pseudonym=name,
                safeguard=row.safeguard,
                key=row.key if viewer.may("people.see") or not row.person_id else row.key.partition(":")[0],
                verdict=row.verdict,
                since=row.since,
                begun_on=row.begun_on,
                planned=row.planned,
                until=row.until,
                ended=row.ended,
                due_earliest=row.due_earliest,
                due_latest=row.due_latest,
                needs=tuple(filter(None, row.needs.split(";"))),
                possible=tuple(filter(None, row.possible.split(";"))),
                facility=row.facility,
                waiver=next((each for each in waivers if row.until is None and each.running(on)), None),
                waivers=waivers,
            )
        )
    return tuple(lines)


def waiver_lines(viewer: Viewer, rows: Iterable[Waiver], *, told: bool = True) -> tuple[WaiverView, ...]:
    """These waivers, in their order; `told` to the read log."""
    rows = list(rows)
    have_keys(rows)
    authors, me = _authors({row.by for row in rows}), viewer.audit_id
    lines = []
    for row in rows:
        person, name = _named(viewer, row.person_id, told=told)
        author, role = authors.get(row.by, ("", ""))
        lines.append(
            WaiverView(
                id=row.pk,
                person=person,
                pseudonym=name,
                safeguard=row.safeguard,
                verdict=row.verdict,
                ground=told_of(TEXTS, row.person_id, partial(_text, row, "ground"), own=row.by == me),
                since=row.made_on,
                until=row.until,
                by_name=author if viewer.may("audit.see") else "",
                by_role=role,
                at=row.at,
                ended_on=row.ended_on,
                ended_reason=told_of(
                    TEXTS, row.person_id, partial(_text, row, "ended_reason"), own=row.ended_by == me
                ),
            )
        )
    return tuple(lines)


def question_lines(viewer: Viewer, rows: Iterable[Question]) -> tuple[QuestionView, ...]:
    """These questions with their answers, in their order."""
    rows = list(rows)
    have_keys(rows)
    authors = _authors({mark for row in rows for mark in (row.by, row.answered_by) if mark})
    named, me = viewer.may("audit.see"), viewer.audit_id
    lines = []
    for row in rows:
        person, name = _named(viewer, row.person_id, told=True)
        asker, asked_as = authors.get(row.by, ("", ""))
        author, answered_as = authors.get(row.answered_by, ("", ""))
        lines.append(
            QuestionView(
                id=row.pk,
                finding=row.finding,
                person=person,
                pseudonym=name,
                safeguard=row.safeguard,
                verdict=row.verdict,
                text=told_of(TEXTS, row.person_id, partial(_text, row, "text")),
                asked_on=row.asked_on,
                due_on=row.due_on,
                by_name=asker if named else "",
                by_role=asked_as,
                answer=told_of(
                    TEXTS, row.person_id, partial(_text, row, "answer"), own=row.answered_by == me
                ),
                answered_on=row.answered_on,
                answered_by_name=author if named else "",
                answered_by_role=answered_as,
            )
        )
    return tuple(lines)


def _text(row: Waiver | Question, name: str) -> str:
    return getattr(row, name) or ""


def _authors(marks: Collection[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """Name and role of the authors of waivers and questions, by the marks the trail knows them by."""
    found = User.objects.filter(audit_id__in=marks).values_list("audit_id", "name", "role")
    return {mark: (name, role) for mark, name, role in found} if marks else {}


def _named(viewer: Viewer, ref: str | None, *, told: bool) -> tuple[str | None, str]:
    """Reference and pseudonym as this viewer may have them; whom she saw goes to the read log by the name
    she saw.
    """
    if not ref:
        return None, ""
    if viewer.may("people.see"):
        if told:
            viewer.saw(ref)
        return ref, ""
    name = pseudonym(ref)
    if told:
        viewer.saw(name)
    return None, name


def _made(rows: Sequence[Finding]) -> dict[tuple[str | None, str, str], list[Waiver]]:
    """Waivers of the people of these rows, newest first, by what they speak of."""
    people = {row.person_id for row in rows if row.person_id}
    made: dict[tuple[str | None, str, str], list[Waiver]] = defaultdict(list)
    for each in Waiver.objects.filter(person__in=people).order_by("-at", "-id"):
        made[_place(each)].append(each)
    return made


def _place(row: Finding | Waiver) -> tuple[str | None, str, str]:
    return row.person_id, row.safeguard, row.key


def _speaks_of(waiver: Waiver, row: Finding) -> bool:
    """Whether the waiver was made of this episode."""
    ended_before = row.until is not None and row.until < waiver.made_on
    return waiver.verdict == row.verdict and row.since <= waiver.made_on and not ended_before
