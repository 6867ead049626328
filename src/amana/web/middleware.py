"""What happens round every request: headers, language, who looks, and one line in the read log.

Order in the settings: SecurityHeaders, then sessions and authentication, then ViewerAndTrail, then Language.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from amana.apps.accounts.queries import NoOffice
from amana.apps.accounts.session_store import BEGAN, SEEN
from amana.apps.accounts.signing_in import end_session
from amana.apps.accounts.viewers import viewer_of
from amana.apps.audit.reading import OPENED, record_reading
from amana.apps.guards.reading import STOP
from amana.web.access import to_sign_in
from amana.web.clock import now, today_of
from amana.web.openings.through import opening_of
from amana.web.session import proof

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PACKED = ("text/", "application/javascript", "application/json", "image/svg+xml")
MOST_BODY = 64 * 1024 * 1024
"""Bytes. Lists end at 20 MB with a sentence of their own; this guards the disk before anybody signs in."""
IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
RENEWED_EVERY = timedelta(minutes=1)
POLL = "X-Amana-Poll"
LANGUAGE_KEY = "language"


class SecurityHeaders:
    """Sends the same strict headers with every page, kept by no cache, and packs text small for slow lines.

    Packing is Django's, which pads each answer so that its length gives no secret away (BREACH). A body
    larger than any list is refused before a byte of it is read or kept.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._pack = GZipMiddleware(get_response).process_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wrong = _never_ours(request)
        response = HttpResponse(status=wrong) if wrong else self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        kind = response.headers.get("Content-Type", "")
        return cast(HttpResponse, self._pack(request, response)) if kind.startswith(PACKED) else response


def _never_ours(request: HttpRequest) -> int:
    """The status for what no page of ours sends: a body larger than any list, or a NUL in an address, which
    PostgreSQL takes for a fault. 0 where all is well; without an announced length no body is read at all.
    """
    told = request.META.get("CONTENT_LENGTH") or "0"
    if not told.isdecimal() or int(told[:20]) > MOST_BODY:
        return 413
    return 400 if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", "") else 0


class Language:
    """Chooses the language: `?lang=`, then the user's setting, then the cookie, then the browser.

    `?lang=` is remembered in the session and in the cookie. The register is not written: looking never waits.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = _known(request.GET.get("lang"))
        language = asked or _remembered(request) or translation.get_language_from_request(request)
        request.LANGUAGE_CODE = language
        if asked and getattr(request, "viewer", None):
            request.session[LANGUAGE_KEY] = asked
        with translation.override(language):
            response = self.get_response(request)
        if asked:
            keep_cookie(request, response, settings.LANGUAGE_COOKIE_NAME, asked)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response


def _known(language: str | None) -> str | None:
    return language if language in dict(settings.LANGUAGES) else None


def _remembered(request: HttpRequest) -> str | None:
    if not getattr(request, "viewer", None):
        return None
    return _known(request.session.get(LANGUAGE_KEY)) or _known(getattr(request.user, "language", None))


def keep_cookie(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    """Set a preference cookie for a year; it holds no personal data and scripts can't read it."""
    secure = settings.SESSION_COOKIE_SECURE or request.is_secure()
    response.set_cookie(name, value, max_age=31_536_000, samesite="Lax", httponly=True, secure=secure)


class ViewerAndTrail:
    """Gives the request its viewer and, once answered, writes one read entry with every subject it showed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = viewer_of(request.user, _day(request)) if request.user.is_authenticated else None
        vars(request)["viewer"] = viewer
        over = _over(request) if viewer is not None else ""
        if viewer is not None and over:
            end_session(viewer, now())
            logout(request)
            return to_sign_in(request, over)
        response = self.get_response(request)
        shown_to = vars(request)["viewer"]  # as she looked: through an emergency opening, it may be
        if shown_to is not None and shown_to.trail:
            heard = record_reading(shown_to, kind=_kind(request), at=now())
            if STOP in heard:
                proof.to_be_proved(request)
        return response


def _kind(request: HttpRequest) -> str:
    """The page's name for the read log, marked where it was shown through an emergency opening."""
    name = request.resolver_match.view_name if request.resolver_match else "unknown"
    return f"{OPENED}{name}" if opening_of(request) else name


def _day(request: HttpRequest) -> date | None:
    """The office's day on which the viewer looks; None before an office is opened."""
    try:
        return today_of(request)
    except NoOffice:
        return None


def _over(request: HttpRequest) -> str:
    """Why the session is over: `idle` after a quarter of an hour without anything done, `long` after twelve
    hours in all; empty while it is not. Asking for progress keeps no session alive.
    """
    moment = int(now().timestamp())
    if moment - request.session.get(BEGAN, moment) > LONGEST.total_seconds():
        return "long"
    seen = request.session.get(SEEN, moment)
    if moment - seen > IDLE.total_seconds():
        return "idle"
    due = moment - seen >= RENEWED_EVERY.total_seconds() or SEEN not in request.session
    if due and POLL not in request.headers:
        request.session[SEEN] = moment
    return ""
