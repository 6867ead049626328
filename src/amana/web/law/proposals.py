"""A proposal in words: its state as text and icon, by which roles, on which days. Never by whom by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from amana.apps.accounts.roles import ROLES
from amana.apps.decisions.law_queries import ProposalView
from amana.core.policy import Pack
from amana.web.law.shown import shown
from amana.web.people.marks import Mark


@dataclass(frozen=True)
class ProposalLine:
    """One proposal for lists and for the head of its page."""

    ref: str
    title: str
    reason: str
    says: tuple[str, ...]
    state: Mark
    open: bool
    mine: bool
    by_role: str
    proposed_at: datetime
    decided_at: datetime | None
    decided_by_role: str
    decision_reason: str
    version: str
    replaces: str
    replaced_by: str


def proposal_line(proposal: ProposalView, pack: Pack) -> ProposalLine:
    """The proposal in words; `pack` is the text it was proposed on."""
    return ProposalLine(
        ref=proposal.ref,
        title=proposal.title,
        reason=proposal.reason,
        says=tuple(shown(edit, pack).says for edit in proposal.edits),
        state=state_mark(proposal.state),
        open=proposal.open,
        mine=proposal.mine,
        by_role=role_words(proposal.by_role),
        proposed_at=proposal.proposed_at,
        decided_at=proposal.decided_at,
        decided_by_role=role_words(proposal.decided_by_role),
        decision_reason=proposal.decision_reason,
        version=proposal.version_hash,
        replaces=proposal.replaces,
        replaced_by=proposal.replaced_by,
    )


def state_mark(state: str) -> Mark:
    """Where a proposal stands: icon and words, never colour alone."""
    return {
        "proposed": Mark("due", _("open: waits for a second person"), "clock"),
        "adopted": Mark("ok", _("adopted"), "check"),
        "refused": Mark("breach", _("refused"), "cross"),
        "withdrawn": Mark("", _("withdrawn"), "back"),
    }[state]


def role_words(role: str) -> str:
    """A role by its title."""
    known = ROLES.get(role)
    return _(known.title) if known else ""
