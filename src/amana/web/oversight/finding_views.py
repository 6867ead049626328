"""The page of one finding, for whoever oversees: what is asked, what is so and since when, what would clear
it, what was found there before and after, who waived it, and what the monitor asked about it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amana.apps.audit.withholding import require_reason
from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import questions
from amana.apps.oversight.lines import TEXTS
from amana.casework.ask_office import ANSWER, ASK
from amana.casework.tell_finding import finding_told
from amana.web.access import access
from amana.web.clock import today_of
from amana.web.law.safeguards import safeguard_entry
from amana.web.oversight.asked import asked_line
from amana.web.oversight.findings import finding_rows
from amana.web.oversight.told import told_lines
from amana.web.oversight.views import RECORDED, place_names
from amana.web.requests import OfficeRequest


@access("oversight.see")
@require_safe
def finding_show(request: OfficeRequest, finding: int) -> HttpResponse:
    """One finding, standing or over: without the person for the monitor, with the case for the others."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    told = finding_told(viewer, finding, on=on)
    known = pack.safeguards.get(told.line.safeguard)
    asked = questions.of_finding(viewer, finding) if _of_somebody(told.line) else ()
    if asked or any(each.waivers for each in told.episodes):
        require_reason(TEXTS, told.line.person)
    waivable = known is not None and known.waivable
    rows = finding_rows(
        viewer, told.episodes, pack=pack, places=place_names(viewer), on=on, waivable=waivable
    )
    context: dict[str, Any] = {
        "row": next(row for row in rows if row.id == finding),
        "episodes": rows,
        "safeguard": safeguard_entry(known, pack, on) if known else None,
        "number": told.line.safeguard,
        "told": told_lines(told, pack),
        "gone": told.gone,
        "questions": [asked_line(each, on) for each in asked],
        "may_ask": viewer.may(ASK) and _of_somebody(told.line) and not any(each.waits for each in asked),
        "may_answer": viewer.may(ANSWER),
        "recorded": request.session.pop(RECORDED, ""),
    }
    return render(request, "oversight/finding.html", context)


def _of_somebody(line: Any) -> bool:
    return bool(line.person or line.pseudonym)
