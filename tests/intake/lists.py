"""Writes the lists the tests read: workbooks of several kinds, and text tables. All people are invented."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from amana.casework.listing import ListRead, RowRead, read_list
from amana.casework.listing.workbook import Cell, Row, Sheet, Workbook
from amana.exchange.sheets import read_workbook
from amana.exchange.vocabulary import intake_vocabulary

LISTED = date(2018, 1, 15)
Table = Sequence[Sequence[Any]]


def in_memory(table: Table, name: str = "list", **more: Table) -> Workbook:
    """A workbook built without a file."""
    sheets = [(name, table), *more.items()]
    return Workbook(tuple(Sheet(title, _rows(content)) for title, content in sheets))


def _rows(table: Table) -> tuple[Row, ...]:
    return tuple(Row(number, tuple(cells)) for number, cells in enumerate(table, 1))


def read_table(table: Table, **how: Any) -> ListRead:
    """Read a table as of LISTED."""
    return read_list(in_memory(table), listed_on=how.pop("on", LISTED), vocabulary=intake_vocabulary(), **how)


def read_file(path: Path, **how: Any) -> ListRead:
    """Read a file through the sandbox, as of LISTED."""
    return read_list(read_workbook(path), listed_on=LISTED, vocabulary=intake_vocabulary(), **how)


HEADER = ("Family", "Name", "Relation", "Sex", "DOB", "Age", "Nationality", "Pregnant", "Arrival")
_PLACES = ("family", "name", "relation", "sex", "birth", "age", "nationality", "pregnant", "arrived")


def read_one(on: date = LISTED, **cells: Cell) -> RowRead:
    """Read one row of the plain header from the cells given by field; the name is given unless it is."""
    values = {"name": "Salma Example", "family": "F-1", **cells}
    return read_table([HEADER, [values.get(place) for place in _PLACES]], on=on).rows[0]


def write_xlsx(path: Path, table: Table, merges: Sequence[str] = (), **more: Table) -> Path:
    """Write an xlsx; `merges` names ranges such as A2:A4 whose first cell keeps its value."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, content in (("list", table), *more.items()):
        sheet = book.add_worksheet(name)
        for at, cells in enumerate(content):
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), day)
                elif isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write(at, column, value)
        if name == "list":
            for span in merges:
                first = content[int(span.split(":")[0][1:]) - 1]["ABCDEFGHIJ".index(span[0])]
                sheet.merge_range(span, first)
    book.close()
    return path


def write_xls(path: Path, table: Table) -> Path:
    """Write an old binary workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("list")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for at, cells in enumerate(table):
        for column, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write(at, column, value, day)
            elif value is not None:
                sheet.write(at, column, value)
    book.save(str(path))
    return path


_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OASIS}:office:1.0" '
    f'xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="list">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def write_ods(path: Path, table: Table) -> Path:
    """Write an OpenDocument workbook by hand."""
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in table)
    manifest = f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0"/>'
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": _ODS.format(rows=rows),
        "META-INF/manifest.xml": manifest,
    }
    return write_zip(path, {name: text.encode() for name, text in parts.items()})


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind = 'office:value-type="string"'
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value}"'
    elif isinstance(value, int):
        kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def write_zip(path: Path, parts: dict[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write an archive of the given parts."""
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


_OPEN = "http://schemas.openxmlformats.org"
_RELATIONS = f"{_OPEN}/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _relations(kind: str, target: str) -> bytes:
    link = f'<Relationship Id="rId1" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_OPEN}/package/2006/relationships">{link}</Relationships>'.encode()


WORKBOOK_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_OPEN}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>'
    ).encode(),
    "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_OPEN}/spreadsheetml/2006/main" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="list" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ).encode(),
    "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
}


def write_sheet_xml(path: Path, data: bytes, head: bytes = b"") -> Path:
    """Write an xlsx whose only sheet holds exactly this XML inside sheetData."""
    main = f'<worksheet xmlns="{_OPEN}/spreadsheetml/2006/main"><sheetData>'.encode()
    sheet = b'<?xml version="1.0"?>' + head + main + data + b"</sheetData></worksheet>"
    return write_zip(path, {**WORKBOOK_PARTS, "xl/worksheets/sheet1.xml": sheet})
