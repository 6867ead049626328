"""One allegation, read with an unlocked key; and what the monitor does about it.

Without a key a holder who is no monitor gets the same page for every reference, known or not.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from amana.apps.accounts.viewers import NotForYou
from amana.apps.allegations import queries
from amana.apps.allegations.queries import ANSWER, SEE, Opened
from amana.casework import allegations
from amana.casework.allegations import AllegationRefused
from amana.core.envelopes import PrivateKey
from amana.web.access import access
from amana.web.allegations.forms import AskForm, CloseForm
from amana.web.allegations.list_views import known_reference, mark_of
from amana.web.allegations.shown import content_lines, title_of
from amana.web.allegations.words import refusal_words
from amana.web.clock import now
from amana.web.keys.held import MINUTES, key_of
from amana.web.requests import OfficeRequest


@access(SEE)
@require_safe
def allegation_show(request: OfficeRequest, aref: str) -> HttpResponse:
    """What was told, with the key of whoever reads; without it, that it is sealed."""
    return _page(request, known_reference(aref))


@access(ANSWER)
@require_POST
def allegation_acknowledge(request: OfficeRequest, aref: str) -> HttpResponse:
    """Take it in hand."""
    ref = known_reference(aref)
    allegations.acknowledge(ref, by=request.viewer, at=now())
    return redirect("allegations:allegation-show", ref)


@access(ANSWER)
@require_POST
def examiner_ask(request: OfficeRequest, aref: str) -> HttpResponse:
    """Let an examiner read it."""
    ref, key = known_reference(aref), key_of(request)
    if key is None:
        return _page(request, ref)
    found = _opened(request, ref, key)
    if found is None:
        return _page(request, ref)
    form = AskForm(request.POST, offered=_offered(request, found))
    if form.is_valid():
        try:
            allegations.ask(ref, form.cleaned_data["examiner"], key=key, by=request.viewer, at=now())
            return redirect("allegations:allegation-show", ref)
        except AllegationRefused as refused:
            form.add_error(None, refusal_words(refused))
    return _page(request, ref, asking=form)


@access(ANSWER)
@sensitive_post_parameters()
@require_POST
def allegation_close(request: OfficeRequest, aref: str) -> HttpResponse:
    """Close it with what was found."""
    ref, key = known_reference(aref), key_of(request)
    form = CloseForm(request.POST)
    if key is not None and form.is_valid():
        try:
            allegations.close(ref, form.cleaned_data["closing"], key=key, by=request.viewer, at=now())
            return redirect("allegations:allegation-show", ref)
        except AllegationRefused as refused:
            field = "closing" if refused.field == "closing" else None
            form.add_error(field, refusal_words(refused))
    return _page(request, ref, closing=form)


def _page(
    request: OfficeRequest, ref: str, *, asking: AskForm | None = None, closing: CloseForm | None = None
) -> HttpResponse:
    """The page of one, with the form that was refused. Raises `NotForYou`."""
    viewer = request.viewer
    viewer.require("keys.hold")
    key = key_of(request)
    watches = queries.reads_all(viewer)
    line = queries.line(viewer, ref) if watches else None
    found = _opened(request, ref, key) if key is not None else None
    if key is not None and found is None and line is None:
        raise NotForYou(viewer.role, SEE)
    line = found.line if found else line
    context: dict[str, Any] = {
        "ref": ref,
        "line": line,
        "mark": mark_of(line) if line else None,
        "locked": key is None,
        "found": found,
        "title": title_of(found.told) if found else "",
        "lines": content_lines(found.told) if found else (),
        "watches": watches,
        "minutes": MINUTES,
        "kept": closing.data.get("closing", "") if closing and key is None else "",
    }
    if watches and found and found.line.state != "closed":
        context["asking"] = asking or AskForm(offered=_offered(request, found))
        context["closing"] = closing or CloseForm()
    faults = next((form for form in (asking, closing) if form is not None and form.errors), None)
    context["faults"] = faults
    refused = faults is not None or bool(context["kept"])
    return render(request, "allegations/show.html", context, status=422 if refused else 200)


def _opened(request: OfficeRequest, ref: str, key: PrivateKey) -> Opened | None:
    """The allegation as this key opens it; None where it doesn't."""
    try:
        return queries.opened(request.viewer, ref, key)
    except NotForYou:
        return None


def _offered(request: OfficeRequest, found: Opened) -> dict[str, str]:
    """Examiners who may be asked, by trail id."""
    known = allegations.who_may_examine(request.viewer, found)
    return {str(each.audit_id): each.name for each in known}
