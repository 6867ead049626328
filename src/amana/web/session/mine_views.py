"""One's own sessions and passes of the command line, each to be ended; proving anew who one is; single
sign-on; the first password.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.accounts import invitations, sessions, single, tokens
from amana.apps.accounts.granting import AccountRefused
from amana.apps.accounts.invitations import WeakPassword
from amana.apps.accounts.signing_in import SignInTry
from amana.web.access import PUBLIC, SIGNED_IN, access
from amana.web.clock import now
from amana.web.frame import home_of
from amana.web.requests import OfficeRequest
from amana.web.session import proof
from amana.web.session.browsers import caller
from amana.web.session.forms import FirstPasswordForm, NewPasswordForm, ProofForm
from amana.web.session.views import enter, next_of
from amana.web.session.words import refusal


@access(SIGNED_IN)
@require_safe
def list_sessions(request: OfficeRequest) -> HttpResponse:
    """Where this account is signed in, and its passes of the command line."""
    context = {
        "sessions": sessions.sessions_of(request.viewer, request.session.session_key or "", now()),
        "passes": tokens.passes_of(request.viewer, now()),
    }
    return render(request, "session/mine.html", context)


@access(SIGNED_IN)
@require_POST
def end_session(request: OfficeRequest) -> HttpResponse:
    """End one of one's own sessions; without a name, all but this one."""
    name = request.POST.get("session", "")
    if name:
        sessions.end_one(request.viewer, name, now())
    else:
        sessions.end_others(request.viewer, request.session.session_key or "", now())
    return HttpResponseRedirect(reverse("session:session-list"))


@access(SIGNED_IN)
@require_POST
def end_pass(request: OfficeRequest) -> HttpResponse:
    """End one of one's own passes."""
    try:
        tokens.end(token_id=UUID(request.POST.get("pass", "")), by=request.viewer, at=now())
    except ValueError as strange:
        raise Http404 from strange
    return HttpResponseRedirect(reverse("session:session-list"))


@access(SIGNED_IN)
@sensitive_post_parameters("proof_secret", "proof_credential")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_proof(request: OfficeRequest) -> HttpResponse:
    """Prove anew who one is, and go on to where that was asked."""
    form = ProofForm(request.POST if request.method == "POST" else None)
    wanted = next_of(request)
    if request.method == "POST" and proof.proves(request, form):
        return HttpResponseRedirect(wanted or home_of(request.viewer))
    return proof.asked(request, form, [("next", wanted)] if wanted else [])


@access(SIGNED_IN, fresh_look=True)
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: OfficeRequest) -> HttpResponse:
    """Choose another password: every other session and every pass ends, this one goes on."""
    form = NewPasswordForm(request.POST if "password" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.choose(password=form.cleaned_data["password"], by=request.viewer, at=now())
        except WeakPassword as weak:
            for line in weak.lines:
                form.add_error("password", line)
        else:
            proof.go_on(request)
            return HttpResponseRedirect(reverse("session:session-list"))
    return render(request, "session/password.html", {"form": form}, status=422 if form.errors else 200)


@access(PUBLIC)
@require_safe
def ask_single(request: HttpRequest) -> HttpResponse:
    """To the provider of single sign-on, where this office has one."""
    if not single.configured():
        raise Http404
    request.session["single_next"] = next_of(request)
    return single.to_provider(request)


@access(PUBLIC)
@require_safe
def take_single(request: HttpRequest) -> HttpResponse:
    """Back from the provider: on to the second factor, as after a password."""
    if not single.configured():
        raise Http404
    user = single.proven_account(request, now())
    if user is None:
        return HttpResponseRedirect(f"{reverse('session:sign-in')}?refused=1")
    return enter(request, user, request.session.pop("single_next", ""))


@access(PUBLIC)
@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_first_password(request: HttpRequest) -> HttpResponse:
    """Choose a password with the code that was handed over."""
    form = FirstPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _chosen(request, form):
        return HttpResponseRedirect(f"{reverse('session:sign-in')}?chosen=1")
    return render(request, "session/first.html", {"form": form}, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, form: FirstPasswordForm) -> bool:
    given = {name: form.cleaned_data[name] for name in ("email", "code", "password")}
    words = _("E-mail address and code do not belong together, or the code has ended. Ask for a new one.")
    try:
        wait = invitations.accept(**given, address=caller(request), at=now())
    except AccountRefused:
        form.add_error("code", words)
        return False
    except WeakPassword as weak:
        for line in weak.lines:
            form.add_error("password", line)
        return False
    if wait:
        form.add_error("code", refusal(words, SignInTry(None, wait)))
    return not wait
