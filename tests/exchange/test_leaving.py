"""The file itself: values only, one sheet, nothing hidden, text in every cell, and traced when it leaks."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.apps.accounts.viewers import NotForYou
from amana.apps.exports import marks
from amana.apps.exports.models import ExportCopy
from amana.casework import exporting
from amana.casework.export_rows import ExportRow
from amana.casework.exporting import Leaving, Wish
from amana.core.dates import DateSpan
from amana.core.spreadsheet import cell, plain
from amana.exchange.leak_trace import stands_in_order, trace
from amana.exchange.leaving import leave
from amana.exchange.people_file import written
from amana.exchange.sheets import read_workbook
from small_office import AT, TODAY, settle

LATER = AT + timedelta(hours=1)
MARK = "ABCD-EFGH-JKMN"
HOSTILE = ("=1+1", "+7", "@cmd", "-2", "\u200f=HYPERLINK(1)", "\tx", "＝1", "أمينة 3 Ali", "a\nb")


def leaving(form: str, *names: str, language: str = "en") -> Leaving:
    rows = tuple(
        ExportRow(f"P-{at:06}", name_ar=name, name_latin=name, birth=DateSpan.day(TODAY.replace(year=2014)))
        for at, name in enumerate(names)
    )
    columns = ("ref", "name_ar", "name_latin", "age")
    told = ("=Court, محكمة", "hearing", 3, MARK, TODAY)
    return Leaving(uuid4(), "rows", form, language, columns, rows, *told)


@pytest.fixture
def taken(cast: SimpleNamespace, tmp_path: Path) -> Any:
    """`taken("csv")`: path of a file that the supervisor took, with its copy."""
    settle(cast.supervisor, tmp_path, people=30)

    def take(form: str) -> Path:
        wish = Wish(
            ("ref", "name_ar", "name_latin", "age"), {"group": ("women",)}, form, "court",
            "Juvenile court", "hearing", "The court asks who will come.",
        )  # fmt: skip
        acts: dict[str, Any] = {"at": AT, "on": TODAY}
        people = exporting.count(wish, by=cast.supervisor, on=TODAY)
        ident = exporting.ask(wish, people=people, by=cast.supervisor, **acts)
        said = {"yes": True, "people": people, "reason": "The hearing is listed."}
        exporting.answer(ident, **said, by=cast.other_supervisor, **acts)
        file = leave(ident, by=cast.supervisor, at=LATER, on=TODAY)
        path = tmp_path / file.name
        path.write_bytes(file.content)
        return path

    return take


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_cell_is_text_that_no_spreadsheet_runs(office: Any, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"list.{form}"
    path.write_bytes(written(leaving(form, *HOSTILE)))
    (sheet,) = read_workbook(path).sheets
    cells = [str(each) for row in sheet.rows for each in row.cells if each is not None]
    assert all(plain(each) == each for each in cells)
    assert not sheet.hidden and len(sheet.rows) == 2 + len(HOSTILE)
    assert MARK in cells[0] and all(MARK in str(row.cells[-1]) for row in sheet.rows[2:])


@pytest.mark.django_db
def test_a_workbook_holds_one_sheet_and_nothing_hidden_or_remembered(office: Any) -> None:
    content = written(leaving("xlsx", "Amina", "=1+1"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        text = {name: parts.read(name).decode() for name in names}
    assert [name for name in names if "worksheets/" in name] == ["xl/worksheets/sheet1.xml"]
    assert not [name for name in names if re.search("comment|drawing|external|vba|custom|connections", name)]
    sheet = text["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet and "hidden" not in sheet and "hidden" not in text["xl/workbook.xml"]
    core = text["docProps/core.xml"]
    assert "<dc:creator></dc:creator>" in core and TODAY.isoformat() in core


@pytest.mark.django_db
def test_it_is_written_in_the_language_it_was_asked_for_in(office: Any) -> None:
    content = written(leaving("xlsx", "أمينة", language="ar"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert 'rightToLeft="1"' in parts.read("xl/worksheets/sheet1.xml").decode()


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula_or_lets_its_direction_out(text: str) -> None:
    said = cell(text)
    assert plain(said) == said
    assert said.count("\u2068") == said.count("\u2069") or "\u2068" in text or "\u2069" in text


@given(st.lists(st.from_regex(r"P-[2-9]{6}", fullmatch=True), unique=True, min_size=8, max_size=40))
def test_the_order_of_a_copy_is_its_own_and_that_of_any_part_of_it(refs: list[str]) -> None:
    seed, other = "0" * 64, "1" * 64
    order = marks.ordered(seed, refs)
    assert sorted(order) == sorted(refs) == sorted(marks.ordered(other, refs))
    assert stands_in_order(seed, order) and stands_in_order(seed, order[::2])
    assert not stands_in_order(seed, order[::-1])


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_leaked_copy_is_traced_by_bytes_mark_or_order(
    taken: Any, cast: SimpleNamespace, tmp_path: Path, form: str
) -> None:
    path, other = taken(form), taken("csv")
    mark = ExportCopy.objects.get(number=1).mark
    (told,) = trace(path, by=cast.data_protection, at=LATER)
    assert (told.how, told.copy.mark, told.export.recipient) == ("bytes", mark, "Juvenile court")
    rows = read_workbook(path).sheets[0].rows
    text = "\n".join("\t".join(map(str, row.cells)) for row in rows)
    part = tmp_path / "part.txt"
    part.write_text("\n".join(text.splitlines()[2:5]))
    assert [each.how for each in trace(part, by=cast.monitor, at=LATER)] == ["mark"]
    part.write_text(text.replace(mark, ""))
    (found,) = trace(part, by=cast.monitor, at=LATER)
    assert (found.how, found.copy.number) == ("order", 1) and found.chance >= 5040
    part.write_text("\n".join(sorted(text.replace(mark, "").splitlines())))
    assert trace(part, by=cast.monitor, at=LATER) == ()
    assert other.read_bytes() != path.read_bytes()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["caseworker", "facility_manager", "administrator", "guardian"])
def test_nobody_else_traces(taken: Any, cast: SimpleNamespace, role: str) -> None:
    path = taken("csv")
    with pytest.raises(NotForYou):
        trace(path, by=getattr(cast, role), at=LATER)


@pytest.mark.django_db
def test_of_a_file_that_was_never_asked_for_nothing_leaves(cast: SimpleNamespace) -> None:
    with pytest.raises(NotForYou):
        leave(UUID(int=7), by=cast.supervisor, at=LATER, on=TODAY)
