"""A whole list, read: the sheet that reads as a list, its header and columns, and every row below the header.

Pure: the same workbook, day, mapping and vocabulary give the same answer, whatever the register holds.
Refuses a workbook in which no sheet reads as a list (`NoListFound`) and a mapping that fits no column
(`BadMapping`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from amana.casework.listing.columns import (
    NAME_PARTS,
    NAMES,
    PERSON_FIELDS,
    REFUSED,
    ColumnGuess,
    find_header,
    guess_columns,
    is_second_header,
    read_heading,
)
from amana.casework.listing.layout import Layout, build_layout, names_by_script, speaks_of_nobody
from amana.casework.listing.rows import RowRead, RowReader
from amana.casework.listing.vocabulary import Vocabulary
from amana.casework.listing.workbook import Row, Sheet, Workbook, written
from amana.core.dates import DateSpan
from amana.core.errors import AmanaError
from amana.core.names import fold

Progress = Callable[[int, int], None]


class NoListFound(AmanaError):
    """No sheet of the workbook reads as a list of persons."""


@dataclass(frozen=True)
class ListRead:
    """One list as read. header_row: the sheet's row number of the header, 0 if there is none; passed_over:
    sheets not read, by name.
    """

    sheet: str
    header_row: int
    columns: tuple[ColumnGuess, ...]
    rows: tuple[RowRead, ...]
    listed_on: date
    passed_over: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return the number of rows by status, every status present."""
        found = {"ok": 0, "warning": 0, "error": 0, "duplicate": 0, "skipped": 0}
        for row in self.rows:
            found[row.status] += 1
        return found

    def message_counts(self) -> dict[str, int]:
        """Return the number of rows that carry each code, most frequent first."""
        found: dict[str, int] = {}
        for row in self.rows:
            for code in row.codes:
                found[code] = found.get(code, 0) + 1
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    @property
    def refused(self) -> tuple[ColumnGuess, ...]:
        """The columns refused in words; their values were never read."""
        return tuple(column for column in self.columns if column.field == REFUSED)


def read_list(
    workbook: Workbook,
    *,
    listed_on: date,
    vocabulary: Vocabulary,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    progress: Progress | None = None,
) -> ListRead:
    """Read the list a workbook holds, as of the day it was made.

    mapping: heading or column letter -> field, correcting the guess; sheet: read this one, whatever it looks
    like. progress: called with (rows done, rows in all). Raises NoListFound, BadMapping.
    """
    chosen, header_at = _choose(workbook, sheet, vocabulary, mapping)
    body = chosen.rows[header_at + 1 :]
    headings = _headings(chosen, header_at, vocabulary)
    columns = guess_columns(headings, body, vocabulary, mapping)
    if not _names_someone(columns):
        raise NoListFound(
            f"The sheet '{chosen.name}' has no column of names that could be recognised. "
            "Name the column with a mapping, for example B: name."
        )
    layout = build_layout(columns, body)
    scripts = names_by_script(columns, body)
    shown = tuple(replace(c, field=scripts.get(c.index, c.field)) for c in columns)
    rows = tuple(_read_rows(body, layout, vocabulary, listed_on, progress))
    number = chosen.rows[header_at].number if header_at >= 0 else 0
    others = tuple(other.name for other in workbook.sheets if other is not chosen)
    return ListRead(chosen.name, number, shown, rows, listed_on, others)


def _choose(
    workbook: Workbook, name: str | None, words: Vocabulary, mapping: Mapping[str, str] | None
) -> tuple[Sheet, int]:
    """Return the sheet that reads best as a list and its header's place; hidden sheets only when named."""
    if name is not None:
        named = [sheet for sheet in workbook.sheets if sheet.name == name]
        if not named:
            raise NoListFound(
                f"There is no sheet '{name}'. Sheets: {', '.join(s.name for s in workbook.sheets)}."
            )
        return named[0], _header(named[0], words, mapping)[0]
    visible = [
        sheet for sheet in workbook.sheets if not sheet.hidden and any(row.cells for row in sheet.rows)
    ]
    scored = [(_header(sheet, words, mapping), sheet) for sheet in visible]
    headed = [
        (score, len(sheet.rows), -at, header, sheet)
        for at, ((header, score), sheet) in enumerate(scored)
        if header >= 0
    ]
    if headed:
        best = max(headed, key=lambda found: found[:3])
        return best[4], best[3]
    for sheet in visible:
        if mapping or _reads_without_header(sheet, words):
            return sheet, -1
    raise NoListFound(
        "No sheet reads as a list: no row of headings such as name, date of birth, nationality was found "
        "in the first 60 rows. Send the list with its headings, or name the columns with a mapping."
    )


def _header(sheet: Sheet, words: Vocabulary, mapping: Mapping[str, str] | None) -> tuple[int, int]:
    """Return the place of the (lower) header row and how many fields the header names."""
    at, score = find_header(sheet, words, mapping or ())
    if 0 <= at < len(sheet.rows) - 1 and is_second_header(sheet.rows[at + 1], words):
        return at + 1, score
    return at, score


def _reads_without_header(sheet: Sheet, words: Vocabulary) -> bool:
    width = max((len(row.cells) for row in sheet.rows), default=0)
    found = {column.field for column in guess_columns([""] * width, sheet.rows, words, None)}
    return "name" in found and len(found & set(PERSON_FIELDS)) >= 2


def _headings(sheet: Sheet, header_at: int, words: Vocabulary) -> list[str]:
    """Return one heading a column; where two rows make the header, the upper one completes the lower."""
    width = max((len(row.cells) for row in sheet.rows), default=0)
    if header_at < 0:
        return [""] * width
    own = [written(sheet.rows[header_at].cell(at)) for at in range(width)]
    if header_at == 0:
        return own
    above = [written(sheet.rows[header_at - 1].cell(at)) for at in range(width)]
    if sum(bool(text) for text in above) < 2:
        return own
    group = ""
    for at in range(width):
        group = above[at] or group
        if not own[at]:
            own[at] = above[at]
        elif group and _divides(own[at], group, words):
            own[at] = f"{group} / {own[at]}"
    return own


def _divides(own: str, group: str, words: Vocabulary) -> bool:
    """Say whether a heading needs the one above it to be understood."""
    bare = fold(own) in words.subheadings or read_heading(own, words).fit == 0
    return bare and read_heading(group, words).fit >= 2


def _names_someone(columns: Iterable[ColumnGuess]) -> bool:
    return any(column.field in NAMES or column.field in NAME_PARTS for column in columns)


def _read_rows(
    body: Sequence[Row], layout: Layout, words: Vocabulary, listed_on: date, progress: Progress | None
) -> Iterator[RowRead]:
    """Yield every row below the header, carrying the family down and marking duplicates of earlier rows."""
    reader = RowReader(layout, words, listed_on)
    seen: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    family = ""
    for done, row in enumerate(body, 1):
        if progress and (done % 500 == 0 or done == len(body)):
            progress(done, len(body))
        if speaks_of_nobody(row, layout, words):
            yield RowRead(row.number, "skipped", original=layout.original(row))
            continue
        family = layout.family_cell(row) or family
        read = reader.person(row, family)
        yield (
            replace(read, status="duplicate") if read.status != "error" and _seen_before(read, seen) else read
        )


def _seen_before(row: RowRead, seen: dict[tuple[object, ...], list[tuple[str, str]]]) -> bool:
    """Say whether an earlier row has the same family, folded name and birth; remember this one.

    Without a family more must agree (sex, nationality, relation, arrival): two girls of one name may share a
    birth year.
    """
    birth: DateSpan | None = row.birth
    rest = () if row.family else (row.sex, row.nationality, row.relation, row.arrived)
    key = (fold(row.family), birth, *rest)
    arabic, latin = fold(row.name_ar), fold(row.name_latin)
    earlier = seen.setdefault(key, [])
    if any(_same_name(arabic, latin, *names) for names in earlier):
        return True
    earlier.append((arabic, latin))
    return False


def _same_name(arabic: str, latin: str, other_arabic: str, other_latin: str) -> bool:
    """Say whether two names agree in one script and do not differ in the other."""
    same_arabic, same_latin = arabic == other_arabic, latin == other_latin
    if arabic and same_arabic:
        return same_latin or not latin or not other_latin
    return bool(latin) and same_latin and (not arabic or not other_arabic)
