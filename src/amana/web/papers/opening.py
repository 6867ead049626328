"""What every page of papers starts from: the case, who acts, and proving anew who looks at sealed classes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from amana.apps.attachments import codes
from amana.apps.attachments.queries import PaperView
from amana.apps.decisions.office_pack import office_pack
from amana.web.case.head import Opened, open_case
from amana.web.clock import now, today_of
from amana.web.papers import words
from amana.web.requests import OfficeRequest
from amana.web.session import proof

SAID = "papers.said"


def opened(request: OfficeRequest, ref: str) -> Opened:
    """The case, for the tab and the pages below it. Raises `NotForYou`."""
    return open_case(request.viewer, ref, today_of(request), office_pack(), "papers")


def acting(request: OfficeRequest) -> dict[str, Any]:
    """Who acts, when, and on which day of the office."""
    return {"by": request.viewer, "at": now(), "on": today_of(request)}


def asks_proof(request: OfficeRequest, paper: PaperView) -> HttpResponse | None:
    """The answer that asks who sits there, where the paper is of a sealed class and the proof is old."""
    if paper.cls not in codes.SEALED or proof.is_fresh(request):
        return None
    return proof.ask_again(request)


def line(paper: PaperView) -> dict[str, Any]:
    """A paper in words."""
    return {
        "it": paper,
        "goes_with": words.record_words(paper),
        "kind": words.kind_words()[paper.kind],
        "pages": words.pages_words(paper.pages),
        "size": words.size_words(paper.size),
        "removed": words.removed_words(paper.removed),
    }
