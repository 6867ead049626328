"""The Papers tab of a case, and one paper with a picture of its first page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amana.apps.attachments import queries
from amana.casework import papers
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.openings.reasoned import ask_here
from amana.web.papers.forms import OriginalForm
from amana.web.papers.opening import SAID, asks_proof, line, opened
from amana.web.requests import OfficeRequest


@access("papers.see")
@require_safe
@at_person
def case_list(request: OfficeRequest, ref: str) -> HttpResponse:
    """The papers of a person that this viewer may read."""
    viewer, case = request.viewer, opened(request, ref)
    found = queries.papers(viewer, ref)
    context = {
        "head": case.head,
        "standing": [line(each) for each in found if each.stands],
        "withdrawn": [line(each) for each in found if not each.stands],
        "may_add": viewer.may(papers.ADD) and bool(papers.targets(viewer, ref)),
        "reason": ask_here(queries.NOTES, ref),
        "said": request.session.pop(SAID, ""),
    }
    return render(request, "papers/list.html", context)


@access("papers.see")
@require_safe
@at_person
def paper_show(request: OfficeRequest, ref: str, paper: UUID) -> HttpResponse:
    """One paper: what it is, a picture of its first page, and what can be done with it."""
    viewer, found = request.viewer, queries.paper(request.viewer, ref, paper)
    if asking := asks_proof(request, found):
        return asking
    context = {
        "head": opened(request, ref).head,
        "paper": line(found),
        "may_withdraw": found.stands and papers.may_withdraw(viewer, ref, found.cls),
        "original": OriginalForm() if viewer.may(papers.OPEN_ORIGINAL) else None,
    }
    return render(request, "papers/show.html", context)
