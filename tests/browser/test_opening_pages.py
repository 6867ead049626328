"""A case opened in an emergency, walked in real Chromium: asked for, read under its band, reviewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from chromium import LANGUAGES, WIDTHS, Visit

from amana.apps.guards.commands import begin
from amana.apps.guards.models import ReadAlarm
from amana.apps.registry import queries
from small_office import TODAY, settle

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Her mother is in labour and nobody of the team answers the telephone."


@pytest.fixture
def opened(cast: SimpleNamespace, tmp_path: Path) -> str:
    """A case of the first team, opened by a caseworker of the other; and an alarm."""
    settle(cast.registrar, tmp_path, people=12)
    ref = queries.people(cast.operator, on=TODAY, limit=1).rows[0].ref
    now = datetime.now(UTC)
    begin(ref, reason=WHY, hours=1, by=cast.other_caseworker, at=now)
    ReadAlarm.objects.create(
        actor=cast.caseworker.audit_id,
        role="caseworker",
        window=f"{now:%Y-%m-%dT%H}",
        step="alarm",
        people=312,
        bound=300,
        at=now,
    )
    return ref


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_emergency_opening_holds_every_rule_on_its_pages(
    visit_as: Callable[..., Visit], opened: str, cast: SimpleNamespace, lang: str
) -> None:
    walked = {
        "other_caseworker": {
            "opening-case": f"/people/{opened}/",
            "opening-own": "/openings/",
            "opening-ask": "/openings/ask/",
        },
        "data_protection": {"opening-board": "/openings/review/", "opening-alarms": "/openings/reading/"},
        "supervisor": {"opening-reason": f"/people/{opened}/return/"},
    }
    for role, pages in walked.items():
        visit = visit_as(role)
        for name, address in pages.items():
            for width in WIDTHS:
                visit.check_page(address, lang, width, name)
