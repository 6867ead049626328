"""The home page: what is to be done, changed answers, coming reviews, answers that wait for a fact, the last
lists; for whoever keeps a place, the day of that place.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from amana.apps.decisions.office_pack import office_pack
from amana.apps.registry import queries
from amana.web.access import SIGNED_IN, access
from amana.web.clock import today_of
from amana.web.frame import home_of
from amana.web.requests import OfficeRequest
from amana.web.today.asking import open_questions
from amana.web.today.cases import cases_of
from amana.web.today.changed import changed_answers
from amana.web.today.place import place_of_day
from amana.web.today.reviews import coming_reviews, may_see_reviews
from amana.web.today.work import work_of

LISTS = 5


@access(SIGNED_IN)
@require_safe
def show_day(request: OfficeRequest) -> HttpResponse:
    """What waits on the day the office stands at; for who has no part in it, the first page of her own."""
    if not request.viewer.may("today.see"):
        return redirect(home_of(request.viewer))
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    after, changed_after = request.GET.get("after", ""), request.GET.get("changed", "")
    answers_for_cases = may_see_reviews(viewer)
    context = {
        "on": on,
        "work": work_of(viewer, on, pack),
        "cases": cases_of(viewer),
        "may_see_board": viewer.may("oversight.see"),
        "keeps": viewer.relation == "site",
        "place": place_of_day(viewer, on, pack, request.GET.get("place", ""), after),
        "may_take_roll": viewer.may("exports.ask"),
        "asking": open_questions(viewer, pack),
        "reviews": coming_reviews(viewer, on, pack, after) if answers_for_cases else None,
        "first": not after,
        "changed": changed_answers(viewer, on, changed_after) if answers_for_cases else None,
        "changed_first": not changed_after,
        "batches": queries.batches(viewer, limit=LISTS) if viewer.may("people.register") else (),
        "may_register": viewer.may("people.register"),
    }
    return render(request, "today/day.html", context)
