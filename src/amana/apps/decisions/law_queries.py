"""Reads of the law desk: proposals, versions of the office's pack, and the facts to weigh a change by.

Staff are named to each other; nobody in the office's care is named here. The facts rows carry references,
so whoever hands them on counts them, or notes whom was shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from amana.apps.accounts.models import User
from amana.apps.accounts.queries import office
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.decisions.facts_table import NewFacts, row_of
from amana.apps.decisions.models import Decision, FactsRow, PackVersion, Proposal
from amana.apps.decisions.office_pack import PLACEMENT, current_version, pack_named, text_of
from amana.apps.decisions.proposing import edit_of
from amana.core.facts import FactRow
from amana.core.policy import Pack
from amana.core.policy.editing.edits import Edit


@dataclass(frozen=True)
class ProposalView:
    """A proposed change of law. `state`: proposed, adopted, refused or withdrawn; `mine`: written by the
    viewer; `closed_on`: the hash of the office's pack when it was closed.

    `redeciding`: adopted, and not everybody is decided anew yet. `figures`: the counts it was closed on (see
    `casework.impact.figures`); None where nobody looked. `replaces`, `replaced_by`: its author put one in
    the place of the other.
    """

    ref: str
    state: str
    edits: tuple[Edit, ...]
    title: str
    reason: str
    base_pack: str
    base_hash: str
    proposed_at: datetime
    by_name: str
    by_role: str
    mine: bool
    decided_at: datetime | None
    decided_by_name: str
    decided_by_role: str
    decision_reason: str
    closed_on: str
    version_hash: str
    job: UUID | None
    redeciding: bool
    figures: Mapping[str, Any] | None
    replaces: str
    replaced_by: str

    @property
    def edit(self) -> Edit:
        """The first of its edits, mostly the only one."""
        return self.edits[0]

    @property
    def open(self) -> bool:
        """Whether it waits for a second person."""
        return self.state == Proposal.State.PROPOSED

    @property
    def from_(self) -> date | None:
        """The first day of the new text; None where only knowledge of a day is corrected."""
        return min((edit.from_ for edit in self.edits if edit.from_), default=None)


@dataclass(frozen=True)
class VersionView:
    """One text of the office's pack: since when it is kept, and the proposal that made it, if one did.

    `people`: how many stand decided under it now.
    """

    hash: str
    pack: str
    kept_at: datetime | None
    current: bool
    proposal: str | None
    title: str
    by_role: str
    people: int


def may_weigh(viewer: Viewer) -> bool:
    """Whether someone may see what a change of law would do, in counts: who proposes or decides on it, or
    answers for the people moved.
    """
    return viewer.may("law.see") and any(map(viewer.may, ("law.propose", "law.adopt", "people.see")))


def require_weigh(viewer: Viewer) -> None:
    """Raises NotForYou unless `may_weigh`."""
    if not may_weigh(viewer):
        raise NotForYou(viewer.role, "law.propose")


def proposals(viewer: Viewer) -> tuple[ProposalView, ...]:
    """Every proposal, newest first."""
    require_weigh(viewer)
    return tuple(_views(viewer, list(Proposal.objects.order_by("-at", "ref"))))


def proposal(viewer: Viewer, ref: str) -> ProposalView:
    """One proposal. Raises NotForYou for one that isn't there."""
    require_weigh(viewer)
    rows = list(Proposal.objects.filter(ref=ref))
    if not rows:
        raise NotForYou(viewer.role, "law.see")
    return next(_views(viewer, rows))


def versions(viewer: Viewer) -> tuple[VersionView, ...]:
    """Every text the office's pack has had since it was first decided with, newest first."""
    viewer.require("law.see")
    name = office().pack
    made_by = {row.result_id: row for row in Proposal.objects.filter(result__isnull=False)}
    people = _people_by_hash()
    rows = PackVersion.objects.filter(name=name).order_by("-at", "-current").defer("content")
    current = current_version(name) or pack_named(name).hash
    staff = _staff(row.by for row in rows)
    return tuple(
        VersionView(
            hash=row.hash,
            pack=row.name,
            kept_at=row.at,
            current=row.hash == current,
            proposal=made.ref if (made := made_by.get(row.hash)) else None,
            title=made.title if made else "",
            by_role=staff.get(row.by, ("", ""))[1],
            people=people.get(row.hash, 0),
        )
        for row in rows
    )


def version_pack(viewer: Viewer, pack_hash: str) -> Pack:
    """A text of the office's pack by its hash. Raises NotForYou for one that isn't kept, `SpoiltPack`."""
    viewer.require("law.see")
    found = text_of(pack_hash)
    if found is None:
        raise NotForYou(viewer.role, "law.see")
    return found.pack


def office_rows(viewer: Viewer, on: date) -> Iterator[FactRow]:
    """The facts of everybody as they stand, to be weighed as of `on`: to be counted, not shown."""
    require_weigh(viewer)
    for columns in FactsRow.objects.order_by("person_id").values_list(*NewFacts._fields).iterator():
        yield replace(row_of(NewFacts(*columns)), on=on)


def decided_otherwise(pack_hash: str) -> int:
    """How many stand decided under another pack than this one."""
    return Decision.objects.filter(_STANDING).exclude(pack_hash=pack_hash).count()


_STANDING = Q(decision=PLACEMENT, superseded_at__isnull=True)


def _people_by_hash() -> dict[str, int]:
    rows = Decision.objects.filter(_STANDING).order_by().values_list("pack_hash").annotate(people=Count("*"))
    return dict(rows)


def _staff(audit_ids: Iterator[UUID | None]) -> dict[UUID, tuple[str, str]]:
    """Name and role of colleagues, by the id the trail knows them by."""
    rows = User.objects.filter(audit_id__in={each for each in audit_ids if each})
    return {audit_id: (name, role) for audit_id, name, role in rows.values_list("audit_id", "name", "role")}


def _views(viewer: Viewer, rows: list[Proposal]) -> Iterator[ProposalView]:
    staff = _staff(each for row in rows for each in (row.author, row.closed_by))
    current = current_version(office().pack)
    behind = decided_otherwise(current) if current else 0
    later = dict(
        Proposal.objects.filter(replaces__in=[row.ref for row in rows]).values_list("replaces", "ref")
    )
    for row in rows:
        by, decided_by = staff.get(row.author, ("", "")), staff.get(row.closed_by, ("", ""))
        yield ProposalView(
            ref=row.ref,
            state=row.state,
            edits=tuple(map(edit_of, row.edits)),
            title=row.title,
            reason=row.reason,
            base_pack=row.pack,
            base_hash=row.base_hash,
            proposed_at=row.at,
            by_name=by[0],
            by_role=by[1],
            mine=row.author == viewer.audit_id,
            decided_at=row.closed_at,
            decided_by_name=decided_by[0],
            decided_by_role=decided_by[1],
            decision_reason=row.closing_reason,
            closed_on=row.closed_on,
            version_hash=row.result_id or "",
            job=row.job,
            redeciding=bool(behind and row.result_id == current),
            figures=row.figures,
            replaces=row.replaces,
            replaced_by=later.get(row.ref, ""),
        )
