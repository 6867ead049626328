"""The second factor: asking for it at sign-in, and one's own factors on a page, to add and to remove.

Adding and removing asks for a proof of the last ten minutes; codes on paper are shown once, when made.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.accounts import factor_use, factors
from amana.apps.accounts.factors import FactorRefused
from amana.web.access import PUBLIC, SIGNED_IN, access, factor_owed, to_sign_in
from amana.web.clock import now
from amana.web.requests import OfficeRequest
from amana.web.session import pending, proof, svg
from amana.web.session.browsers import BROWSER_COOKIE, caller
from amana.web.session.forms import AppForm, CodeForm, KeyForm, read_credential
from amana.web.session.keys import key_question, keys_usable, new_key_question
from amana.web.session.views import signed_in
from amana.web.session.words import refusal

SECRET = "new_secret"  # noqa: S105 (a name within the session)


@access(PUBLIC)
@sensitive_post_parameters("code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of whoever has just given her password."""
    waiting = pending.of(request, now())
    if waiting is None:
        pending.forget(request)
        return HttpResponseRedirect(reverse("session:sign-in"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tried = _tried(request, waiting.user, form)
        if tried.user is not None:
            pending.forget(request)
            return signed_in(request, tried.user, waiting.wanted, factor=True)
        form.add_error("code", refusal(_("This did not fit. Use the code that is shown now."), tried))
    context = {
        "form": form,
        "kinds": factors.kinds_of(waiting.user.pk),
        "key_question": key_question(request, waiting.user),
    }
    return render(request, "session/factor.html", context, status=422 if form.errors else 200)


def _tried(request: HttpRequest, user: Any, form: CodeForm) -> Any:
    given: Any = {"address": caller(request), "at": now(), "token": request.COOKIES.get(BROWSER_COOKIE, "")}
    if form.cleaned_data["credential"]:
        return factor_use.try_key(user.pk, read_credential(form.cleaned_data["credential"]), **given)
    return factor_use.try_code(user.pk, form.cleaned_data["code"], **given)


@access(SIGNED_IN, before_factor=True)
@require_safe
def list_factors(request: OfficeRequest) -> HttpResponse:
    """One's own factors. Outside the demonstration this is all a session without one can see."""
    own = factors.factors_of(request.viewer.account)
    if factor_owed(request) and own:
        # A session from before the factor: the sign-in asks for it.
        logout(request)
        return to_sign_in(request)
    context = {
        "factors": own,
        "kinds": {each.kind for each in own},
        "owed": factor_owed(request),
        "keys_usable": keys_usable(request),
    }
    return render(request, "session/factors.html", context)


@access(SIGNED_IN, before_factor=True, fresh_look=True)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def add_app(request: OfficeRequest) -> HttpResponse:
    """Show a new authenticator its secret, and take its first code."""
    if (elsewhere := _must_sign_in(request)) is not None:
        return elsewhere
    form = AppForm(request.POST if "code" in request.POST else None)
    secret = request.session.get(SECRET)
    if request.method == "POST" and secret and form.is_valid():
        try:
            paper = factors.add_app(
                secret=secret, code=form.cleaned_data["code"], by=request.viewer, at=now()
            )
        except FactorRefused as refused:
            form.add_error("code", _words(refused))
        else:
            del request.session[SECRET]
            return _added(request, paper)
    if not secret:
        secret = request.session[SECRET] = factors.new_secret()
    context = {
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "drawing": svg.as_address(factors.drawn(request.viewer.account, secret)),
    }
    return render(request, "session/factor-app.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN, before_factor=True, fresh_look=True)
@require_http_methods(["GET", "HEAD", "POST"])
def add_key(request: OfficeRequest) -> HttpResponse:
    """Add a security key: the script asks the browser, the form brings its answer."""
    if (elsewhere := _must_sign_in(request)) is not None:
        return elsewhere
    form = KeyForm(request.POST if "name" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        try:
            paper = factors.add_key(
                name=form.cleaned_data["name"],
                credential=read_credential(form.cleaned_data["credential"]),
                by=request.viewer,
                at=now(),
            )
        except FactorRefused as refused:
            form.add_error("name", _words(refused))
        else:
            return _added(request, paper)
    context = {"form": form, "question": new_key_question(request, request.user)}
    return render(request, "session/factor-key.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN, fresh=True)
@require_POST
def renew_paper(request: OfficeRequest) -> HttpResponse:
    """New codes on paper; the old ones open nothing from now on."""
    try:
        return _shown(request, factors.renew_paper(by=request.viewer, at=now()))
    except FactorRefused:
        return HttpResponseRedirect(reverse("session:factor-list"))


@access(SIGNED_IN, fresh=True)
@require_POST
def remove_factor(request: OfficeRequest) -> HttpResponse:
    """Remove one of one's own factors."""
    told = request.POST.get("factor", "")
    try:
        factors.remove(
            factor_id=int(told) if told.isdecimal() and len(told) < 18 else 0, by=request.viewer, at=now()
        )
    except FactorRefused as refused:
        own = factors.factors_of(request.viewer.account)
        context = {
            "factors": own,
            "kinds": {each.kind for each in own},
            "keys_usable": keys_usable(request),
            "lines": [{"text": _words(refused)}],
        }
        return render(request, "session/factors.html", context, status=422)
    return HttpResponseRedirect(reverse("session:factor-list"))


def _must_sign_in(request: OfficeRequest) -> HttpResponse | None:
    """Nobody adds a factor to an account that has one without having shown one."""
    if factor_owed(request) and factors.has_factor(request.viewer.account):
        logout(request)
        return to_sign_in(request)
    return None


def _added(request: OfficeRequest, paper: tuple[str, ...]) -> HttpResponse:
    proof.passed_factor(request)
    return _shown(request, paper) if paper else HttpResponseRedirect(reverse("session:factor-list"))


def _shown(request: OfficeRequest, paper: tuple[str, ...]) -> HttpResponse:
    return render(request, "session/factor-paper.html", {"codes": paper})


def _words(refused: FactorRefused) -> str:
    return {
        "code": _(
            "This is not the code of this moment. Check the clock of the phone, then use the next code."
        ),
        "key": _("The security key did not answer as it should. Try again."),
        "many": _("There are as many of this kind as an account may have. Remove one first."),
        "last": _("This office asks for a second factor. Add another before you remove this one."),
        "unknown": _("There is no such factor in your account."),
    }[refused.reason]
