"""A walk keeps the picture of a page with a fault; of every page only where pictures are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import chromium as walk
import pytest

pytestmark = pytest.mark.django_db(transaction=True)

SIGN_IN = "/session/in/"


@pytest.fixture(autouse=True)
def shots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(walk, "SHOTS", tmp_path / "shots")
    return tmp_path / "shots"


def test_a_page_without_a_fault_leaves_a_picture_only_where_asked(
    visit: walk.Visit, office: Any, shots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "EVERY_PICTURE", False)
    visit.check_page(SIGN_IN, "en", 1280, "entry")
    assert not shots.exists()
    monkeypatch.setattr(walk, "EVERY_PICTURE", True)
    visit.check_page(SIGN_IN, "en", 1280, "entry")
    assert [each.name for each in shots.iterdir()] == ["entry.en.1280.png"]


def test_a_page_with_a_fault_leaves_its_picture(
    visit: walk.Visit, office: Any, shots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "EVERY_PICTURE", False)
    visit.page.goto(visit.base + SIGN_IN)
    visit.page.evaluate("document.querySelector('main').style.minWidth = '2000px'")
    with pytest.raises(AssertionError, match="px wide in 1280"):
        visit.check_here("en", 1280, "entry")
    assert [each.name for each in shots.iterdir()] == ["entry.en.1280.png"]
