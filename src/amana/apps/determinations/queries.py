"""Reads of determinations and judicial decisions. Each takes the viewer, is denied by default, and notes
whom it showed. Texts go to those who carry or answer for cases, never to a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.withholding import told
from amana.apps.determinations.answers import (
    AppealView,
    ApprovalView,
    DeterminationView,
    JudicialView,
    Waiting,
    WaitingPage,
)
from amana.apps.determinations.commands import may_decide
from amana.apps.determinations.contents import Option, PanelMember, View
from amana.apps.determinations.holding import holding
from amana.apps.determinations.models import Appeal, Approval, Determination, JudicialDecision
from amana.apps.determinations.states import State
from amana.apps.registry.models import Person
from amana.apps.registry.paging import RowAfter
from amana.apps.registry.reach import RECORDS, narrowed, require_reach, within

SEE = "determinations.see"
TEXTS = "C5"
"""The class of what a determination says in words."""

__all__ = [
    "AppealView", "ApprovalView", "DeterminationView", "JudicialView", "Waiting", "WaitingPage",
    "contested", "determination", "determinations", "judicial", "judicial_decision", "latest_review",
    "waiting",
]  # fmt: skip


def determinations(viewer: Viewer, ref: str) -> tuple[DeterminationView, ...]:
    """Every assessment and determination of one person, newest first. Raises `NotForYou`."""
    version = _version(viewer, ref)
    rows = list(_with_steps().filter(person=ref).order_by("-asked_at", "-ref"))
    return tuple(_views(viewer, rows, version))


def determination(viewer: Viewer, ref: str) -> DeterminationView:
    """One determination. Raises `NotForYou`, also for one that isn't there."""
    viewer.require(SEE)
    row = _with_steps().filter(within(viewer, "person_id"), ref=ref).first()
    if row is None:
        raise NotForYou(viewer.role, SEE)
    return next(iter(_views(viewer, [row], _version(viewer, row.person_id))))


def contested(refs: Iterable[str]) -> frozenset[str]:
    """Those of these people who have a determination under appeal: asked before anything is erased."""
    rows = Determination.objects.filter(person__in=list(refs), state=State.UNDER_APPEAL)
    return frozenset(rows.values_list("person_id", flat=True))


def judicial(viewer: Viewer, ref: str) -> tuple[JudicialView, ...]:
    """What courts decided about one person, newest first, corrected records included; nothing for who may
    not read it. Raises `NotForYou`.
    """
    _version(viewer, ref)
    if not require_reach(viewer, ref, SEE).reads("C8"):
        return ()
    rows = JudicialDecision.objects.filter(person=ref).select_related("corrected_by")
    return tuple(_judicial(row) for row in rows.order_by("-decided_on", "-recorded_at", "-ref"))


def judicial_decision(viewer: Viewer, ref: str) -> JudicialView:
    """One judicial decision. Raises `NotForYou`, also for one that isn't there."""
    viewer.require(SEE)
    found = JudicialDecision.objects.filter(within(viewer, "person_id"), ref=ref)
    row = found.select_related("corrected_by").first()
    if row is None:
        raise NotForYou(viewer.role, SEE)
    require_reach(viewer, row.person_id, SEE).require("C8")
    viewer.saw(row.person_id)
    return _judicial(row)


def waiting(viewer: Viewer, *, after: str = "", limit: int = 25) -> WaitingPage:
    """Determinations that wait for a second person: all of them for who may decide, her own for who asks.

    `after` is the reference a page ended with.
    """
    viewer.require(SEE)
    found = Determination.objects.filter(narrowed(viewer, "person_id", RECORDS), state=State.REQUESTED)
    if not viewer.may("determinations.approve"):
        found = found.filter(asked_by=viewer.audit_id)
    count = found.count()
    if after:
        start = Determination.objects.filter(ref=after).values_list("asked_at", "ref").first()
        found = found.filter(RowAfter(("asked_at", "ref"), start)) if start else found.none()
    rows = list(found.order_by("asked_at", "ref")[: limit + 1])
    page = tuple(
        Waiting(
            ref=row.ref,
            person=row.person_id,
            kind=row.kind,
            decides=row.decides,
            stance=row.stance,
            asked_at=row.asked_at,
            asked_on=row.asked_on,
            decided_on=row.decided_on,
            mine=row.asked_by == viewer.audit_id,
            may_decide=may_decide(row, viewer),
        )
        for row in rows[:limit]
    )
    viewer.saw_all(each.person for each in page)
    return WaitingPage(page, count, page[-1].ref if len(rows) > limit else None)


def latest_review(viewer: Viewer, ref: str) -> date | None:
    """The day of the latest assessment or determination in force of one person; None where there is none."""
    _version(viewer, ref)
    rows = Determination.objects.filter(holding(), person=ref)
    day: date | None = (
        rows.filter(decided_on__isnull=False)
        .exclude(kind="reported")
        .order_by("-decided_on")
        .values_list("decided_on", flat=True)
        .first()
    )
    return day


def _version(viewer: Viewer, ref: str) -> int:
    require_reach(viewer, ref, SEE, RECORDS)
    version: int = Person.objects.values_list("version", flat=True).get(ref=ref)
    viewer.saw(ref)
    return version


def _with_steps() -> QuerySet[Determination]:
    steps = Prefetch("approvals", Approval.objects.order_by("at", "id"))
    appeals = Prefetch("appeals", Appeal.objects.order_by("lodged_on", "id"))
    return Determination.objects.prefetch_related(steps, appeals, "superseded_by")


def _names(rows: Sequence[Determination]) -> Mapping[UUID, str]:
    """Colleagues by the id the trail knows them by."""
    ids = {row.asked_by for row in rows} | {step.by for row in rows for step in row.approvals.all()}
    return dict(User.objects.filter(audit_id__in=ids).values_list("audit_id", "name"))


def _views(viewer: Viewer, rows: Sequence[Determination], version: int) -> Iterable[DeterminationView]:
    names = _names(rows)
    for row in rows:
        yield _view(viewer, row, names, version)


def _view(viewer: Viewer, row: Determination, names: Mapping[UUID, str], version: int) -> DeterminationView:
    told_of = partial(told, TEXTS, row.person_id)
    return DeterminationView(
        ref=row.ref,
        person=row.person_id,
        kind=row.kind,
        stage=row.stage,
        state=row.state,
        decides=row.decides,
        effect=row.effect,
        place_kind=row.place_kind,
        panel=tuple(PanelMember(**each) for each in row.panel),
        options=told_of(lambda: tuple(Option(**each) for each in row.options or ())),
        child_view=told_of(lambda: _heard(row.child_heard, row.child_view)),
        mother_view=told_of(lambda: _heard(row.mother_heard, row.mother_view)),
        father_view=told_of(lambda: _heard(row.father_heard, row.father_view)),
        evidence=told_of(lambda: tuple(row.evidence or ())),
        grounds=tuple(filter(None, row.grounds.split(";"))),
        reasons=told_of(lambda: row.reasons or ""),
        recommendation=told_of(lambda: row.recommendation or ""),
        citations=told_of(lambda: tuple(row.citations or ())),
        decided_on=row.decided_on,
        review_on=row.review_on,
        appeal_route=told_of(lambda: row.appeal_route or ""),
        appeal_until=row.appeal_until,
        care_identified=row.care_identified,
        consulate=row.consulate,
        exception_until=row.exception_until,
        stance=row.stance,
        decision_id=row.decision_id,
        label_used=row.label_used,
        body=row.body,
        author_given=row.author_given,
        source=row.source,
        age_settled=row.age_settled,
        harsher_branch=row.harsher_branch,
        asked_at=row.asked_at,
        asked_on=row.asked_on,
        asked_role=row.asked_role,
        asked_by_name=names.get(row.asked_by, ""),
        in_force_from=row.in_force_from,
        ended_on=row.ended_on,
        supersedes=row.supersedes_id or "",
        superseded_by=_successor(row),
        version=version,
        mine=row.asked_by == viewer.audit_id,
        may_decide=may_decide(row, viewer),
        approvals=tuple(_step(viewer, row.person_id, step, names) for step in row.approvals.all()),
        appeals=tuple(_appeal(row.person_id, each) for each in row.appeals.all()),
    )


def _successor(row: Determination) -> str:
    if row.state != State.SUPERSEDED:
        return ""
    waiting_or_lost = (State.REQUESTED, State.REJECTED, State.WITHDRAWN)
    found = (each.ref for each in row.superseded_by.all() if each.state not in waiting_or_lost)
    return next(found, "")


def _step(viewer: Viewer, person: str, step: Approval, names: Mapping[UUID, str]) -> ApprovalView:
    return ApprovalView(
        step=step.step,
        reason=told(TEXTS, person, lambda: step.reason or ""),
        at=step.at,
        on=step.on,
        role=step.role,
        by_name=names.get(step.by, ""),
        mine=step.by == viewer.audit_id,
    )


def _appeal(person: str, each: Appeal) -> AppealView:
    return AppealView(
        each.pk,
        each.lodged_by,
        each.lodged_on,
        told(TEXTS, person, lambda: each.ground),
        each.outcome,
        each.body,
        each.decided_on,
        told(TEXTS, person, lambda: each.reasons or ""),
    )


def _heard(heard: str, text: str | None) -> View | None:
    if not heard:
        return None
    return View(True, text or "") if heard == "heard" else View(False, text or "", heard)


def _judicial(row: JudicialDecision) -> JudicialView:
    return JudicialView(
        ref=row.ref,
        person=row.person_id,
        kind=row.kind,
        court=row.court,
        number=row.number,
        decided_on=row.decided_on,
        summary=row.summary,
        source=row.source,
        review_available=row.review_available,
        corrects=row.corrects_id or "",
        corrected_by=row.corrected_by.ref if hasattr(row, "corrected_by") else "",
        recorded_at=row.recorded_at,
    )
