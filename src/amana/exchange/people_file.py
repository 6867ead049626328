"""The only writer of a file of people from the register: XLSX or CSV, from what the export gate gives.

Values only, one sheet, nothing hidden, no comment, no formula, no name of an author; each cell is text. The
line over the copy and its mark in the last column of every row say whose copy it is. Only `exchange.leaving`
may import this module; a contract of the import linter says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Final

import xlsxwriter
from django.utils import translation

from amana.apps.decisions.office_pack import office_pack
from amana.casework.export_rows import ExportRow
from amana.casework.exporting import Leaving
from amana.core.dates import LeapDay
from amana.core.spreadsheet import cell, plain
from amana.wording.ages import age_in_words, birth_in_words
from amana.wording.exports import column_words, copy_line, sex_words
from amana.wording.languages import pick

COPY: Final = "copy"
WIDE: Final = 24


def written(leaving: Leaving) -> bytes:
    """The file of a copy, in the language it was asked for in."""
    with translation.override(leaving.language):
        return WRITERS[leaving.form](_over(leaving), _cells(leaving), leaving)


def _over(leaving: Leaving) -> str:
    told = copy_line(
        number=leaving.number,
        mark=leaving.mark,
        recipient=leaving.recipient,
        purpose=leaving.purpose,
        day=leaving.on.isoformat(),
        people=len(leaving.rows),
    )
    return plain(told)


def _cells(leaving: Leaving) -> list[list[str]]:
    """The headings, then a line for each person; the mark of the copy ends each."""
    words, leap_day = column_words(), office_pack().leap_day
    headings = [cell(words[column]) for column in (*leaving.columns, COPY)]
    lines = [
        [cell(_said(column, row, leaving, leap_day)) for column in (*leaving.columns, COPY)]
        for row in leaving.rows
    ]
    return [headings, *lines]


def _said(column: str, row: ExportRow, leaving: Leaving, leap_day: LeapDay) -> str:
    place = row.place
    said: Mapping[str, Callable[[], str]] = {
        "ref": lambda: row.ref,
        "name_ar": lambda: row.name_ar,
        "name_latin": lambda: row.name_latin,
        "sex": lambda: sex_words().get(next(iter(row.sex)), "") if len(row.sex) == 1 else "",
        "age": lambda: age_in_words(row.birth, leaving.on, leap_day),
        "birth": lambda: birth_in_words(row.birth, row.birth_stated),
        "place": lambda: pick({"en": place.name_en, "ar": place.name_ar or place.name_en}) if place else "",
        "since": lambda: row.since.isoformat() if row.since else "",
        "family": lambda: row.family,
        COPY: lambda: leaving.mark,
    }
    return said[column]()


def _as_csv(over: str, lines: list[list[str]], leaving: Leaving) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([over])
    writer.writerows(lines)
    # The mark tells spreadsheets that Arabic text follows in UTF-8.
    return ("\ufeff" + out.getvalue()).encode()


def _as_workbook(over: str, lines: list[list[str]], leaving: Leaving) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime.combine(leaving.on, time())})
        sheet = book.add_worksheet("people")
        if translation.get_language_bidi():
            sheet.right_to_left()
        sheet.set_column(0, len(lines[0]) - 1, WIDE)
        sheet.repeat_rows(0, 1)
        sheet.freeze_panes(2, 1)
        sheet.set_footer(f"&C{leaving.mark}")
        sheet.write_string(0, 0, over)
        for at, line in enumerate(lines, start=1):
            for place, text in enumerate(line):
                sheet.write_string(at, place, text)
    return out.getvalue()


WRITERS: Final[Mapping[str, Callable[[str, list[list[str]], Leaving], bytes]]] = {
    "xlsx": _as_workbook,
    "csv": _as_csv,
}
