"""Pages that say no, with the reason and the way on; and the rule that lists come only into an office that is
fit for them: the demonstration, or one that meets every condition of going live.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amana.casework import going_live
from amana.web.clock import now

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Refusal:
    """What is refused, why, what to do, what stands in the way, and where to go on."""

    title: str
    message: str
    mend: str
    back: str
    action: str
    lines: Sequence[str] = ()


def refuse(request: HttpRequest, refusal: Refusal, status: int = 409, discard: str = "") -> HttpResponse:
    """Answer with a refusal; `discard` is where a staged list that can't be read is dropped."""
    context = {"refusal": refusal, "discard": discard}
    return render(request, "register/refused.html", context, status=status)


def fit_to_live(view: View) -> View:
    """Open the view only in the demonstration, or in an office that meets every condition of going live."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            going_live.require(now())
        except going_live.NotFit:
            return refuse(request, _not_fit(), status=403)
        return view(request, *args, **kwargs)

    return guarded


def _not_fit() -> Refusal:
    return Refusal(
        _("This office isn't fit to take in lists yet"),
        _("A condition for registering real people is missing. Nothing was stored."),
        _("Ask whoever runs this office: “amana doctor --live” names each condition and its mend."),
        reverse("register:batch-list"),
        _("Go back"),
    )
