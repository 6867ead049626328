"""References of people in addresses: checked before a view sees them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amana.core.errors import BadReference
from amana.core.reference import check_reference
from amana.web.people.search import mistyped

View = Callable[..., HttpResponse]


def at_person(view: View) -> View:
    """Give the view a checked reference of a person.

    A mistyped one ends in a page that says what is wrong (and nothing about who exists); a sound one
    written otherwise leads to its one address; a reference of something else is not found.
    """

    @wraps(view)
    def checked(request: HttpRequest, ref: str, **kwargs: Any) -> HttpResponse:
        try:
            known = check_reference(ref)
        except BadReference:
            return render(request, "case/mistyped.html", {"words": mistyped(ref), "typed": ref}, status=404)
        if not known.startswith("P-"):
            raise Http404
        match = request.resolver_match
        if known != ref and match and request.method in {"GET", "HEAD"}:
            return redirect(match.view_name, **{**kwargs, "ref": known})
        return view(request, known, **kwargs)

    return checked
