"""Pages that say no, with the reason and the way on; and the rule that lists come only into the
demonstration office.
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

from amana.web.clock import office_of

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


def demonstration_only(view: View) -> View:
    """Open the view in the demonstration office only: the access matrix that a real list needs is not
    there yet.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if office_of(request).demonstration:
            return view(request, *args, **kwargs)
        refusal = Refusal(
            _("Lists come only into a demonstration office"),
            _(
                "This version has no case-by-case access yet, so it takes no list of real people. "
                "Nothing was stored."
            ),
            _("Use the demonstration office to try it with invented people."),
            reverse("register:batch-list"),
            _("Go back"),
        )
        return refuse(request, refusal, status=403)

    return guarded
