"""Writes of proposed changes of law, inside `recording`: one is made, and closed once.

Whoever proposed a change can't adopt or refuse it; the table itself refuses that, too.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from amana.apps.audit.recording import Log
from amana.apps.decisions.models import Proposal
from amana.core.errors import AmanaError
from amana.core.policy.editing.edits import Edit
from amana.core.policy.editing.text import turns_or_hides
from amana.core.reference import new_reference

LONGEST_TITLE, LONGEST_REASON = 200, 2000


class ProposalRefused(AmanaError):
    """A proposal can't be made or closed as asked; the message says what would be right."""


class OwnProposal(ProposalRefused):
    """Whoever wrote a proposal asked to adopt or refuse it; that takes a second person."""

    def __init__(self) -> None:
        super().__init__("A second person adopts or refuses a proposal. Its author can only withdraw it.")


def store_proposal(
    *,
    edits: Sequence[Edit],
    title: str,
    reason: str,
    pack: str,
    base_hash: str,
    log: Log,
    replaces: str = "",
) -> str:
    """Keep a proposal; its reference. `replaces`: the one it takes the place of."""
    ref = _free_reference()
    Proposal.objects.create(
        ref=ref,
        title=_told(title, "a title", LONGEST_TITLE),
        reason=_told(reason, "the reason", LONGEST_REASON),
        edits=[plain_edit(edit) for edit in edits],
        pack=pack,
        base_hash=base_hash,
        replaces=replaces,
        author=log.by.audit_id,
        at=log.at,
    )
    targets = [f"{edit.kind}:{edit.target}" for edit in edits]
    log.entry(
        "proposal.made",
        ref,
        {"base": base_hash, "edits": targets, **({"replaces": replaces} if replaces else {})},
    )
    return ref


def close_proposal(
    *,
    ref: str,
    state: str,
    reason: str,
    closed_on: str,
    log: Log,
    result: str | None = None,
    job: UUID | None = None,
    figures: dict[str, Any] | None = None,
) -> None:
    """Adopt, refuse or withdraw an open proposal; `closed_on` is the hash of the office's pack then,
    `figures` the counts that whoever closes it has seen. Raises `ProposalRefused`, `OwnProposal`.
    """
    row = Proposal.objects.select_for_update().get(ref=ref)
    require_open(row.state)
    own = row.author == log.by.audit_id
    if own and state != Proposal.State.WITHDRAWN:
        raise OwnProposal
    if not own and state == Proposal.State.WITHDRAWN:
        raise ProposalRefused("Only its author withdraws a proposal. Refuse it, with the reason.")
    row.state, row.closed_on, row.result_id, row.job = state, closed_on, result, job
    row.figures = figures
    row.closed_by, row.closed_at = log.by.audit_id, log.at
    row.closing_reason = _told(reason, "the reason", LONGEST_REASON)
    row.save()
    log.entry(f"proposal.{state}", ref, {"result": result} if result else {})


def note_job(*, ref: str, job: UUID, log: Log) -> None:
    """Keep which job decides everybody anew after an adoption."""
    Proposal.objects.filter(ref=ref).update(job=job)
    log.entry("proposal.redeciding", ref, {"job": str(job)})


def require_open(state: str) -> None:
    """Raises `ProposalRefused` for a proposal that is closed."""
    if state != Proposal.State.PROPOSED:
        raise ProposalRefused("This proposal is closed already. Make a new one.")


def plain_edit(edit: Edit) -> dict[str, Any]:
    """An edit as plain data."""
    day = edit.from_.isoformat() if edit.from_ else None
    return {"kind": edit.kind, "target": edit.target, "from": day, "content": dict(edit.content)}


def edit_of(plain: dict[str, Any]) -> Edit:
    """The inverse of `plain_edit`."""
    day = date.fromisoformat(plain["from"]) if plain["from"] else None
    return Edit(plain["kind"], plain["target"], day, plain["content"])


def _told(text: str, what: str, most: int) -> str:
    told = text.strip()
    if not told:
        raise ProposalRefused(f"Say {what}.")
    if turns_or_hides(told):
        raise ProposalRefused(
            f"Say {what} without characters that can't be seen or turn the order of letters."
        )
    if len(told) > most:
        raise ProposalRefused(f"Say {what} in at most {most} characters; these are {len(told)}.")
    return told


def _free_reference() -> str:
    chance = secrets.SystemRandom()
    ref = new_reference("C", chance)
    while Proposal.objects.filter(ref=ref).exists():
        ref = new_reference("C", chance)
    return ref
