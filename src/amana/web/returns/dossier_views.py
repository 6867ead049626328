"""Dossiers, planned steps, and telling a country: what leaves the office leaves by `casework.disclose`."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amana.casework import disclose
from amana.casework.consent import ReturnRefused
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.requests import OfficeRequest
from amana.web.returns.forms import PlanForm, StepForm, TellForm
from amana.web.returns.opening import SAID, acting, opened, page_of, run
from amana.web.returns.showing import content_lines, country
from amana.web.returns.words import channel_words, refusal_words, step_words

READ_OR_POST = ["GET", "HEAD", "POST"]


@access("returns.write")
@require_http_methods(READ_OR_POST)
@at_person
def dossier_prepare(request: OfficeRequest, ref: str) -> HttpResponse:
    """Freeze what a step would tell, for somebody else to release."""

    def act(form: StepForm) -> None:
        told = form.cleaned_data
        disclose.prepare(ref, told["nation"], told["step"], token=told["token"], **acting(request))

    return run(
        request,
        ref,
        StepForm,
        act,
        about={
            "title": _("Prepare a dossier"),
            "lead": _(
                "Names, birth, sex and this nationality, of this person alone. Nothing is sent by this."
            ),
            "button": _("Prepare the dossier"),
        },
    )


@access("returns.release", fresh=True)
@require_POST
@at_person
def dossier_release(request: OfficeRequest, ref: str, dossier: UUID) -> HttpResponse:
    """Release a dossier that somebody else prepared."""
    try:
        disclose.release(ref, dossier, **acting(request))
        request.session[SAID] = {"kind": "recorded"}
    except ReturnRefused as refused:
        request.session[SAID] = {"kind": "refused", "words": refusal_words(refused)}
    return redirect(page_of(ref))


@access("returns.write")
@require_http_methods(READ_OR_POST)
@at_person
def step_plan(request: OfficeRequest, ref: str) -> HttpResponse:
    """Plan a step for a day; a plan tells nobody anything."""

    def act(form: PlanForm) -> None:
        told = form.cleaned_data
        disclose.plan(ref, told["nation"], told["step"], told["planned_for"], **acting(request))

    return run(
        request,
        ref,
        PlanForm,
        act,
        about={
            "title": _("Plan a step"),
            "lead": _("A plan tells nobody anything, and ends with the consent."),
            "button": _("Plan the step"),
        },
    )


@access("returns.write", fresh=True)
@require_http_methods(READ_OR_POST)
@at_person
def country_tell(request: OfficeRequest, ref: str) -> HttpResponse:
    """Tell a country what was released for it, through the gate; the page that follows is for the channel."""

    def act(form: TellForm) -> HttpResponse:
        told = form.cleaned_data
        done = disclose.disclose(
            ref,
            told["nation"],
            told["channel"],
            step=told["step"],
            recipient=told["recipient"],
            token=told["token"],
            **acting(request),
        )
        context = {
            "head": opened(request, ref).head,
            "country": country(done.nation),
            "step": step_words()[done.step],
            "channel": channel_words()[done.channel],
            "recipient": told["recipient"],
            "lines": content_lines(done.content),
            "digest": done.digest,
        }
        return render(request, "returns/told.html", context)

    return run(
        request,
        ref,
        TellForm,
        act,
        about={
            "title": _("Tell a country"),
            "lead": _("Only the released dossier, only while every condition is met. The register keeps it."),
            "button": _("Tell the country"),
        },
    )
