"""The tab *Decisions* of a case, and the list of determinations that wait for a second person."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.accounts.viewers import Viewer
from amana.apps.determinations import queries
from amana.apps.determinations.answers import Waiting
from amana.apps.registry.queries import lines as people_lines
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.determinations import words
from amana.web.determinations.filling import opened, said_once
from amana.web.determinations.lines import decision_lines
from amana.web.determinations.shown import title_of
from amana.web.people.marks import Mark
from amana.web.people.names import Name, names
from amana.web.requests import OfficeRequest

AT_ONCE = 25


@dataclass(frozen=True)
class Offer:
    """Something that may be recorded: where, what, and when it fits."""

    address: str
    title: str
    about: str


@dataclass(frozen=True)
class WaitingLine:
    """One determination that waits: whose, what it decides, since when; the mark says whose turn it is."""

    ref: str
    person: str
    name: Name
    title: str
    asked_on: str
    address: str
    mark: Mark


@access("determinations.see")
@require_safe
@at_person
def case_list(request: OfficeRequest, ref: str) -> HttpResponse:
    """Every decision of people on this case, newest first, and what may be recorded."""
    viewer, case = request.viewer, opened(request, ref)
    decided = decision_lines(
        queries.determinations(viewer, ref), queries.judicial(viewer, ref), today_of(request)
    )
    context = {
        "head": case.head,
        "lines": decided,
        "may_write": viewer.may("determinations.write"),
        "offers": _offers(ref),
        "recorded": said_once(request),
    }
    return render(request, "determinations/list.html", context)


@access("determinations.see")
@require_safe
def waiting_list(request: OfficeRequest) -> HttpResponse:
    """What waits for a second person: all of it for who may approve, her own for who asks."""
    after = request.GET.get("after", "")
    page = queries.waiting(request.viewer, after=after, limit=AT_ONCE)
    rows = _rows(request.viewer, page.rows)
    context = {"page": page, "rows": rows, "first": not after}
    return render(request, "determinations/waiting.html", context)


def _rows(viewer: Viewer, waiting: tuple[Waiting, ...]) -> tuple[WaitingLine, ...]:
    people = people_lines(viewer, [each.person for each in waiting])
    return tuple(
        WaitingLine(
            ref=each.ref,
            person=each.person,
            name=names(people[each.person])[0],
            title=title_of(each),
            asked_on=each.asked_on.isoformat(),
            address=reverse(_page_of(each), args=[each.person, each.ref]),
            mark=_mark(each),
        )
        for each in waiting
    )


def _page_of(each: Waiting) -> str:
    return f"determinations:determination-{'decide' if each.may_decide else 'show'}"


def _mark(each: Waiting) -> Mark:
    if each.may_decide:
        return Mark("due", _("waits for you or another second person"), "clock")
    if each.mine:
        return Mark("", _("asked for by you: a second person decides"), "person")
    return words.state_mark("requested")


def _offers(ref: str) -> tuple[Offer, ...]:
    told = (
        (
            "protocol-act",
            _("Act on what the protocol says"),
            _("Adopt it, don't adopt it, or depart from it: each is a determination."),
        ),
        (
            "assessment-add",
            _("Best-interests assessment"),
            _("Before anything that affects the child, and again and again while it lives in custody."),
        ),
        (
            "determination-add",
            _("Best-interests determination"),
            _("Needed before a child leaves a parent. A second person approves it."),
        ),
        ("judicial-add", _("Decision of a court"), _("An order, a guardian, a charge, a review.")),
        (
            "reported-add",
            _("Decision made by another body"),
            _("As it was reported, with whatever it lacks."),
        ),
    )
    return tuple(
        Offer(reverse(f"determinations:{view}", args=[ref]), title, about) for view, title, about in told
    )
