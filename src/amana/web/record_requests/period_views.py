"""Within how many days a request is answered: set with its basis, or shown as not known."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from amana.apps.record_requests import queries
from amana.casework import record_requests
from amana.casework.record_requests import RequestRefused
from amana.web.access import access
from amana.web.clock import today_of
from amana.web.record_requests.forms import PeriodForm
from amana.web.record_requests.opening import acting
from amana.web.requests import OfficeRequest


@access("requests.count", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def period_set(request: OfficeRequest) -> HttpResponse:
    """The periods so far, and a new one."""
    viewer, on = request.viewer, today_of(request)
    data = request.POST if request.method == "POST" else None
    form = PeriodForm(data, today=on, initial={"since": on})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            what = {name: told[name] for name in ("days", "since", "basis")}
            record_requests.set_period(**what, **acting(request))
            return redirect("requests:period-set")
        except RequestRefused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "period": queries.period(on),
        "periods": queries.periods(viewer),
        "waiting": queries.waiting(viewer, on),
    }
    return render(request, "record_requests/period.html", context, status=422 if form.errors else 200)
