"""Whom a file of people holds and what it says of each, built anew from the queries every time it is asked.

Asked as whoever takes the file: her reach, her classes, the filters of the people list. A class that she
reads no longer is refused, not left empty. What stands here is raw; it is put into words where the file is
written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.decisions import queries as decisions
from amana.apps.exports import codes
from amana.apps.placements import queries as placements
from amana.apps.placements.queries import FacilityView, StayView
from amana.apps.registry import queries as registry
from amana.core.dates import DateSpan

AT_ONCE = 200


@dataclass(frozen=True)
class ExportRow:
    """One person of a file. Of what no column tells, nothing is read here."""

    ref: str
    name_ar: str = ""
    name_latin: str = ""
    family: str = ""
    sex: frozenset[str] = frozenset()
    birth: DateSpan | None = None
    birth_stated: str = ""
    place: FacilityView | None = None
    since: date | None = None


def whom(
    viewer: Viewer, filters: Mapping[str, Sequence[str]], on: date, most: int | None = None
) -> tuple[str, ...]:
    """The references of everybody whom these filters find among the people in reach; with `most`, at most one
    more than that. Nobody is noted as seen: whoever asks for a file is told a number. Raises `FilterRefused`,
    `NotForYou`.
    """
    quiet, asked = replace(viewer, trail=[]), _expanded(filters)
    found: list[str] = []
    after: str | None = ""
    while after is not None and (most is None or len(found) <= most):
        page = registry.people(quiet, on=on, filters=asked, after=after, limit=AT_ONCE)
        found += [line.ref for line in page.rows]
        after = page.after
    return tuple(found if most is None else found[: most + 1])


def require_columns(viewer: Viewer, columns: Iterable[str]) -> None:
    """Raise `NotForYou` unless the viewer reads the class of each column."""
    for column in columns:
        if column not in codes.COLUMNS or not viewer.reads(codes.COLUMNS[column]):
            raise NotForYou(viewer.role, f"column {column}")


def offered_columns(viewer: Viewer) -> tuple[str, ...]:
    """The columns whose class the viewer reads, in their order."""
    return tuple(column for column, cls in codes.COLUMNS.items() if viewer.reads(cls))


def rows_of(viewer: Viewer, refs: Sequence[str], columns: Sequence[str], on: date) -> tuple[ExportRow, ...]:
    """What the columns tell of these people, in the order given; whoever stands here is noted as seen. Raises
    `NotForYou`.
    """
    require_columns(viewer, columns)
    found: list[ExportRow] = []
    for start in range(0, len(refs), AT_ONCE):
        found += _some(viewer, refs[start : start + AT_ONCE], frozenset(columns), on)
    return tuple(found)


def _some(viewer: Viewer, refs: Sequence[str], columns: frozenset[str], on: date) -> list[ExportRow]:
    lines = registry.lines(viewer, refs)
    facts = decisions.facts(viewer, refs) if columns & {"sex", "age", "birth"} else {}
    stays = placements.where(viewer, refs, on) if columns & {"place", "since"} else {}
    rows = []
    for ref in refs:
        line, known, there = lines[ref], facts.get(ref), stays.get(ref)
        stay = there if isinstance(there, StayView) else None
        row = ExportRow(ref)
        if "name_ar" in columns:
            row = replace(row, name_ar=line.name_ar)
        if "name_latin" in columns:
            row = replace(row, name_latin=line.name_latin)
        if "family" in columns:
            row = replace(row, family=_text(line.family))
        if known and "sex" in columns:
            row = replace(row, sex=known.sex)
        if known and columns & {"age", "birth"}:
            row = replace(row, birth=known.birth, birth_stated=known.birth_stated)
        if stay and "place" in columns:
            row = replace(row, place=stay.facility)
        if stay and "since" in columns:
            row = replace(row, since=stay.since)
        rows.append(row)
    return rows


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _expanded(filters: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The filters as the people list asks them: a group stands for the age bands and the sex it means."""
    asked = {name: tuple(values) for name, values in filters.items() if name != "group"}
    for group in filters.get("group", ())[:1]:
        for name, values in codes.GROUPS[group].items():
            asked[name] = tuple(value for value in asked.get(name, values) if value in values) or values
    return asked
