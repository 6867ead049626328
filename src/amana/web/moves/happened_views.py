"""Record a move that has happened, with what is reported of its grounds. It is kept whatever it breached."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amana.apps.placements.commands import PlaceRefused
from amana.apps.placements.moves.commands import MoveRefused
from amana.apps.registry.commands import ChangedMeanwhile
from amana.casework import amend
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.moves.forms import HappenedForm
from amana.web.moves.opening import acting, elsewhere, noted, opened
from amana.web.requests import OfficeRequest


@access("people.amend")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def move_record(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record that the person is at another place since a day."""
    case = opened(request, ref)
    form = HappenedForm(
        request.POST if request.method == "POST" else None,
        today=today_of(request),
        places=elsewhere(request, case),
        initial={"version": case.person.version},
    )
    if form.is_bound and form.is_valid() and _recorded(request, ref, form):
        view = "moves:case-list" if request.viewer.may("determinations.see") else "case:placement-show"
        return redirect(noted(request, "recorded", reverse(view, args=[ref])))
    context = {"head": case.head, "form": form}
    return render(request, "moves/happened.html", context, status=422 if form.errors else 200)


def _recorded(request: OfficeRequest, ref: str, form: HappenedForm) -> bool:
    told = form.cleaned_data
    try:
        amend.move(
            person=ref,
            facility=told["facility"],
            moved_on=told["moved_on"],
            source=f"statement:{told['source']}",
            grounds=told["grounds"],
            decided_by=told["decided_by"],
            seen_version=told["version"],
            **acting(request),
        )
    except PlaceRefused:
        form.add_error("moved_on", _("The stay before began after that day. Check the day."))
    except MoveRefused as refused:
        form.refuse(refused)
    except ChangedMeanwhile:
        form.looked_again(opened(request, ref).person.version)
    else:
        return True
    return False
