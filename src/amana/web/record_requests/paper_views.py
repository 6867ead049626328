"""The record in plain words on one page, in the language asked for: to read aloud, or to print."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from amana.apps.decisions.office_pack import office_pack
from amana.apps.record_requests import queries
from amana.casework import record_requests
from amana.web.access import access
from amana.web.case.head import open_case
from amana.web.case.references import at_person
from amana.web.clock import office_of, today_of
from amana.web.record_requests.plain import plain
from amana.web.requests import OfficeRequest
from amana.wording.languages import LOCALES, pick


@access("requests.see")
@require_safe
@at_person
def record_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """What is on record, what was decided, and what is withheld and why. `?in=ar` chooses the language."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    wanted = request.GET.get("in", "")
    chosen = wanted if wanted in LOCALES else translation.get_language() or "en"
    queries.of_person(viewer, ref)
    office = office_of(request)
    with translation.override(chosen):
        case = open_case(viewer, ref, on, pack, "requests")
        context = {
            "head": case.head,
            "plain": plain(viewer, case, on, pack),
            "inside": record_requests.inside(viewer, ref, on),
            "office": pick({"en": office.name_en, "ar": office.name_ar}),
            "on": on.isoformat(),
            "chosen": chosen[:2],
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "other": "ar" if chosen.startswith("en") else "en",
        }
        return render(request, "record_requests/record.html", context)
