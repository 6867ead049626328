"""The trail and the History tab, walked in Chromium: every rule held, and a file that is taken out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from chromium import LANGUAGES, WIDTHS, Visit

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from small_family import AT, settle

pytestmark = pytest.mark.django_db(transaction=True)
EVERY = [(lang, width) for lang in LANGUAGES for width in WIDTHS]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    """A family of whom something was judged, and erased again of one of them."""
    from amana.apps.audit.recording import recording
    from amana.casework.erase import ask_erasure, confirm

    family = settle(cast.registrar)
    for child in (family.yusuf, family.safiya):
        with recording(cast.caseworker, AT) as log:
            added = {"claim": 1, "attribute": "birth", "stated": "2008", "standing": "claimed"}
            log.entry("claim.added", child, added)
            log.entry("claim.reviewed", child, {"claim": 1, "standing": "supported", "disputed": True})
    acts: dict[str, Any] = {"words": "Her guardian asked for it.", "at": AT, "on": AT.date()}
    erasure = ask_erasure(family.safiya, ground="request", parts=("words",), by=cast.data_protection, **acts)
    confirm(erasure, by=cast.supervisor, **acts)
    return family


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_trail_holds_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit_as("monitor").check_page("/trail/", lang, width, "trail")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_one_persons_part_and_its_erasure_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("data_protection")
    visit.check_page("/trail/find/", lang, width, "trail-find")
    visit.check_page(f"/trail/people/{family.yusuf}/", lang, width, "trail-person")
    visit.page.locator("main form button.bt-p").click()
    visit.page.wait_for_selector("[role=alert]")
    visit.complaints.clear()
    visit.check_here(lang, width, "trail-refused")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_history_side_by_side_and_erased_holds_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("supervisor")
    visit.check_page(f"/people/{family.yusuf}/history/", lang, width, "case-history-changed")
    visit.check_page(f"/people/{family.safiya}/history/", lang, width, "case-history-erased")


def test_the_monitor_takes_an_anchor_out_by_hand(visit_as: Callable[..., Visit], tmp_path: Path) -> None:
    from amana.core.anchors import read

    visit = visit_as("monitor")
    visit.page.goto(f"{visit.base}/trail/")
    with visit.page.expect_download() as waiting:
        visit.page.locator("a[download]").first.click()
    waiting.value.save_as(tmp_path / "anchor.json")
    assert len(read((tmp_path / "anchor.json").read_text()).code) == 39
