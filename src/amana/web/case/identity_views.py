"""The Identity tab: every claim with its source and standing; add one, judge one. Nothing is ever
overwritten.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amana.apps.decisions.office_pack import office_pack
from amana.apps.registry import queries
from amana.apps.registry.commands import ChangedMeanwhile, ClaimRefused
from amana.casework import amend
from amana.core.errors import AmanaError, InvalidDate
from amana.core.facts import Standing
from amana.web.access import access
from amana.web.case.claims import claim_groups
from amana.web.case.forms import ClaimForm, JudgementForm
from amana.web.case.head import open_case
from amana.web.case.references import at_person
from amana.web.clock import now, today_of
from amana.web.requests import OfficeRequest

RECORDED = "case.recorded"
"""Said once, on the page after the form: that it was taken."""


def _page(
    request: OfficeRequest,
    ref: str,
    *,
    claim: ClaimForm | None = None,
    judged: dict[int, JudgementForm] | None = None,
) -> HttpResponse:
    """The tab, with the forms that came back with errors in their places (status 422)."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    case = open_case(viewer, ref, on, pack, "identity-show")
    version = case.person.version
    wrong = claim or next(iter((judged or {}).values()), None)
    context: dict[str, Any] = {
        "head": case.head,
        "groups": claim_groups(viewer, ref, version, pack, judged),
        "may_amend": viewer.may("people.amend"),
        "form": claim or ClaimForm(today=on, initial={"version": version, "said_on": on}),
        "adding": claim is not None,
        "wrong": wrong,
        "recorded": request.session.pop(RECORDED, False),
        "open_claim": next(iter(judged or ()), 0),
    }
    fragment = bool(request.htmx) and wrong is not None
    template = "case/_identity.html" if fragment else "case/identity.html"
    return render(request, template, context, status=422 if wrong else 200)


@access("people.see")
@require_safe
@at_person
def identity_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """Every claim on this person, by what it speaks of; forms for those who may amend."""
    return _page(request, ref)


@access("people.amend")
@require_POST
@at_person
def claim_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """Put a claim beside the others; facts and decision follow in the same step."""
    viewer, on = request.viewer, today_of(request)
    queries.person(viewer, ref)
    form = ClaimForm(request.POST, today=on)
    if form.is_valid():
        told = form.cleaned_data
        try:
            amend.add_claim(
                person=ref,
                attribute=told["attribute"],
                stated=told["stated"],
                source=told["source"],
                note=told["note"],
                said_on=told["said_on"],
                standing=Standing(told["standing"]),
                seen_version=told["version"],
                by=viewer,
                at=now(),
                on=on,
            )
            request.session[RECORDED] = True
            return redirect("case:identity-show", ref)
        except (ClaimRefused, ChangedMeanwhile, InvalidDate) as refused:
            _say(form, refused, viewer, ref)
    return _page(request, ref, claim=form)


@access("people.amend")
@require_POST
@at_person
def claim_judge(request: OfficeRequest, ref: str, claim: int) -> HttpResponse:
    """Accept, dispute, settle or refute one claim, with the reason."""
    viewer = request.viewer
    queries.person(viewer, ref)
    form = JudgementForm(request.POST, auto_id=f"id_{claim}_%s")
    if form.is_valid():
        told = form.cleaned_data
        try:
            amend.judge_claim(
                person=ref,
                claim=claim,
                judgement=told["judgement"],
                reason=told["reason"],
                seen_version=told["version"],
                by=viewer,
                at=now(),
                on=today_of(request),
            )
            request.session[RECORDED] = True
            return redirect("case:identity-show", ref)
        except (ClaimRefused, ChangedMeanwhile) as refused:
            _say(form, refused, viewer, ref)
    return _page(request, ref, judged={claim: form})


def _say(form: ClaimForm | JudgementForm, refused: AmanaError, viewer: Any, ref: str) -> None:
    """Put a refusal on the form. After a race the form takes the new version, so that it can be sent
    again.
    """
    if isinstance(refused, ChangedMeanwhile):
        form.data = {**dict(form.data.items()), "version": str(queries.person(viewer, ref).version)}
        form.add_error(
            None,
            _("Somebody changed this case meanwhile. Look at the claims below; then send yours again."),
        )
    elif isinstance(form, JudgementForm):
        form.add_error(
            "judgement", _("The claim already stands so, or is not on this case. Look at it again.")
        )
    else:
        form.add_error("stated", _("This can't be kept as stated. Look at the hint, and correct it."))
