"""Waive one finding for a time, and end a waiver: by a supervisor, with a ground and an end, and on show.

Both pages say which finding is meant before anything is asked. A safeguard that can't be waived has no such
page.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import queries
from amana.apps.oversight.queries import FindingLine
from amana.casework import oversight
from amana.casework.oversight import WaiverRefused
from amana.core.policy import Pack
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.law.safeguards import safeguard_entry
from amana.web.oversight.findings import Row, can_be_waived, finding_rows
from amana.web.oversight.forms import MOST, EndWaiverForm, WaiveForm
from amana.web.oversight.views import RECORDED, place_names, watched
from amana.web.requests import OfficeRequest


@access("oversight.waive")
@require_http_methods(["GET", "HEAD", "POST"])
def finding_waive(request: OfficeRequest, safeguard: str, finding: int) -> HttpResponse:
    """Say what is waived, then take the ground and the day on which the waiver ends."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    known, line = watched(pack, safeguard), _line(request, safeguard, finding)
    if not known.waivable or not can_be_waived(line):
        raise Http404
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
    return _form_page(request, "oversight/waive.html", form, pack, line)


@access("oversight.waive")
@require_http_methods(["GET", "HEAD", "POST"])
def waiver_end(request: OfficeRequest, safeguard: str, finding: int) -> HttpResponse:
    """End the waiver of one finding before its day."""
    pack, line = office_pack(), _line(request, safeguard, finding)
    watched(pack, safeguard)
    if line.waiver is None:
        raise Http404
    form = EndWaiverForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            oversight.end_waiver(
                line.waiver.id,
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                at=now(),
                on=today_of(request),
            )
            request.session[RECORDED] = _("The waiver has ended. The finding counts again.")
            return redirect("oversight:safeguard-show", safeguard)
        except WaiverRefused as refused:
            form.add_error(None, _why(refused))
    return _form_page(request, "oversight/waiver_end.html", form, pack, line)


def _line(request: OfficeRequest, safeguard: str, finding: int) -> FindingLine:
    """The finding of that number; not found where it is not one of this safeguard's."""
    line = queries.finding(request.viewer, finding, on=today_of(request))
    if line.safeguard != safeguard:
        raise Http404
    return line


def _form_page(
    request: OfficeRequest, template: str, form: Any, pack: Pack, line: FindingLine
) -> HttpResponse:
    on = today_of(request)
    row = _row(request, line, pack)
    context = {
        "safeguard": safeguard_entry(pack.safeguards[line.safeguard], pack, on),
        "row": row,
        "form": form,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _row(request: OfficeRequest, line: FindingLine, pack: Pack) -> Row:
    places = place_names(request.viewer)
    on = today_of(request)
    return finding_rows(request.viewer, [line], pack=pack, places=places, on=on, waivable=False)[0]


def _why(refused: WaiverRefused) -> str:
    """What stands against it, and what would be right."""
    return {
        "not_waivable": _("This safeguard can't be waived: only changed facts clear it."),
        "too_long": _("A waiver lasts at most 90 days. Write an earlier day."),
        "past": _("This day is over. Write today or a later day."),
        "no_ground": _("Give the ground in words, in at most 500 letters."),
        "closed": _("It has ended meanwhile. Look at the finding again."),
        "waived": _("Somebody waived it meanwhile. Look at the finding again."),
    }[refused.reason]
