"""A record in plain words, for whom it is about or who stands by her: what is on record, what was decided and
how to object, who works on it, and what is withheld and why.

It tells nothing of others beyond the names of her own family as they were listed with her, and nothing that
was sealed. Allegations are not mentioned: on paper they would endanger her, and the office can't read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.viewers import Viewer
from amana.apps.determinations import queries as determinations
from amana.apps.determinations.answers import DeterminationView
from amana.apps.placements import queries as placements
from amana.apps.registry import queries as registry
from amana.apps.registry.caseloads import standing_case
from amana.apps.registry.reach import RECORDS
from amana.core.policy import Pack
from amana.web.case.claims import ClaimLine, claim_groups
from amana.web.case.head import Opened
from amana.web.case.timeline import stay_lines
from amana.web.determinations import words as determined
from amana.web.determinations.shown import title_of
from amana.wording.languages import as_told, as_written

TOLD = ("name", "sex", "birth", "nationality", "relation", "mother", "father", "died")
"""What is read out, in this order. A pregnancy and what is said of a parent's care are told in person."""


@dataclass(frozen=True)
class Line:
    """What is on record under one name; `contested`: somebody says otherwise."""

    name: str
    told: str
    source: str = ""
    contested: bool = False


@dataclass(frozen=True)
class Part:
    """One part: its title and lines, and what is said where there are none."""

    id: str
    title: str
    lines: tuple[Line, ...]
    none: str = ""


@dataclass(frozen=True)
class Plain:
    """The record: its parts, and what is withheld with the reason."""

    parts: tuple[Part, ...]
    withheld: tuple[Line, ...]


def plain(viewer: Viewer, case: Opened, on: date, pack: Pack) -> Plain:
    """The record in plain words, as far as this viewer reads it."""
    ref = case.person.ref
    parts = (
        Part("identity", _("Who she or he is on record"), tuple(_claims(viewer, case, pack))),
        Part(
            "family", _("Family on record"), tuple(_family(viewer, case)), _("No parent or child is linked.")
        ),
        Part(
            "stays", _("Where she or he was, and is"), tuple(_stays(viewer, ref)), _("No stay is on record.")
        ),
        Part("protocol", _("What the rules in force say"), tuple(_protocol(case))),
        Part(
            "decided",
            _("What officials and courts decided, and how to object"),
            tuple(_decided(viewer, case, on)),
            _("Nothing has been decided."),
        ),
        Part(
            "officials", _("Who works on the case"), tuple(_officials(viewer, ref)), _("Nobody holds it yet.")
        ),
    )
    return Plain(parts, withheld())


def withheld() -> tuple[Line, ...]:
    """What is not in it, and why: the same for everybody, so that it tells of nobody."""
    return (
        Line(
            _("What others said in confidence"),
            _("It would tell of them. Whether there is any is not said here."),
        ),
        Line(
            _("Why a parent is not recorded"),
            _("The reason is sealed, whichever it is. It may be asked for in person."),
        ),
        Line(_("Health"), _("The health worker tells it in person, and hands over her own papers.")),
        Line(
            _("Notes on protection"),
            _("They are read aloud in person where nobody of the place can hear, to whoever asks."),
        ),
    )


def _claims(viewer: Viewer, case: Opened, pack: Pack) -> Iterator[Line]:
    ref, found = case.person.ref, {}
    for each in registry.claims(viewer, ref):
        found[each.id] = each.attribute
    for group in claim_groups(viewer, ref, case.person.version, pack):
        for claim in group.claims:
            if found.get(claim.id) in TOLD and not claim.refuted:
                yield _claim(group.words, claim)


def _claim(name: str, claim: ClaimLine) -> Line:
    told = claim.value or claim.stated
    source = f"{claim.source} {as_told(claim.note)}".strip()
    return Line(name[:1].upper() + name[1:], told, f"{source}, {as_written(claim.on)}", claim.disputed)


def _family(viewer: Viewer, case: Opened) -> Iterator[Line]:
    roles = {"mother": _("Mother"), "father": _("Father")}
    links = case.person.links if isinstance(case.person.links, tuple) else ()
    people = registry.lines(viewer, {end for link in links for end in (link.child, link.parent)})
    for link in links:
        if link.doubted:
            continue
        other = link.parent if link.child == case.person.ref else link.child
        role = roles.get(link.role, link.role) if other == link.parent else _("Child")
        line = people.get(other)
        yield Line(role, (line.name_ar or line.name_latin) if line else _("named on record"))


def _stays(viewer: Viewer, ref: str) -> Iterator[Line]:
    for stay in stay_lines(placements.stays(viewer, ref)) or ():
        until = f" – {as_written(stay.until)}" if stay.until else ""
        yield Line(stay.place, f"{as_written(stay.since)}{until}", stay.source)


def _protocol(case: Opened) -> Iterator[Line]:
    for mark in case.head.marks:
        yield Line(mark.words, _("A computed answer. It decides nothing: officials and courts decide."))


def _decided(viewer: Viewer, case: Opened, on: date) -> Iterator[Line]:
    ref = case.person.ref
    if viewer.relation == "ward" and not case.held.opens(*RECORDS):
        yield Line(
            _("Decisions"),
            _("Whoever holds the case tells what was decided and how to object: ask to see it."),
        )
        return
    if not (viewer.may(determinations.SEE) and case.held.opens(*RECORDS)):
        return
    for each in determinations.determinations(viewer, ref):
        if each.state not in ("withdrawn", "rejected"):
            yield Line(title_of(each), _said(each), _remedy(each, on))
    for court in determinations.judicial(viewer, ref):
        if not court.corrected_by:
            told = determined.said(determined.judicial_words(), court.kind)
            yield Line(told, f"{as_written(court.decided_on.isoformat())} {as_told(court.court)}".strip())


def _said(each: DeterminationView) -> str:
    day = each.decided_on or each.asked_on
    state = determined.state_mark(each.state, each.kind, holds=each.holds).words
    decides = determined.said(determined.decides_words(), each.decides) if each.decides else ""
    return " · ".join(filter(None, (decides, state, as_written(day.isoformat()))))


def _remedy(each: DeterminationView, on: date) -> str:
    """How to object, as the decision itself names it; an assessment is answered by a request."""
    if each.appeal_route:
        told = _("To object: %(route)s") % {"route": as_told(each.appeal_route)}
        if each.appeal_until is None:
            return told
        day = as_written(each.appeal_until.isoformat())
        late = each.appeal_until < on
        end = _("the last day was %(day)s") if late else _("until %(day)s")
        return f"{told} · {end % {'day': day}}"
    return _("To object: tell whoever holds the case, who takes it down.")


def _officials(viewer: Viewer, ref: str) -> Iterator[Line]:
    case = standing_case(ref)
    if case is None or case.official is None:
        return
    named = {each.id: each.name for each in accounts.colleagues(viewer)}
    if case.official in named:
        yield Line(_("Holds the case"), as_told(named[case.official]), as_written(case.since.isoformat()))
