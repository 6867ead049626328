"""What was opened in an emergency, for data protection and monitor, and their review of each.

The monitor sees pseudonyms where data protection sees references.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.guards import openings
from amana.apps.guards.openings import REVIEW, OpeningView
from amana.apps.oversight.pseudonyms import pseudonym
from amana.casework.openings import OpeningRefused, review
from amana.web.access import access
from amana.web.clock import now
from amana.web.openings.forms import ReviewForm
from amana.web.openings.words import OpeningLine, line_of, official_words, refusal_words
from amana.web.requests import OfficeRequest


@access(REVIEW)
@require_safe
def review_list(request: OfficeRequest) -> HttpResponse:
    """Every opening: overdue reviews first, then those owed, then what was found."""
    rows = _lines(request, openings.board(request.viewer, now()))
    owed = [row for row in rows if row.due]
    context = {"owed": owed, "done": [row for row in rows if not row.due]}
    return render(request, "openings/review.html", context)


@access(REVIEW, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def opening_review(request: OfficeRequest, opening: UUID) -> HttpResponse:
    """Say whether an opening was proper, and why."""
    viewer = request.viewer
    found = openings.one(viewer, opening)
    if found is None:
        raise NotForYou(viewer.role, REVIEW)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            review(opening, proper=told["proper"] == "yes", reason=told["reason"], by=viewer, at=now())
            return redirect("openings:review-list")
        except OpeningRefused as refused:
            form.add_error(refused.field or None, refusal_words(refused))
    (line,) = _lines(request, (found,))
    context = {"form": form, "row": line}
    return render(request, "openings/review_form.html", context, status=422 if form.errors else 200)


def _lines(request: OfficeRequest, found: tuple[OpeningView, ...]) -> list[OpeningLine]:
    viewer, at = request.viewer, now()
    people = {each.by for each in found} | {each.reviewed_by for each in found if each.reviewed_by}
    names = accounts.names(people, viewer)
    return [
        line_of(
            each,
            at,
            whose=_whose(viewer, each.ref),
            known=False,
            who=official_words(names.get(each.by, str(each.by)[:8]), each.role),
            by=names.get(each.reviewed_by, "") if each.reviewed_by else "",
        )
        for each in found
    ]


def _whose(viewer: Viewer, ref: str) -> str:
    """What this reviewer may call the person: references are for data protection, pseudonyms for others."""
    return ref if viewer.role == "data_protection" else pseudonym(ref)
