"""What the queries on determinations return: frozen, detached from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from amana.apps.audit.withholding import Withholding
from amana.apps.determinations.contents import Option, PanelMember, View
from amana.apps.determinations.states import IN_FORCE, holds


@dataclass(frozen=True)
class ApprovalView(Withholding):
    """One step that is kept: requested, approved, rejected or withdrawn. `mine`: the viewer took it."""

    step: str
    reason: str
    at: datetime
    on: date
    role: str
    by_name: str
    mine: bool


@dataclass(frozen=True)
class AppealView(Withholding):
    """An appeal; while it runs `outcome` and `body` are empty and `decided_on` is None."""

    id: int
    lodged_by: str
    lodged_on: date
    ground: str
    outcome: str
    body: str
    decided_on: date | None
    reasons: str

    @property
    def open(self) -> bool:
        """Whether nothing has been decided on it."""
        return not self.outcome


@dataclass(frozen=True)
class DeterminationView(Withholding):
    """An assessment, a determination, or what another body decided as reported. Codes are those of
    `determinations.codes`, states those of `determinations.states`; empty and None: not on record.

    Whoever reads protection notes with a reason only has codes and days without one; asking for a text raises
    `ReasonAsked` until it is given. `reasons` are the findings of an assessment. A view is None where nothing
    is recorded. `version` is that of the person's case, for `seen_version`. `mine`: the viewer asked for it;
    `may_decide`: the viewer may approve or reject it now.
    """

    ref: str
    person: str
    kind: str
    stage: str
    state: str
    decides: str
    effect: str
    place_kind: str
    panel: tuple[PanelMember, ...]
    options: tuple[Option, ...]
    child_view: View | None
    mother_view: View | None
    father_view: View | None
    evidence: tuple[str, ...]
    grounds: tuple[str, ...]
    reasons: str
    recommendation: str
    citations: tuple[str, ...]
    decided_on: date | None
    review_on: date | None
    appeal_route: str
    appeal_until: date | None
    care_identified: bool | None
    consulate: str
    exception_until: date | None
    stance: str
    decision_id: int | None
    label_used: str
    body: str
    author_given: bool
    source: str
    age_settled: bool | None
    harsher_branch: bool | None
    asked_at: datetime
    asked_on: date
    asked_role: str
    asked_by_name: str
    in_force_from: date | None
    ended_on: date | None
    supersedes: str
    superseded_by: str
    version: int
    mine: bool
    may_decide: bool
    approvals: tuple[ApprovalView, ...]
    appeals: tuple[AppealView, ...]

    @property
    def waits(self) -> bool:
        """Whether it waits for a second person."""
        return self.state == "requested"

    @property
    def in_force(self) -> bool:
        """Whether it carries what it decides, and nobody contests it."""
        return self.state in IN_FORCE

    @property
    def holds(self) -> bool:
        """Whether what it decides holds: it is in force, or contested while what it decides protects."""
        return holds(self.state, self.decides, self.effect)


@dataclass(frozen=True)
class JudicialView:
    """What a court decided, as recorded; `corrected_by` names the record that corrects it, or is empty."""

    ref: str
    person: str
    kind: str
    court: str
    number: str
    decided_on: date
    summary: str
    source: str
    review_available: bool | None
    corrects: str
    corrected_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class Waiting:
    """A determination that waits for a second person. `mine`: the viewer asked for it; `may_decide`: the
    viewer may be that person.
    """

    ref: str
    person: str
    kind: str
    decides: str
    stance: str
    asked_at: datetime
    asked_on: date
    decided_on: date | None
    mine: bool
    may_decide: bool


@dataclass(frozen=True)
class WaitingPage:
    """One page of them, longest waiting first; `next` is the following page's start, or None."""

    rows: tuple[Waiting, ...]
    count: int
    next: str | None
