"""Files made to do harm: each ends in a clear message, and the reading process lives."""

import os
import socket
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lists import WORKBOOK_PARTS, write_ods, write_sheet_xml, write_xlsx, write_zip

from amana.exchange import sheet_limits, sheets, throw_away
from amana.exchange.sheets import UnreadableFile, read_workbook


def refusal(path: Path) -> str:
    """The code with which a file is refused; its sentence and mend are there and hold no path."""
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(path)
    error = caught.value
    assert error.message.endswith(".") and error.mend.endswith(".") and str(path) not in str(error)
    return error.code


def text_cell(place: str, text: str = "x") -> bytes:
    """The XML of one cell of text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def test_two_stray_cells_far_apart_do_not_end_the_process(tmp_path):
    data = b'<row r="1">' + text_cell("A1") + b'</row><row r="1048576">' + text_cell("XFD1048576") + b"</row>"
    path = write_sheet_xml(tmp_path / "sparse.xlsx", data)
    assert path.stat().st_size < 2000
    assert refusal(path) == "too_many_rows"


def test_a_stray_cell_far_to_the_right_is_refused(tmp_path):
    data = b'<row r="1">' + text_cell("A1") + text_cell("XFD1") + b"</row>"
    assert refusal(write_sheet_xml(tmp_path / "wide.xlsx", data)) == "too_many_columns"


def test_stray_cells_hidden_from_the_first_look_end_only_the_reader(tmp_path):
    odd = (
        b'<row r="1">'
        + text_cell("A1")
        + b'</row><row r="1048576"><c s=">" r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    )
    assert refusal(write_sheet_xml(tmp_path / "odd.xlsx", odd)) in {
        "too_much_memory",
        "too_many_rows",
        "damaged",
    }


def test_formatted_but_empty_cells_far_out_do_no_harm(tmp_path):
    data = (
        b'<row r="1">'
        + text_cell("A1", "Name")
        + b'<c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'
    )
    book = read_workbook(write_sheet_xml(tmp_path / "formatted.xlsx", data))
    assert book.sheets[0].rows[0].cells == ("Name",)


def _inflating(path: Path, size: int) -> Path:
    """An xlsx whose one cell inflates to `size` bytes, written without holding it in memory."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in WORKBOOK_PARTS.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>')
            for _ in range(size // sheet_limits.MIB):
                part.write(b"a" * sheet_limits.MIB)
            part.write(b"</t></is></c></row></sheetData></worksheet>")
    return path


def test_a_cell_of_500_mb_out_of_a_small_file_is_refused_while_it_streams(tmp_path):
    path = _inflating(tmp_path / "bomb.xlsx", 500 * sheet_limits.MIB)
    assert path.stat().st_size < 4 * sheet_limits.MIB
    assert refusal(path) == "inflated_too_big"


def test_a_file_packed_more_than_a_hundred_times_is_refused(tmp_path):
    assert refusal(_inflating(tmp_path / "tight.xlsx", 8 * sheet_limits.MIB)) == "packed_too_tightly"


def test_a_zip_whose_directory_lies_about_sizes_is_refused(tmp_path):
    content = bytearray(_inflating(tmp_path / "lie.xlsx", 8 * sheet_limits.MIB).read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", content, at + 24, 10)
        at = content.find(b"PK\x01\x02", at + 4)
    (tmp_path / "lie.xlsx").write_bytes(content)
    assert refusal(tmp_path / "lie.xlsx") in {"damaged", "packed_too_tightly", "empty"}


def test_thousands_of_parts_are_refused(tmp_path):
    parts = {**WORKBOOK_PARTS, **{f"xl/media/{n}": b"" for n in range(sheet_limits.PARTS)}}
    assert refusal(write_zip(tmp_path / "parts.xlsx", parts, zipfile.ZIP_STORED)) == "too_many_parts"


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_entities_and_document_types_are_refused(tmp_path, encoding):
    sheet = (LAUGHS + b"<worksheet/>").decode().encode(encoding)
    path = write_zip(tmp_path / "laughs.xlsx", {**WORKBOOK_PARTS, "xl/worksheets/sheet1.xml": sheet})
    assert refusal(path) == "doctype"


def test_entities_in_any_other_part_are_refused_too(tmp_path):
    path = write_zip(tmp_path / "shared.xlsx", {**WORKBOOK_PARTS, "xl/sharedStrings.xml": LAUGHS + b"<sst/>"})
    assert refusal(path) == "doctype"


def test_a_million_rows_are_refused(tmp_path):
    path = tmp_path / "million.csv"
    path.write_bytes(b"a,b\n" * 1_000_000)
    assert refusal(path) == "too_many_rows"


def test_a_million_rows_in_a_workbook_are_refused(tmp_path):
    data = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (at, at) for at in range(99_990, 100_010))
    assert refusal(write_sheet_xml(tmp_path / "rows.xlsx", data)) == "too_many_rows"


def test_a_row_too_wide_or_a_cell_too_long_in_a_text_table_is_refused(tmp_path):
    wide, long = tmp_path / "wide.csv", tmp_path / "long.csv"
    wide.write_text("a," * 300 + "\n")
    long.write_text("name,age\n" + "a" * 40_000 + ",3\n")
    assert (refusal(wide), refusal(long)) == ("too_many_columns", "cell_too_long")


def test_an_opendocument_cell_repeated_without_end_is_refused(tmp_path):
    path = write_ods(tmp_path / "plain.ods", [["x"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(
        b'office:value-type="string"',
        b'office:value-type="string" table:number-columns-repeated="2000000000"',
    )
    assert refusal(write_zip(tmp_path / "repeat.ods", parts)) in {
        "too_much_memory",
        "too_many_columns",
        "too_slow",
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n", "wrong_type"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "wrong_type"),
        (b'<?xml version="1.0"?><Workbook/>', "wrong_type"),
        (b'{"name": "x"}', "wrong_type"),
        (os.urandom(64) * 50, None),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\n\n\n", "empty"),
    ],
)
def test_wrong_empty_and_damaged_files_are_refused(tmp_path, content, code):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    found = refusal(path)
    assert code is None or found == code


def test_a_truncated_workbook_is_refused(tmp_path):
    path = write_xlsx(tmp_path / "whole.xlsx", [["Name", "Age"], ["Lina Sami", 3]])
    path.write_bytes(path.read_bytes()[:-300])
    assert refusal(path) == "damaged"


def test_a_document_that_is_no_workbook_is_refused(tmp_path):
    assert refusal(write_zip(tmp_path / "letter.xlsx", {"word/document.xml": b"<x/>"})) == "wrong_type"


def test_a_missing_file_and_a_file_too_big_are_refused_before_reading(tmp_path):
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(sheet_limits.FILE_BYTES + 1)
    assert (refusal(tmp_path / "none.xlsx"), refusal(big)) == ("not_found", "too_big")


def test_a_reader_that_hangs_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "_READER", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(throw_away, "SECONDS", 0.5)
    path = tmp_path / "list.csv"
    path.write_text("a,b\n")
    assert refusal(path) == "too_slow"


def test_a_reader_that_dies_or_babbles_is_noticed(tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text("a,b\n")
    for program, code in (
        ("import os; os.abort()", "too_much_memory"),
        ('print(\'{"sheet": "a", "hidden": false}\')', "damaged"),
        ("print('no json')", "damaged"),
    ):
        monkeypatch.setattr(sheets, "_READER", (sys.executable, "-c", program))
        assert refusal(path) == code


CONFINED = """
import os, socket, sys
from amana.exchange.sheet_reader import confine
confine()
found = []
for attempt in (lambda: socket.socket(), lambda: open("/etc/hostname"), lambda: os.pipe()):
    try:
        attempt()
        found.append("open")
    except OSError:
        found.append("refused")
try:
    bytearray(2 * 1024 ** 3)
    found.append("open")
except MemoryError:
    found.append("refused")
print(",".join(found), "SECRET" in os.environ)
"""


def test_the_reader_has_no_network_no_files_no_memory_to_spare_and_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET", "x")
    done = subprocess.run(
        [sys.executable, "-I", "-c", CONFINED],
        env=throw_away.BARE_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "refused,refused,refused,refused False"
    socket.socket().close()


def test_text_is_composed_free_of_nul_and_typed(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("Name;Age\nRene\u0301\x00;3\n".encode())
    assert read_workbook(path).sheets[0].rows[1].cells == ("René", "3")
