"""What a role reads with a reason only: folded until one is given, then open for a quarter of an hour.

No page has to think of it: where a sealed value of such a class would open (`audit.withholding`) the page
folds by itself. `with_reason` is declared of a page that is folded whether anything is recorded or not. A
form that was sent is kept while a reason is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.withholding import ReasonAsked, Reasons, closed, looking, require_reason
from amana.apps.guards import reasons
from amana.apps.guards.commands import OpeningRefused
from amana.apps.registry.reach import require_reach
from amana.web.clock import now
from amana.web.openings.forms import reason_field
from amana.web.openings.through import opening_of
from amana.web.openings.words import refusal_words
from amana.wording.withheld import folded_words

GIVEN: Final = "reasons"
WHY, OF = "why_read", "why_read_of"
OWN: Final = frozenset({WHY, OF, "csrfmiddlewaretoken"})
View = Callable[..., HttpResponse]


class ReasonForm(forms.Form):
    """Why it is read; `why_read_of` is the class and the reference."""

    why_read = reason_field(
        _("Why you read it now"),
        _("It is kept with the case: that you gave a reason, when, and sealed which."),
    )
    why_read_of = forms.CharField(widget=forms.HiddenInput)


def with_reason(cls: str) -> Callable[[View], View]:
    """Fold a page of one person's for whose role reads the class with a reason, even where nothing is
    recorded, so that the fold tells of neither. To be put below `at_person`.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, ref: str, **more: Any) -> HttpResponse:
            require_reach(_viewer(request), ref)
            require_reason(cls, ref)
            return view(request, ref, **more)

        return asked

    return declare


def shown(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """What a view shows to this viewer: nothing of a case that asks for a reason she has not given. A form
    that leads on elsewhere is done, one that would show such a case asks first.
    """
    classes = reasons.asked_of(_viewer(request))
    if not classes:
        return view()
    met: list[ReasonAsked] | None = None if request.method in ("GET", "HEAD") else []
    with looking(Reasons(classes, _given(request, classes), met)):
        answer = view()
    if met and not 300 <= answer.status_code < 400:
        raise met[0]
    return answer


def ask_here(cls: str, ref: str) -> ReasonForm | None:
    """The form for a page that leaves out what is read with a reason; None where it leaves out nothing."""
    return ReasonForm(initial={OF: f"{cls} {ref}"}) if closed(cls, ref) else None


def or_folded(read: Callable[[], str]) -> str:
    """A text of a list, or what stands there until a reason is given: a list of many cases asks for none."""
    try:
        return read()
    except ReasonAsked:
        return folded_words()


def is_given_here(request: HttpRequest) -> bool:
    """Whether this very request gives a reason."""
    return request.method == "POST" and WHY in request.POST and bool(reasons.asked_of(_viewer(request)))


def taken(request: HttpRequest) -> HttpResponse | None:
    """Note the reason that this request gives; then its page, or None to go on with what was sent along.
    Raises `NotForYou`.
    """
    if not is_given_here(request):
        return None
    form, viewer = ReasonForm(request.POST), _viewer(request)
    cls, _gap, ref = request.POST.get(OF, "").partition(" ")
    require_reach(viewer, ref)
    if form.is_valid():
        try:
            reasons.give(ref, cls, reason=form.cleaned_data[WHY], by=viewer, at=now())
            told = dict(request.session.get(GIVEN, {}))
            request.session[GIVEN] = {**told, f"{cls} {ref}": int(now().timestamp())}
            return None if _carried(request) else redirect(request.get_full_path())
        except OpeningRefused as refused:
            form.add_error(WHY, refusal_words(refused))
    return _page(request, form, ref)


def folded(request: HttpRequest, asked: ReasonAsked) -> HttpResponse:
    """The page that asks for the reason, with what was sent kept. Raises `NotForYou`."""
    require_reach(_viewer(request), asked.case)
    if request.headers.get("HX-Request") == "true" and request.method == "GET":
        return HttpResponse(status=200, headers={"HX-Redirect": request.get_full_path()})
    return _page(request, ReasonForm(initial={OF: f"{asked.cls} {asked.case}"}), asked.case)


def _page(request: HttpRequest, form: ReasonForm, ref: str) -> HttpResponse:
    status = 200 if request.method in ("GET", "HEAD") else 422
    context = {"form": form, "ref": ref, "carried": _carried(request)}
    return render(request, "openings/reason.html", context, status=status)


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent besides a reason."""
    return [(name, each) for name in request.POST if name not in OWN for each in request.POST.getlist(name)]


def _given(request: HttpRequest, classes: frozenset[str]) -> frozenset[tuple[str, str]]:
    """Of which classes and cases a reason stands: one given lately, or that of the emergency opening through
    which the page is shown.
    """
    lately = now().timestamp() - reasons.LASTS.total_seconds()
    told = dict(request.session.get(GIVEN, {}))
    given = {tuple(what.split(" ", 1)) for what, at in told.items() if isinstance(at, int) and at > lately}
    opening = opening_of(request)
    through = {(cls, opening.ref) for cls in classes} if opening else set()
    return frozenset((cls, ref) for cls, ref in given) | through


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = vars(request)["viewer"]
    return viewer
