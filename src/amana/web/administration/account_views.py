"""Accounts: the list, a new one, another role, team or places, and closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.accounts import commands, queries, teams
from amana.apps.accounts.granting import AccountRefused
from amana.apps.accounts.invitations import invite
from amana.apps.accounts.queries import Account
from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou
from amana.apps.placements.queries import places_to_keep
from amana.web.access import access
from amana.web.administration.forms import AccountForm, PlaceForm
from amana.web.clock import now
from amana.web.requests import OfficeRequest

MANAGE = "accounts.manage"


@access(MANAGE)
@require_safe
def account_list(request: OfficeRequest) -> HttpResponse:
    """Every account with its role, team and standing."""
    named = {team.ref: team.name for team in queries.teams()}
    rows = [
        {"account": each, "title": _title(each.role), "team": named.get(each.team or "", "")}
        for each in queries.accounts(request.viewer)
    ]
    return render(request, "administration/accounts.html", {"rows": rows})


@access(MANAGE, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def account_add(request: OfficeRequest) -> HttpResponse:
    """Add an account; nothing typed is lost where it is refused."""
    form = AccountForm(_posted(request), **_offered(request))
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            added = commands.add_user(**told, by=request.viewer, at=now())
            code = invite(user_id=added.id, by=request.viewer, at=now())
            return _code(request, added, code)
        except AccountRefused as refused:
            form.add_error("role" if "role" in str(refused) else "email", str(refused))
    return _page(request, form, _("Add an account"), None)


@access(MANAGE, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def account_change(request: OfficeRequest, account: UUID) -> HttpResponse:
    """Give an account another role, team or places."""
    found = _account(request, account)
    first = {"role": found.role, "team": found.team or "", "sites": list(found.sites)}
    form = PlaceForm(_posted(request), initial=first, **_offered(request))
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            if told["role"] != found.role:
                commands.set_role(user_id=account, role=told["role"], by=request.viewer, at=now())
            place = {"team": told["team"] or None, "sites": told["sites"]}
            teams.place(user_id=account, **place, by=request.viewer, at=now())
            return redirect("administration:account-list")
        except AccountRefused as refused:
            form.add_error("role", str(refused))
    return _page(request, form, found.name, found)


@access(MANAGE, fresh=True)
@require_POST
def account_close(request: OfficeRequest, account: UUID) -> HttpResponse:
    """Close an account: it can't sign in any more, and the trail still knows it."""
    found = _account(request, account)
    if found.id == request.viewer.user_id:
        raise NotForYou(request.viewer.role, MANAGE)
    commands.close_account(user_id=account, by=request.viewer, at=now())
    return redirect("administration:account-list")


@access(MANAGE, fresh=True)
@require_POST
def account_invite(request: OfficeRequest, account: UUID) -> HttpResponse:
    """A new one-time code, for a password that was lost."""
    found = _account(request, account)
    return _code(request, found, invite(user_id=account, by=request.viewer, at=now()))


def _code(request: OfficeRequest, account: Account, code: str) -> HttpResponse:
    """The code, shown once; whoever it is for sets her password with it."""
    return render(request, "administration/code.html", {"account": account, "code": code})


def _posted(request: OfficeRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _offered(request: OfficeRequest) -> dict[str, Any]:
    return {"teams": queries.teams(), "places": places_to_keep(request.viewer)}


def _account(request: OfficeRequest, account: UUID) -> Account:
    found = queries.account(request.viewer, account)
    if found is None:
        raise NotForYou(request.viewer.role, MANAGE)
    return found


def _title(role: str) -> str:
    return _(ROLES[role].title) if role in ROLES else role


def _page(request: OfficeRequest, form: PlaceForm, title: str, found: Account | None) -> HttpResponse:
    context = {"form": form, "title": title, "account": found}
    return render(request, "administration/account.html", context, status=422 if form.errors else 200)
