"""How many people an account reads is counted once each, and told when it is more than its work comes to."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.reading import record_reading
from amana.apps.guards import reading
from amana.apps.guards.bounds import BOUNDS, LEAST, UNCOUNTED, Bound, Bounds, bounds_of
from amana.apps.guards.commands import OpeningRefused
from amana.apps.guards.models import ReadAlarm, ReadTally
from amana.core.tallies import BYTES, add, crossed, size
from small_office import AT

FEW = Bounds(Bound(30, 60), Bound(70, 140))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds within reach of a test."""
    monkeypatch.setattr(reading, "bounds_of", lambda role: FEW if bounds_of(role) else None)


def read(viewer: Viewer, first: int, last: int, minutes: int = 0) -> frozenset[str]:
    viewer.saw_all(f"P-{n:06}" for n in range(first, last))
    return record_reading(viewer, "people:person-list", AT + timedelta(minutes=minutes))


@given(st.lists(st.lists(st.text(max_size=8), max_size=20), max_size=8))
def test_everybody_is_counted_once_in_whatever_order(pages: list[list[str]]) -> None:
    kept = b""
    seen: set[str] = set()
    for page in pages:
        kept, seen = add(kept, page, b"key"), seen | set(page)
        assert size(kept) == len(seen) and len(kept) == BYTES * len(seen)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 90))
def test_a_bound_is_crossed_by_the_step_that_reaches_it(before: int, more: int, at: int) -> None:
    between = [n for n in range(before + 1, before + more + 1) if n == at]
    every = [n for n in range(before + 1, before + more + 1) if n % at == 0]
    assert crossed(before, before + more, at) == bool(between)
    assert crossed(before, before + more, at, again=True) == bool(every)


def test_every_role_that_sees_people_has_bounds_and_stopping_comes_after_telling() -> None:
    seeing = {role for role, each in ROLES.items() if "people.see" in each.may}
    assert seeing - UNCOUNTED <= set(BOUNDS)
    for bounds in (*BOUNDS.values(), LEAST):
        assert bounds.hour.alarm < bounds.hour.stop and bounds.hour.alarm <= bounds.day.alarm
        assert bounds.hour.alarm >= 2 * 25
    assert bounds_of("a role of tomorrow") == LEAST


@pytest.mark.django_db
def test_two_pages_of_a_list_count_like_fifty_people(few: None, cast: SimpleNamespace) -> None:
    assert read(cast.caseworker, 0, 25) == {""}
    assert read(cast.caseworker, 0, 25) == {""}
    assert read(cast.caseworker, 25, 50) == {reading.ALARM}
    (alarm,) = reading.alarms(cast.monitor)
    assert (alarm.people, alarm.bound, alarm.window, alarm.step) == (50, 30, "2018-02-15T09", "alarm")
    assert "P-" not in repr(alarm)
    assert read(cast.caseworker, 50, 55) == {""}
    assert read(cast.caseworker, 55, 65) == {reading.STOP}
    assert {each.step for each in reading.alarms(cast.data_protection)} == {"alarm", "stop"}


@pytest.mark.django_db
def test_an_hour_begins_anew_and_a_day_goes_on(few: None, cast: SimpleNamespace) -> None:
    told = [read(cast.supervisor, n * 25, n * 25 + 25, minutes=60 * n) for n in range(4)]
    assert told == [{""}, {""}, {reading.ALARM}, {""}]
    assert ReadAlarm.objects.get().window == "2018-02-15"


@pytest.mark.django_db
def test_what_one_account_reads_counts_for_no_other(few: None, cast: SimpleNamespace) -> None:
    for viewer in (cast.caseworker, cast.other_caseworker):
        assert read(viewer, 0, 29) == {""}
    assert not ReadAlarm.objects.exists()


@pytest.mark.django_db
def test_the_demonstrations_command_line_is_not_counted(few: None, cast: SimpleNamespace) -> None:
    assert read(cast.operator, 0, 500) == {""}
    assert not ReadTally.objects.exists()


@pytest.mark.django_db
def test_a_tally_names_nobody_and_is_forgotten(few: None, cast: SimpleNamespace) -> None:
    read(cast.caseworker, 0, 3)
    for row in ReadTally.objects.all():
        assert b"P-" not in bytes(row.marks) and len(bytes(row.marks)) == 3 * BYTES
    assert reading.forget_old(AT + timedelta(days=1)) == 0
    assert reading.forget_old(AT + timedelta(days=3)) == 2


@pytest.mark.django_db
def test_an_alarm_is_seen_to_in_words_once_by_those_who_watch(few: None, cast: SimpleNamespace) -> None:
    read(cast.caseworker, 0, 31)
    (alarm,) = reading.alarms(cast.monitor)
    for role in sorted(set(ROLES) - {"monitor", "data_protection"}):
        with pytest.raises(NotForYou):
            reading.alarms(getattr(cast, role))
    with pytest.raises(OpeningRefused):
        reading.see_to(alarm.id, reason="ok", by=cast.monitor, at=AT)
    reading.see_to(alarm.id, reason="She sorted the whole list by hand.", by=cast.monitor, at=AT)
    with pytest.raises(OpeningRefused):
        reading.see_to(alarm.id, reason="She sorted the whole list by hand.", by=cast.data_protection, at=AT)
    assert AuditEntry.objects.filter(kind="reading.seen_to").count() == 1
