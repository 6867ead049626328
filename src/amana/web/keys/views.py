"""Who holds keys that the office does not, offering and confirming them, and the emergency lock.

The fingerprint of a key that waits is not shown to whoever confirms it: she has it from its owner.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.accounts import custody, locking
from amana.apps.accounts.custody import CustodyRefused, HolderLine
from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit import emergency
from amana.core.envelopes import NoKey
from amana.web.access import access
from amana.web.clock import now
from amana.web.keys.forms import ConfirmForm, OfferForm
from amana.web.requests import OfficeRequest

SEE, HOLD, CONFIRM, LOCK = "keys.see", "keys.hold", "keys.confirm", "keys.lock"


@access(SEE)
@require_safe
def holder_list(request: OfficeRequest) -> HttpResponse:
    """Every public key with its owner and whether it counts; what the viewer may do."""
    viewer, at = request.viewer, now()
    rows = [_row(request, line) for line in custody.holders(viewer)]
    own = any(line["own"] and not line["key"].withdrawn_at for line in rows)
    context: dict[str, Any] = {
        "rows": rows,
        "may_offer": viewer.may(HOLD) and not own,
        "may_lock": viewer.may(LOCK),
        "locked": emergency.is_locked(),
        "other_waits": viewer.may(LOCK) and locking.other_waits(viewer, at),
    }
    return render(request, "keys/list.html", context)


@access(HOLD, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def holder_offer(request: OfficeRequest) -> HttpResponse:
    """Offer a public key of one's own."""
    form = OfferForm(_posted(request))
    if form.is_bound and form.is_valid():
        try:
            custody.offer(public=form.cleaned_data["public"], by=request.viewer, at=now())
            return redirect("keys:holder-list")
        except NoKey:
            form.add_error("public", _("A public key is 64 digits from 0 to f. Copy the whole line."))
        except CustodyRefused as refused:
            form.add_error("public", _why(refused))
    note = _("Only its owner can read what is sealed to it: not the office, and nobody who runs it.")
    return _page(request, form, _("Offer a key of your own"), note)


@access(CONFIRM, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def holder_confirm(request: OfficeRequest, holder: UUID) -> HttpResponse:
    """Confirm a key that somebody else offered."""
    line = _line(request, holder)
    form = ConfirmForm(_posted(request))
    if form.is_bound and form.is_valid():
        told = form.cleaned_data["fingerprint"]
        try:
            custody.confirm(holder, fingerprint=told, by=request.viewer, at=now())
            return redirect("keys:holder-list")
        except CustodyRefused as refused:
            form.add_error("fingerprint", _why(refused))
    note = _("Call its owner on a number you know, and have her read the fingerprint from her own machine.")
    return _page(request, form, _("Confirm the key of %(name)s") % {"name": line.name}, note)


@access(SEE, fresh=True)
@require_POST
def holder_withdraw(request: OfficeRequest, holder: UUID) -> HttpResponse:
    """Withdraw a key: nothing more is sealed to it."""
    if _line(request, holder).withdrawn_at is None:
        custody.withdraw(holder, by=request.viewer, at=now())
    return redirect("keys:holder-list")


@access(HOLD)
@require_safe
def identity_fetch(request: OfficeRequest, holder: UUID) -> HttpResponse:
    """The key of the pseudonyms, sealed to the viewer's own key, as a file."""
    line, sealed = _line(request, holder), custody.identity_key(request.viewer)
    if sealed is None or line.account != request.viewer.audit_id:
        raise NotForYou(request.viewer.role, HOLD)
    headers = {"Content-Disposition": 'attachment; filename="amana-identity.sealed"'}
    return HttpResponse(sealed, content_type="application/octet-stream", headers=headers)


@access(LOCK)
@require_POST
def office_lock(request: OfficeRequest) -> HttpResponse:
    """Ask for the emergency lock, or join what the other asked for."""
    locking.lock(by=request.viewer, at=now())
    return redirect("keys:holder-list")


def _row(request: OfficeRequest, line: HolderLine) -> dict[str, Any]:
    own, may = line.account == request.viewer.audit_id, request.viewer.may(CONFIRM)
    waits = line.confirmed_at is None and line.withdrawn_at is None
    return {
        "key": line,
        "own": own,
        "title": _(ROLES[line.role].title),
        "fingerprint": line.fingerprint if own or not waits else "",
        "waits": waits,
        "may_confirm": waits and may and not own,
        "may_withdraw": line.withdrawn_at is None and (own or may),
        "identity": own and line.counts and line.role == "monitor",
    }


def _line(request: OfficeRequest, holder: UUID) -> HolderLine:
    found = next((line for line in custody.holders(request.viewer) if line.id == holder), None)
    if found is None:
        raise NotForYou(request.viewer.role, SEE)
    return found


def _posted(request: OfficeRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(request: OfficeRequest, form: forms.Form, title: str, note: str) -> HttpResponse:
    context = {"form": form, "title": title, "note": note}
    return render(request, "keys/form.html", context, status=422 if form.errors else 200)


def _why(refused: CustodyRefused) -> str:
    """What stands against it, and what would be right."""
    return {
        "offered": _("You have offered a key already. Withdraw it first, then offer another."),
        "known": _("This key was offered before. Make a new one."),
        "own": _("A second person confirms a key, never who offered it."),
        "closed": _("This key was confirmed or withdrawn meanwhile. Look at the list again."),
        "fingerprint": _(
            "This is not the fingerprint of the key. Listen again: if it still differs, somebody has put "
            "another key in its place, and it must not be confirmed."
        ),
        "withdrawn": _("This key was withdrawn already."),
        "unknown": _("There is no such key. Take one that the list shows."),
    }[refused.reason]
