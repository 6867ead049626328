"""The list an office sent, read against what it says."""

import csv
from datetime import date
from pathlib import Path

from lists import read_file

from amana.exchange.rows_file import row_fields, write_rows

DATA = Path(__file__).parent.parent / "data"
ONLY_THESE = ("row", "status", "messages")


def test_the_shipped_list_agrees_with_its_truth(tmp_path):
    read = read_file(DATA / "intake-list-1.xlsx")
    assert read.listed_on == date(2018, 1, 15)
    with (DATA / "intake-list-1-truth.csv").open(encoding="utf-8-sig", newline="") as file:
        truth = list(csv.DictReader(file))
    assert len(truth) == len(read.rows)
    differing = [
        line["row"] for line, row in zip(truth, read.rows, strict=True) if not _agrees(line, row_fields(row))
    ]
    assert len(differing) <= 0.005 * len(truth), differing


def _agrees(line, found):
    columns = ONLY_THESE if line["status"] in {"error", "skipped"} else line
    return all(line[column] == found[column] for column in columns)


def test_the_rows_file_has_the_promised_columns_in_order(tmp_path):
    read = read_file(DATA / "intake-list-1.xlsx")
    write_rows(read.rows, tmp_path / "rows.csv")
    lines = (tmp_path / "rows.csv").read_text("utf-8").splitlines()
    assert lines[0] == (
        "row,status,messages,name_ar,name_latin,sex,birth_earliest,birth_latest,nationality,family,relation,pregnant,arrived"
    )
    assert len(lines) == 1 + len(read.rows)


def test_the_sheet_of_notes_is_passed_over():
    read = read_file(DATA / "intake-list-1.xlsx")
    assert (read.sheet, read.header_row, read.passed_over) == ("القائمة", 4, ("notes",))
