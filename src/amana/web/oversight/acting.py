"""The page of an act upon one finding (waive it, end a waiver, ask about it, answer): which finding is meant,
what the act does, and its form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight.queries import FindingLine
from amana.web.clock import today_of
from amana.web.law.safeguards import safeguard_entry
from amana.web.oversight.asked import AskedLine
from amana.web.oversight.findings import finding_rows
from amana.web.oversight.views import place_names
from amana.web.requests import OfficeRequest


@dataclass(frozen=True)
class FindingAct:
    """One act: its title, what it does (`note`), the words of its button; `waivers`: whether those of the
    finding are shown; the `question` that is answered, if it is that.
    """

    title: str
    note: str
    button: str
    waivers: bool = False
    question: AskedLine | None = None


def act_page(
    request: OfficeRequest, act: FindingAct, form: Any, line: FindingLine, *, refused: str = ""
) -> HttpResponse:
    """The page of an act; 422 where the form was refused, or where there can be none (`refused` says why)."""
    on, pack, viewer = today_of(request), office_pack(), request.viewer
    known = pack.safeguards.get(line.safeguard)
    places = place_names(viewer)
    context = {
        "act": act,
        "form": form,
        "refused": [{"text": refused}] if refused else [],
        "number": line.safeguard,
        "safeguard": safeguard_entry(known, pack, on) if known else None,
        "row": finding_rows(viewer, [line], pack=pack, places=places, on=on, waivable=False)[0],
    }
    return render(request, "oversight/act.html", context, status=422 if refused or form.errors else 200)
