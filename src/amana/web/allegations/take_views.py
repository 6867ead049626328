"""Taking an allegation: written once, sealed, and shown no more.

The person's reference comes and goes in the form's body, never in an address. Nothing of her is shown here,
so the read log has no line that would tell whose allegation was taken.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from amana.apps.accounts.viewers import NotForYou
from amana.apps.placements.queries import facilities
from amana.casework.allegations import AllegationRefused, can_be_taken, take
from amana.web.access import access
from amana.web.allegations.forms import TellForm
from amana.web.clock import now, today_of
from amana.web.people.cards import place_name
from amana.web.requests import OfficeRequest

TAKEN = "allegations.taken"
"""Said once, on the page after it: under which reference it was taken."""


@access("allegations.take")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def allegation_take(request: OfficeRequest) -> HttpResponse:
    """The form, begun empty or from a case, or what it holds kept sealed."""
    sent = request.method == "POST" and "token" in request.POST
    if not sent and not can_be_taken():
        return render(request, "allegations/nobody.html")
    form = _form(request, sent=sent)
    if sent and form.is_valid():
        try:
            told, token = form.cleaned_data, form.cleaned_data["token"]
            ref = take(told["person"], form.telling, by=request.viewer, at=now(), token=token)
            request.session[TAKEN] = ref
            return redirect("allegations:allegation-list")
        except AllegationRefused as refused:
            form.refuse(refused)
        except NotForYou:
            form.not_yours()
    return render(request, "allegations/take.html", {"form": form}, status=422 if form.errors else 200)


def _form(request: OfficeRequest, *, sent: bool) -> TellForm:
    places = {each.ref: place_name(each) for each in facilities(request.viewer)}
    begun = request.POST.get("person", "") if request.method == "POST" else ""
    return TellForm(
        request.POST if sent else None,
        today=today_of(request),
        places=places,
        initial={"person": begun[:40]},
    )
