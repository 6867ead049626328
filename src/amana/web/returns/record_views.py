"""Screenings and holds."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amana.casework import protection
from amana.casework.consent import ReturnRefused
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.requests import OfficeRequest
from amana.web.returns.forms import FLAGS, HoldForm, ScreeningForm
from amana.web.returns.opening import SAID, acting, page_of, run


@access("returns.write")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def screening_record(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record what a screening found."""

    def act(form: ScreeningForm) -> None:
        told = form.cleaned_data
        protection.record_screening(
            ref,
            told["nation"],
            done=FLAGS[told["done"]],
            fear=FLAGS.get(told["fear"]),
            claim=told["claim"],
            screened_on=told["screened_on"],
            token=told["token"],
            **acting(request),
        )

    return run(
        request,
        ref,
        ScreeningForm,
        act,
        about={
            "title": _("A screening for international protection"),
            "lead": _("For one country. What it finds stays in this office."),
            "button": _("Record the screening"),
        },
    )


@access("returns.write")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def hold_place(request: OfficeRequest, ref: str) -> HttpResponse:
    """Hold the file."""

    def act(form: HoldForm) -> None:
        told = form.cleaned_data
        what = {name: told[name] for name in ("ground", "until", "token")}
        protection.place_hold(ref, told["nation"], **what, **acting(request))

    return run(
        request,
        ref,
        HoldForm,
        act,
        about={
            "title": _("Hold the file"),
            "lead": _("While a hold stands no country is told anything. A second official may lift it."),
            "button": _("Hold the file"),
        },
    )


@access("returns.release", fresh=True)
@require_POST
@at_person
def hold_lift(request: OfficeRequest, ref: str, hold: UUID) -> HttpResponse:
    """Lift a hold before its end."""
    try:
        protection.lift_hold(ref, hold, **acting(request))
    except ReturnRefused as refused:
        raise Http404 from refused
    request.session[SAID] = {"kind": "recorded"}
    return redirect(page_of(ref))
