"""The pages shown when a request is refused or fails. They say what to do next and never what exists."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.apps.audit.emergency import Locked
from amana.core.errors import PackFaults


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing at this address, or nothing for this person: one answer for both."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """The form was not sent from a page of ours (its key is missing or old); also CSRF_FAILURE_VIEW."""
    return render(request, "403.html", status=403)


def law_unreadable(request: HttpRequest, faults: PackFaults) -> HttpResponse:
    """The pack can't be used, so nothing that rests on it is shown; says every fault and its mend."""
    return render(request, "law/faults.html", {"name": faults.pack, "faults": faults.faults}, status=503)


def unusable(request: HttpRequest, reason: PackFaults | Locked) -> HttpResponse:
    """The law that a page rests on can't be read, or what is sealed on it is locked."""
    if isinstance(reason, PackFaults):
        return law_unreadable(request, reason)
    return render(request, "locked.html", status=503)


def failed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Something broke on our side. The page asks nothing of the database, which may be what broke."""
    return render(request, "500.html", status=500)
