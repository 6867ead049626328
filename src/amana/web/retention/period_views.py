"""Setting for how long a class of data is kept, with what says so."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from amana.casework.erase import MAY
from amana.casework.retention import PeriodRefused, set_period
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.requests import OfficeRequest
from amana.web.retention.forms import PeriodForm
from amana.web.retention.words import period_refusal


@access(MAY, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def period_set(request: OfficeRequest) -> HttpResponse:
    """Set a period, or take one away. It erases nothing."""
    on = today_of(request)
    form = PeriodForm(request.POST if request.method == "POST" else None, today=on)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            set_period(told["cls"], told["months"], told["basis"], by=request.viewer, at=now(), on=on)
            return redirect("retention:board-show")
        except PeriodRefused as refused:
            form.add_error(refused.field, period_refusal(refused))
    return render(request, "retention/period.html", {"form": form}, status=422 if form.errors else 200)
