"""Files of facts that could be misread are refused with the mend, by every engine in the same words."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from amana.cli.compare import command as compare
from amana.cli.decide import command as decide
from amana.cli.encode import command as encode
from amana.cli.explain import command as explain

HEAD = "ref,birth,sex,nationality,mother_present\n"
ASKED = ("--pack", "iraq_2018", "--on", "2018-02-15")
ENGINES = ("python", "sqlite", "duckdb")


def run(command, *arguments: object) -> Result:
    return CliRunner().invoke(command, [*map(str, arguments)])


def a_file(folder: Path, text: str, name: str = "facts.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path, engine: str) -> str:
    done = run(decide, path, *ASKED, "--engine", engine)
    assert done.exit_code == 1 and not done.stdout
    return str(done.exception)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("row", "cells"),
    [("x,2015-06,2016,male,TUR,true", 6), ("x,2015-06,male,TUR", 4), ("x", 1), ("x,,male,,true,,x", 7)],
)
def test_a_line_with_more_or_fewer_cells_than_headings_is_refused(tmp_path, engine, row, cells):
    path = a_file(tmp_path, f"{HEAD}a,2014,male,TUR,true\n\n{row}\nb,2014,male,TUR,true\n")
    assert f"Line 4 has {cells} cells and the headings are 5" in refused(path, engine)


def test_a_shifted_line_is_refused_in_the_database_engine_too(tmp_path, postgres_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    path = a_file(tmp_path, f"{HEAD}x,2015-06,2016,male,TUR,true\n")
    assert "Line 2 has 6 cells" in refused(path, "postgresql")


@pytest.mark.parametrize("engine", ENGINES)
def test_empty_cells_past_the_last_heading_and_blank_lines_are_nothing(tmp_path, engine):
    path = a_file(tmp_path, f"{HEAD}a,2014-02-16,male,TUR,true,\n  \n,,,,\nb,2014-02-16,male,TUR,true,,\n")
    rows = list(csv.reader(io.StringIO(run(decide, path, *ASKED, "--engine", engine).stdout)))
    assert [row[:2] for row in rows[1:]] == [["a", "with_mother"], ["b", "with_mother"]]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_with_none_of_the_facts_is_refused(tmp_path, engine):
    facts = a_file(tmp_path, f"{HEAD}a,2014-02-16,male,TUR,true\n")
    answers = a_file(tmp_path, run(decide, facts, *ASKED).stdout, "answers.csv")
    said = refused(answers, engine)
    assert "no column for any fact of the pack iraq_2018" in said
    assert "Facts: birth, sex, nationality, mother_present." in said


def test_a_workbook_is_named_as_one_whatever_its_name(tmp_path):
    for begins in (b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        path = tmp_path / "facts.csv"
        path.write_bytes(begins + bytes(range(256)))
        assert "is a workbook or an archive. Save its sheet as “CSV UTF-8”" in refused(path, "python")


def test_headings_in_capitals_are_told_how_to_be_written(tmp_path):
    path = a_file(tmp_path, "Ref,Birth\nx,2014\n")
    assert "Write headings in small letters: ref, not Ref." in refused(path, "python")
    path = a_file(tmp_path, "ref,Birth,SEX\nx,2014,male\n")
    assert "small letters: birth, sex, not Birth, SEX." in refused(path, "duckdb")


def test_headings_are_repeated_without_what_a_terminal_would_obey(tmp_path):
    path = a_file(tmp_path, "id,\x1b[2Jbirth\nx,2014\n")
    said = refused(path, "python")
    assert "\x1b" not in said and "\ufffd[2Jbirth" in said


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("head", ["birth", "birth_earliest,birth_latest"])
def test_digits_of_an_arabic_or_persian_keyboard_are_read_in_dates(tmp_path, engine, head):
    days = (("2014-05-12", "٢٠١٤-٠٥-١٢", "۲۰۱۴-۰۵-۱۲"), ("2018-02-15", "٢٠١٨-٠٢-١٥", "۲۰۱۸-۰۲-۱۵"))
    births = [day if head == "birth" else f"{day},{day}" for day in days[0]]
    lines = [
        f"{number},{birth},male,TUR,true,{on}"
        for number, (birth, on) in enumerate(zip(births, days[1], strict=True))
    ]
    path = a_file(tmp_path, "\n".join([f"ref,{head},sex,nationality,mother_present,day", *lines, ""]))
    done = run(decide, path, "--pack", "iraq_2018", "--on-column", "day", "--engine", engine)
    rows = list(csv.reader(io.StringIO(done.stdout)))[1:]
    assert [row[1] for row in rows] == ["with_mother"] * 3


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_on_the_screen_when_a_file_is_refused_further_down(tmp_path, engine):
    path = a_file(tmp_path, f"{HEAD}a,2014,male,TUR,true\nb,2014,male,TUR,true\na,2015,male,TUR,true\n")
    assert "Lines 2 and 4 have the same ref" in refused(path, engine)


def test_a_store_is_named_as_one_by_whatever_needs_the_file_of_facts(tmp_path):
    facts, store = a_file(tmp_path, f"{HEAD}a,2014-02-16,male,TUR,true\n"), tmp_path / "people.parquet"
    assert run(encode, facts, "--pack", "iraq_2018", "--out", store).exit_code == 0
    both = ("--pack", "iraq_2018", "--pack", "iraq_moj_statement", "--on", "2018-02-15")
    for done in (run(compare, store, *both), run(explain, store, *ASKED)):
        assert done.exit_code == 2
        assert (
            "is an encoded store" in done.output and "Give the file of facts it was made from" in done.output
        )


def test_a_parquet_file_with_none_of_the_facts_is_refused(tmp_path):
    path = tmp_path / "facts.parquet"
    duckdb.execute(f"COPY (SELECT 'a' AS ref, 'x' AS note) TO '{path}' (FORMAT parquet)")
    for engine in ENGINES:
        assert "no column for any fact" in refused(path, engine)
