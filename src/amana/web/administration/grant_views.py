"""Grants that wait for a second person outside the administration: who asks for what, confirm or refuse."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amana.apps.accounts import granting, queries
from amana.apps.accounts.granting import AccountRefused
from amana.apps.accounts.roles import ROLES
from amana.web.access import access
from amana.web.clock import now
from amana.web.requests import OfficeRequest


@access("accounts.confirm")
@require_safe
def grant_list(request: OfficeRequest) -> HttpResponse:
    """Accounts that wait, with the role asked for."""
    return _page(request)


@access("accounts.confirm", fresh=True)
@require_POST
def grant_answer(request: OfficeRequest, account: UUID) -> HttpResponse:
    """Confirm or refuse one; a refusal by the office's rules is said on the page."""
    answer = granting.confirm if request.POST.get("answer") == "confirm" else granting.refuse
    try:
        answer(user_id=account, by=request.viewer, at=now())
    except AccountRefused as refused:
        return _page(request, str(refused))
    return redirect("administration:grant-list")


def _page(request: OfficeRequest, refused: str = "") -> HttpResponse:
    rows = [
        {"account": each, "title": _(ROLES[each.role].title), "description": _(ROLES[each.role].description)}
        for each in queries.requested(request.viewer)
    ]
    context = {"rows": rows, "refused": refused}
    return render(request, "administration/grants.html", context, status=422 if refused else 200)
