"""A family as drawn and listed: who is known, who is not, where each is, which links are only claimed.

A father nobody recorded is an ordinary dashed node with the same words for every reason; so is a mother not
established. Nobody outside the family as listed is followed.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.queries import FactsView
from amana.apps.placements import queries as placements
from amana.apps.placements.queries import StayView
from amana.apps.registry import queries as registry
from amana.apps.registry.queries import FamilyView, KinView, PersonLine
from amana.core.dates import age_span
from amana.core.need_to_know import Withheld
from amana.core.policy import Pack
from amana.web.case.family_graph import draw
from amana.web.case.family_shapes import Couple, Drawing, Link, Member
from amana.web.case.head import standing_mark
from amana.web.people.cards import OF_AGE, place_of
from amana.web.people.marks import Mark
from amana.web.people.names import names, short_name
from amana.wording.ages import age_in_words
from amana.wording.languages import language
from amana.wording.sources import source_in_words
from amana.wording.withheld import withheld_in_words

FATHER, MOTHER = "father", "mother"
MOST_DRAWN = 12


@dataclass(frozen=True)
class Relative:
    """One line of the list: who, what she is to the family, where; `apart` when away from the mother."""

    name: str
    address: str
    about: str
    place: str
    me: bool
    known: bool
    apart: bool


@dataclass(frozen=True)
class FamilyPage:
    """The drawing (None where the family is too large to draw) and the list that always stands."""

    drawing: Drawing | None
    relatives: tuple[Relative, ...]
    links: tuple[KinView, ...]
    size: int


def family_page(viewer: Viewer, family: str, me: str, on: date, pack: Pack) -> FamilyPage:
    """The family of one person on a day. Raises `NotForYou`."""
    found = registry.family(viewer, family)
    refs = [member.ref for member in found.members]
    facts = decisions.facts(viewer, refs)
    stays = placements.where(viewer, refs, on)
    places = {ref: place_of(stay) for ref, stay in stays.items()}
    exact = {ref for ref, stay in stays.items() if isinstance(stay, StayView) and stay.facility.ref}
    known = [
        _member(line, found, facts.get(line.ref), places.get(line.ref, ""), me=me, on=on, pack=pack)
        for line in found.members
    ]
    links = [Link(link.child, link.parent, _certain(link)) for link in found.links]
    unknown, more, couples = _unknown_parents(known, links)
    members = [*known, *unknown]
    drawing = None
    if len(members) <= MOST_DRAWN:
        drawing = draw(members, [*links, *more], couples, rtl=language() == "ar")
    return FamilyPage(drawing, tuple(_relatives(members, found.links, exact)), found.links, len(known))


def _certain(link: KinView) -> bool:
    return link.standing in {"supported", "confirmed"} and not link.doubted


def _member(
    line: PersonLine,
    family: FamilyView,
    facts: FactsView | None,
    place: str,
    *,
    me: str,
    on: date,
    pack: Pack,
) -> Member:
    birth = facts.birth if facts else None
    youngest, oldest = age_span(birth, on, pack.leap_day) if birth else (None, None)
    of_age = youngest is not None and youngest >= OF_AGE
    minor = (oldest is not None and oldest < OF_AGE) or (line.relation in {"son", "daughter"} and not of_age)
    mothers = {link.parent for link in family.links if link.role == "mother"}
    age = age_in_words(birth, on, pack.leap_day)
    return Member(
        key=line.ref,
        name=short_name(line),
        lines=(_relation(line, line.ref in mothers), age, *(() if place else (_("place not recorded"),))),
        place=place,
        href=reverse("case:person-show", args=[line.ref]),
        me=line.ref == me,
        minor=minor,
    )


def _relation(line: PersonLine, is_mother: bool) -> str:
    if is_mother:
        return _("mother")
    words: Mapping[str, str] = {
        "wife_mother": _("woman"),
        "son": _("son"),
        "daughter": _("daughter"),
        "other": _("relative"),
    }
    if isinstance(line.relation, Withheld):
        return withheld_in_words()
    return words.get(line.relation, _("relation not recorded"))


def _unknown_parents(known: list[Member], links: list[Link]) -> tuple[list[Member], list[Link], list[Couple]]:
    """The dashed nodes: a father for the family's children, a mother for children linked to none."""
    minors = [member for member in known if member.minor]
    if not minors:
        return [], [], []
    linked = {link.child for link in links}
    motherless = [member for member in minors if member.key not in linked]
    unknown = [Member(FATHER, _("Father"), (_("not recorded"),), "", known=False)]
    more: list[Link] = []
    if motherless:
        unknown.insert(0, Member(MOTHER, _("Mother"), (_("not established"),), "", known=False))
        more = [Link(member.key, MOTHER, False) for member in motherless]
    parents = dict.fromkeys([link.parent for link in links] + [link.parent for link in more])
    return unknown, more, [Couple(parent, FATHER, False) for parent in parents]


def _relatives(members: list[Member], links: tuple[KinView, ...], exact: Container[str]) -> list[Relative]:
    """The lines of the list. Whether a child is apart from the mother is told only by places that are known
    exactly: two places of one kind look alike.
    """
    there = {member.key: member.place for member in members if member.key in exact}
    mother_of = {link.child: link.parent for link in links if link.role == "mother" and not link.doubted}
    found = []
    for member in members:
        hers, its = there.get(mother_of.get(member.key, ""), ""), there.get(member.key, "")
        about = " · ".join(line for line in member.lines[:2] if line)
        apart = bool(member.minor and hers and its and its != hers)
        found.append(Relative(member.name, member.href, about, member.place, member.me, member.known, apart))
    return found


@dataclass(frozen=True)
class LinkLine:
    """One parent link in words, with its source and standing."""

    child: str
    parent: str
    role: str
    source: str
    on: str
    standing: Mark
    doubted: bool


def link_lines(viewer: Viewer, links: Sequence[KinView]) -> tuple[LinkLine, ...]:
    """The links with the names of both ends."""
    people = registry.lines(viewer, {ref for link in links for ref in (link.child, link.parent)})
    roles = {"mother": _("mother"), "father": _("father")}
    return tuple(
        LinkLine(
            child=names(people[link.child])[0].words,
            parent=names(people[link.parent])[0].words,
            role=roles.get(link.role, link.role),
            source=source_in_words(link.source),
            on=link.on.isoformat(),
            standing=standing_mark(link.standing),
            doubted=link.doubted,
        )
        for link in links
    )
