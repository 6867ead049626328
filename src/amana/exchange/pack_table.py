"""Writes a document of tables as Markdown, as one HTML page that prints, as JSON, or as a workbook with a
sheet for each table.

Text comes from `wording.pack_table` or `wording.pack_diff` in the active language; a cell of several lines
keeps them. The page has no script and no style but its own, and prints on A4 lying; the workbook holds
values only, right to left where the language is.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from html import escape
from io import BytesIO

import xlsxwriter
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from amana.wording.languages import language
from amana.wording.pack_document import PackTable, Section

SHEET_NAME_MAX = 31
NARROW, WIDE = 14, 46
"""Widths of workbook columns, in characters."""

_STYLE = (
    "@page{size:A4 landscape;margin:12mm}"
    "body{font:11pt/1.45 'IBM Plex Sans','IBM Plex Sans Arabic','Noto Sans Arabic',sans-serif;margin:1.5rem}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-block:1.5rem .25rem;break-after:avoid}"
    ".status{border:2px solid #8a5a00;padding:.4rem .7rem;font-weight:600}"
    "table{border-collapse:collapse;width:100%;margin-block:.5rem 1.5rem;font-size:.85em}"
    "th,td{border:1px solid #b5ada0;padding:.25rem .45rem;text-align:start;vertical-align:top}"
    "td{white-space:pre-line}th{background:#f2ede4}"
    "thead{display:table-header-group}tr{break-inside:avoid}"
    "@media print{body{margin:0;font-size:9pt}}"
)


def as_markdown(table: PackTable) -> str:
    """The tables as GitHub-flavoured Markdown."""
    lines = [f"# {table.title}", "", f"**{table.status}**", "", *(f"- {line}" for line in table.lines)]
    for section in table.sections:
        lines += ["", f"## {section.title}", "", *([section.note, ""] if section.note else [])]
        lines += [
            _markdown_row(section.headings),
            _markdown_row(("---",) * len(section.headings)),
            *(_markdown_row(row) for row in section.rows),
        ]
    return "\n".join(lines) + "\n"


def as_html(table: PackTable) -> str:
    """The tables as one self-contained page."""
    direction = "rtl" if get_language_bidi() else "ltr"
    body = "".join(_html_section(section) for section in table.sections)
    facts = "".join(f"<li><bdi>{escape(line)}</bdi></li>" for line in table.lines)
    return (
        f'<!doctype html><html lang="{language()}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(table.title)}</title>'
        f"<style>{_STYLE}{_running_line(table)}</style></head><body><main><h1>{escape(table.title)}</h1>"
        f'<p class="status">{escape(table.status)}</p><ul>{facts}</ul>{body}</main></body></html>\n'
    )


def _running_line(table: PackTable) -> str:
    """What every printed page says of itself: whose it is, how far reviewed, and its number."""
    told = " · ".join((table.title, *table.lines[:1], table.status))
    quoted = re.sub(r"[\\\"'<>&\n]", lambda found: f"\\{ord(found[0]):x} ", told)
    return (
        f'@page{{margin-bottom:16mm;@bottom-left{{content:"{quoted}";font-size:7pt;width:85%}}'
        '@bottom-right{content:counter(page) " / " counter(pages);font-size:7pt}}'
    )


def as_json_text(table: PackTable) -> str:
    """The tables as one JSON document: title, status, lines, and sections of headings and rows."""
    return json.dumps(asdict(table), ensure_ascii=False, indent=2) + "\n"


def as_workbook(table: PackTable) -> bytes:
    """The tables as an xlsx workbook, one sheet each; the first says what it is and how far reviewed."""
    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    about = Section(_("About"), "", (table.title,), ((table.status,), *((line,) for line in table.lines)))
    with xlsxwriter.Workbook(written, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for number, section in enumerate((about, *table.sections)):
            sheet = book.add_worksheet(_sheet_name(number, section.title))
            if get_language_bidi():
                sheet.right_to_left()
            for column, width in enumerate(_widths(section)):
                sheet.set_column(column, column, width, wrap)
            sheet.freeze_panes(1, 0)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            sheet.write_row(0, 0, section.headings, head)
            for index, row in enumerate(section.rows, 1):
                sheet.write_row(index, 0, row, wrap)
    return written.getvalue()


def _widths(section: Section) -> list[int]:
    """As wide as the longest line of a column, within bounds."""
    columns = zip(section.headings, *section.rows, strict=True)
    longest = [max(len(line) for cell in cells for line in cell.split("\n")) for cells in columns]
    return [max(NARROW, min(WIDE, width + 2)) for width in longest]


def _markdown_row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"


def _html_section(section: Section) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in section.headings)
    rows = "".join(
        "<tr>" + "".join(f"<td><bdi>{escape(cell)}</bdi></td>" for cell in row) + "</tr>"
        for row in section.rows
    )
    note = f"<p>{escape(section.note)}</p>" if section.note else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<h2>{escape(section.title)}</h2>{note}{table}"


def _sheet_name(number: int, title: str) -> str:
    allowed = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)
    name = " ".join(f"{number} {allowed}".split())
    return name if len(name) <= SHEET_NAME_MAX else name[:SHEET_NAME_MAX].rsplit(" ", 1)[0]
