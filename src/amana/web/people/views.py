"""The people list: one search box, filters that stand in the address, one page at a time."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.decisions.office_pack import office_pack
from amana.apps.registry import queries
from amana.apps.registry.queries import FilterRefused, PeoplePage
from amana.web.access import access
from amana.web.clock import today_of
from amana.web.people.cards import cards
from amana.web.people.filters import LONGEST, chips, choices, chosen_filters, for_queries
from amana.web.people.search import BadReference, address_of, mistyped, whole_reference
from amana.web.requests import OfficeRequest

PAGE = 25
Chosen = dict[str, tuple[str, ...]]


@access("people.see")
@require_safe
def person_list(request: OfficeRequest) -> HttpResponse:
    """A page of people; a whole reference leads straight to its page, a mistyped one says what is wrong."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    chosen = chosen_filters(request.GET)
    page, refused = PeoplePage((), 0, None), []
    try:
        reference = whole_reference(text)
        if reference and not chosen:
            return redirect(address_of(reference))
        page = _page(request, text, chosen)
    except BadReference:
        refused = [{"text": mistyped(text), "target": "people-q"}]
    except FilterRefused:
        refused = [{"text": _("This address asks for a filter that does not exist. Choose filters below.")}]
    context = _laid_out(request, page, text, chosen)
    return render(
        request, "people/list.html", {**context, "refused": refused}, status=422 if refused else 200
    )


def _page(request: OfficeRequest, text: str, chosen: Chosen) -> PeoplePage:
    return queries.people(
        request.viewer,
        on=today_of(request),
        text=text,
        filters=for_queries(request.viewer, chosen),
        after=request.GET.get("after", ""),
        limit=PAGE,
    )


def _laid_out(request: OfficeRequest, page: PeoplePage, text: str, chosen: Chosen) -> dict[str, Any]:
    viewer, pack = request.viewer, office_pack()
    offered, words = choices(viewer, pack, chosen)
    return {
        "cards": cards(viewer, page.rows, today_of(request), pack),
        "count": page.count,
        "many": page.many,
        "count_text": f"{page.count:,}",
        "more": page.after,
        "first": not request.GET.get("after"),
        "query": text,
        "kept": [(name, value) for name, values in chosen.items() for value in values],
        "chosen": chips(request, chosen, words),
        "choices": offered,
        "filtered": bool(chosen or text),
        "may_register": viewer.may("people.register"),
        "may_open": viewer.may("openings.ask"),
    }
