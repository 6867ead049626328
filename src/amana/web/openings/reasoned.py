"""Pages that a role opens with a reason only: folded until one is given, then open for a quarter of an hour.

Whether anything is recorded the folded page doesn't tell: it is the same where there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django import forms
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from amana.apps.guards import reasons
from amana.apps.guards.commands import OpeningRefused
from amana.apps.registry.reach import require_reach
from amana.web.clock import now
from amana.web.openings.forms import reason_field
from amana.web.openings.words import refusal_words
from amana.web.requests import OfficeRequest

GIVEN: Final = "reasons"
View = Callable[..., HttpResponse]


class ReasonForm(forms.Form):
    """Why it is read."""

    reason = reason_field(
        _("Why you read it now"),
        _("It is kept with the case: that you gave a reason, when, and sealed which."),
    )


def with_reason(cls: str) -> Callable[[View], View]:
    """Fold a page of one person's until its reader has said why, where her role reads the class so; for other
    roles the page stays one that is only looked at. To be put below `at_person`.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def asked(request: OfficeRequest, ref: str, **more: Any) -> HttpResponse:
            looks = request.method in ("GET", "HEAD")
            if not reasons.needed(request.viewer, cls):
                return view(request, ref, **more) if looks else HttpResponseNotAllowed(["GET", "HEAD"])
            if looks and _given(request, f"{cls} {ref}"):
                return view(request, ref, **more)
            return _folded(request, ref, cls)

        return asked

    return declare


def _folded(request: OfficeRequest, ref: str, cls: str) -> HttpResponse:
    require_reach(request.viewer, ref)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            reasons.give(ref, cls, reason=form.cleaned_data["reason"], by=request.viewer, at=now())
            told = dict(request.session.get(GIVEN, {}))
            request.session[GIVEN] = {**told, f"{cls} {ref}": int(now().timestamp())}
            return redirect(request.path)
        except OpeningRefused as refused:
            form.add_error(refused.field, refusal_words(refused))
    context = {"form": form, "ref": ref}
    return render(request, "openings/reason.html", context, status=422 if form.errors else 200)


def _given(request: OfficeRequest, what: str) -> bool:
    at = dict(request.session.get(GIVEN, {})).get(what)
    return isinstance(at, int) and 0 <= now().timestamp() - at < reasons.LASTS.total_seconds()
