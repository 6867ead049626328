"""One proposal: what it would do, on any day; a second person adopts or refuses it, or its author takes it
back.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.accounts.viewers import NotForYou
from amana.apps.decisions import law_queries
from amana.apps.decisions.law_queries import ProposalView
from amana.apps.decisions.office_pack import office_pack
from amana.apps.decisions.proposing import OwnProposal, ProposalRefused
from amana.apps.jobs import queries as jobs
from amana.casework import proposals
from amana.casework.listing.dates import plain
from amana.casework.proposals import Outdated, Page, Unfinished
from amana.core.policy import Pack
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.law.again import begin
from amana.web.law.change_views import day_to_weigh
from amana.web.law.deciding_form import ADOPT, DecideForm, WithdrawForm
from amana.web.law.impact import ImpactPage, impact_page
from amana.web.law.kept import kept_figures
from amana.web.law.proposals import proposal_line
from amana.web.law.shown import shown
from amana.web.register.work import Work, show_fragment, work_of
from amana.web.requests import OfficeRequest

OLDEST, LATEST = date(1950, 1, 1), date(2100, 1, 1)
"""Days that a count may be asked for."""


@access("law.see")
@require_safe
def change_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """What the proposal changes, why, and what would follow as of `?on=`, the office's day unless told."""
    viewer = request.viewer
    proposal = law_queries.proposal(viewer, ref)
    on, wrong = _day(request, proposal)
    work = _work(request, proposal)
    context: dict[str, Any] = {
        **_head(request, proposal),
        **_followed(request, proposal, on),
        "on_typed": request.GET.get("on") if wrong else on.isoformat(),
        "on_wrong": wrong,
        "work": work if work and work.running else None,
        "redeciding": proposal.redeciding,
        "may_redecide": viewer.may("law.adopt") and proposal.redeciding,
        "may_decide": viewer.may("law.adopt") and proposal.open and not proposal.mine,
        "may_withdraw": viewer.may("law.propose") and proposal.open and proposal.mine,
        "kept": kept_figures(proposal.figures, _base(request, proposal)),
    }
    return render(request, "law/change.html", context, status=422 if wrong else 200)


@access("law.see")
@require_safe
def change_progress(request: OfficeRequest, ref: str) -> HttpResponse:
    """How far deciding everybody anew is, for the page that asks again and again."""
    work = _work(request, law_queries.proposal(request.viewer, ref))
    if work is None:
        raise NotForYou(request.viewer.role, "law.adopt")
    return show_fragment(request, work)


@access("law.adopt", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def change_decide(request: OfficeRequest, ref: str) -> HttpResponse:
    """Say what adopting does, then adopt or refuse with a reason. Not for the author, nor once closed."""
    proposal = law_queries.proposal(request.viewer, ref)
    if proposal.mine or not proposal.open:
        return redirect("law:change-show", ref)
    followed = _followed(request, proposal, day_to_weigh(proposal.edits, today_of(request)))
    impact: ImpactPage | None = followed["impact"]
    may_adopt = impact is not None and not impact.findings
    sent = request.POST if request.method == "POST" else None
    form = DecideForm(sent, may_adopt=may_adopt, initial={"seen": impact.seen if impact else "-"})
    if form.is_bound and form.is_valid():
        if _closed(request, ref, form, day_to_weigh(proposal.edits, today_of(request))):
            return redirect("law:change-show", ref)
        followed = _looked_anew(request, proposal, form, followed)
    context = {**_head(request, proposal), **followed, "form": form}
    return render(request, "law/change_decide.html", context, status=422 if form.errors else 200)


def _looked_anew(
    request: OfficeRequest, proposal: ProposalView, form: DecideForm, followed: dict[str, Any]
) -> dict[str, Any]:
    """What would follow under the law of now, where that is another than was looked at: the form then holds
    the text that stands above it, and no other.
    """
    if followed["impact"] is not None:
        followed = _followed(request, proposal, day_to_weigh(proposal.edits, today_of(request)))
    impact: ImpactPage | None = followed["impact"]
    form.data = {**dict(form.data.items()), "seen": impact.seen if impact else "-"}
    return followed


def _closed(request: OfficeRequest, ref: str, form: DecideForm, on: date) -> bool:
    """Adopt or refuse as the form says, keeping the counts of that day; False with the reason on the form
    where that is not to be.
    """
    told = form.cleaned_data
    try:
        if told["decision"] == ADOPT:
            proposals.adopt(ref, reason=told["reason"], by=request.viewer, at=now(), seen=told["seen"], on=on)
        else:
            proposals.refuse(ref, reason=told["reason"], by=request.viewer, at=now(), on=on)
    except OwnProposal:
        form.add_error(None, _("A second person decides: whoever put it forward can only withdraw it."))
    except Unfinished:
        form.add_error("decision", _("It can't be adopted while something stands in its way."))
    except Outdated:
        form.add_error(
            None, _("The law changed since you looked. Look again at what would follow, then decide.")
        )
    except ProposalRefused:
        form.add_error(None, _("It was decided or withdrawn meanwhile."))
    else:
        return True
    return False


@access("law.adopt", fresh=True)
@require_POST
def change_redecide(request: OfficeRequest, ref: str) -> HttpResponse:
    """Ask once more for everybody to be decided anew, where the work of an adoption did not end."""
    proposal = law_queries.proposal(request.viewer, ref)
    work = _work(request, proposal)
    if proposal.redeciding and not (work and work.running):
        with suppress(ProposalRefused):  # it ended meanwhile
            proposals.redecide(ref, by=request.viewer, at=now())
    return redirect("law:change-show", ref)


@access("law.propose")
@require_POST
def change_again(request: OfficeRequest, ref: str) -> HttpResponse:
    """Open the form with one change of the author's own open proposal (`place`, from 0), to correct it."""
    proposal = law_queries.proposal(request.viewer, ref)
    place = request.POST.get("place", "0")
    if not proposal.mine or not proposal.open or place not in map(str, range(len(proposal.edits))):
        return redirect("law:change-show", ref)
    again = begin(request, proposal, int(place))
    return redirect(f"{reverse('law:change-add')}?{urlencode({'what': again.subject})}")


@access("law.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def change_withdraw(request: OfficeRequest, ref: str) -> HttpResponse:
    """The author takes the proposal back, with a reason."""
    proposal = law_queries.proposal(request.viewer, ref)
    if not proposal.mine or not proposal.open:
        return redirect("law:change-show", ref)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            proposals.withdraw(ref, reason=form.cleaned_data["reason"], by=request.viewer, at=now())
            return redirect("law:change-show", ref)
        except ProposalRefused:
            form.add_error(None, _("It was decided or withdrawn meanwhile."))
    context = {**_head(request, proposal), "form": form}
    return render(request, "law/change_withdraw.html", context, status=422 if form.errors else 200)


def _head(request: OfficeRequest, proposal: ProposalView) -> dict[str, Any]:
    """The proposal in words, told by the text it was made on."""
    base = _base(request, proposal)
    return {
        "change": proposal_line(proposal, base),
        "changes": [shown(edit, base) for edit in proposal.edits],
    }


def _base(request: OfficeRequest, proposal: ProposalView) -> Pack:
    """The text it was made on, where that is kept; else today's."""
    try:
        return law_queries.version_pack(request.viewer, proposal.base_hash)
    except NotForYou:
        return office_pack()


def _followed(request: OfficeRequest, proposal: ProposalView, on: date) -> dict[str, Any]:
    """What would follow on that day; why it can't be told where it no longer fits the office's text."""
    page = Page(request.GET.get("after", ""))
    try:
        impact = proposals.impact(request.viewer, proposal.ref, on, at=now(), page=page)
        return {"impact": impact_page(impact, proposal.edits), "no_impact": "", "first": not page.after}
    except Outdated as outdated:
        return {"impact": None, "no_impact": str(outdated)}


def _work(request: OfficeRequest, proposal: ProposalView) -> Work | None:
    """The work of deciding everybody anew, for whoever asked for it."""
    try:
        job = jobs.job(proposal.job, request.viewer) if proposal.job else None
    except NotForYou:
        return None
    if job is None:
        return None
    return work_of(
        job,
        title=_("Deciding everybody anew"),
        about=proposal.title,
        step="",
        fragment=reverse("law:change-progress", args=[proposal.ref]),
        after=reverse("law:change-show", args=[proposal.ref]),
    )


def _day(request: OfficeRequest, proposal: ProposalView) -> tuple[date, str]:
    """The day asked for, with what is wrong with the one typed; else the first on which the text is law."""
    typed, today = request.GET.get("on", "").strip(), day_to_weigh(proposal.edits, today_of(request))
    if not typed:
        return today, ""
    try:
        day = date.fromisoformat(plain(typed))
    except ValueError:
        return today, _("Write the day as year, month, day, such as 2018-03-01.")
    if not OLDEST <= day <= LATEST:
        return today, _("Write a day between %(first)s and %(last)s.") % {"first": OLDEST, "last": LATEST}
    return day, ""
