"""What every page of moves starts from: the case, the places to choose from, what is said once."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse

from amana.apps.decisions.office_pack import office_pack
from amana.apps.placements import queries as placements
from amana.apps.placements.moves import queries
from amana.apps.placements.moves.queries import PlanView, UrgentView
from amana.apps.placements.queries import FacilityView, StayView
from amana.core.errors import BadReference
from amana.core.reference import check_reference
from amana.web.case.head import Opened, open_case
from amana.web.clock import now, today_of
from amana.web.requests import OfficeRequest

SAID = "moves.said"


def opened(request: OfficeRequest, ref: str) -> Opened:
    """The case, for a page below its tab. Raises `NotForYou`."""
    return open_case(request.viewer, ref, today_of(request), office_pack(), "moves")


def elsewhere(request: OfficeRequest, case: Opened) -> tuple[FacilityView, ...]:
    """The places the person is not at."""
    here = case.stay.facility.ref if isinstance(case.stay, StayView) else ""
    return tuple(each for each in placements.facilities(request.viewer) if each.ref != here)


def acting(request: OfficeRequest) -> dict[str, Any]:
    """Who acts, when, and on which day of the office."""
    return {"by": request.viewer, "at": now(), "on": today_of(request)}


def plan_of(request: OfficeRequest, ref: str, mref: str) -> PlanView:
    """One plan of this person; 404 for one of another. Raises `NotForYou`."""
    found = queries.plan(request.viewer, _checked(mref))
    if found.person != ref:
        raise Http404
    return found


def urgent_of(request: OfficeRequest, ref: str, mref: str) -> UrgentView:
    """One urgent move of this person; 404 for one of another. Raises `NotForYou`."""
    found = queries.urgent_move(request.viewer, _checked(mref))
    if found.person != ref:
        raise Http404
    return found


def plan_page(ref: str, mref: str) -> str:
    """The page of one plan."""
    return reverse("moves:plan-show", args=[ref, mref])


def urgent_page(ref: str, mref: str) -> str:
    """The page of one urgent move."""
    return reverse("moves:urgent-show", args=[ref, mref])


def noted(request: OfficeRequest, said: str, address: str) -> str:
    """Remember what is said once on the page that follows; its address."""
    request.session[SAID] = said
    return address


def said_once(request: OfficeRequest) -> str:
    """What the form before left to be said; asked for once."""
    return str(request.session.pop(SAID, ""))


def _checked(mref: str) -> str:
    try:
        return check_reference(mref)
    except BadReference as bad:
        raise Http404 from bad
