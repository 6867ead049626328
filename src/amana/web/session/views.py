"""Signing in by e-mail and password, then the second factor; signing out, one's own account, and the choice
about web fonts.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.accounts import factors, single
from amana.apps.accounts.queries import NoOffice, OfficeView
from amana.apps.accounts.roles import PERMISSIONS, ROLES
from amana.apps.accounts.signing_in import browser_token, check_password_slowly, end_session
from amana.apps.accounts.viewers import Viewer, viewer_of
from amana.web.access import PUBLIC, SIGNED_IN, access
from amana.web.clock import now, office_of
from amana.web.frame import FONTS_COOKIE, home_of
from amana.web.middleware import keep_cookie
from amana.web.requests import OfficeRequest
from amana.web.session import pending, proof
from amana.web.session.browsers import BROWSER_COOKIE, caller
from amana.web.session.demonstration import shown_accounts
from amana.web.session.forms import SignInForm
from amana.web.session.words import refusal

WITHOUT_PAGE = {"system.see"}
"""What a role may and this version has no page for."""


@access(PUBLIC)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form; on POST, go on to the second factor, or sign in and go where the person wanted to go."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tried = check_password_slowly(
            form.cleaned_data["email"],
            form.cleaned_data["password"],
            address=caller(request),
            at=now(),
            token=request.COOKIES.get(BROWSER_COOKIE, ""),
        )
        if tried.user is not None:
            return enter(request, tried.user, next_of(request))
        form.add_error(None, refusal(_("E-mail address and password do not belong together."), tried))
    context = {
        "form": form,
        "next": next_of(request),
        "idle": "idle" in request.GET,
        "long": "long" in request.GET,
        "refused": "refused" in request.GET,
        "chosen": "chosen" in request.GET,
        "single": single.configured(),
        "accounts": shown_accounts(_office(request)),
    }
    return render(request, "session/sign-in.html", context, status=422 if form.errors else 200)


def enter(request: HttpRequest, user: Any, wanted: str) -> HttpResponse:
    """On to the second factor where the account has one, else in: the frame then asks for adding one."""
    if factors.has_factor(user.pk):
        pending.keep(request, user, wanted, now())
        return HttpResponseRedirect(reverse("session:factor-ask"))
    return signed_in(request, user, wanted, factor=False)


def signed_in(request: HttpRequest, user: Any, wanted: str, *, factor: bool) -> HttpResponse:
    """Begin the session, and know this browser again."""
    proof.begin(request, user, factor=factor)
    response = HttpResponseRedirect(wanted or home_of(viewer_of(user)))
    keep_cookie(request, response, BROWSER_COOKIE, browser_token(user.email))
    return response


def next_of(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site, or nothing. The bare address asks for no page of its
    own: each role has its first page, and not every role may see the day's.
    """
    asked = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if own and asked.startswith("/") and asked != "/" else ""


def _office(request: HttpRequest) -> OfficeView | None:
    try:
        return office_of(request)
    except NoOffice:
        return None


@access(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and have the browser forget what it kept of our pages."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is not None:
        end_session(viewer, now())
    logout(request)
    response = HttpResponseRedirect(reverse("session:sign-in"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@access(SIGNED_IN)
@require_safe
def show_account(request: OfficeRequest) -> HttpResponse:
    """Who I am here, and what my role may open."""
    role = ROLES[request.viewer.role]
    may = [_(words) for key, words in PERMISSIONS.items() if key in role.may]
    context = {
        "title": _(role.title),
        "description": _(role.description),
        "may": may,
        "without_page": bool(role.may & WITHOUT_PAGE),
    }
    return render(request, "session/account.html", context)


@access(PUBLIC)
@require_POST
def choose_fonts(request: HttpRequest) -> HttpResponse:
    """Switch the web fonts off or on for this browser."""
    response = HttpResponseRedirect(next_of(request) or "/")
    keep_cookie(request, response, FONTS_COOKIE, "off" if request.POST.get("fonts") == "off" else "on")
    return response
