"""Recording on a case: an assessment, a determination to be approved, a court's decision, a reported one.

Each page is a form, then its answers to check, then one record, however often it is sent.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amana.apps.decisions.office_pack import office_pack
from amana.casework import determine
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.determinations.assessment_form import AssessmentForm
from amana.web.determinations.determination_form import DeterminationForm
from amana.web.determinations.filling import Asking, acting, case_list, fill, one, opened, sent
from amana.web.determinations.option_fields import options_told
from amana.web.determinations.parts import views_told
from amana.web.determinations.protocol import protocol_of
from amana.web.determinations.record_forms import JudicialForm, ReportedForm
from amana.web.requests import OfficeRequest

ASSESSED, ASKED, RECORDED = "assessed", "asked", "recorded"
"""What is said once on the page after a form."""


@access("determinations.write")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def assessment_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """A best-interests assessment, in force when recorded; it decides nothing."""
    opened(request, ref)
    form = AssessmentForm(sent(request), today=today_of(request))
    asking = Asking(
        heading=_("Record a best-interests assessment"),
        about=_("An assessment decides nothing and moves nobody; it says what the child needs."),
        action=_("Record the assessment"),
        back=case_list(ref),
        said=ASSESSED,
    )

    def record() -> str:
        told = form.cleaned_data
        made = determine.assess(
            ref,
            kind=told["kind"],
            done_on=told["done_on"],
            options=options_told(told),
            views=views_told(told),
            findings=told["findings"],
            recommendation=told["recommendation"],
            review_on=told["review_on"],
            token=told["token"],
            **acting(request),
        )
        return one(ref, made)

    return fill(request, ref, form, asking, record)


@access("determinations.write")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def determination_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """A determination to be approved by a second person; `?stance=` answers what the protocol says,
    `?instead=` takes the place of one in force.
    """
    case = opened(request, ref)
    asked_for = {name: request.GET.get(name, "") for name in ("stance", "decision_id", "supersedes")}
    initial = {**asked_for, "version": case.person.version}
    today = today_of(request)
    known: dict[str, Any] = {"today": today, "pack": office_pack(), "born": determine.born_from(ref, today)}
    form = DeterminationForm(sent(request), initial=initial, **known)
    asking = Asking(
        heading=_("Ask for a best-interests determination"),
        about=_("It carries nothing until a second person has approved it, and it moves nobody by itself."),
        action=_("Ask a second person to approve it"),
        back=case_list(ref),
        said=ASKED,
        more={"protocol": protocol_of(case, str(form["stance"].value() or ""))},
    )

    def record() -> str:
        told = form.cleaned_data
        made = determine.ask_determination(
            ref,
            stance=told["stance"],
            decision_id=told["decision_id"],
            seen_version=told["version"],
            token=told["token"],
            **acting(request),
            **form.asked(told),
        )
        return one(ref, made)

    return fill(request, ref, form, asking, record)


@access("determinations.write")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def judicial_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """What a court decided, from its paper or as told; `?corrects=` names a record that was wrong."""
    opened(request, ref)
    initial = {"corrects": request.GET.get("corrects", "")}
    form = JudicialForm(sent(request), today=today_of(request), initial=initial)
    asking = Asking(
        heading=_("Record a decision of a court"),
        about=_("As it stands on the paper. A record that was wrong is corrected by another, never changed."),
        action=_("Record the court's decision"),
        back=case_list(ref),
        said=RECORDED,
    )

    def record() -> str:
        told = form.cleaned_data
        names = ("kind", "court", "number", "decided_on", "summary", "source", "corrects", "token")
        made = determine.record_judicial(
            ref,
            review_available=told["review_available"] == "yes",
            **{name: told[name] for name in names},
            **acting(request),
        )
        return f"{case_list(ref)}#{made}"

    return fill(request, ref, form, asking, record)


@access("determinations.write")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def reported_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """What another body decided, as it was reported, with whatever it lacks."""
    opened(request, ref)
    form = ReportedForm(sent(request), today=today_of(request))
    asking = Asking(
        heading=_("Record a decision made by another body"),
        about=_("As reported: what it lacks is shown as missing, never filled in. Nobody approves it here."),
        action=_("Record it as reported"),
        back=case_list(ref),
        said=RECORDED,
    )

    def record() -> str:
        told = form.told()
        day = told["decided_on"] or today_of(request)
        does = determine.effect_as_told(ref, told["decides"], told["place_kind"], told["effect"], day)
        if does != told["effect"]:
            raise determine.Incomplete([determine.FieldFault("effect", "not_for_this")])
        made = determine.record_reported(ref, **told, **acting(request))
        return one(ref, made)

    return fill(request, ref, form, asking, record)
