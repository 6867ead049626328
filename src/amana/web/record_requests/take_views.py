"""The requests of one case, and taking one down."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from amana.apps.record_requests import queries
from amana.casework import record_requests
from amana.casework.record_requests import RequestRefused
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.record_requests import words
from amana.web.record_requests.forms import TakeForm
from amana.web.record_requests.opening import acting, askers, opened, statements
from amana.web.requests import OfficeRequest


@access("requests.see")
@require_safe
@at_person
def case_list(request: OfficeRequest, ref: str) -> HttpResponse:
    """Everything asked of this person's record, and by when it is to be answered."""
    case, on = opened(request, ref), today_of(request)
    rows = [
        {
            "it": each,
            "kind": words.kind_words()[each.kind],
            "asker": words.asker_words()[each.asker],
            "mark": words.mark_of(each, on),
        }
        for each in queries.of_person(request.viewer, ref)
    ]
    context = {
        "head": case.head,
        "rows": rows,
        "period": queries.period(on),
        "may_take": request.viewer.may("requests.take"),
    }
    return render(request, "record_requests/case.html", context)


@access("requests.take")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def request_take(request: OfficeRequest, ref: str) -> HttpResponse:
    """Take down what is asked; nothing typed is lost where it is refused."""
    viewer, case = request.viewer, opened(request, ref)
    data = request.POST if request.method == "POST" else None
    form = TakeForm(
        data,
        today=today_of(request),
        claims=statements(viewer, ref),
        askers=askers(viewer),
        initial={"kind": request.GET.get("kind", "")},
    )
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        names = ("kind", "asker", "words", "authority", "topic", "token")
        try:
            made = record_requests.take(
                ref,
                language=told["language"] or told["other_language"],
                claim=int(told["claim"]) if told["claim"] else None,
                **{name: told[name] for name in names},
                **acting(request),
            )
            return redirect("requests:request-show", ref, made)
        except RequestRefused as refused:
            form.refuse(refused)
    context = {
        "head": case.head,
        "form": form,
        "period": queries.period(today_of(request)),
    }
    return render(request, "record_requests/take.html", context, status=422 if form.errors else 200)
