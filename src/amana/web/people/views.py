"""The people list: one search box, filters that stand in the address, one page at a time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
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

PAGE = 25


@access("people.see")
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """A page of people; a whole reference leads straight to its page, a mistyped one says what is wrong."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip()[:LONGEST]
    chosen, after = chosen_filters(request.GET), request.GET.get("after", "")
    page, refused = PeoplePage((), 0, None), []
    try:
        reference = whole_reference(text)
        if reference and not chosen:
            return redirect(address_of(reference))
        page = queries.people(viewer, on=on, text=text, filters=for_queries(chosen), after=after, limit=PAGE)
    except BadReference:
        refused = [{"text": mistyped(text), "target": "people-q"}]
    except FilterRefused:
        refused = [
            {"text": _("This address asks for a filter that does not exist here. Choose filters below.")}
        ]
    offered, words = choices(viewer, pack, chosen)
    context: dict[str, Any] = {
        "cards": cards(viewer, page.rows, on, pack),
        "count": page.count,
        "count_text": f"{page.count:,}",
        "more": page.after,
        "first": not after,
        "query": text,
        "kept": [(name, value) for name, values in chosen.items() for value in values],
        "chosen": chips(request, chosen, words),
        "choices": offered,
        "filtered": bool(chosen or text),
        "refused": refused,
        "may_register": viewer.may("people.register"),
        "partial": bool(request.htmx) and not request.htmx.boosted,  # type: ignore[attr-defined]
    }
    template = "people/_results.html" if context["partial"] else "people/list.html"
    return render(request, template, context, status=422 if refused else 200)
