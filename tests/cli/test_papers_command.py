"""`amana papers REF`: what is kept with a case, without what asks for a fresh proof, and in the trail."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import AT, TODAY, committed, site
from small_lists import one_family

from amana.apps.attachments import commands, store
from amana.apps.attachments.models import Attachment
from amana.apps.audit.models import ReadEntry
from amana.apps.audit.recording import recording
from amana.apps.registry.models import Person
from amana.casework import papers
from amana.cli.papers import command
from amana.core.papers import Examined

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db
LETTER = Examined("text", b"a letter of the mother", b"a letter of the mother", None, 1, ())


@pytest.fixture
def mother(
    committed: Callable[..., Any],
    cast: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> str:
    settings.PAPERS = tmp_path / "papers"
    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: cast.operator)
    committed(one_family())
    ref = str(Person.objects.get(name_latin="Zarina Rahimova").ref)
    for cls, words in (("C1", "A letter that names her."), ("C5", "What she fears, told by herself.")):
        told: dict[str, Any] = {"words": words, "name": "letter.txt", "others": False}
        papers.add(ref, f"person:{cls}", LETTER, **told, by=cast.caseworker, at=AT, on=TODAY)
    return ref


def test_papers_are_listed_but_for_those_that_ask_for_a_fresh_proof(mother: str) -> None:
    done = CliRunner().invoke(command, [mother])
    assert done.exit_code == 0 and "A letter that names her." in done.output
    assert "fears" not in done.output
    assert ReadEntry.objects.filter(kind="papers", subjects__ref=mother).exists()
    told = json.loads(CliRunner().invoke(command, [mother, "--json"]).output)
    assert [each["class"] for each in told["papers"]] == ["C1"]


def test_an_erasure_takes_rows_and_files_of_what_no_hold_keeps(
    mother: str, cast: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    assert len(list(store.folder().iterdir())) == 4
    feared = next(row.pk for row in Attachment.objects.filter(person=mother) if row.about["cls"] == "C5")
    assert commands.erasable(mother, held={feared}, classes={"C1"}) == []
    with django_capture_on_commit_callbacks(execute=True), recording(cast.data_protection, AT) as log:
        assert commands.erase(mother, held=(), classes={"C1"}, log=log) == 1
    assert len(list(store.folder().iterdir())) == 2
    told = json.loads(CliRunner().invoke(command, [mother, "--json"]).output)
    assert [each["words"] for each in told["papers"]] == ["A letter that names her."]
