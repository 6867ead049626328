"""One command stands on one state of the law's files, the next on what they are then."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from amana.apps.audit.recording import recording
from amana.apps.decisions.office_pack import pack_named
from amana.apps.decisions.packs import pack_folder


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A copy of the shipped packs, to be edited."""
    shutil.copytree(pack_folder("iraq_2018").parent, tmp_path / "packs")
    return tmp_path / "packs" / "iraq_2018"


def edit(law: Path) -> None:
    """Touch a file of the pack."""
    file = law / "parameters.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# read anew\n", encoding="utf-8")


@pytest.mark.django_db
def test_an_edited_file_is_the_law_of_the_next_command_and_not_of_the_open_one(law: Path, cast: Any) -> None:
    from registered import AT

    before = pack_named(str(law))
    with recording(by=cast.registrar, at=AT):
        assert pack_named(str(law)) is before
        edit(law)
        with recording(by=cast.registrar, at=AT), transaction.atomic():
            assert pack_named(str(law)) is before
    assert pack_named(str(law)) is not before


@pytest.mark.django_db
def test_outside_a_command_an_edited_file_is_the_law_at_once(law: Path) -> None:
    before = pack_named(str(law))
    edit(law)
    assert pack_named(str(law)) is not before
