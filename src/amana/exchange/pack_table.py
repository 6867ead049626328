"""Writes a pack's tables as Markdown, as one HTML page that prints, as JSON, or as a workbook with a sheet
for each table.

Text comes from `wording.pack_table` in the active language. The page has no script and no style but its
own; the workbook holds values only, right to left where the language is.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from io import BytesIO

import xlsxwriter
from django.utils.translation import get_language_bidi

from amana.wording.languages import language
from amana.wording.pack_table import PackTable, Section

SHEET_NAME_MAX = 31

_STYLE = (
    "body{font-family:'IBM Plex Sans','IBM Plex Sans Arabic',sans-serif;margin:2rem;line-height:1.5}"
    "table{border-collapse:collapse;width:100%;margin-block:.5rem 2rem}"
    "th,td{border:1px solid #b5ada0;padding:.3rem .5rem;text-align:start;vertical-align:top}"
    "thead{display:table-header-group}tr{break-inside:avoid}"
)


def as_markdown(table: PackTable) -> str:
    """The tables as GitHub-flavoured Markdown."""
    lines = [f"# {table.title}", "", *(f"- {line}" for line in table.lines)]
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
        f"<title>{escape(table.title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(table.title)}</h1><ul>{facts}</ul>{body}</body></html>\n"
    )


def as_json_text(table: PackTable) -> str:
    """The tables as one JSON document: title, lines, and sections of headings and rows."""
    return json.dumps(asdict(table), ensure_ascii=False, indent=2) + "\n"


def as_workbook(table: PackTable) -> bytes:
    """The tables as an xlsx workbook, one sheet each."""
    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for number, section in enumerate(table.sections, 1):
            sheet = book.add_worksheet(_sheet_name(number, section.title))
            if get_language_bidi():
                sheet.right_to_left()
            sheet.set_column(0, len(section.headings) - 1, 30, wrap)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, section.headings, head)
            for index, row in enumerate(section.rows, 1):
                sheet.write_row(index, 0, row, wrap)
    return written.getvalue()


def _markdown_row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


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
    return f"{number} {allowed}"[:SHEET_NAME_MAX].strip()
