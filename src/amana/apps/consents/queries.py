"""Reads of the country gate's records. Each takes the viewer, is denied by default, and notes whom it showed.

What is kept here is C5: besides the permission and the relation to the person, the class must be open to the
viewer for this person. Roles of a facility and of a court have neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.consents.models import (
    Consent,
    Disclosure,
    Dossier,
    Hold,
    PlannedStep,
    ProtectionClaim,
    Screening,
    Told,
)
from amana.apps.registry.reach import require_reach

SEE = "returns.see"
CLASS = "C5"


@dataclass(frozen=True)
class ToldView:
    """One record of a person and a country (empty: every country); `said` as its table tells. `stands`: it
    has not ended.
    """

    id: UUID
    nation: str
    on: date
    said: Mapping[str, Any]
    ended_on: date | None
    by_name: str
    mine: bool
    purpose: str = ""
    giver: str = ""
    until: date | None = None

    @property
    def stands(self) -> bool:
        """Whether it has not ended."""
        return self.ended_on is None


@dataclass(frozen=True)
class DossierView:
    """A dossier: its content, who prepared it, and whether it is released and stands."""

    id: UUID
    nation: str
    step: str
    number: int
    content: Mapping[str, str]
    on: date
    released_on: date | None
    ended_on: date | None
    by_name: str
    released_by_name: str
    mine: bool


@dataclass(frozen=True)
class DisclosureView:
    """One line of the register of disclosures."""

    id: UUID
    nation: str
    step: str
    channel: str
    recipient: str
    on: date
    at: datetime
    by_name: str
    content: Mapping[str, str]


@dataclass(frozen=True)
class StepView:
    """A step that was planned; `state`: planned, done or stopped."""

    id: UUID
    nation: str
    step: str
    planned_for: date
    state: str
    ended_on: date | None


@dataclass(frozen=True)
class ReturnFile:
    """Everything on record for one person and one country, the newest first."""

    consents: tuple[ToldView, ...]
    screenings: tuple[ToldView, ...]
    claims: tuple[ToldView, ...]
    holds: tuple[ToldView, ...]
    dossiers: tuple[DossierView, ...]
    steps: tuple[StepView, ...]
    disclosures: tuple[DisclosureView, ...]


def require_file(viewer: Viewer, ref: str, permission: str = SEE) -> None:
    """Raise `NotForYou` unless the viewer may, the person is in reach, and the class is open to her."""
    if not require_reach(viewer, ref, permission).reads(CLASS):
        raise NotForYou(viewer.role, permission)


def return_file(viewer: Viewer, ref: str, nation: str) -> ReturnFile:
    """What is on record. Raises `NotForYou`."""
    require_file(viewer, ref)
    viewer.saw(ref)
    here, everywhere = {"person": ref, "nation": nation}, {"person": ref, "nation__in": ["", nation]}
    consents = list(Consent.objects.filter(**here).order_by("-recorded_at", "-number"))
    screenings = list(Screening.objects.filter(**here).order_by("-number"))
    claims = list(ProtectionClaim.objects.filter(person=ref).order_by("-number"))
    holds = list(Hold.objects.filter(**everywhere).order_by("-number"))
    dossiers = list(Dossier.objects.filter(**here).order_by("-recorded_at", "-number"))
    names = _names([*consents, *screenings, *claims, *holds, *dossiers])
    return ReturnFile(
        tuple(_told(viewer, row, names) for row in consents),
        tuple(_told(viewer, row, names) for row in screenings),
        tuple(_told(viewer, row, names) for row in claims),
        tuple(_told(viewer, row, names) for row in holds),
        tuple(_dossier(viewer, row, names) for row in dossiers),
        tuple(_steps(ref, nation)),
        disclosures(viewer, ref, nation),
    )


def disclosures(viewer: Viewer, ref: str, nation: str = "") -> tuple[DisclosureView, ...]:
    """What was told of a person to a country (empty: to any), the newest first. Raises `NotForYou`."""
    require_file(viewer, ref)
    rows = Disclosure.objects.filter(person=ref).select_related("dossier").order_by("-at", "id")
    if nation:
        rows = rows.filter(nation=nation)
    names = dict(User.objects.filter(audit_id__in={row.by for row in rows}).values_list("audit_id", "name"))
    return tuple(
        DisclosureView(
            row.id, row.nation, row.step, row.channel, row.recipient, row.on, row.at,
            names.get(row.by, ""), row.dossier.content,
        )
        for row in rows
    )  # fmt: skip


def _steps(ref: str, nation: str) -> Iterable[StepView]:
    for row in PlannedStep.objects.filter(person=ref, nation=nation).order_by("-recorded_at", "-number"):
        yield StepView(row.id, row.nation, row.step, row.planned_for, row.state, row.ended_on)


def _names(rows: Iterable[Any]) -> Mapping[UUID, str]:
    ids = {who for row in rows for who in (row.recorded_by, getattr(row, "released_by", None)) if who}
    return dict(User.objects.filter(audit_id__in=ids).values_list("audit_id", "name"))


def _told(viewer: Viewer, row: Told, names: Mapping[UUID, str]) -> ToldView:
    told: Any = row
    return ToldView(
        id=told.id,
        nation=told.nation,
        on=told.on,
        said=told.said or {},
        ended_on=told.ended_on,
        by_name=names.get(told.recorded_by, ""),
        mine=told.recorded_by == viewer.audit_id,
        purpose=getattr(told, "purpose", ""),
        giver=getattr(told, "giver", ""),
        until=getattr(told, "until", None),
    )


def _dossier(viewer: Viewer, row: Dossier, names: Mapping[UUID, str]) -> DossierView:
    return DossierView(
        id=row.id,
        nation=row.nation,
        step=row.step,
        number=row.number,
        content=row.content,
        on=row.on,
        released_on=row.released_on,
        ended_on=row.ended_on,
        by_name=names.get(row.recorded_by, ""),
        released_by_name=names.get(row.released_by, "") if row.released_by else "",
        mine=row.recorded_by == viewer.audit_id,
    )
