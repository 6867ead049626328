"""The team's cases: who holds how many, whom nobody holds, and assigning several at once; offers answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amana.apps.accounts import queries as accounts
from amana.apps.registry import caseloads
from amana.casework import caseload
from amana.casework.caseload import CaseloadRefused
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.people.names import names
from amana.web.requests import OfficeRequest

AT_ONCE = 100
RECORDED = "caseload.recorded"


@access("people.assign")
@require_http_methods(["GET", "HEAD", "POST"])
def team_assign(request: OfficeRequest) -> HttpResponse:
    """People of the team by who holds them, and a form that assigns those chosen."""
    refused = ""
    if request.method == "POST":
        try:
            count = _assign(request)
            request.session[RECORDED] = _("Assigned: %(count)d.") % {"count": count}
            return redirect("caseload:team-assign")
        except CaseloadRefused as error:
            refused = str(error)
    return _page(request, refused)


def _assign(request: OfficeRequest) -> int:
    to = _account(request.POST.get("to", ""))
    if to is None and request.POST.get("to") != "nobody":
        raise CaseloadRefused(_("Choose who takes them."), "to")
    refs = request.POST.getlist("people")
    return caseload.assign(refs, to=to, by=request.viewer, at=now(), on=today_of(request))


def _page(request: OfficeRequest, refused: str) -> HttpResponse:
    viewer = request.viewer
    loads = caseloads.caseloads(viewer)
    officials = {each.id: each for each in accounts.officials(viewer)}
    holder = request.GET.get("of", "nobody")
    chosen = _account(holder)
    page = caseloads.held_lines(viewer, chosen, limit=AT_ONCE)
    own = [each for each in officials.values() if each.role == "caseworker" and _of_team(viewer, each.team)]
    context: dict[str, Any] = {
        "loads": [
            {"id": each.id, "name": each.name, "count": loads.get(each.id, 0), "here": each.id == chosen}
            for each in own
        ],
        "unassigned": loads.get(None, 0),
        "nobody": chosen is None,
        "people": [{"ref": line.ref, "name": names(line)[0]} for line in page],
        "most": AT_ONCE,
        "refused": refused,
        "recorded": request.session.pop(RECORDED, ""),
    }
    return render(request, "caseload/team.html", context, status=422 if refused else 200)


def _of_team(viewer: Any, team: str | None) -> bool:
    return viewer.everybody or f"team:{team}" in viewer.circles


def _account(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@access("people.see")
@require_POST
def offer_answer(request: OfficeRequest, offer: int) -> HttpResponse:
    """Accept a case one was offered, or decline it."""
    accept = request.POST.get("answer") == "accept"
    reason, on = _("Declined by whom it was offered to."), today_of(request)
    ref = caseload.answer_offer(offer, accept=accept, reason=reason, by=request.viewer, at=now(), on=on)
    return redirect("case:person-show", ref) if accept else redirect("today:day-show")
