"""Roles as data: what each opens, whom it concerns, and which classes of data it may know of them.

A new role is one entry here. Nothing else grants anything: there is no superuser. `accounts.matrix` prints
what is enforced; the classes C1 to C10 are said in `audit.columns`.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop as _

from amana.apps.accounts.permissions import EXPORTS, PERMISSIONS, RELATIONS, SECOND_PERSON, Role
from amana.core.need_to_know import Cell, Level

__all__ = ["EXPORTS", "PERMISSIONS", "RELATIONS", "ROLES", "SECOND_PERSON", "Role", "incompatible"]

W, R, C, F = (Cell(level) for level in (Level.WRITE, Level.READ, Level.COARSE, Level.FLAG))
EXISTS: Final = Cell(Level.EXISTS)
ONCE: Final = Cell(Level.WRITE, once=True, note=_("when first told, then never shown"))
REASONED: Final = Cell(Level.READ, reasoned=True, note=_("with a reason"))
SEALED: Final = Cell(Level.READ, sealed=True, note=_("only whoever is named for the record"))


def only(cell: Cell, note: str, *, sealed: bool = False) -> Cell:
    """The same cell, narrowed in words."""
    return Cell(cell.level, sealed=sealed or cell.sealed, once=cell.once, note=note)


CASE_ROLES: Final = frozenset(
    {
        "registrar", "caseworker", "supervisor", "facility_manager", "court_liaison", "consular_officer",
        "health_worker", "guardian",
    }
)  # fmt: skip
SEES: Final = ("today.see", "people.see", "law.see")
TAKES: Final = ("allegations.see", "allegations.take")
HOLDS: Final = ("keys.see", "keys.hold")
SILENT: Final = frozenset((*TAKES, "allegations.answer"))
OWN_DESK: Final = ("desk.see", "people.see", "law.see")
IDENTITY: Final = ("identify", "kinship", "place", "search", "source")
CASEWORK: Final = (*IDENTITY, "decide", "protect", "trail")

_ALL = (
    Role(
        "registrar",
        _("Registrar"),
        _("Brings in lists and registers people."),
        frozenset((*TAKES, *SEES, "papers.add", "papers.see", "people.amend", "people.register")),
        "assigned",
        {"C1": W, "C2": W, "C3": W, "C4": W, "C5": ONCE, "C6": ONCE, "C7": F},
        frozenset((*IDENTITY, "decide", "undo")),
        days=30,
        not_with=frozenset({"administrator", "consular_officer"}),
    ),
    Role(
        "caseworker",
        _("Caseworker"),
        _("Follows the cases of women and children and prepares what comes next."),
        frozenset(
            (
                *TAKES, *HOLDS,
                *SEES, "people.amend", "reviews.see", "determinations.see", "determinations.write",
                "determinations.appeal", "papers.add", "papers.original", "papers.see",
                "moves.plan", "oversight.see", "returns.see", "returns.write", "tasks.see", "tasks.hand_over",
                "dossiers.judge", "requests.see", "requests.take", "requests.answer", "wards.ask",
                "retention.see", "retention.hold",
                "openings.ask",
            )
        ),
        "assigned",
        {
            "C1": W, "C2": W, "C3": R, "C4": W, "C5": W, "C6": only(SEALED, _("if she took it")), "C7": F,
            "C8": R, "C9": W,
        },
        frozenset(CASEWORK),
        "case_pdf",
        not_with=frozenset({"administrator", "consular_officer"}),
    ),
    Role(
        "supervisor",
        _("Supervisor"),
        _("Answers for a team's cases and sees who worked on them."),
        frozenset(
            (
                *SEES, "reviews.see", "people.register", "people.assign", "determinations.see", "audit.see",
                "papers.original", "papers.see",
                "determinations.approve", "oversight.see", "oversight.waive", "oversight.answer",
                "requests.see", "requests.take", "requests.answer", "wards.ask", "wards.confirm",
                "missions.name",
                "returns.release", "returns.see", "tasks.see", "tasks.hand_over", "openings.ask",
                "retention.see", "retention.hold", "erasure.confirm",
                "exports.see", "exports.ask", "exports.approve",
            )
        ),
        "team",
        {
            "C1": R, "C2": R, "C3": R, "C4": R, "C5": REASONED, "C8": R, "C9": R, "C10": R,
        },
        frozenset((*CASEWORK, "undo")),
        "rows_25",
        not_with=frozenset({"administrator", "consular_officer"}),
    ),
    Role(
        "facility_manager",
        _("Facility manager"),
        _("Keeps the place where people stay: who is there, and what each needs."),
        frozenset((*SEES, "exports.see", "exports.ask")),
        "site",
        {
            "C1": R,
            "C2": W,
            "C4": only(C, _("mother and child only")),
            "C7": only(C, _("care needs")),
            "C8": only(C, _("days of hearings")),
            "C9": only(C, _("school hours")),
        },
        frozenset(("identify", "place", "search", "source")),
        "roll_call",
        not_with=frozenset({"administrator", "consular_officer", "monitor"}),
    ),
    Role(
        "court_liaison",
        _("Court liaison"),
        _("Brings to the court what it asks for, and its decisions back."),
        frozenset((*TAKES, *HOLDS, *OWN_DESK, "openings.ask", "papers.add", "papers.see")),
        "assigned",
        {
            "C1": R, "C2": C, "C3": R, "C4": R, "C6": only(SEALED, _("with consent or counsel")), "C8": W,
        },
        frozenset((*IDENTITY, "decide")),
        "court_bundle",
        not_with=frozenset({"administrator", "consular_officer"}),
    ),
    Role(
        "consular_officer",
        _("Consular officer"),
        _("Sees what was released to her country, once the gate is open."),
        frozenset(("dossiers.see", "law.see")),
        "gate",
        {
            "C1": R,
            "C2": only(C, _("until handover")),
            "C3": R,
            "C4": only(R, _("minimal")),
            "C7": only(F, _("fit to travel")),
        },
        frozenset({"identify"}),
        "dossier",
        not_with=frozenset(
            (
                *(CASE_ROLES - {"consular_officer"}), "monitor", "data_protection", "statistician",
                "policy_approver", "rules_editor", "administrator",
            )
        ),
    ),
    Role(
        "health_worker",
        _("Health and psychosocial worker"),
        _("Cares for the health of those assigned or referred to her."),
        frozenset((*TAKES, *OWN_DESK, "keys.see", "keys.hold", "openings.ask", "papers.add", "papers.see")),
        "assigned",
        {
            "C1": R, "C2": C, "C4": R, "C5": SEALED, "C6": only(SEALED, _("her own report")), "C7": W,
            "C9": R,
        },
        frozenset((*IDENTITY, "protect")),
        "referral",
        granted_by=SECOND_PERSON,
        not_with=frozenset({"administrator", "consular_officer"}),
    ),
    Role(
        "monitor",
        _("Independent monitor"),
        _("Watches from outside the administration; names stay hidden."),
        frozenset(
            (
                "allegations.see", "allegations.answer", "audit.take",
                "oversight.see", "oversight.ask", "law.see", "audit.see", "accounts.confirm", "roles.see",
                "exports.see",
                "keys.see", "keys.hold", "keys.confirm", "keys.lock", "openings.review",
            )
        ),
        "pseudonym",
        {
            "C1": only(SEALED, _("pseudonym; the identity is sealed")),
            "C2": R,
            "C5": SEALED,
            "C6": only(R, _("told of each")),
            "C8": R,
            "C10": R,
        },
        frozenset(("protect", "trail")),
        "report",
        granted_by=SECOND_PERSON,
        not_with=frozenset({"administrator", "consular_officer", "facility_manager"}),
    ),
    Role(
        "data_protection",
        _("Data protection officer"),
        _("Answers for lawful handling: the trail, erasure, requests, second signatures."),
        frozenset(
            (
                "allegations.see", "audit.take",
                "law.see", "audit.see", "audit.erase", "accounts.confirm", "office.assess", "roles.see",
                "desk.see", "requests.count", "missions.confirm",
                "retention.see", "retention.hold", "erasure.confirm", "exports.see", "exports.approve",
                "keys.see", "keys.confirm", "keys.lock", "openings.review",
            )
        ),
        "none",
        {"C1": only(EXISTS, _("subject of a trail entry only")), "C6": EXISTS, "C10": R},
        frozenset({"trail"}),
        "audit",
        granted_by=SECOND_PERSON,
        not_with=CASE_ROLES | {"administrator"},
    ),
    Role(
        "statistician",
        _("Statistician"),
        _("Counts groups of ten or more; sees no person."),
        frozenset(("desk.see", "law.see")),
        "none",
        {
            "C2": only(C, _("governorate")),
            "C3": only(C, _("groups of ten or more")),
            "C6": only(C, _("counts of ten or more")),
            "C10": R,
        },
        frozenset({"operate"}),
        "table",
        not_with=frozenset({"consular_officer"}),
    ),
    Role(
        "guardian",
        _("Guardian or counsel"),
        _("Stands by her own ward or client, and sees the whole file."),
        frozenset(
            (
                *TAKES, *HOLDS,
                "people.see", "law.see", "determinations.see", "returns.see", "requests.see", "requests.take",
                "determinations.appeal", "papers.see", "wards.see",
            )
        ),
        "ward",
        {
            "C1": R, "C2": R, "C3": R, "C4": R, "C5": only(SEALED, _("her own ward or client")),
            "C6": only(SEALED, _("her own ward or client")), "C7": R, "C8": R, "C9": R,
        },
        frozenset(CASEWORK),
        "own_file",
        granted_by=SECOND_PERSON,
        not_with=CASE_ROLES - {"guardian"} | {"administrator", "data_protection", "monitor"},
    ),
    Role(
        "policy_approver",
        _("Policy approver"),
        _("Adopts or refuses a proposed change of law, never her own; sees no person."),
        frozenset(("law.see", "law.adopt")),
        "none",
        {"C10": only(R, _("counts of an impact"))},
        frozenset({"office"}),
        not_with=frozenset({"consular_officer", "rules_editor"}),
    ),
    Role(
        "rules_editor",
        _("Rules editor"),
        _("Keeps the packs of law and proposes changes; sees no person."),
        frozenset(("law.see", "law.propose")),
        "none",
        {"C10": only(R, _("counts of an impact"))},
        frozenset({"office"}),
        "pack",
        not_with=frozenset({"consular_officer", "policy_approver"}),
    ),
    Role(
        "administrator",
        _("Administrator"),
        _("Keeps accounts and software running; sees no case."),
        frozenset(("system.see", "accounts.manage", "roles.see", "keys.see", "keys.exchange")),
        "none",
        {"C10": only(R, _("state of the software"))},
        frozenset({"account", "office", "operate"}),
        "configuration",
        not_with=CASE_ROLES,
    ),
    Role(
        "operator",
        _("Operator"),
        _("The command line of the demonstration office."),
        frozenset(
            PERMISSIONS.keys() - SILENT
            - {
                "law.propose", "law.adopt", "accounts.confirm", "keys.hold", "keys.lock", "openings.ask",
                "openings.review", "desk.see", "dossiers.see", "wards.see",
            }
        ),
        "office",
        {
            "C1": W, "C2": W, "C3": W, "C4": W, "C5": W, "C7": F, "C8": W, "C9": W, "C10": R,
        },
        frozenset((*CASEWORK, "undo", "office", "operate")),
        "rows_25",
    ),
)  # fmt: skip

ROLES: dict[str, Role] = {role.id: role for role in _ALL}


def incompatible(one: str, other: str) -> bool:
    """Whether one human being can't hold both roles, in one account or in two."""
    return other in ROLES[one].not_with or one in ROLES[other].not_with
