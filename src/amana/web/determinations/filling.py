"""The way of every form here: fill it in, check the answers, record them once.

Nothing typed is lost: whatever is refused comes back with every answer and status 422. Nothing is stored
between the steps; the answers travel in the form itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations.contents import DeterminationRefused
from amana.apps.registry.commands import ChangedMeanwhile
from amana.casework.rehearsing import rehearse
from amana.web.case.head import Opened, open_case
from amana.web.clock import now, today_of
from amana.web.determinations.base_form import CaseForm
from amana.web.determinations.faults import place_refusal
from amana.web.middleware import IDLE
from amana.web.requests import OfficeRequest

TAB = "determinations"
SAID = "determinations.said"
STORE, AGAIN = "store", "again"
"""Names of the buttons of the page that shows the answers: record them, or correct them."""


@dataclass(frozen=True)
class Asking:
    """One form page: its question, a line about it, the words of its last button, where *go back* leads, and
    what is said once on the page that follows (a key of `show_views.said_words`).
    """

    heading: str
    about: str
    action: str
    back: str
    said: str
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def idle(self) -> int:
        """After how many minutes without sending a form its writer is signed out."""
        return IDLE // timedelta(minutes=1)


def opened(request: OfficeRequest, ref: str) -> Opened:
    """The case, for a page below its tab. Raises `NotForYou`."""
    return open_case(request.viewer, ref, today_of(request), office_pack(), TAB)


def case_list(ref: str) -> str:
    """The tab of this case."""
    return reverse("determinations:case-list", args=[ref])


def one(ref: str, dref: str) -> str:
    """The page of one determination."""
    return reverse("determinations:determination-show", args=[ref, dref])


def noted(request: OfficeRequest, said: str, address: str) -> str:
    """Remember what is said once on the page that follows; its address."""
    request.session[SAID] = said
    return address


def said_once(request: OfficeRequest) -> str:
    """What the form before left to be said; asked for once."""
    return str(request.session.pop(SAID, ""))


def acting(request: OfficeRequest) -> dict[str, Any]:
    """Who records it, when, and the office's day."""
    return {"by": request.viewer, "at": now(), "on": today_of(request)}


def sent(request: OfficeRequest) -> Any:
    """What was sent, or None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def fill(
    request: OfficeRequest, ref: str, form: CaseForm, asking: Asking, record: Callable[[], str]
) -> HttpResponse:
    """The form, the answers to check, or the record and then the page that `record` names. Answers that the
    record would refuse are not shown for checking: the form comes back with what is wrong.
    """
    if not form.is_bound or AGAIN in request.POST:
        return _form(request, ref, form, asking)
    if not form.is_valid():
        return _form(request, ref, form, asking, status=422)
    try:
        if STORE in request.POST:
            return redirect(noted(request, asking.said, record()))
        rehearse(record, by=request.viewer, at=now())
        context = {"head": opened(request, ref).head, "form": form, "asking": asking, **asking.more}
        return render(request, "determinations/check.html", context)
    except DeterminationRefused as refused:
        place_refusal(form, refused)
    except ChangedMeanwhile:
        changed_meanwhile(form, opened(request, ref).person.version)
    return _form(request, ref, form, asking, status=422)


def changed_meanwhile(form: CaseForm, version: int) -> None:
    """Say that the case is another by now; the form takes the new state, so that it can be sent again."""
    fresh: Any = copy(form.data)
    fresh["version"] = str(version)
    form.data = fresh
    form.add_error(None, _("Somebody changed this case meanwhile. Look at it again, then send this again."))


def _form(
    request: OfficeRequest, ref: str, form: CaseForm, asking: Asking, *, status: int = 200
) -> HttpResponse:
    context = {"head": opened(request, ref).head, "form": form, "asking": asking, **asking.more}
    return render(request, "determinations/form.html", context, status=status)
