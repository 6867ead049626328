"""The office in which every word is a canary: built once, put back for each test that asks for it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import canaries
import pytest
from office_full import both
from planted_by_hand import plant_by_hand

from amana.apps.audit.recording import recording
from amana.apps.registry import assigning
from rows_again import Entered, enter
from small_office import AT, TODAY


def _built(cast_entered: Entered, folder: Path) -> SimpleNamespace:
    from alleged import watched

    cast = SimpleNamespace(**cast_entered.put_back())
    mine, theirs = both(cast, folder)
    with recording(cast.supervisor, AT) as log:
        told = {"kind": "referral", "official": cast.other_caseworker.user_id, "classes": ("C1",)}
        assigning.give(mine.person, **told, on=TODAY, log=log)
    planter = canaries.Planter()
    with recording(cast.operator, AT) as log:
        canaries.plant(_whose, planter)
        log.entry("test.planted", mine.person, {})
    watched(cast)
    plant_by_hand(planter, mine, cast, cast.caseworker)
    plant_by_hand(planter, theirs, cast, cast.other_caseworker)
    return SimpleNamespace(cast=cast, mine=mine, theirs=theirs, planted=planter.planted)


def _whose(row: Any) -> str | None:
    label = row._meta.label
    if label == "registry.Person":
        return str(row.ref)
    for name in ("person_id", "child_id"):
        if hasattr(row, name):
            return getattr(row, name)
    for name in ("claim", "determination", "task"):
        if hasattr(row, f"{name}_id"):
            return str(getattr(row, name).person_id)
    return (
        f"family {row.ref}"
        if label == "registry.Family"
        else f"batch {row.ref}"
        if label == "registry.Batch"
        else None
    )


@pytest.fixture(scope="session")
def entered_full(
    _cast_entered: Entered, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Entered:
    with django_db_blocker.unblock():
        return enter(lambda: _built(_cast_entered, tmp_path_factory.mktemp("full")))


@pytest.fixture
def full(entered_full: Entered, db: None) -> SimpleNamespace:
    found: SimpleNamespace = entered_full.put_back()
    return found
