"""The head of a case: who she is, how old, of which nationality, where; and the tabs of what exists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.queries import DecisionView, FactsView
from amana.apps.oversight import queries as oversight
from amana.apps.oversight.answers import FindingLine
from amana.apps.placements import queries as placements
from amana.apps.placements.queries import StayView
from amana.apps.registry import queries as registry
from amana.apps.registry.queries import PersonView
from amana.apps.registry.reach import ANSWERS, Held, require_reach
from amana.core.need_to_know import Withheld
from amana.core.policy import Pack
from amana.web.case.happened import Determined, determined
from amana.web.case.tabs import Tab, tabs_of
from amana.web.oversight.badges import badges
from amana.web.people.cards import nationality_of, place_of, sex_in_words
from amana.web.people.marks import Mark, marks
from amana.web.people.names import Name, names
from amana.web.people.nations import Nation, nations
from amana.wording.ages import age_in_words, birth_in_words
from amana.wording.terms import standing_in_words


@dataclass(frozen=True)
class Head:
    """What stands above every tab of a case, in words. `takes`: she may take an allegation from here."""

    ref: str
    name: Name
    other_name: Name | None
    age: str
    sex: str
    born: str
    nations: tuple[Nation, ...]
    nations_standing: Mark | None
    where: str
    since_text: str
    family: str
    marks: tuple[Mark, ...]
    alerts: tuple[Mark, ...]
    determined: Determined | None
    tabs: tuple[Tab, ...]
    takes: bool = False


@dataclass(frozen=True)
class Opened:
    """A case as opened: the records behind the head, for the tabs to use, each read once."""

    person: PersonView
    facts: FactsView | None
    decision: DecisionView | None
    stay: StayView | Withheld | None
    findings: tuple[FindingLine, ...]
    head: Head
    held: Held

    @property
    def answers(self) -> bool:
        """Whether this viewer reads what the protocol answers."""
        return self.held.reads(*ANSWERS)


ALERTS = 4
"""Findings shown in the head; the tab has the rest."""

STANDING_MARKS = {
    "claimed": ("unk", "person"),
    "supported": ("acc", "document"),
    "confirmed": ("ok", "check"),
    "refuted": ("", "cross"),
}


def open_case(viewer: Viewer, ref: str, on: date, pack: Pack, tab: str) -> Opened:
    """Read a case for one tab. Raises `NotForYou` where there is none for this viewer."""
    held = require_reach(viewer, ref)
    person = registry.person(viewer, ref)
    facts = decisions.facts(viewer, [ref]).get(ref)
    stands = decisions.current_many(viewer, [ref]).get(ref)
    stay = placements.where(viewer, [ref], on).get(ref)
    findings = oversight.open_of(viewer, [ref], on=on).get(ref, ())
    head = _head(held, person, facts, stands, stay, on=on, pack=pack)
    alerts = badges(findings, pack, on, ALERTS)
    return Opened(
        person,
        facts,
        None if isinstance(stands, Withheld) else stands,
        stay,
        findings,
        replace(
            head,
            alerts=alerts,
            determined=determined(held),
            tabs=tabs_of(held, tab),
            takes=viewer.may("allegations.take"),
        ),
        held,
    )


def _head(
    held: Held,
    person: PersonView,
    facts: FactsView | None,
    decision: DecisionView | Withheld | None,
    stay: StayView | Withheld | None,
    *,
    on: date,
    pack: Pack,
) -> Head:
    name, other = names(person)
    birth = facts.birth if facts else None
    codes = nationality_of(facts, reads=held.reads("C3"))
    standing = str(facts.evidence.get("nationality", {}).get("standing", "")) if facts and codes else ""
    return Head(
        ref=person.ref,
        name=name,
        other_name=other,
        age=age_in_words(birth, on, pack.leap_day),
        sex=sex_in_words(facts.sex if facts else (), birth, on),
        born=birth_in_words(birth, facts.birth_stated if facts else "") if birth else "",
        nations=nations(codes, named=True),
        nations_standing=standing_mark(standing) if standing else None,
        where=place_of(stay),
        since_text=stay.since.isoformat() if isinstance(stay, StayView) else "",
        family="" if isinstance(person.family, Withheld) else person.family or "",
        marks=marks(decision, pack),
        alerts=(),
        determined=None,
        tabs=(),
    )


def standing_mark(standing: str) -> Mark:
    """The badge of a fact's standing; a claim is dashed, since nobody has borne it out."""
    kind, icon = STANDING_MARKS.get(standing, ("", "minus"))
    return Mark(kind, standing_in_words(standing), icon)
