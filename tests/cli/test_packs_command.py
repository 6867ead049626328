"""`amana packs check`, `amana packs table` and `amana packs diff` on the shipped packs."""

from __future__ import annotations

import io
import json
import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from amana.apps.decisions.packs import SHIPPED
from amana.cli.packs import command

RULES = ["infant-with-mother", "state-home-1980", "state-home-foreign", "adolescent", "adult", "default"]


def run(*arguments: str):
    return CliRunner().invoke(command, list(arguments))


def test_the_shipped_packs_pass_and_say_what_was_tried():
    done = run("check")
    assert done.exit_code == 0, done.output
    assert "worked cases on python, sqlite" in done.stdout
    assert "unreviewed" in done.stdout


def test_the_check_speaks_json():
    packs = json.loads(run("check", "iraq_2018", "--json").stdout)["packs"]
    assert packs[0]["id"] == "iraq_2018"
    assert packs[0]["exact"] is True
    assert packs[0]["faults"] == []


def test_a_pack_that_compares_two_dates_is_said_to_be_inexact():
    assert "answers not exact" in run("check", "iraq_juvenile").stdout
    assert json.loads(run("check", "iraq_juvenile", "--json").stdout)["packs"][0]["exact"] is False


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_lawyer_reads_rules_gaps_conflicts_questions_and_texts_in_one_document(form):
    told = run("table", "iraq_2018", "--format", form).stdout
    for words in (
        *RULES,
        "not yet reviewed by counsel. Nothing here is legal advice.",
        "K1",
        "Q1",
        "Adolescent girls",
        "between July 2017 and January 2018",
        "reported, not seen",
        "Convention on the Rights of the Child, 1989, article 9",
    ):
        assert words in told, words


def test_the_table_speaks_arabic_from_right_to_left():
    told = run("table", "iraq_2018", "--format", "html", "--lang", "ar").stdout
    assert 'dir="rtl"' in told
    assert "فتيات مراهقات" in told


def test_a_workbook_says_first_what_it_is_and_has_a_sheet_for_each_table(tmp_path):
    out = tmp_path / "pack.xlsx"
    assert run("table", "iraq_2018", "--format", "xlsx", "--out", str(out)).exit_code == 0
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    about, first = book.worksheets[:2]
    assert "not yet reviewed" in about["A2"].value
    assert [cell.value for cell in first["A"]][1:] == RULES


@pytest.mark.parametrize("arguments", [("table", "iraq_2018"), ("diff", "iraq_2018", "iraq_2018")])
def test_a_workbook_needs_a_file(arguments):
    assert run(*arguments, "--format", "xlsx").exit_code == 2


def test_the_table_speaks_json():
    told = json.loads(run("table", "iraq_2018", "--json").stdout)
    assert told["title"] == "Placement of children, Iraq 2018"
    assert [row[0] for row in told["sections"][0]["rows"]] == RULES


def test_equal_packs_say_so(tmp_path):
    copy = shutil.copytree(SHIPPED / "iraq_2018", tmp_path / "iraq_2018")
    adult = copy / "rules" / "adult.yaml"
    adult.write_text("# a comment is no law\n" + adult.read_text(encoding="utf-8"), encoding="utf-8")
    told = run("diff", "iraq_2018", str(copy))
    assert told.exit_code == 0
    assert "Nothing differs: every entry says the same." in told.stdout
    assert "## " not in told.stdout


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_a_changed_threshold_is_told_with_its_rules_before_and_after(tmp_path, form):
    copy = shutil.copytree(SHIPPED / "iraq_juvenile", tmp_path / "iraq_juvenile")
    file = copy / "parameters.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("value: 9", "value: 10", 1), encoding="utf-8")
    told = run("diff", "iraq_juvenile", str(copy), "--format", form).stdout
    for words in ("Youngest age at which criminal responsibility is possible", "read by too-young, juvenile"):
        assert words in told
    if form == "json":
        (row,) = json.loads(told)["sections"][0]["rows"]
        assert row[-2:] == ["9", "10"]


def test_a_pack_that_is_not_there_is_named(tmp_path):
    told = run("diff", "iraq_2018", "atlantis")
    assert told.exit_code == 1
    assert "atlantis" in str(told.exception)


def test_a_difference_is_written_in_arabic_and_as_a_workbook(tmp_path):
    out = tmp_path / "diff.xlsx"
    arguments = ("diff", "iraq_2018", "iraq_moj_statement", "--lang", "ar", "--format", "xlsx")
    assert run(*arguments, "--out", str(out)).exit_code == 0
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)
    told = " ".join(str(cell.value) for sheet in book.worksheets for row in sheet for cell in row)
    assert "أبناء الثالثة" in told


def test_a_note_is_said_and_is_no_fault(tmp_path):
    copy = shutil.copytree(SHIPPED / "iraq_2018", tmp_path / "iraq_2018")
    rule = (copy / "rules" / "adult.yaml").read_text(encoding="utf-8")
    idle = rule.replace("id: adult", "id: never").replace("age >= :majority", "age < 3 AND age > 15")
    (copy / "rules" / "never.yaml").write_text(idle, encoding="utf-8")
    told = run("check", str(copy))
    assert told.exit_code == 0
    assert "iraq_2018/rules/never.yaml: never: Note: It never holds" in told.stdout
    (pack,) = json.loads(run("check", str(copy), "--json").stdout)["packs"]
    assert [note["id"] for note in pack["notes"]] == ["never"]


def test_a_worked_case_that_comes_out_otherwise_takes_one_line(tmp_path):
    copy = shutil.copytree(SHIPPED / "iraq_2018", tmp_path / "iraq_2018")
    rule = (copy / "rules" / "adult.yaml").read_text(encoding="utf-8")
    girls = rule.replace("id: adult", "id: girls").replace(
        "age >= :majority", "age IN (15, 17) AND sex = 'female'"
    )
    (copy / "rules" / "girls.yaml").write_text(girls.replace("not_a_child", "with_mother"), encoding="utf-8")
    told = run("check", str(copy))
    assert told.exit_code == 1
    cases = [line.split(": ")[1] for line in told.stderr.splitlines() if ": It expects " in line]
    assert cases and len(cases) == len(set(cases))
    assert (
        "It expects no_lawful_placement, rule default; the answer is with_mother, rule girls" in told.stderr
    )
    assert "“girls” has no in_force" in told.stderr
