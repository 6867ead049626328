"""The board of safeguards, and the findings of one: read only; what is waived is shown for ever."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import queries
from amana.apps.oversight.queries import FindingPage
from amana.apps.oversight.questions import how_many_wait
from amana.core.policy import Pack
from amana.core.safeguards import Safeguard
from amana.web.access import access
from amana.web.clock import today_of
from amana.web.law.safeguards import safeguard_entry
from amana.web.oversight.board import BoardPage, board_page, state_words
from amana.web.oversight.choosing import SOON, Chosen, Option, address, choosings, chosen, offered
from amana.web.oversight.findings import finding_rows
from amana.web.oversight.spark import spark
from amana.web.oversight.words import counted, planned_in_words
from amana.web.people.cards import place_name
from amana.web.requests import OfficeRequest

PAGE = 25
RECORDED = "oversight.recorded"
"""Said once, on the page after a form: what was taken."""


@access("oversight.see")
@require_safe
def board_show(request: OfficeRequest) -> HttpResponse:
    """The board, narrowed by what the address asks for; 422 where it asks for what no filter offers."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    values = offered(viewer, pack, state_words())
    now = chosen(request.GET, values)
    board = queries.board(
        viewer,
        on=on,
        facility=now.site,
        weight=now.weight,
        owner=now.owner,
        due_within=SOON if now.soon else None,
    )
    page = board_page(board, pack, now, on)
    context: dict[str, Any] = {
        "board": page,
        "totals": _totals(page),
        "spark": spark(queries.history(viewer, on)) if board.swept_on else None,
        "choosings": choosings(values, now, ("state", "weight", "site", "owner")),
        "soon": Option(_("Clock running out in 7 days"), address(now, soon=not now.soon), now.soon),
        "clear": address(Chosen()),
        "narrowed": now.any,
        "refused": _refused(now),
        "asked": how_many_wait(viewer, on),
        "may_see_people": viewer.may("people.see"),
    }
    return render(request, "oversight/board.html", context, status=422 if now.strange else 200)


def _totals(page: BoardPage) -> str:
    """The same words as `amana sweep`: what is broken, what is late, what can't be told; never added up."""
    parts = counted(breach=page.breach, overdue=page.overdue, undetermined=page.undetermined)
    if page.planned:
        parts.append(planned_in_words(page.breach, page.planned))
    return " · ".join(parts)


def _refused(now: Chosen) -> list[dict[str, str]]:
    return [{"text": each} for each in now.strange]


def no_such_page() -> str:
    """What is said of an address that names a place in a list which isn't there."""
    return _("No page of this list begins where the address says. This is its beginning.")


@access("oversight.see")
@require_safe
def safeguard_show(request: OfficeRequest, safeguard: str) -> HttpResponse:
    """One safeguard: what it asks, on what ground, what clears it, and its findings a page at a time."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    known = watched(pack, safeguard)
    states = {verdict: words for verdict, words in state_words().items() if verdict != "waived"}
    values = offered(viewer, pack, states)
    now = chosen(request.GET, {name: values[name] for name in ("state", "site")}, soon=False)
    after = request.GET.get("after", "")
    try:
        page = _findings(request, known, now, after)
    except queries.NoSuchPage:
        now, after = replace(now, strange=(*now.strange, no_such_page())), ""
        page = _findings(request, known, now, after)
    context: dict[str, Any] = {
        "safeguard": safeguard_entry(known, pack, on),
        "rows": finding_rows(
            viewer, page.rows, pack=pack, places=values["site"], on=on, waivable=known.waivable
        ),
        "count": page.count,
        "planned": page.planned,
        "more": page.next,
        "first": not after,
        "recorded": request.session.pop(RECORDED, ""),
        "choosings": choosings(values, now, ("state", "site")),
        "clear": address(Chosen()),
        "narrowed": now.any,
        "refused": _refused(now),
        "may_see_people": viewer.may("people.see"),
    }
    return render(request, "oversight/safeguard.html", context, status=422 if now.strange else 200)


def _findings(request: OfficeRequest, known: Safeguard, now: Chosen, after: str) -> FindingPage:
    return queries.findings(
        request.viewer,
        safeguard=known.id,
        on=today_of(request),
        verdict=now.state,
        facility=now.site,
        after=after,
        limit=PAGE,
    )


def watched(pack: Pack, safeguard: str) -> Safeguard:
    """The safeguard of that id; not found where the pack has none."""
    if safeguard not in pack.safeguards:
        raise Http404
    return pack.safeguards[safeguard]


def place_names(viewer: Viewer) -> dict[str, str]:
    """The names of places by reference."""
    return {place.ref: place_name(place) for place in queries.places(viewer)}
