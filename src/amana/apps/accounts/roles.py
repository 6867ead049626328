"""Roles as data: what each may open. Coarse: permissions open pages; classes and relations narrow them
further.

A new role is one entry here. Nothing else grants anything: there is no superuser.
"""

from __future__ import annotations

from dataclasses import dataclass

PERMISSIONS: dict[str, str] = {
    "today.see": "the page of the day",
    "people.see": "people, their cases and families",
    "people.register": "bring in a list, commit it, take it back",
    "law.see": "the rules as they stand, with sources and gaps",
    "audit.see": "who saw and who changed what",
    "system.see": "state of the software: jobs, databases, disk",
    "accounts.manage": "add, change and close accounts",
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
            "Registrar",
            "Brings in lists and registers people.",
            "today.see",
            "people.see",
            "people.register",
            "law.see",
        ),
        _role(
            "caseworker",
            "Caseworker",
            "Follows the cases of women and children and prepares what comes next.",
            "today.see",
            "people.see",
            "law.see",
        ),
        _role(
            "supervisor",
            "Supervisor",
            "Answers for a team's cases and sees who worked on them.",
            "today.see",
            "people.see",
            "people.register",
            "law.see",
            "audit.see",
        ),
        _role(
            "monitor",
            "Independent monitor",
            "Watches from outside the administration; names stay hidden.",
            "law.see",
            "audit.see",
        ),
        _role("rules_editor", "Rules editor", "Keeps the packs of law; sees no person.", "law.see"),
        _role(
            "administrator",
            "Administrator",
            "Keeps accounts and software running; sees no case.",
            "system.see",
            "accounts.manage",
        ),
        _role(
            "operator",
            "Operator",
            "The command line of the demonstration office.",
            *PERMISSIONS,
        ),
    )
}
