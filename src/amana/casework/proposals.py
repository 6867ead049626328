"""Propose a dated change of law, weigh it, and have a second person adopt or refuse it.

The edit is always weighed and adopted on the office's pack as it stands: where that has changed since,
whoever adopts must have seen the impact anew. The old text stays with its dates, the old decisions stand
superseded, and everybody is decided anew in the background.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from amana.apps.accounts.queries import office
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.reading import record_question
from amana.apps.audit.recording import recording
from amana.apps.decisions import proposing, versions
from amana.apps.decisions.law_queries import ProposalView, VersionView, version_pack
from amana.apps.decisions.law_queries import proposal as read_proposal
from amana.apps.decisions.law_queries import proposals as read_proposals
from amana.apps.decisions.law_queries import versions as read_versions
from amana.apps.decisions.office_pack import office_pack, office_text, text_of
from amana.apps.decisions.pack_text import PackText
from amana.apps.decisions.proposing import OwnProposal, ProposalRefused
from amana.apps.jobs import commands as jobs
from amana.casework.impact import Impact, Page, figures
from amana.casework.weigh import weigh
from amana.core.errors import Fault, PackFaults
from amana.core.policy import Pack
from amana.core.policy.editing.checks import ages_nobody_has, gaps_too_wide, too_many_days
from amana.core.policy.editing.edits import Edit, EditRefused, edit_faults
from amana.core.policy.editing.grounds import mixed_grounds

JOB = "law.decide"
WEIGHED = "change.weighed"
"""Kind of the entry in the read log for every count that was asked for."""


class Unfinished(ProposalRefused):
    """A change that opens gaps nobody described, or sets rules against each other, can't be adopted."""

    def __init__(self, findings: Sequence[Fault]) -> None:
        self.findings = tuple(findings)
        told = "\n".join(str(finding) for finding in findings)
        super().__init__(f"The change can't be adopted as it is:\n{told}")


class Outdated(ProposalRefused):
    """The office's pack has changed since the change was weighed, or it no longer applies."""


def propose(
    edits: Edit | Sequence[Edit], *, title: str, reason: str, by: Viewer, at: datetime, replaces: str = ""
) -> str:
    """Keep a proposal of one or more edits; its reference. `replaces`: an open one of the same author, which
    is withdrawn with it. Raises `NotForYou`, `EditRefused` with every fault, `ProposalRefused`.
    """
    by.require("law.propose")
    edits = _listed(edits)
    with recording(by, at) as log:
        base = office_text()
        drafted(base, edits)
        versions.keep_office_pack(base.pack, log)
        ref = proposing.store_proposal(
            edits=edits,
            title=title,
            reason=reason,
            pack=office().pack,
            base_hash=base.pack.hash,
            log=log,
            replaces=replaces,
        )
        if replaces:
            read_proposal(by, replaces)
            proposing.close_proposal(
                ref=replaces, state="withdrawn", reason=ref, closed_on=base.pack.hash, log=log
            )
        return ref


def preview(
    viewer: Viewer, edits: Edit | Sequence[Edit], on: date, *, at: datetime, page: Page | None = None
) -> Impact:
    """What edits would do, before they are proposed. Raises `NotForYou`, `EditRefused`.

    Nothing is stored but that it was asked, and what: a condition made to fit a few people counts them, so
    whoever tries one after another leaves a trail.
    """
    viewer.require("law.propose")
    base, told = office_text(), _listed(edits)
    changed = drafted(base, told)
    asked = {"edits": [proposing.plain_edit(edit) for edit in told], "on": on}
    record_question(viewer, WEIGHED, "office", asked, at)
    return weigh(viewer, base.pack, changed.draft, on, page=page)


def impact(viewer: Viewer, ref: str, on: date, *, at: datetime, page: Page | None = None) -> Impact:
    """What a proposal does as of `on`: an open one to the office's pack as it stands, a closed one to the
    pack it was closed on. The trail keeps who asked, and for which day. Raises `NotForYou`, `Outdated` where
    it no longer applies.
    """
    before, after, outdated = _weighed(read_proposal(viewer, ref))
    record_question(viewer, WEIGHED, ref, {"on": on}, at)
    return weigh(viewer, before, after, on, outdated=outdated, page=page)


def adopt(
    ref: str, *, reason: str, by: Viewer, at: datetime, seen: str | None = None, on: date | None = None
) -> UUID:
    """Make the change the office's law and ask for everybody to be decided anew; the job's id.

    `on`: the day that it was looked at for, whose counts are kept with the decision. `seen` is the
    `base_hash` of the impact that was looked at (None: the pack it was proposed on). Raises `NotForYou`,
    `OwnProposal`, `ProposalRefused`, `Unfinished`, `Outdated`.
    """
    by.require("law.adopt")
    job = uuid4()
    with recording(by, at) as log:
        versions.take_turn()
        asked = read_proposal(by, ref)
        proposing.require_open(asked.state)
        if asked.mine:
            raise OwnProposal
        base = office_text()
        if base.pack.hash != (seen or asked.base_hash):
            raise Outdated(
                "The office's law has changed since this was looked at. Look at the impact anew, then decide."
            )
        changed = _applied(base, asked.edits)
        if changed.draft.findings:
            raise Unfinished(changed.draft.findings)
        counted = _figures(by, asked, on)
        versions.keep_adopted(changed, base=base, log=log)
        proposing.close_proposal(
            ref=ref,
            state="adopted",
            reason=reason,
            closed_on=base.pack.hash,
            result=changed.pack.hash,
            job=job,
            log=log,
            figures=counted,
        )
        _ask_for(job, ref, changed.pack.hash, by, at)
    return job


def redecide(ref: str, *, by: Viewer, at: datetime) -> UUID:
    """Ask once more for everybody to be decided anew, where the job of an adoption failed; the job's id.
    Raises `NotForYou`, `ProposalRefused` where nobody is left to be decided.
    """
    by.require("law.adopt")
    job = uuid4()
    with recording(by, at) as log:
        asked = read_proposal(by, ref)
        if not asked.redeciding:
            raise ProposalRefused("Everybody stands decided under the office's law, or it is another by now.")
        proposing.note_job(ref=ref, job=job, log=log)
        _ask_for(job, ref, asked.version_hash, by, at)
    return job


def refuse(ref: str, *, reason: str, by: Viewer, at: datetime, on: date | None = None) -> None:
    """Refuse a proposal of somebody else's; `on` as for `adopt`. Raises `NotForYou`, `OwnProposal`,
    `ProposalRefused`.
    """
    by.require("law.adopt")
    _close(ref, "refused", reason, by, at, on=on)


def withdraw(ref: str, *, reason: str, by: Viewer, at: datetime) -> None:
    """Take one's own proposal back. Raises `NotForYou`, `ProposalRefused`."""
    by.require("law.propose")
    _close(ref, "withdrawn", reason, by, at)


def proposals(viewer: Viewer) -> tuple[ProposalView, ...]:
    """Every proposal, newest first."""
    return read_proposals(viewer)


def proposal(viewer: Viewer, ref: str) -> ProposalView:
    """One proposal. Raises `NotForYou`."""
    return read_proposal(viewer, ref)


def office_versions(viewer: Viewer) -> tuple[VersionView, ...]:
    """Every text the office's pack has had, newest first."""
    return read_versions(viewer)


def drafted(base: PackText, edits: Sequence[Edit]) -> PackText:
    """The text after the edits, which can be read as law. Raises `EditRefused` with every fault."""
    return _drafted(base, json.dumps([proposing.plain_edit(edit) for edit in edits], ensure_ascii=False))


@lru_cache(maxsize=8)
def _drafted(base: PackText, written: str) -> PackText:
    """Remembered, so that a proposal that many look at is read once."""
    edits = [proposing.edit_of(each) for each in json.loads(written)]
    changed = base.edited(edits)
    faults = too_many_days(base.pack, edits) or ages_nobody_has(base.pack, edits)
    faults = faults or mixed_grounds(base.pack, edits)
    try:
        faults = faults or gaps_too_wide(changed.draft, edits)
    except PackFaults as unreadable:
        raise EditRefused(edit_faults(unreadable.faults)) from unreadable
    if faults:
        raise EditRefused(faults)
    return changed


def _applied(base: PackText, edits: Sequence[Edit]) -> PackText:
    try:
        return drafted(base, edits)
    except EditRefused as refused:
        told = "\n".join(str(fault) for fault in refused.faults)
        raise Outdated(f"The change no longer fits the office's law. Propose it anew.\n{told}") from refused


def _weighed(asked: ProposalView) -> tuple[Pack, Pack, bool]:
    """The pack before and after a proposal, and whether the office's pack has changed since it was made."""
    if asked.open:
        base = office_text()
        return base.pack, _applied(base, asked.edits).draft, base.pack.hash != asked.base_hash
    before = text_of(asked.closed_on)
    if before is None:
        raise Outdated("The text that this was proposed on is not kept.")
    after = text_of(asked.version_hash) if asked.version_hash else None
    return before.pack, (after.pack if after else _applied(before, asked.edits).draft), False


def _ask_for(job: UUID, ref: str, pack_hash: str, by: Viewer, at: datetime) -> None:
    """Asked for before the transaction ends: the handler waits for it, and no crash can come between."""
    jobs.enqueue(kind=JOB, arguments={"proposal": ref, "hash": pack_hash}, by=by, at=at, job_id=job)


def _figures(by: Viewer, asked: ProposalView, on: date | None) -> dict[str, Any] | None:
    """The counts that a proposal is decided on; None where none were looked at, or none can be told."""
    if on is None or not asked.open:
        return None
    try:
        before, after, outdated = _weighed(asked)
    except Outdated:
        return None
    return figures(weigh(by, before, after, on, outdated=outdated))


def _close(ref: str, state: str, reason: str, by: Viewer, at: datetime, *, on: date | None = None) -> None:
    with recording(by, at) as log:
        counted = _figures(by, read_proposal(by, ref), on)
        pack = office_pack()
        versions.keep_office_pack(pack, log)
        proposing.close_proposal(
            ref=ref, state=state, reason=reason, closed_on=pack.hash, log=log, figures=counted
        )


def _listed(edits: Edit | Sequence[Edit]) -> tuple[Edit, ...]:
    found = (edits,) if isinstance(edits, Edit) else tuple(edits)
    if not found:
        raise ProposalRefused("A proposal holds at least one edit.")
    return found


__all__ = [
    "EditRefused",
    "Impact",
    "Outdated",
    "OwnProposal",
    "Page",
    "ProposalRefused",
    "ProposalView",
    "Unfinished",
    "VersionView",
    "adopt",
    "drafted",
    "impact",
    "office_versions",
    "preview",
    "proposal",
    "proposals",
    "propose",
    "redecide",
    "refuse",
    "version_pack",
    "withdraw",
]
