"""Open one case in an emergency, see one's own openings, and end one.

The answer is the same whether or not there is such a person: the opening is noted, and the case, if there is
one, is at its own address.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.guards import openings
from amana.apps.guards.openings import A_DAY, ASK
from amana.casework.openings import OpeningRefused, begin, end
from amana.web.access import access
from amana.web.clock import now
from amana.web.openings.forms import OpeningForm
from amana.web.openings.words import limit_words, line_of, refusal_words
from amana.web.requests import OfficeRequest


@access(ASK)
@require_safe
def opening_list(request: OfficeRequest) -> HttpResponse:
    """One's own openings, what stands first."""
    viewer, at = request.viewer, now()
    own = sorted(openings.own(viewer), key=lambda each: not each.stands(at))
    rows = [line_of(each, at, whose=each.ref, known=True, who="", by="") for each in own]
    used = openings.used(viewer.account, at)
    context = {"rows": rows, "limit": limit_words(used), "may_ask": used < A_DAY}
    return render(request, "openings/list.html", context)


@access(ASK, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def opening_ask(request: OfficeRequest) -> HttpResponse:
    """Open one case, with a reason, for some hours."""
    viewer, at = request.viewer, now()
    form = OpeningForm(request.POST if request.method == "POST" else None, initial=_asked(request))
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            begin(told["ref"], reason=told["reason"], hours=told["hours"], by=viewer, at=at)
            return redirect("openings:opening-list")
        except OpeningRefused as refused:
            form.add_error(refused.field or None, refusal_words(refused))
    context = {"form": form, "limit": limit_words(openings.used(viewer.account, at))}
    return render(request, "openings/ask.html", context, status=422 if form.errors else 200)


@access(ASK)
@require_POST
def opening_end(request: OfficeRequest, opening: UUID) -> HttpResponse:
    """End one's own opening at once."""
    end(opening, by=request.viewer, at=now())
    return redirect("openings:opening-list")


def _asked(request: OfficeRequest) -> dict[str, str]:
    return {"ref": request.GET.get("ref", "")[:40]}
