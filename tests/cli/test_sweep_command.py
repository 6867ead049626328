"""`amana sweep`: counts by safeguard, kept on the office's day and only computed on any other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from registered import TODAY
from small_lists import one_family

from amana.apps.audit.keys import KEY_NAMES, key
from amana.apps.oversight.models import Finding, Sweep
from amana.cli.sweep import COLUMNS, command


@pytest.fixture
def family(committed: Any, cast: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A mother and four children in the demonstration office with all its keys, nobody looked at yet."""
    for name in KEY_NAMES:
        key(settings.HOME, name)
    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: cast.operator)
    return committed(one_family())


def swept(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def as_json(*arguments: str) -> dict[str, Any]:
    done = swept("--json", *arguments)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def line(found: dict[str, Any], safeguard: str) -> dict[str, Any]:
    return next(each for each in found["safeguards"] if each["id"] == safeguard)


def test_the_office_s_day_is_kept_and_a_second_run_finds_nothing_new(family) -> None:
    first, second = as_json("--on", str(TODAY)), as_json()
    assert (first["kept"], first["people"], line(first, "S11")["new"]) == (True, 5, 4)
    assert (line(second, "S11")["new"], line(second, "S11")["overdue"]) == (0, 4)
    assert Sweep.objects.count() == 2
    assert Finding.objects.filter(safeguard="S11").count() == 4


def test_another_day_is_computed_not_kept_and_said_so(family) -> None:
    found = as_json("--on", "2018-01-20")
    assert (found["kept"], line(found, "S11")["duty_open"], line(found, "S11")["new"]) == (False, 4, 0)
    said = swept("--on", "2018-01-20")
    assert "not kept" in said.stdout
    assert not Finding.objects.exists()
    assert not Sweep.objects.exists()


def test_every_safeguard_that_watches_has_a_line_and_the_waiting_are_named(family) -> None:
    found = as_json()
    ids = [each["id"] for each in found["safeguards"]]
    assert {"S03", "S06", "S11"} <= set(ids)
    assert "S33" in found["waiting"]
    assert set(COLUMNS) <= set(found["totals"])
    assert found["totals"]["new"] == sum(each["new"] for each in found["safeguards"])


def test_the_words_name_nobody_and_claim_nothing(family) -> None:
    said = swept().stdout
    assert "S11" in said
    assert "4 overdue" in said
    assert "Anora" not in said
    assert "P-" not in said
    assert "compliant" not in said


@pytest.mark.parametrize("day", ["2018-02-30", "yesterday", "15/02/2018"])
def test_a_day_that_is_none_is_wrong_usage_with_an_example(family, day) -> None:
    done = swept("--on", day)
    assert done.exit_code == 2
    assert "Write year-month-day" in done.output
    assert not Sweep.objects.exists()


def test_of_a_day_before_the_first_record_it_says_that_nobody_was_on_record(family) -> None:
    found = as_json("--on", "1700-01-01")
    assert (found["people"], found["first_record"], sum(found["totals"].values())) == (0, "2018-01-15", 0)
    said = swept("--on", "1700-01-01").stdout
    assert "Nobody was on record that day: the first record is of 2018-01-15." in said
    assert "No breach found" not in said


def test_a_day_more_than_a_year_ahead_is_wrong_usage(family) -> None:
    done = swept("--on", "9999-12-31")
    assert done.exit_code == 2
    assert "more than a year ahead" in done.output and "Choose a day up to" in done.output
    assert as_json("--on", str(TODAY.replace(year=TODAY.year + 1)))["kept"] is False
