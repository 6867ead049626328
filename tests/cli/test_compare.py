"""`amana compare`: two packs over a file of facts, or over the register of the demonstration office."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook
from small_lists import a_list, day, row

from amana.apps.decisions.packs import SHIPPED, NoSuchDecision, NoSuchPack
from amana.cli.compare import command
from amana.exchange.output_file import UnwritableFile

ON = "2018-02-15"
FACTS = """ref,birth,sex,nationality,mother_present
three,2014-06-01,male,TJK,true
born-2014,2014,male,TJK,true
sixteen,2001-03-01,male,TJK,
nine,2008-11-20,female,RUS,
"""


@pytest.fixture
def changed(tmp_path: Path) -> str:
    """A copy of the office's pack under which children stay until three and boys of 16 aren't spoken of."""
    for name in ("iraq_2018", "international"):
        shutil.copytree(SHIPPED / name, tmp_path / name)
    file = tmp_path / "iraq_2018" / "parameters.yaml"
    text = file.read_text("utf-8")
    text = text.replace("stay_with_mother_max:\n  value: 3", "stay_with_mother_max:\n  value: 2")
    text = text.replace("adolescent_max:\n  value: 17", "adolescent_max:\n  value: 15")
    file.write_text(text, "utf-8")
    return str(tmp_path / "iraq_2018")


@pytest.fixture
def facts(tmp_path: Path) -> str:
    path = tmp_path / "facts.csv"
    path.write_text(FACTS, "utf-8")
    return str(path)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(command, [*arguments])


def record(*arguments: str) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def over(facts: str, changed: str, *more: str) -> tuple[str, ...]:
    return (facts, "--pack", "iraq_2018", "--pack", changed, "--on", ON, *more)


def test_a_file_of_facts_is_compared_without_an_office(facts, changed) -> None:
    found = record(*over(facts, changed))
    moved = {(each["before"], each["after"]): each["count"] for each in found["matrix"]}
    assert moved == {
        ("protection_review", "no_lawful_placement"): 1,
        ("state_home", "state_home"): 1,
        ("undetermined", "undetermined"): 1,
        ("with_mother", "no_lawful_placement"): 1,
    }
    assert (found["people"], found["moved"], found["needs_changed"], found["on"]) == (4, 2, 1, ON)
    assert {each["ref"] for each in found["list"]} == {"three"}
    assert "reported_detention_possible" not in json.dumps(found)
    assert [each["id"] for each in found["conflicts"]["lost"]] == ["K2", "K6", "K8", "K14"]
    assert [(each["id"], each["after"]) for each in found["gaps"]["opened"]] == [(None, 2)]
    assert [each["kind"] for each in found["findings"]["after"]] == ["gap"]
    assert found["packs"]["after"]["exact"] is True
    assert "beds" not in found


def test_the_comparison_is_told_in_words_in_both_languages(facts, changed) -> None:
    english = run(*over(facts, changed))
    assert "stays with the mother → no lawful placement" in english.stdout
    assert "Conflicts lost" in english.stdout
    assert "three: with_mother → no_lawful_placement" in english.stdout
    assert "No rule speaks as of" in english.stderr
    arabic = run(*over(facts, changed, "--lang", "ar"))
    assert "يبقى مع أمه ← لا إيواء قانونياً" in arabic.stdout


def test_no_list_holds_who_leaves_or_reaches_what_is_never_acted_on(facts, changed, tmp_path) -> None:
    for packs in (("iraq_2018", changed), (changed, "iraq_2018")):
        arguments = [facts, "--on", ON, *(part for pack in packs for part in ("--pack", pack))]
        assert "sixteen" not in json.dumps(record(*arguments)["list"])
        for ending in ("csv", "xlsx"):
            path = tmp_path / f"list.{ending}"
            done = run(*arguments, "--out", str(path))
            assert "Left out of the list for that reason: 1." in done.stderr
            assert "sixteen" not in done.output
        assert "sixteen" not in (tmp_path / "list.csv").read_text(encoding="utf-8")
        sheet = CalamineWorkbook.from_path(str(tmp_path / "list.xlsx")).get_sheet_by_index(0).to_python()
        assert [line[0] for line in sheet] == ["ref", "three"]


def test_how_many_a_list_leaves_out_is_told_only_where_it_leaves_someone_out(facts, tmp_path) -> None:
    done = run(facts, "--on", ON, "--pack", "iraq_2018", "--pack", "iraq_2018")
    assert "Counted as protection_review" in done.stderr
    assert "Left out" not in done.stderr


def test_packs_that_share_no_decision_are_told_so(facts) -> None:
    done = run(facts, "--on", ON, "--pack", "iraq_2018", "--pack", "iraq_juvenile")
    assert done.exit_code == 2
    assert "share no decision: iraq_2018 takes placement; iraq_juvenile takes age_group" in done.output


def test_who_moves_is_written_as_csv_or_as_a_workbook(facts, changed, tmp_path) -> None:
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"list.{ending}"
        done = run(*over(facts, changed, "--out", str(path)))
        assert done.exit_code == 0, done.output
        assert "three:" not in done.stdout
    with (tmp_path / "list.csv").open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    sheet = CalamineWorkbook.from_path(str(tmp_path / "list.xlsx")).get_sheet_by_index(0).to_python()
    assert [[str(cell) for cell in line] for line in sheet] == rows
    told = dict(zip(rows[0], rows[1], strict=True))
    assert (told["ref"], told["before"], told["after"]) == ("three", "with_mother", "no_lawful_placement")
    assert (told["rule_before"], told["rule_after"]) == ("infant-with-mother", "default")


def test_wrong_usage_says_what_is_missing(facts, changed, tmp_path) -> None:
    for arguments in (
        (facts, "--pack", "iraq_2018", "--on", ON),
        (facts, "--pack", "iraq_2018", "--pack", changed),
        ("--on", ON),
        over(facts, changed, "--out", str(tmp_path / "list.pdf")),
    ):
        done = run(*arguments)
        assert done.exit_code == 2, done.output
        assert "Give" in done.output or "needs" in done.output or "end the name" in done.output


def test_what_is_not_there_is_named(facts, changed, tmp_path) -> None:
    for arguments, error in (
        ((facts, "--pack", "nowhere", "--pack", changed, "--on", ON), NoSuchPack),
        ((facts, "--pack", "international", "--pack", changed, "--on", ON), NoSuchDecision),
        (over(facts, changed, "--decision", "marriage"), NoSuchDecision),
        (over(facts, changed, "--out", str(tmp_path / "nowhere" / "list.csv")), UnwritableFile),
    ):
        done = run(*arguments)
        assert done.exit_code == 1
        assert isinstance(done.exception, error)


@pytest.fixture
def registered(committed: Any, cast: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """First name -> reference: a mother, her daughter of 3, a boy of 16; at one place."""
    from amana.apps.registry.models import Person

    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: cast.operator)
    committed(
        a_list(
            row(2, "Zarina", "wife_mother", birth=day("1987-05-02")),
            row(3, "Anora", "daughter", birth=day("2014-06-01")),
            row(4, "Rustam", "son", birth=day("2001-03-10")),
        )
    )
    return dict(Person.objects.values_list("name_latin", "ref"))


def test_the_register_is_compared_with_beds_and_places_and_the_look_is_in_the_trail(
    registered, changed
) -> None:
    from amana.apps.audit.models import ReadSubject
    from amana.apps.decisions.models import Decision

    decided = Decision.objects.count()
    found = record("--pack", changed)
    assert (found["people"], found["moved"]) == (3, 2)
    assert [each["ref"] for each in found["list"]] == [registered["Anora"]]
    assert found["beds"] == [{"place": "with_mother", "before": 1, "after": 0}]
    assert [(each["place"]["name_en"], each["before"], each["count"]) for each in found["places"]] == [
        ("Site A", "protection_review", 1),
        ("Site A", "with_mother", 1),
    ]
    assert set(ReadSubject.objects.values_list("ref", flat=True)) >= set(registered.values())
    assert Decision.objects.count() == decided
    told = run("--pack", "iraq_2018", "--pack", changed, "--on", ON)
    assert "beside the mother, where she is held: 1 → 0" in told.stdout
    assert "Site A: stays with the mother → no lawful placement: 1" in told.stdout
    assert "Anora" not in told.stdout
