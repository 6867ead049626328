"""The page of the trail, an anchor of this moment, and the whole trail without references and payloads: what
an independent monitor takes out and verifies on a machine of her own.
"""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.accounts import queries as accounts
from amana.apps.audit import anchoring
from amana.apps.audit import queries as audit
from amana.apps.audit.anchoring import NoPlaceForAnchors
from amana.apps.audit.trail import READS, WRITES
from amana.apps.audit.verifying import asking, length
from amana.casework.erase import MAY
from amana.core.anchors import Anchor, written
from amana.exchange.trail_file import lines_of
from amana.web.access import access
from amana.web.clock import now
from amana.web.requests import OfficeRequest
from amana.web.trail.words import erasure_lines


@access("audit.take")
@require_safe
def trail_show(request: OfficeRequest) -> HttpResponse:
    """How long the trail is, when an anchor last left the office, and what was erased from it."""
    viewer, at = request.viewer, now()
    erased = audit.erasures(viewer)
    names = accounts.names({each.actor for each in erased}, viewer)
    last, problem = _last()
    context: dict[str, Any] = {
        "writes": length(WRITES),
        "reads": length(READS),
        "last": last,
        "last_at": last.at.strftime("%Y-%m-%d %H:%M") if last else "",
        "late": last is None or abs(at - last.at) > anchoring.LATE,
        "problem": problem,
        "erased": erasure_lines(erased, names),
        "may_erase": viewer.may(MAY),
    }
    return render(request, "trail/trail.html", context)


@access("audit.take")
@require_safe
def anchor_fetch(request: OfficeRequest) -> HttpResponse:
    """An anchor of this moment as a file; it follows the last one that was kept."""
    last, _problem = _last()
    made = anchoring.make(now(), last.code if last else "")
    name = f"amana-anchor-{made.at:%Y%m%dT%H%M%SZ}.json"
    return HttpResponse(written(made), content_type="application/json", headers=_attached(name))


@access("audit.take", fresh_look=True)
@require_safe
def export_fetch(request: OfficeRequest) -> HttpResponse:
    """The whole trail as a file that is verified without the office. Taking it is itself in the trail."""
    at = now()
    request.viewer.saw("office")
    lines = lines_of({"writes": asking(WRITES), "reads": asking(READS)}, at)
    name = f"amana-trail-{at:%Y%m%dT%H%M%SZ}.jsonl"
    answer = StreamingHttpResponse(lines, content_type="application/x-ndjson", headers=_attached(name))
    return cast(HttpResponse, answer)  # the two are answers alike and share no type but the base


def _last() -> tuple[Anchor | None, str]:
    """The last anchor that was kept, or why none is."""
    try:
        if anchoring.folder() is None:
            return None, _("No place for anchors is named: none leaves this office by itself.")
        last = anchoring.newest()
    except NoPlaceForAnchors:
        return None, _("The place named for anchors can't be used.")
    return last, "" if last else _("No anchor has been kept yet.")


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
