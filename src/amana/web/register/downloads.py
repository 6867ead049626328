"""Rows of a list as a CSV file that a spreadsheet opens as text: nothing in it is run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amana.core.spreadsheet import plain

Row = tuple[int, str, Mapping[str, str]]


def rows_as_csv(rows: Iterable[Row], file_name: str) -> HttpResponse:
    """The file: row number, what is wrong, and every cell as it was written."""
    found = list(rows)
    headings = list(dict.fromkeys(heading for _number, _words, original in found for heading in original))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_("row"), _("what is wrong"), *(plain(heading) for heading in headings)])
    for number, words, original in found:
        writer.writerow([number, words, *(plain(original.get(heading, "")) for heading in headings)])
    # The mark tells spreadsheets that Arabic text follows in UTF-8.
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
