"""Waive one finding for a time, and end a waiver: by a supervisor, with a ground and an end, and on show.

Both pages say which finding is meant before anything is asked. A safeguard that can't be waived has no such
page; of a finding that is not broken the page says that there is nothing to waive.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import queries
from amana.apps.oversight.queries import FindingLine
from amana.casework import oversight
from amana.casework.oversight import NOT_BROKEN, WAIVABLE, WaiverRefused
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.oversight.acting import FindingAct, act_page
from amana.web.oversight.forms import MOST, EndWaiverForm, WaiveForm
from amana.web.oversight.views import RECORDED, watched
from amana.web.requests import OfficeRequest
from amana.wording.reasons import say_why


@access("oversight.waive", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def finding_waive(request: OfficeRequest, safeguard: str, finding: int) -> HttpResponse:
    """Say what is waived, then take the ground and the day on which the waiver ends."""
    viewer, on = request.viewer, today_of(request)
    known, line = watched(office_pack(), safeguard), _line(request, safeguard, finding)
    if not known.waivable or line.person is None or line.until is not None or line.waiver is not None:
        raise Http404
    if line.verdict not in WAIVABLE:
        return act_page(request, _waiving(), None, line, refused=_why(WaiverRefused(NOT_BROKEN)))
    sent = request.POST if request.method == "POST" else None
    form = WaiveForm(sent, today=on, initial={"until": on + timedelta(days=MOST // 3)})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            oversight.waive(finding, ground=told["ground"], until=told["until"], by=viewer, at=now(), on=on)
            request.session[RECORDED] = _(
                "Waived. The waiver stays on show with the finding, and ends by itself."
            )
            return redirect("oversight:safeguard-show", safeguard)
        except WaiverRefused as refused:
            form.add_error(None, _why(refused))
    return act_page(request, _waiving(), form, line)


def _waiving() -> FindingAct:
    return FindingAct(
        title=_("Waive a finding"),
        note=_(
            "A waiver changes no fact and clears nothing: the finding stays on show with your name, ground "
            "and end."
        ),
        button=_("Waive it for this time"),
    )


@access("oversight.waive", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def waiver_end(request: OfficeRequest, safeguard: str, finding: int) -> HttpResponse:
    """End the waiver of one finding before its day."""
    line = _line(request, safeguard, finding)
    watched(office_pack(), safeguard)
    if line.waiver is None:
        raise Http404
    form = EndWaiverForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told, number, on = form.cleaned_data["reason"], line.waiver.id, today_of(request)
        try:
            oversight.end_waiver(number, reason=told, by=request.viewer, at=now(), on=on)
            request.session[RECORDED] = _("The waiver has ended. The finding counts again.")
            return redirect("oversight:safeguard-show", safeguard)
        except WaiverRefused as refused:
            form.add_error(None, _why(refused))
    act = FindingAct(
        title=_("End the waiver"),
        note=_("The waiver stays readable; the finding counts again from today."),
        button=_("End the waiver"),
        waivers=True,
    )
    return act_page(request, act, form, line)


def _line(request: OfficeRequest, safeguard: str, finding: int) -> FindingLine:
    """The finding of that number; not found where it is not one of this safeguard's."""
    line = queries.finding(request.viewer, finding, on=today_of(request))
    if line.safeguard != safeguard:
        raise Http404
    return line


def _why(refused: WaiverRefused) -> str:
    """What stands against it, and what would be right."""
    return {
        "not_waivable": _("This safeguard can't be waived: only changed facts clear it."),
        "not_broken": _(
            "There is nothing to waive: only a breach, something overdue or something to look at can rest. "
            "A duty in time is done, and an open question is asked."
        ),
        "too_long": _("A waiver lasts at most 90 days. Write an earlier day."),
        "past": _("This day is over. Write today or a later day."),
        "no_ground": say_why(),
        "long_ground": _("Say it in at most 500 letters."),
        "closed": _("It has ended meanwhile. Look at the finding again."),
        "waived": _("Somebody waived it meanwhile. Look at the finding again."),
    }[refused.reason]
