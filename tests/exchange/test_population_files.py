"""A file decided inside DuckDB gives what Python gives, row by row, whatever stands in the file."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from random import Random

import duckdb
import pytest
from click.testing import CliRunner
from messy_facts import a_file

from amana.cli.decide import command
from amana.exchange.population import workbench

ENGINES = ("sqlite", "duckdb")


def run(*arguments: object) -> tuple[str, str]:
    done = CliRunner().invoke(command, [*map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def as_parquet(folder: Path, columns: str) -> Path:
    file = folder / "facts.parquet"
    duckdb.execute(f"COPY (SELECT {columns}) TO '{file}' (FORMAT parquet)")
    return file


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("form", [[], ["--count"], ["--json"]])
def test_messy_files_get_the_same_bytes_from_every_engine(tmp_path, seed, form):
    file = tmp_path / "facts.csv"
    file.write_text(a_file(Random(seed)), encoding="utf-8", newline="")
    day = ["--on", "2018-01-15"] if seed % 2 else ["--on-column", "day"]
    expected = run(file, "--pack", "iraq_2018", *day, *form)
    for engine in ENGINES:
        assert run(file, "--pack", "iraq_2018", *day, *form, "--engine", engine) == expected


@pytest.mark.parametrize("form", [[], ["--count"]])
def test_postgresql_gives_the_same_bytes_too(tmp_path, form, postgres_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    file = tmp_path / "facts.csv"
    file.write_text(a_file(Random(8)), encoding="utf-8", newline="")
    asked = [file, "--pack", "iraq_2018", "--on-column", "day", *form]
    assert run(*asked, "--engine", "postgresql") == run(*asked)


def test_two_uncertain_days_are_compared_inside_duckdb_too(tmp_path):
    file = tmp_path / "acts.csv"
    lines = (
        "C1,2005/2008,2016/2017",
        "C2,2005,",
        "C3,,2016",
        "C4,2000-01-01,2017-05-05",
        "C5,2020,2016",
        "C6,x,",
    )
    file.write_text("\n".join(["ref,birth,act_date", *lines, ""]), encoding="utf-8")
    asked = [file, "--pack", "iraq_juvenile", "--decision", "age_group", "--on", "2018-02-15"]
    for form in ([], ["--count"], ["--json"]):
        assert run(*asked, *form, "--engine", "duckdb") == run(*asked, *form)


@pytest.mark.parametrize("seed", range(3))
def test_a_file_written_by_duckdb_has_the_bytes_of_one_written_by_python(tmp_path, seed):
    file = tmp_path / "facts.csv"
    file.write_text(a_file(Random(seed)), encoding="utf-8", newline="")
    for engine in ("python", "duckdb"):
        run(file, "--pack", "iraq_2018", "--on", "2018-01-15", "--engine", engine, "--out", tmp_path / engine)
    assert (tmp_path / "python").read_bytes() == (tmp_path / "duckdb").read_bytes()


@pytest.mark.parametrize("form", [[], ["--count"]])
def test_every_engine_writes_the_same_parquet(tmp_path, form):
    file = tmp_path / "facts.csv"
    file.write_text(a_file(Random(7)), encoding="utf-8", newline="")
    found = []
    for engine in ("python", *ENGINES):
        out = tmp_path / f"{engine}.parquet"
        run(file, "--pack", "iraq_2018", "--on", "2018-01-15", "--engine", engine, "--out", out, *form)
        relation = duckdb.sql(f"SELECT * FROM '{out}'")
        found.append((relation.columns, list(map(str, relation.types)), relation.fetchall()))
    assert found[0] == found[1] == found[2]
    text, _ = run(file, "--pack", "iraq_2018", "--on", "2018-01-15", *form)
    assert [list(map(str, row)) for row in found[0][2]] == list(csv.reader(io.StringIO(text)))[1:]


@pytest.mark.parametrize("engine", ["python", *ENGINES])
def test_typed_columns_of_parquet_read_as_their_texts_do(tmp_path, engine):
    columns = (
        "unnest([1, 2, 3, 4, 5]) AS ref, "
        "unnest([DATE '2014-02-16', NULL, DATE '2003-02-15', DATE '2030-01-01', 'infinity'::DATE]) AS birth, "
        "unnest(['male', 'female', 'female', NULL, '']::ENUM('male', 'female', '')[]) AS sex, "
        "unnest([['x']]) AS note, unnest([true, NULL, false, true, true]) AS mother_present, "
        "unnest([DATE '2018-02-15', DATE '2017-06-30', DATE '2018-02-15', DATE '2018-02-15', NULL]) AS day"
    )
    file = as_parquet(tmp_path, columns)
    text, said = run(file, "--pack", "iraq_2018", "--on", "2018-02-15", "--engine", engine)
    rows = list(csv.reader(io.StringIO(text)))[1:]
    outcomes = ["with_mother", "undetermined", "no_lawful_placement", "invalid", "invalid"]
    assert [row[:2] for row in rows] == [[str(ref), outcome] for ref, outcome in enumerate(outcomes, 1)]
    assert "note" in said
    by_day, _ = run(file, "--pack", "iraq_2018", "--on-column", "day", "--engine", engine)
    assert list(csv.reader(io.StringIO(by_day)))[5] == ["5", "invalid", "", "", "day", ""]


@pytest.mark.parametrize("engine", ["python", "duckdb"])
@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("1 AS id", "no column “ref”"),
        ("'a' AS ref, ['IRQ'] AS nationality", "nationality holds VARCHAR[]"),
        ("'a' AS ref, 1.5 AS mother_present", "BOOLEAN, or text"),
        ("'a' AS ref, TIMESTAMP '2014-02-16 00:00:00' AS birth", "DATE, or text"),
        ("'a' AS ref, 1 AS birth_latest", "DATE, or text"),
        ("unnest(['a', 'b', 'a']) AS ref, 'male' AS sex", "Rows 1 and 3"),
        ("unnest(['a', NULL]) AS ref, 'male' AS sex", "Row 2 has no ref"),
        ("unnest(['a', ' a ']) AS ref, 'male' AS sex", "Rows 1 and 2"),
        ("unnest(['', 'a', 'b']) AS ref, 'male' AS sex", "Row 1 has no ref"),
        ("CAST(NULL AS INTEGER) AS ref, 'male' AS sex", "Row 1 has no ref"),
        ("unnest([1, 2, 2]) AS ref, 'male' AS sex", "Rows 2 and 3"),
    ],
)
def test_a_parquet_file_that_cannot_be_used_is_refused_with_the_mend(tmp_path, engine, columns, said):
    file = as_parquet(tmp_path, columns)
    done = CliRunner().invoke(
        command, [str(file), "--pack", "iraq_2018", "--on", "2018-02-15", "--engine", engine]
    )
    assert done.exit_code == 1
    assert said in str(done.exception)


@pytest.mark.parametrize("content", [b"ref,birth\n", b"", b"PAR1 and no more PAR1"])
def test_what_is_no_parquet_file_is_refused(tmp_path, content):
    file = tmp_path / "facts.parquet"
    file.write_bytes(content)
    done = CliRunner().invoke(command, [str(file), "--pack", "iraq_2018", "--on", "2018-02-15"])
    assert "can't be read as Parquet" in str(done.exception)
    file.unlink()
    done = CliRunner().invoke(command, [str(file), "--pack", "iraq_2018", "--on", "2018-02-15"])
    assert "can't be opened" in str(done.exception)


@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_an_out_that_cannot_be_written_is_refused_and_nothing_stays(tmp_path, engine):
    file = tmp_path / "facts.csv"
    file.write_text("ref,birth\nA1,2014\n", encoding="utf-8")
    for out in (tmp_path / "none" / "out.parquet", tmp_path / "none" / "out.csv"):
        arguments = [file, "--pack", "iraq_2018", "--on", "2018-02-15", "--engine", engine, "--out", out]
        done = CliRunner().invoke(command, [*map(str, arguments)])
        assert done.exit_code == 1
        assert "can't be written" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["facts.csv"]


@pytest.mark.parametrize("name", ["a[1]*?.csv", "it's.csv", "o'clock [2].parquet"])
def test_a_name_that_looks_like_a_pattern_is_only_a_name(tmp_path, name):
    file = tmp_path / name
    if file.suffix == ".csv":
        file.write_text("ref,birth\nA1,1980\n", encoding="utf-8")
    else:
        as_parquet(tmp_path, "'A1' AS ref, '1980' AS birth").rename(file)
    out = tmp_path / f"out {name}"
    run(file, "--pack", "iraq_2018", "--on", "2018-02-15", "--engine", "duckdb", "--out", out)
    assert out.exists()


@pytest.mark.parametrize("on_column", ["ref", "sex", "Birth_Earliest"])
def test_a_day_in_the_column_of_a_fact_is_decided_all_the_same(tmp_path, on_column):
    file = tmp_path / "facts.csv"
    file.write_text("ref,Birth_Earliest,sex\n2018-02-15,2018-02-15,2018-02-15\n", encoding="utf-8")
    arguments = [file, "--pack", "iraq_2018", "--on-column", on_column]
    assert run(*arguments, "--engine", "duckdb") == run(*arguments)


def test_a_machine_without_room_is_said_and_nothing_is_blamed_on_the_file(tmp_path, monkeypatch):
    file = tmp_path / "facts.parquet"
    as_parquet(tmp_path, "range AS ref, '2014' AS birth FROM range(2000000)")
    small = {"memory_limit": "20MB", "max_temp_directory_size": "1MB"}
    monkeypatch.setattr(workbench, "_SETTINGS", {**workbench._SETTINGS, **small})
    done = CliRunner().invoke(
        command, [str(file), "--pack", "iraq_2018", "--on", "2018-02-15", "--engine", "duckdb"]
    )
    assert done.exit_code == 1
    assert "not enough memory or disk" in str(done.exception)
