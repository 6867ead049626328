"""`amana packs check` and `amana packs table` on the shipped packs."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from click.testing import CliRunner

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


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_lawyer_reads_rules_gaps_conflicts_and_texts_in_one_table(form):
    told = run("table", "iraq_2018", "--format", form).stdout
    for words in (*RULES, "K1", "Girls of 15 to 17", "2017-07/2018-01", "reported, not seen", "crc/9"):
        assert words in told


def test_the_table_speaks_arabic_from_right_to_left():
    told = run("table", "iraq_2018", "--format", "html", "--lang", "ar").stdout
    assert 'dir="rtl"' in told
    assert "فتيات من 15 إلى 17" in told


def test_a_workbook_has_a_sheet_for_each_table(tmp_path):
    out = tmp_path / "pack.xlsx"
    assert run("table", "iraq_2018", "--format", "xlsx", "--out", str(out)).exit_code == 0
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    first = book.worksheets[0]
    assert [cell.value for cell in first["B"]][1:] == RULES


def test_a_workbook_needs_a_file():
    assert run("table", "iraq_2018", "--format", "xlsx").exit_code == 2


def test_the_table_speaks_json():
    told = json.loads(run("table", "iraq_2018", "--json").stdout)
    assert told["title"] == "Placement of children, Iraq 2018"
    assert [row[1] for row in told["sections"][0]["rows"]] == RULES
