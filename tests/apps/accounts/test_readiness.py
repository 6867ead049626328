"""What `serve` refuses on and `doctor` lists."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from amana.apps.accounts import commands, readiness, viewers
from amana.apps.accounts.queries import OfficeView


@pytest.mark.django_db
def test_a_migrated_database_is_well() -> None:
    assert {found.state for found in readiness.databases()} == {"well"}


def test_a_language_without_compiled_catalogue_is_a_fault(tmp_path: Path) -> None:
    assert readiness.missing_catalogues(tmp_path) == ["ar"]
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").touch()
    assert readiness.missing_catalogues(tmp_path) == []


@pytest.mark.django_db
def test_without_an_office_both_ways_to_open_one_are_named() -> None:
    found = readiness.opened()
    assert found.state == "fault"
    assert "amana demo" in found.mend


@pytest.mark.django_db
def test_the_demonstration_office_is_well(office: OfficeView) -> None:
    assert readiness.opened().state == "well"


@pytest.mark.django_db
def test_a_real_office_is_led_to_the_check_for_going_live() -> None:
    commands.open_office(
        name_en="An office",
        name_ar="مكتب",
        demonstration=False,
        stands_on=None,
        pack="iraq_2018",
        by=viewers.installer(),
        at=datetime(2018, 2, 15, tzinfo=UTC),
    )
    found = readiness.opened()
    assert found.state == "well"
    assert "amana doctor --live" in found.mend
