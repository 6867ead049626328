"""What every page of requests starts from: the case, what may be corrected, who acts."""

from __future__ import annotations

from typing import Any

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.office_pack import office_pack
from amana.apps.record_requests import codes
from amana.apps.registry import queries as registry
from amana.web.case.claims import value_of
from amana.web.case.head import Opened, open_case
from amana.web.clock import now, today_of
from amana.web.record_requests.words import asker_words, attribute_name
from amana.web.requests import OfficeRequest
from amana.wording.languages import as_told, as_written
from amana.wording.sources import source_kinds


def opened(request: OfficeRequest, ref: str) -> Opened:
    """The case, for the tab and the pages below it. Raises `NotForYou`."""
    return open_case(request.viewer, ref, today_of(request), office_pack(), "requests")


def acting(request: OfficeRequest) -> dict[str, Any]:
    """Who acts, when, and on which day of the office."""
    return {"by": request.viewer, "at": now(), "on": today_of(request)}


def askers(viewer: Viewer) -> dict[str, str]:
    """Who may ask through this viewer: a guardian or counsel asks for her own."""
    own = viewer.relation == "ward"
    kept = (codes.GUARDIAN, codes.COUNSEL) if own else codes.ASKERS
    return {code: told for code, told in asker_words().items() if code in kept}


def statements(viewer: Viewer, ref: str) -> dict[str, str]:
    """The statements on record that may be corrected, by number: what is stated in words, and who said it."""
    pack, kinds = office_pack(), source_kinds()
    return {
        str(each.id): " · ".join(
            (
                f"{attribute_name(each.attribute)}: {as_told(value_of(each, pack) or each.stated)}",
                f"{kinds.get(each.source, each.source)} {as_written(each.on.isoformat())}",
            )
        )
        for each in registry.claims(viewer, ref)
        if each.standing != "refuted"
    }
