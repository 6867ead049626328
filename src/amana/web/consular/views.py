"""The desk of a mission: dossiers laid there for its country, without a search, and one static answer for
whatever else is asked for.

Unknown, not laid there, another country's and shut go one path through the code (`casework.consular`); the
answer holds no form, no token, no id of the request, no name of the reader, and is the same for every method
and whoever asks. Only a dossier that may be told now has a page.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from amana.apps.accounts.viewers import Viewer
from amana.apps.consents.desk import SIT
from amana.casework import consular
from amana.casework.consent import ReturnRefused
from amana.casework.consular import Shown
from amana.web.access import PUBLIC, access, factor_owed
from amana.web.clock import now, today_of
from amana.web.consular.forms import ReplyForm
from amana.web.consular.words import reply_words
from amana.web.requests import OfficeRequest
from amana.web.returns.showing import content_lines, country
from amana.web.returns.words import step_words

BODY: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>404</title>'
    '<p>There is nothing at this address.<p lang="ar" dir="rtl">لا شيء في هذا العنوان.'
).encode()
"""Under 200 bytes: what is shorter is never packed, and so is the same to the last byte."""


@access("dossiers.see")
@require_safe
def dossier_list(request: OfficeRequest) -> HttpResponse:
    """What lies on the reader's desk: number, step and day. Of whom it is stands in the dossier alone."""
    on, steps = today_of(request), step_words()
    rows = [{"it": each, "step": steps[each.step]} for each in consular.on_desk(request.viewer, on)]
    return render(request, "consular/list.html", {"rows": rows})


@access(PUBLIC)
@csrf_exempt
def dossier_show(request: OfficeRequest, rest: str) -> HttpResponse:
    """One dossier, or the one answer. Whatever `rest` is, it is looked up in the same way."""
    viewer = _reader(request)
    if viewer is None or request.method not in ("GET", "HEAD", "POST"):
        return nothing_here()
    found = consular.look(viewer, rest.removesuffix("/"), at=now(), on=today_of(request))
    return nothing_here() if found is None else _opened(request, found)


def nothing_here() -> HttpResponse:
    """The one answer."""
    headers = {"Content-Language": "en, ar"}
    return HttpResponse(BODY, status=404, content_type="text/html; charset=utf-8", headers=headers)


@csrf_protect
def _opened(request: HttpRequest, found: Shown) -> HttpResponse:
    """A dossier that may be told now, and the form by which the mission answers."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    on = today_of(request)
    form = ReplyForm(request.POST if request.method == "POST" else None, today=on)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            what = {name: told[name] for name in ("kind", "words", "token")}
            if not consular.reply(viewer, str(found.dossier), **what, at=now(), on=on):
                return nothing_here()
            return redirect("consular:dossier-list")
        except ReturnRefused as refused:
            form.refuse(refused)
    context = {
        "it": found,
        "country": country(found.nation),
        "step": step_words()[found.step],
        "lines": content_lines(found.content),
        "form": form,
        "replies": reply_words(),
    }
    return render(request, "consular/dossier.html", context, status=422 if form.errors else 200)


def _reader(request: HttpRequest) -> Viewer | None:
    """Whoever sits at a desk and has shown both factors; nobody else is asked anything."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None or viewer.relation != "gate" or not viewer.may(SIT) or factor_owed(request):
        return None
    return viewer
