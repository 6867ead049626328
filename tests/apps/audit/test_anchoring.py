"""Anchors leave the office by themselves, to a folder outside it; nothing there is overwritten."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from amana.apps.accounts import health
from amana.apps.accounts.viewers import installer
from amana.apps.audit import anchoring
from amana.apps.audit.anchoring import NoPlaceForAnchors
from amana.apps.audit.recording import recording
from amana.apps.audit.trail import WRITES
from amana.apps.audit.verifying import verify
from amana.core.anchors import gaps, read
from amana.worker.anchoring import keep_when_due
from amana.worker.loop import Worker

NOW = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    """A folder for anchors, outside the office."""
    settings.ANCHORS = tmp_path / "anchors"
    return settings.ANCHORS


def write(kind: str = "person.added") -> None:
    with recording(installer(), NOW) as log:
        log.entry(kind, "P-7K3QXM", {"name": "Amal"})


def test_the_worker_keeps_one_when_the_last_is_half_an_hour_old(place: Path) -> None:
    write()
    assert [keep_when_due(NOW + timedelta(minutes=minutes)) for minutes in (0, 1, 29, 30, 31, 60)] == [
        True, False, False, True, False, True,
    ]  # fmt: skip
    kept = [read(path.read_text()) for path in sorted(place.glob("*.json"))]
    assert len(kept) == 3 and gaps(kept) == ()
    assert [each.before for each in kept[1:]] == [each.code for each in kept[:-1]]


def test_what_the_worker_kept_holds_the_trail(place: Path) -> None:
    write()
    keep_when_due(NOW)
    write("person.moved")
    last = anchoring.newest()
    assert last and list(verify(WRITES, last.heads["writes"])) == []
    (chain, (sequence, _digest)) = next(iter(last.heads["writes"].items()))
    other = {chain: (sequence, "0" * 64)}
    assert {fault.reason for fault in verify(WRITES, last.heads["writes"], other)} == {"anchor"}


def test_an_anchor_holds_no_reference_and_no_payload(place: Path) -> None:
    write()
    told = anchoring.keep(NOW).read_text()
    assert "P-7K3QXM" not in told and "Amal" not in told and "person" not in told


def test_without_a_place_nothing_is_kept_and_the_doctor_says_so(settings: Any) -> None:
    settings.ANCHORS = None
    assert not keep_when_due(NOW)
    assert health.anchors(NOW).state == "warning"
    with pytest.raises(NoPlaceForAnchors, match="AMANA_ANCHORS"):
        anchoring.keep(NOW)


def test_a_place_inside_the_office_is_refused(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.ANCHORS = settings.HOME / "anchors"
    with caplog.at_level(logging.ERROR, "amana.worker"):
        assert not keep_when_due(NOW)
    assert "inside AMANA_HOME" in caplog.text
    assert health.anchors(NOW).state == "fault"


def test_a_place_that_can_not_be_written_stops_no_work(place: Path, caplog: pytest.LogCaptureFixture) -> None:
    place.write_text("a file where the folder should be")
    with caplog.at_level(logging.ERROR, "amana.worker"):
        assert not keep_when_due(NOW)
    assert "can't be written" in caplog.text and str(place) not in caplog.text


def test_a_file_that_is_no_anchor_does_not_end_the_row(place: Path) -> None:
    anchoring.keep(NOW)
    (place / "anchor-99991231T000000000000Z.json").write_text("cut sho")
    assert keep_when_due(NOW + HOUR)
    kept = [read(path.read_text()) for path in sorted(place.glob("*.json"))[:2]]
    assert kept[1].before == kept[0].code


def test_an_old_anchor_is_a_fault_and_a_new_one_tells_its_code(place: Path) -> None:
    assert health.anchors(NOW).state == "fault"
    anchoring.keep(NOW)
    last = anchoring.newest()
    assert last and last.code in health.anchors(NOW).words
    assert health.anchors(NOW + 2 * HOUR).state == "fault"


def test_the_worker_looks_at_most_once_a_minute(place: Path) -> None:
    worker = Worker({})
    for seconds in (0, 5, 59):
        worker.anchor(NOW + timedelta(seconds=seconds))
    assert worker.anchored == NOW
    worker.anchor(NOW + timedelta(seconds=60))
    assert worker.anchored == NOW + timedelta(seconds=60)
    assert len(list(place.iterdir())) == 1
