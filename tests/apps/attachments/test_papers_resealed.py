"""Papers are encrypted anew with the data keys: each stays readable, none twice, however it was ended."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from amana.apps.accounts.viewers import installer
from amana.apps.attachments import commands, store
from amana.apps.attachments.models import Attachment
from amana.apps.attachments.queries import part_of, stored_names
from amana.apps.attachments.resealing import encrypt_anew
from amana.apps.audit import casekeys
from amana.apps.audit.recording import recording
from amana.apps.registry.models import Person
from amana.core.papers import CLEAN, ORIGINAL, Examined

pytestmark = pytest.mark.django_db
AT, TODAY = datetime(2018, 2, 15, 9, 0, tzinfo=UTC), date(2018, 2, 15)
LETTER = Examined("text", b"what she wrote", b"what she wrote, and where", None, 1, ())


class Killed(BaseException):
    """Stands for the end of a process in the middle of its work."""


@pytest.fixture(autouse=True)
def papers(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three papers, and the first exchange of keys begun."""
    settings.PAPERS = tmp_path / "papers"
    monkeypatch.setattr(casekeys, "this_round", lambda: 1)
    with recording(installer(), AT) as log:
        for ref in ("P-2222222", "P-3333333", "P-4444444"):
            Person.objects.create(ref=ref, folded=" x", registered_at=AT)
            commands.add(
                ref, ("person", ""), "C1", LETTER, words="A letter.", name="a.txt", others=False, on=TODAY,
                log=log, token="",
            )  # fmt: skip


def exchange(progress: Any = lambda _done, _total: None) -> tuple[int, int]:
    done = encrypt_anew(by=installer(), at=AT, progress=progress)
    return done.papers, done.lost


def all_open() -> None:
    for row in Attachment.objects.all():
        assert (part_of(row, CLEAN), part_of(row, ORIGINAL)) == (LETTER.clean, LETTER.original)


def test_each_paper_has_a_new_key_and_new_files_and_is_done_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = {row.pk: (row.stored, row.about["key"]) for row in Attachment.objects.all()}
    told: list[tuple[int, int]] = []
    with django_capture_on_commit_callbacks(execute=True):
        assert exchange(lambda done, total: told.append((done, total))) == (3, 0)
    assert told == [(1, 3), (2, 3), (3, 3)]
    for row in Attachment.objects.all():
        assert row.stored != before[row.pk][0] and row.about["key"] != before[row.pk][1]
    all_open()
    assert exchange() == (0, 0)
    assert len(list(store.folder().iterdir())) == 12, "old files lie another hour"
    assert store.sweep(stored_names(), datetime(2100, 1, 1, tzinfo=UTC)) == 6
    all_open()


def test_whoever_began_to_read_before_reads_to_the_end() -> None:
    rows = list(Attachment.objects.all())
    exchange()
    assert {part_of(row, CLEAN) for row in rows} == {LETTER.clean}


def test_an_exchange_that_is_killed_is_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(done: int, _total: int) -> None:
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        exchange(die)
    all_open()
    assert exchange() == (1, 0)
    all_open()


def test_a_paper_whose_file_is_missing_stays_as_it_is_and_is_counted() -> None:
    row = Attachment.objects.order_by("pk")[0]
    store.remove(row.stored)
    assert exchange() == (2, 1)
    assert Attachment.objects.get(pk=row.pk).stored == row.stored
