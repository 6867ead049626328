"""The Safeguards tab: every safeguard that watches this person, judged today from her records."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import queries as oversight
from amana.casework.snapshot import facts_on
from amana.casework.sweep import stand
from amana.web.access import access
from amana.web.case.head import open_case
from amana.web.case.references import at_person
from amana.web.case.safeguards import Group, episodes, groups, quiet
from amana.web.clock import today_of
from amana.web.oversight.words import OPEN, count_in_words
from amana.web.requests import OfficeRequest


@access("oversight.see")
@require_safe
@at_person
def safeguards_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """What stands, what would clear it, what found nothing, and what was found before."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    case = open_case(viewer, ref, on, pack, "safeguards-show")
    watched = stand(viewer, ref, on)
    row = facts_on([ref], on)[0]
    standing = groups(viewer, watched, row, pack=pack, on=on)
    context: dict[str, Any] = {
        "head": case.head,
        "on": on.isoformat(),
        "groups": standing,
        "summary": _summary(standing),
        "quiet": quiet(watched, pack),
        "episodes": episodes(oversight.of_person(viewer, ref, on=on), pack, on),
    }
    return render(request, "case/safeguards.html", context)


def _summary(standing: tuple[Group, ...]) -> str:
    """How it stands in one line: what is broken, else that nothing was found; and how much is open."""
    counts = {group.verdict: len(group.found) for group in standing}
    kinds = [verdict for verdict in OPEN if counts.get(verdict)]
    broken = [count_in_words(verdict, counts[verdict]) for verdict in kinds] or [_("No breach found")]
    return " · ".join([*broken, count_in_words("undetermined", counts.get("undetermined", 0))])
