"""`amana queue`: birthdays ahead with the review each calls for; never a transfer, never a name."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from tasks_birthdays import settle_birthdays

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import ReadEntry, ReadSubject
from amana.cli.queue import COLUMNS, READY, NoFile, command


@pytest.fixture
def refs(cast: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: cast.operator)
    return settle_birthdays(cast.registrar)


def run(*options: str) -> Any:
    done = CliRunner().invoke(command, ["--from", "2018-02-15", *options])
    assert done.exit_code == 0, done.output
    return done


def rows(*options: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("--csv", *options).stdout)))


def test_the_soonest_birthday_is_first_with_what_must_be_ready(refs: dict[str, str]) -> None:
    anora, farid, madina = rows("--days", "90")
    assert (anora["ref"], anora["earliest"], anora["latest"]) == (refs["anora"], "2018-03-10", "2018-03-10")
    assert (anora["from"], anora["to"]) == ("with_mother", "review")
    assert "determination_before_any_separation" in anora["ready"].split(";")
    assert [farid["ref"], madina["ref"]] == [refs["farid"], refs["madina"]]


def test_no_column_tells_children_apart_by_what_may_be_done_to_them(refs: dict[str, str]) -> None:
    for options in (("--csv",), ("--json",), ()):
        told = run("--days", "366", *options).output
        assert not any(word in told for word in ("detention", "protection", "state_home", "age:15"))
    assert {row["ready"] for row in rows("--days", "366")} == {";".join(READY)}
    assert {row["to"] for row in rows("--days", "366")} <= {"review", "not_a_child"}


def test_nobody_is_named_and_everyone_listed_is_in_the_trail(refs: dict[str, str]) -> None:
    told = run().output
    assert "Rahimov" not in told
    entry = ReadEntry.objects.get(kind="queue")
    listed = {row["ref"] for row in rows()}
    assert set(ReadSubject.objects.filter(entry=entry).values_list("ref", flat=True)) == listed


def test_fewer_days_list_fewer_and_an_empty_queue_says_so(refs: dict[str, str]) -> None:
    assert [row["ref"] for row in rows("--days", "30")] == [refs["anora"]]
    assert "No birthday changes an outcome within 5 days." in run("--days", "5").output


def test_json_tells_the_same_rows(refs: dict[str, str]) -> None:
    told = [json.loads(line) for line in run("--json").stdout.splitlines()]
    assert told == rows() and all(tuple(row) == COLUMNS for row in told)


@pytest.mark.parametrize(
    "options", [["--days", "0"], ["--days", "367"], ["--csv", "--json"], ["--from", "x"]]
)
def test_wrong_usage_ends_with_two(options: list[str]) -> None:
    assert CliRunner().invoke(command, options).exit_code == 2


@pytest.fixture
def real(refs: dict[str, str], cast: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, bool], Any]:
    """`real(viewer, on_a_screen)` runs it in an office of real people, as whoever is signed in."""
    from amana.apps.accounts.models import Office
    from amana.apps.audit.recording import recording
    from amana.start import AtWork
    from small_office import AT, TODAY

    with recording(cast.operator, AT):
        Office.objects.update(demonstration=False)

    def asked(viewer: Any, on_a_screen: bool, *options: str) -> Any:
        monkeypatch.setattr("amana.cli.queue.operator_at_work", lambda: AtWork(viewer, AT, TODAY))
        monkeypatch.setattr("amana.cli.queue.sys", SimpleNamespace(stdout=Screen(on_a_screen)))
        return CliRunner().invoke(command, list(options))

    return asked


class Screen:
    """What the command writes to, as far as it asks."""

    def __init__(self, is_one: bool) -> None:
        self.isatty = lambda: is_one


def test_in_a_real_office_only_those_within_reach_stand_on_the_screen(
    refs: dict[str, str], cast: Any, real: Callable[..., Any]
) -> None:
    assert refs["anora"] in real(cast.supervisor, True).output
    foreign = real(cast.other_supervisor, True)
    assert foreign.exit_code == 0 and not any(ref in foreign.output for ref in refs.values())
    assert isinstance(real(cast.facility_manager, True).exception, NotForYou)


@pytest.mark.parametrize(("screen", "options"), [(True, ["--csv"]), (True, ["--json"]), (False, [])])
def test_of_real_people_no_list_goes_past_the_gate_of_files(
    refs: dict[str, str], cast: Any, real: Callable[..., Any], screen: bool, options: list[str]
) -> None:
    done = real(cast.supervisor, screen, *options)
    assert isinstance(done.exception, NoFile) and refs["anora"] not in done.output
