"""Roles as data: what each may open. Coarse: permissions open pages; classes and relations narrow them
further.

A new role is one entry here. Nothing else grants anything: there is no superuser.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

PERMISSIONS: dict[str, str] = {
    "today.see": _("the page of the day"),
    "people.see": _("people, their cases and families"),
    "people.amend": _("correct a case: add a claim, judge one, record a death or a move"),
    "people.register": _("bring in a list, commit it, take it back"),
    "reviews.see": _("birthdays that call for a review, with names"),
    "determinations.see": _("assessments, determinations and judicial decisions of a case"),
    "determinations.write": _(
        "assess a child's best interests, prepare a determination, record a court's decision"
    ),
    "determinations.approve": _("approve or reject a determination that somebody else asked for"),
    "moves.plan": _("plan a move, carry it out, or record an urgent protective one"),
    "oversight.see": _("breaches, duties and open questions that the safeguards find"),
    "oversight.waive": _("waive a finding for a time, with a ground that stays on show"),
    "tasks.see": _("what is to be done, by whom and by when"),
    "tasks.hand_over": _("take a task and hand it over"),
    "law.see": _("the rules as they stand, with sources and gaps"),
    "law.propose": _("propose a dated change of law and see in counts whom it would move"),
    "law.adopt": _("adopt or refuse a change of law that somebody else proposed"),
    "audit.see": _("who saw and who changed what"),
    "system.see": _("state of the software: jobs, databases, disk"),
    "accounts.manage": _("add, change and close accounts"),
}


@dataclass(frozen=True)
class Role:
    """One role: what it is for and what it may."""

    id: str
    title: str
    description: str
    may: frozenset[str]

    def __post_init__(self) -> None:
        unknown = self.may - PERMISSIONS.keys()
        if unknown:
            raise ValueError(f"role {self.id}: unknown permissions {sorted(unknown)}")


def _role(id: str, title: str, description: str, *may: str) -> Role:
    return Role(id, title, description, frozenset(may))


ROLES: dict[str, Role] = {
    role.id: role
    for role in (
        _role(
            "registrar",
            _("Registrar"),
            _("Brings in lists and registers people."),
            "today.see",
            "people.see",
            "people.amend",
            "people.register",
            "law.see",
        ),
        _role(
            "caseworker",
            _("Caseworker"),
            _("Follows the cases of women and children and prepares what comes next."),
            "today.see",
            "people.see",
            "people.amend",
            "reviews.see",
            "determinations.see",
            "determinations.write",
            "moves.plan",
            "oversight.see",
            "tasks.see",
            "tasks.hand_over",
            "law.see",
        ),
        _role(
            "supervisor",
            _("Supervisor"),
            _("Answers for a team's cases and sees who worked on them."),
            "today.see",
            "people.see",
            "reviews.see",
            "people.register",
            "determinations.see",
            "determinations.approve",
            "oversight.see",
            "oversight.waive",
            "tasks.see",
            "tasks.hand_over",
            "law.see",
            "audit.see",
        ),
        _role(
            "monitor",
            _("Independent monitor"),
            _("Watches from outside the administration; names stay hidden."),
            "oversight.see",
            "law.see",
            "audit.see",
        ),
        _role(
            "rules_editor",
            _("Rules editor"),
            _("Keeps the packs of law and proposes changes; sees no person."),
            "law.see",
            "law.propose",
        ),
        _role(
            "policy_approver",
            _("Policy approver"),
            _("Adopts or refuses a proposed change of law, never her own; sees no person."),
            "law.see",
            "law.adopt",
        ),
        _role(
            "administrator",
            _("Administrator"),
            _("Keeps accounts and software running; sees no case."),
            "system.see",
            "accounts.manage",
        ),
        _role(
            "operator",
            _("Operator"),
            _("The command line of the demonstration office."),
            *(PERMISSIONS.keys() - {"law.propose", "law.adopt"}),
        ),
    )
}
