"""What a session has proved, and proving it anew before an act that asks for it.

At sign-in: a password (or single sign-on), then the second factor. A session remembers whether a factor was
shown and when it last proved who sits before it. Before sealed classes, approvals, waivers, exports and keys
that proof must be of the last ten minutes (`access(..., fresh=True)`); nothing that was typed is lost by
proving it again.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth import login, update_session_auth_hash, user_logged_in
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.accounts import factor_use, factors
from amana.apps.accounts.session_store import BEGAN, BROWSER
from amana.apps.accounts.signing_in import SignInTry, begin_session, check_password_slowly, prove_session
from amana.apps.accounts.viewers import viewer_of
from amana.web.clock import now
from amana.web.session.browsers import BROWSER_COOKIE, browser_in_words, caller
from amana.web.session.forms import ProofForm, read_credential
from amana.web.session.keys import key_question
from amana.web.session.words import refusal

FACTOR, PROVED, OWED = "factor", "proved", "owed"
FRESH = timedelta(minutes=10)
BACKEND = "amana.apps.accounts.backend.EmailBackend"
OWN: Final = ("proof_secret", "proof_credential", "proof", "csrfmiddlewaretoken")
"""Fields of the proof itself, which are not carried on."""
CODE = re.compile(r"[\d\s-]{6,14}")


def begin(request: HttpRequest, user: Any, *, factor: bool) -> None:
    """Begin the session under a new key; `factor`: a second factor was shown."""
    login(request, user, backend=BACKEND)
    request.session[FACTOR] = factor
    begin_session(viewer_of(user), now())


def go_on(request: HttpRequest) -> None:
    """Keep this session, under a new key, though its password has just changed and ended all the others."""
    account: Any = request.user
    account.refresh_from_db()
    update_session_auth_hash(request, account)


def note_beginning(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    """Whenever an account is signed in: since when, in what browser, and that it has just proved itself."""
    moment = int(now().timestamp())
    request.session[BEGAN] = request.session[PROVED] = moment
    request.session[BROWSER] = browser_in_words(str(request.META.get("HTTP_USER_AGENT", "")))


user_logged_in.connect(note_beginning, dispatch_uid="amana.web.session.proof")


def factor_shown(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor."""
    return request.session.get(FACTOR) is True


def passed_factor(request: HttpRequest) -> None:
    """Remember that a factor was shown or has just been added."""
    request.session[FACTOR] = True
    request.session[PROVED] = int(now().timestamp())


def to_be_proved(request: HttpRequest) -> None:
    """From here on this session opens nothing until whoever sits there has proved anew who she is."""
    request.session.pop(PROVED, None)
    request.session[OWED] = True


def is_asked_there(request: HttpRequest) -> bool:
    """Whether this is a page of the session itself, where she proves it or signs out."""
    return bool(request.resolver_match and request.resolver_match.app_name == "session")


def is_owed(request: HttpRequest) -> bool:
    """Whether this session must prove anew who sits there before it opens anything."""
    if not request.session.get(OWED):
        return False
    if is_fresh(request):
        del request.session[OWED]
        return False
    return True


def is_fresh(request: HttpRequest) -> bool:
    """Whether whoever sits there has proved who she is within the last ten minutes."""
    proved = request.session.get(PROVED)
    return isinstance(proved, int) and now().timestamp() - proved <= FRESH.total_seconds()


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """None when this very request proves it; else the answer that asks, with all that was sent kept."""
    if request.method != "POST":
        address = f"{reverse('session:proof-ask')}?{urlencode({'next': request.get_full_path()})}"
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=200, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)
    form = ProofForm(request.POST if "proof" in request.POST else None)
    if "proof" in request.POST and proves(request, form):
        return None
    carried = [
        (name, value) for name in request.POST if name not in OWN for value in request.POST.getlist(name)
    ]
    return asked(request, form, carried)


def proves(request: HttpRequest, form: ProofForm) -> bool:
    """Look at what was given, a security key's answer, a code or the password; note the time if it holds."""
    if not form.is_valid():
        return False
    tried = _tried(request, form)
    if tried is None or tried.user is None:
        form.add_error("proof_secret", refusal(_("This is neither your password nor a code."), tried))
        return False
    request.session[PROVED] = int(now().timestamp())
    prove_session(viewer_of(tried.user), now())
    return True


def asked(request: HttpRequest, form: ProofForm, carried: list[tuple[str, str]]) -> HttpResponse:
    """The page that asks who sits there; `carried`: the fields of the act, sent on with the proof."""
    context = {
        "form": form,
        "carried": carried,
        "address": request.get_full_path(),
        "kinds": factors.kinds_of(_account(request).pk),
        "key_question": key_question(request, _account(request)),
    }
    return render(request, "session/again.html", context, status=422 if carried or form.errors else 200)


def _tried(request: HttpRequest, form: ProofForm) -> SignInTry | None:
    user = _account(request)
    given: Any = {"address": caller(request), "at": now(), "token": request.COOKIES.get(BROWSER_COOKIE, "")}
    secret, credential = form.cleaned_data["proof_secret"], form.cleaned_data["proof_credential"]
    if credential:
        return factor_use.try_key(user.pk, read_credential(credential), **given)
    if CODE.fullmatch(secret.strip()) and factors.kinds_of(user.pk):
        return factor_use.try_code(user.pk, secret, **given)
    return check_password_slowly(user.email, secret, **given) if secret else None


def _account(request: HttpRequest) -> Any:
    return request.user
