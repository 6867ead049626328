"""What every page of the gate starts from: the case, the countries in question, one way to run a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from amana.apps.decisions.office_pack import office_pack
from amana.casework.consent import ReturnRefused
from amana.casework.disclose import GateClosed
from amana.casework.gate import nations
from amana.web.case.head import Opened, open_case
from amana.web.clock import now, today_of
from amana.web.requests import OfficeRequest
from amana.web.returns.forms import ReturnForm

SAID = "returns.said"
Form = TypeVar("Form", bound=ReturnForm)


def opened(request: OfficeRequest, ref: str) -> Opened:
    """The case, for the tab and the pages below it. Raises `NotForYou`."""
    return open_case(request.viewer, ref, today_of(request), office_pack(), "returns")


def acting(request: OfficeRequest) -> dict[str, Any]:
    """Who acts, when, and on which day of the office."""
    return {"by": request.viewer, "at": now(), "on": today_of(request)}


def page_of(ref: str) -> str:
    """The tab."""
    return reverse("returns:case-show", args=[ref])


def said_once(request: OfficeRequest) -> Any:
    """What the form before left to be said; asked for once."""
    return request.session.pop(SAID, None)


def run(
    request: OfficeRequest,
    ref: str,
    kind: type[Form],
    act: Callable[[Form], HttpResponse | None],
    *,
    about: dict[str, Any],
) -> HttpResponse:
    """Show a form, or do what it asks and go back to the tab; a refusal stands beside its field. `act` may
    answer with a page of its own. Raises `NotForYou`.
    """
    case = opened(request, ref)
    known = nations(request.viewer, ref)
    first = {"nation": known[0]} if len(known) == 1 else {}
    data = request.POST if request.method == "POST" else None
    form = kind(data, today=today_of(request), nations=known, initial=first)
    if form.is_bound and form.is_valid():
        try:
            answer = act(form)
            request.session.setdefault(SAID, {"kind": "recorded"})
            return answer or redirect(page_of(ref))
        except (ReturnRefused, GateClosed) as refused:
            form.refuse(refused)
    context = {"head": case.head, "form": form, "about": about}
    return render(request, "returns/form.html", context, status=422 if form.errors else 200)
