"""What a role may be allowed to open or do: the permissions, in words, and what a role is.

A permission opens pages and verbs. Which people and which classes of data stand on them is narrowed by the
role's relation and cells, so a permission alone shows nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop as _

from amana.apps.audit.columns import PURPOSES
from amana.core.need_to_know import CLASSES, NOTHING, Cell

PERMISSIONS: dict[str, str] = {
    "allegations.see": _("the page of allegations: what is sealed to a key of one's own"),
    "allegations.take": _("take an allegation of ill-treatment, written once and sealed to the monitor"),
    "allegations.answer": _("have every allegation in hand: acknowledge it, ask an examiner, close it"),
    "today.see": _("the page of the day"),
    "papers.see": _("papers of a case, of the classes that the role reads"),
    "papers.add": _("keep a paper with a case, and withdraw it"),
    "papers.original": _("open the original of a paper, with all that its metadata tells, on a ground"),
    "people.see": _("people, their cases and families"),
    "people.amend": _("correct a case: add a claim, judge one, record a death or a move"),
    "people.register": _("bring in a list, commit it, take it back"),
    "people.assign": _("assign cases of the team, hand them on and take them back"),
    "openings.ask": _("open a single case that is not hers, in an emergency, for a few hours"),
    "openings.review": _("review cases that were opened in an emergency, and alarms about reading"),
    "wards.see": _("her own wards and clients, and how she may ask and object for them"),
    "wards.ask": _("ask that a guardian or counsel stands by somebody, and end it"),
    "wards.confirm": _("confirm or refuse a guardian or counsel whom somebody else asked for"),
    "requests.see": _("what people, or who stands by them, ask of their own record"),
    "requests.take": _("take down what somebody asks of her own record"),
    "requests.answer": _("answer what somebody else took down, and hand over what was asked for"),
    "requests.count": _("how many requests wait and are late, and within how many days one is answered"),
    "desk.see": _("a first page of her own"),
    "dossiers.see": _("the dossiers laid on the desk of her own country"),
    "missions.name": _("say which account sits at the desk of which country"),
    "missions.confirm": _("confirm who sits at the desk of a country"),
    "dossiers.judge": _("what a mission answered, and whether it becomes a claim"),
    "reviews.see": _("birthdays that call for a review, with names"),
    "determinations.see": _("assessments, determinations and judicial decisions of a case"),
    "determinations.write": _(
        "assess a child's best interests, prepare a determination, record a court's decision"
    ),
    "determinations.appeal": _("lodge an appeal against a determination"),
    "determinations.approve": _("approve or reject a determination that somebody else asked for"),
    "moves.plan": _("plan a move, carry it out, or record an urgent protective one"),
    "returns.see": _("consents, and the gate of each country, of a case"),
    "returns.write": _("take a consent, hold a file, prepare a dossier, tell a country through the gate"),
    "returns.release": _("release a dossier that somebody else prepared, lift a hold"),
    "oversight.see": _("breaches, duties and open questions that the safeguards find"),
    "oversight.waive": _("waive a finding for a time, with a ground that stays on show"),
    "oversight.ask": _("ask the office about a finding, without knowing the person"),
    "oversight.answer": _("answer in words what the monitor asks"),
    "tasks.see": _("what is to be done, by whom and by when"),
    "tasks.hand_over": _("take a task and hand it over"),
    "law.see": _("the rules as they stand, with sources and gaps"),
    "law.propose": _("propose a dated change of law and see in counts whom it would move"),
    "law.adopt": _("adopt or refuse a change of law that somebody else proposed"),
    "audit.see": _("who saw and who changed what"),
    "audit.take": _("take the trail out whole: kinds, days and opaque ids of everything in the office"),
    "audit.erase": _("erase what the trail holds in words about a person, with a ground"),
    "exports.see": _("the register of files of people that left the office"),
    "exports.ask": _("ask for a file of people, for a recipient and a purpose"),
    "exports.approve": _("approve or refuse a file of people that somebody else asked for"),
    "retention.see": _("legal holds, erasures, and what has passed its period"),
    "retention.hold": _("hold the records of a person, so that nothing of them is erased"),
    "erasure.confirm": _("confirm or refuse an erasure that somebody else asked for"),
    "system.see": _("state of the software: jobs, databases, disk"),
    "keys.see": _("who holds what the office may not read, and whether it is locked"),
    "keys.hold": _("offer a public key of one's own, to which the gravest records are sealed"),
    "keys.confirm": _("confirm or withdraw a public key that somebody else offered"),
    "keys.exchange": _("exchange the keys of what is sealed, or put an escrowed key back"),
    "keys.lock": _("withdraw the sealed keys, together with a second person"),
    "accounts.manage": _("add, change and close accounts"),
    "accounts.confirm": _("confirm an account that the administration asked for"),
    "office.assess": _("sign the impact assessment of the office"),
    "roles.see": _("the matrix of roles and classes of data, as it is enforced"),
}

RELATIONS: dict[str, str] = {
    "assigned": _("people assigned or referred to her, or registered by her a short while ago"),
    "team": _("people of her team"),
    "site": _("people whose stay at one of her places is open"),
    "ward": _("her own ward or client"),
    "gate": _("people whose gate to her country is open"),
    "pseudonym": _("nobody by name: records stand under pseudonyms"),
    "office": _("everybody of the demonstration office"),
    "none": _("nobody"),
}
"""How a role stands to the people it sees; outside it a record answers as if it did not exist."""

EXPORTS: dict[str, str] = {
    "none": _("nothing"),
    "case_pdf": _("a single case"),
    "rows_25": _("at most 25 rows, with a second person"),
    "roll_call": _("the roll call of her place"),
    "court_bundle": _("the court bundle of an assigned case"),
    "dossier": _("a single released dossier"),
    "referral": _("a referral letter"),
    "report": _("a report with cells of ten or more"),
    "audit": _("the trail and the log of consents"),
    "table": _("a table in which nobody stands alone"),
    "own_file": _("the file of her own ward or client"),
    "pack": _("the policy pack"),
    "configuration": _("the configuration"),
}


@dataclass(frozen=True)
class Role:
    """One role: what it is for, what it opens, whom it concerns, and what of them it may know.

    `days`: how long a registration keeps the people in reach, None without end. `not_with`: roles that one
    human being can't hold beside it, even in another account. `granted_by`: who makes it good, the
    administrator alone or a second person outside the administration.
    """

    id: str
    title: str
    description: str
    may: frozenset[str]
    relation: str
    cells: Mapping[str, Cell]
    purposes: frozenset[str]
    export: str = "none"
    days: int | None = None
    granted_by: str = "administrator"
    not_with: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for what, given, known in (
            ("permissions", self.may, PERMISSIONS.keys()),
            ("classes", self.cells.keys(), CLASSES),
            ("purposes", self.purposes, PURPOSES.keys()),
            ("relations", {self.relation}, RELATIONS.keys()),
            ("exports", {self.export}, EXPORTS.keys()),
            ("grants", {self.granted_by}, GRANTS),
        ):
            unknown = set(given) - set(known)
            if unknown:
                raise ValueError(f"role {self.id}: unknown {what} {sorted(unknown)}")

    def cell(self, cls: str) -> Cell:
        """What the role may do with a class; nothing where none is given."""
        return self.cells.get(cls, NOTHING)


SECOND_PERSON: Final = "second_person"
GRANTS: Final = ("administrator", SECOND_PERSON)
