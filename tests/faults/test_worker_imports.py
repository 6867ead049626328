"""The jobs of the register, as the worker does them: read, commit, undo; every refusal has its key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from amana.apps.accounts import viewers
from amana.apps.accounts.viewers import Viewer
from amana.apps.jobs import commands, queries
from amana.apps.jobs.commands import JobRefused
from amana.apps.placements import commands as placements
from amana.exchange import staged_reading, staging
from amana.exchange.staging import StagedList
from amana.worker import imports
from amana.worker.loop import Worker, tidy

NOW = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
LISTED = date(2018, 1, 15)
LIST = (
    "Name,Sex,Date of birth,Nationality,Family,Relation\n"
    "Amina Karimova,F,1990-05-01,UZB,1,mother\n"
    "Timur Karimov,M,2014-03-02,UZB,1,son\n"
    "Leila Karimova,F,2016-01-09,UZB,1,daughter\n"
)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.STAGED = tmp_path / "staged"
    yield


@pytest.fixture
def place(operator: Viewer) -> str:
    return str(
        placements.add_facility(
            name_en="Northern site", name_ar="الموقع الشمالي", kind="detention", by=operator, at=NOW
        )
    )


def stage(by: Viewer, text: str = LIST, facility: str = "", name: str = "list.csv") -> StagedList:
    """An uploaded list of the viewer's."""
    assert by.user_id
    return staging.stage(
        [text.encode()],
        file_name=name,
        sender="Northern site",
        listed_on=LISTED,
        facility=facility,
        by=by.user_id,
        at=NOW,
    )


def told() -> tuple[list[tuple[int, int, str]], Any]:
    """A progress that remembers."""
    heard: list[tuple[int, int, str]] = []
    return heard, lambda done, total, step="": heard.append((done, total, step))


def do(handler: Any, arguments: dict[str, str], by: Viewer) -> dict[str, Any]:
    """Run a handler."""
    return dict(handler(arguments, by=by, at=NOW, progress=told()[1]))


def test_a_list_is_read_committed_and_taken_back(registrar: Viewer, place: str) -> None:
    staged = stage(registrar, facility=place)
    heard, tell = told()
    read = imports.read({"staged": staged.token}, by=registrar, at=NOW, progress=tell)
    assert read["counts"]["ok"] + read["counts"]["warning"] == 3
    assert {step for _, _, step in heard} == {"read"}
    committed = do(imports.commit, {"staged": staged.token}, registrar)
    assert committed["added"] == 3
    assert staging.load(staged.token).batch == committed["batch"]
    assert not staged.path.exists(), "the file goes once it is committed"
    taken_back = do(imports.undo, {"batch": committed["batch"]}, registrar)
    assert (taken_back["undone"], taken_back["people"]) == (True, 3)


def test_each_handler_may_run_twice(registrar: Viewer, place: str) -> None:
    staged = stage(registrar, facility=place)
    first = do(imports.read, {"staged": staged.token}, registrar)
    assert do(imports.read, {"staged": staged.token}, registrar) == first
    batch = do(imports.commit, {"staged": staged.token}, registrar)["batch"]
    assert do(imports.commit, {"staged": staged.token}, registrar) == {"batch": batch}
    assert do(imports.undo, {"batch": batch}, registrar)["people"] == 3
    assert do(imports.undo, {"batch": batch}, registrar)["people"] == 0


def test_a_worker_that_died_between_commit_and_note_adds_nothing_twice(
    registrar: Viewer, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = stage(registrar, facility=place)
    do(imports.read, {"staged": staged.token}, registrar)
    monkeypatch.setattr(staging, "committed", lambda token, batch: None)
    batch = do(imports.commit, {"staged": staged.token}, registrar)["batch"]
    again = do(imports.commit, {"staged": staged.token}, registrar)
    assert (again["batch"], again["added"], again["known_in"]) == (None, 0, (batch,))


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("a,b\n1,2\n", "list.csv", "no_list_found"),
        ("", "list.csv", "empty"),
        ("%PDF-1.4 nothing", "list.xlsx", "wrong_type"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_key(
    registrar: Viewer, text: str, name: str, key: str
) -> None:
    staged = stage(registrar, text, name=name)
    with pytest.raises(JobRefused) as refused:
        do(imports.read, {"staged": staged.token}, registrar)
    assert refused.value.message == key
    assert staged_reading.summary(staged) is None


def test_columns_that_do_not_exist_are_refused(registrar: Viewer) -> None:
    staged = staging.change(stage(registrar), mapping={"ZZ": "name"})
    with pytest.raises(JobRefused, match="bad_mapping"):
        do(imports.read, {"staged": staged.token}, registrar)


def test_an_unknown_place_is_refused_and_nothing_committed(registrar: Viewer, place: str) -> None:
    staged = stage(registrar, facility="S-222222")
    do(imports.read, {"staged": staged.token}, registrar)
    with pytest.raises(JobRefused, match="intake_refused"):
        do(imports.commit, {"staged": staged.token}, registrar)
    assert staging.load(staged.token).batch == ""


def test_another_ones_list_does_not_exist(registrar: Viewer, supervisor: Viewer) -> None:
    staged = stage(registrar)
    for handler in (imports.read, imports.commit):
        with pytest.raises(JobRefused, match="not_staged"):
            do(handler, {"staged": staged.token}, supervisor)


def test_an_unread_list_is_not_committed(registrar: Viewer, place: str) -> None:
    staged = stage(registrar, facility=place)
    with pytest.raises(JobRefused, match="not_staged"):
        do(imports.commit, {"staged": staged.token}, registrar)


def test_who_may_not_register_imports_nothing(cast: SimpleNamespace) -> None:
    for viewer in (cast.caseworker, cast.monitor, cast.administrator, cast.outsider):
        for handler, arguments in (
            (imports.read, {"staged": "0" * 32}),
            (imports.commit, {"staged": "0" * 32}),
            (imports.undo, {"batch": "B-222222"}),
        ):
            with pytest.raises(JobRefused, match="not_for_you"):
                do(handler, arguments, viewer)


def test_the_worker_does_them_from_the_queue(registrar: Viewer, place: str) -> None:
    staged = stage(registrar, facility=place)
    worker = Worker()
    results = []
    for kind in ("import.read", "import.commit"):
        job = commands.enqueue(kind=kind, arguments={"staged": staged.token}, by=registrar, at=NOW)
        worker._do(_claim(worker))
        found = queries.job(job, registrar)
        assert found
        results.append((found.state, dict(found.result)))
    assert [state for state, _ in results] == ["done", "done"]
    assert results[1][1]["added"] == 3


def _claim(worker: Worker) -> commands.Claimed:
    claimed = commands.claim(worker=worker.name, at=NOW)
    assert claimed
    return claimed


def test_a_closed_accounts_job_is_refused(registrar: Viewer) -> None:
    from amana.apps.accounts import commands as accounts

    job = commands.enqueue(kind="import.undo", arguments={"batch": "B-222222"}, by=registrar, at=NOW)
    assert registrar.user_id
    accounts.close_account(user_id=registrar.user_id, by=viewers.installer(), at=NOW)
    worker = Worker()
    worker._do(_claim(worker))
    found = queries.job(job, registrar)
    assert found
    assert (found.state, found.result) == ("refused", {"message": "account_closed"})


def test_old_lists_are_forgotten_by_the_worker(registrar: Viewer) -> None:
    staged = stage(registrar)
    tidy(datetime(2018, 2, 21, tzinfo=UTC))
    assert staged.folder.exists()
    tidy(datetime(2018, 2, 23, tzinfo=UTC))
    assert not staged.folder.exists()


NEXT_LIST = LIST.replace("Amina", "Zahra").replace("Timur", "Rustam").replace("Leila", "Nodira")


def test_a_corrected_column_is_remembered_for_the_senders_next_list(registrar: Viewer, place: str) -> None:
    first = staging.change(stage(registrar, facility=place), mapping={"Family": "remarks"})
    do(imports.read, {"staged": first.token}, registrar)
    do(imports.commit, {"staged": first.token}, registrar)
    following = stage(registrar, NEXT_LIST, facility=place)
    do(imports.read, {"staged": following.token}, registrar)
    kept = staging.load(following.token)
    reading = staged_reading.load(kept)
    assert kept.mapping == {"E": "remarks"}
    assert reading is not None
    assert {column.heading: column.field for column in reading.columns}["Family"] == "remarks"


def test_another_senders_list_is_guessed_afresh(registrar: Viewer, place: str) -> None:
    first = staging.change(stage(registrar, facility=place), mapping={"Family": "remarks"})
    do(imports.read, {"staged": first.token}, registrar)
    do(imports.commit, {"staged": first.token}, registrar)
    other = staging.change(stage(registrar, NEXT_LIST, facility=place), sender="Southern site")
    do(imports.read, {"staged": other.token}, registrar)
    assert dict(staging.load(other.token).mapping) == {}
