"""Jobs: asked for, taken once, kept alive, ended; seen by their asker only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from amana.apps.accounts import viewers
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.jobs import commands, queries
from amana.apps.jobs.commands import JobRefused

NOW = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=31)
pytestmark = pytest.mark.django_db


def ask(by: Viewer, at: datetime = NOW) -> UUID:
    return commands.enqueue(kind="import.read", arguments={"token": "00"}, by=by, at=at)


def state(job: UUID, viewer: Viewer) -> str:
    found = queries.job(job, viewer)
    assert found
    return found.state


def test_the_oldest_job_is_taken_first_and_once(registrar: Viewer) -> None:
    second = ask(registrar, NOW + timedelta(seconds=1))
    first = ask(registrar)
    taken = [commands.claim(worker=name, at=NOW) for name in ("a", "b", "c")]
    assert [job.id if job else None for job in taken] == [first, second, None]


def test_a_job_whose_worker_died_is_taken_again(registrar: Viewer) -> None:
    job = ask(registrar)
    dead = commands.claim(worker="a", at=NOW)
    assert dead
    assert commands.claim(worker="b", at=NOW + timedelta(seconds=29)) is None
    taken = commands.claim(worker="b", at=LATER)
    assert taken
    assert taken.id == job
    assert not commands.finish(job=dead, result={}, at=LATER), "the dead worker no longer ends it"
    assert not commands.beat(job=dead, at=LATER)
    assert commands.finish(job=taken, result={"rows": 3}, at=LATER)
    assert state(job, registrar) == "done"


def test_a_job_that_kills_every_worker_fails_after_three(registrar: Viewer) -> None:
    job = ask(registrar)
    at = NOW
    for name in ("a", "b", "c"):
        assert commands.claim(worker=name, at=at)
        at += timedelta(seconds=31)
    assert commands.claim(worker="d", at=at) is None
    found = queries.job(job, registrar)
    assert found
    assert (found.state, found.result) == ("failed", {"message": "worker_died"})


def test_a_heartbeat_keeps_a_job_with_its_worker(registrar: Viewer) -> None:
    ask(registrar)
    taken = commands.claim(worker="a", at=NOW)
    assert taken
    assert commands.beat(job=taken, at=NOW + timedelta(seconds=20))
    assert commands.claim(worker="b", at=LATER) is None


def test_progress_is_told_and_shown(registrar: Viewer) -> None:
    job = ask(registrar)
    taken = commands.claim(worker="a", at=NOW)
    assert taken
    commands.progress(taken, lambda: NOW)(250, 1000, "rows")
    found = queries.job(job, registrar)
    assert found
    assert (found.done, found.total, found.step, found.over) == (250, 1000, "rows", False)


def test_a_refusal_carries_its_key_and_details(registrar: Viewer) -> None:
    job = ask(registrar)
    taken = commands.claim(worker="a", at=NOW)
    assert taken
    commands.refuse(job=taken, reason=JobRefused("not_a_workbook", suffix=".pdf"), at=NOW)
    found = queries.job(job, registrar)
    assert found
    assert (found.state, found.result, found.over) == (
        "refused",
        {"message": "not_a_workbook", "suffix": ".pdf"},
        True,
    )


def test_a_job_is_its_askers_own(registrar: Viewer, supervisor: Viewer, administrator: Viewer) -> None:
    job = ask(registrar)
    assert state(job, registrar) == "queued"
    with pytest.raises(NotForYou):
        queries.job(job, supervisor)
    assert state(job, administrator) == "queued"
    assert queries.job(uuid4(), registrar) is None


def test_who_is_not_signed_in_asks_for_nothing() -> None:
    with pytest.raises(NotForYou):
        ask(Viewer(None, viewers.NOBODY_ID, ""))


def test_the_last_sign_of_a_worker_is_known() -> None:
    assert queries.last_sign() is None
    commands.worker_seen(worker="a", at=NOW)
    commands.worker_seen(worker="a", at=LATER)
    assert queries.last_sign() == LATER
