"""Plans and urgent moves in words: lines of the list, facts of a page, and what stops a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations import queries as determinations
from amana.apps.determinations.codes import STAYS
from amana.apps.oversight.answers import Watched
from amana.apps.placements.moves.commands import TOGETHER, UPHELD
from amana.apps.placements.moves.queries import PlanView, UrgentView
from amana.apps.registry.queries import lines as people_lines
from amana.casework.snapshot import facts_on
from amana.web.case.safeguards import Group, groups
from amana.web.determinations.words import consulate_words, ground_words, said
from amana.web.moves.words import apart_words, family_words, plan_mark, review_words, urgent_words
from amana.web.people.cards import place_name
from amana.web.people.marks import Mark
from amana.web.people.names import Name, names
from amana.wording.places import kind_words


@dataclass(frozen=True)
class MoveLine:
    """One move of the list: where to and which day, its state and its page."""

    ref: str
    title: str
    day: str
    about: str
    address: str
    mark: Mark


@dataclass(frozen=True)
class Told:
    """A question and its answer; `figures`: a day, read left to right; `free`: in somebody's own words."""

    question: str
    answer: str
    figures: bool = False
    free: bool = False


@dataclass(frozen=True)
class Goes:
    """Somebody whom a move concerns."""

    ref: str
    name: Name


@dataclass(frozen=True)
class Stopping:
    """What stops a plan for one of those who would move, in groups as on the page of safeguards."""

    goes: Goes | None
    groups: tuple[Group, ...]


def plan_line(plan: PlanView) -> MoveLine:
    """One plan of the list."""
    return MoveLine(
        plan.ref,
        _("To %(place)s") % {"place": place_name(plan.facility)},
        (plan.moved_on or plan.planned_for).isoformat(),
        _("mother and children together") if plan.together else "",
        reverse("moves:plan-show", args=[plan.person, plan.ref]),
        plan_mark(plan.state),
    )


def urgent_line(move: UrgentView) -> MoveLine:
    """One urgent move of the list."""
    return MoveLine(
        move.ref,
        _("Urgently to %(place)s") % {"place": place_name(move.facility)},
        move.moved_on.isoformat(),
        said(urgent_words(), move.ground),
        reverse("moves:urgent-show", args=[move.person, move.ref]),
        urgent_mark(move),
    )


def urgent_mark(move: UrgentView) -> Mark:
    """The badge of an urgent move: all that is still owed of it; green once nothing is and it was upheld."""
    owed = [words for missing, words in _owed(move) if missing]
    if owed:
        return Mark("due", _("; ").join(owed), "clock")
    if move.review != UPHELD:
        return Mark("due", _("over, and found not needed or not done as it should be"), "warn")
    return Mark("ok", _("reviewed and over"), "check")


def _owed(move: UrgentView) -> tuple[tuple[bool, str], ...]:
    """What an urgent move asks for (P1a to P1e), each with whether it is missing."""
    return (
        (not move.reviewed_on, _("waits for its review")),
        (not move.ended_on, _("not over")),
        (not move.monitor_told_on, _("the monitor was not told")),
        (not move.guardian_told_on, _("the guardian was not told")),
        (not move.reason, _("no reason is on record")),
        (
            move.with_family != TOGETHER and not move.alone_reason,
            _("not said why the family stayed behind"),
        ),
    )


def plan_facts(plan: PlanView) -> tuple[Told, ...]:
    """What a plan says."""
    kinds, grounds = kind_words(), ground_words()
    place = _("%(place)s (%(kind)s)") % {
        "place": place_name(plan.facility),
        "kind": said(kinds, plan.facility.kind),
    }
    told = [
        Told(_("Place"), place),
        Told(_("Planned for"), plan.planned_for.isoformat(), figures=True),
        Told(_("Moved on"), plan.moved_on.isoformat() if plan.moved_on else "", figures=True),
        Told(_("Grounds"), _("; ").join(said(grounds, code) for code in plan.grounds)),
        Told(_("In words"), plan.reason, free=True),
        Told(_("Care is arranged"), _("yes") if plan.care_identified else _("not on record")),
        Told(_("Consulate"), said(consulate_words(), plan.consulate)),
        Told(_("Why brothers or sisters stay elsewhere"), said(apart_words(), plan.apart_reason)),
        Told(_("Why it was withdrawn"), plan.closing_reason, free=True),
    ]
    return tuple(each for each in told if each.answer)


def urgent_facts(move: UrgentView) -> tuple[Told, ...]:
    """What is on record of an urgent move."""
    nothing = _("not on record")
    told = [
        Told(_("Place"), place_name(move.facility)),
        Told(_("Moved on"), move.moved_on.isoformat(), figures=True),
        Told(_("What made it urgent"), said(urgent_words(), move.ground)),
        Told(_("In words"), move.reason, free=True),
        Told(_("Mother, brothers and sisters"), said(family_words(), move.with_family)),
        Told(_("Why they could not come along"), move.alone_reason, free=True),
        _day(_("Independent monitor told on"), move.monitor_told_on, nothing),
        _day(_("Guardian told on"), move.guardian_told_on, nothing),
        _day(_("Reviewed on"), move.reviewed_on, nothing),
        Told(_("Review"), said(review_words(), move.review)),
        Told(_("Why"), move.review_reason, free=True),
        _day(_("Over on"), move.ended_on, nothing),
        Told(_("How it ended"), move.ended_reason, free=True),
    ]
    return tuple(each for each in told if each.answer)


def _day(question: str, day: date | None, otherwise: str) -> Told:
    return Told(question, day.isoformat(), figures=True) if day else Told(question, otherwise)


def goes_along(viewer: Viewer, refs: Sequence[str]) -> tuple[Goes, ...]:
    """The people of these references, by name, in their order."""
    known = people_lines(viewer, refs)
    return tuple(Goes(ref, names(known[ref])[0]) for ref in refs if ref in known)


def stopping_groups(
    viewer: Viewer, found: Sequence[Watched], plan: PlanView, on: date
) -> tuple[Stopping, ...]:
    """What stops a plan, the planned person first, then whoever else would move and is stopped."""
    pack = office_pack()
    by_person: dict[str, list[Watched]] = {plan.person: []}
    for each in found:
        by_person.setdefault(each.occasion.person, []).append(each)
    told = []
    for ref, stops in by_person.items():
        if not stops:
            continue
        (row,) = facts_on([ref], on)
        other = goes_along(viewer, [ref])[0] if ref != plan.person else None
        told.append(Stopping(other, groups(viewer, stops, row, pack=pack, on=on)))
    return tuple(told)


def stops_in_words(found: Sequence[Watched]) -> str:
    """How many safeguards stand in the way; empty for none."""
    count = len({each.safeguard.id for each in found})
    if not count:
        return ""
    return ngettext(
        "The move stops here: %(count)s safeguard stands in its way.",
        "The move stops here: %(count)s safeguards stand in its way.",
        count,
    ) % {"count": count}


@dataclass(frozen=True)
class Stays:
    """A determination in force, the last word of which is that the child stays with the mother."""

    ref: str
    day: date | None
    address: str


def decided_to_stay(viewer: Viewer, person: str) -> Stays | None:
    """The determination that the child stays; None where the last word in force is another, or none."""
    decided = [
        each for each in determinations.determinations(viewer, person) if each.in_force and each.decides
    ]
    last = decided[0] if decided else None
    if last is None or last.decides != STAYS:
        return None
    return Stays(
        last.ref, last.decided_on, reverse("determinations:determination-show", args=[person, last.ref])
    )
