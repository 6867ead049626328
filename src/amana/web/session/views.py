"""Signing in by e-mail and password, signing out, and the choice about web fonts."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from amana.apps.accounts.signing_in import check_password_slowly
from amana.web.access import PUBLIC, access
from amana.web.clock import now, office_of
from amana.web.frame import FONTS_COOKIE
from amana.web.middleware import keep_cookie
from amana.web.session.demonstration import demonstration_accounts
from amana.web.session.forms import SignInForm


def safe_next(request: HttpRequest) -> str:
    """Return where to go afterwards: an address of this site, or the first page."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    own = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if own and asked.startswith("/") else "/"
