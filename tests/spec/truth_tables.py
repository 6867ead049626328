"""The truth tables of the rule language, as data: what stands in `truth_tables/*.yaml`, in order.

The test decides every row on every engine; the reference page is written from the same rows. A table is
text with `|` between cells, its first line the headings: facts, `day` (the as-of date), then either
conditions with T, F or U, or the parts of a verdict (`outcome`, `rule`, `possible`, `needs`). An empty cell
is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("truth_tables")
GIVEN = frozenset(
    ("day", "birth", "sex", "nationality", "ill", "alone", "siblings", "arrived", "seen_by_doctor")
)
VERDICT = ("outcome", "rule", "possible", "needs")


@dataclass(frozen=True)
class Table:
    """One table. `law`: what its pack holds beside the conditions (parameters, events, rules, leap day)."""

    title: str
    intro: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    law: Mapping[str, Any] = field(default_factory=dict)
    exact: bool = True

    @property
    def given(self) -> int:
        """How many of the first columns are facts or the day."""
        names = self.headings
        asked = (place for place, name in enumerate(names) if name not in GIVEN or name in names[:place])
        return next(asked, len(names))

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions that are asked of each row; none of a table of rules or dates."""
        return self.headings[self.given :] if self.kind == "conditions" else ()

    @property
    def kind(self) -> str:
        """What a row says: the days of a `date`, the truth of `conditions`, or the verdict of `rules`."""
        return "date" if self.headings[0] == "written" else "rules" if "rules" in self.law else "conditions"


@dataclass(frozen=True)
class Section:
    """One part of the language: prose, and the tables that prove it."""

    title: str
    text: str
    tables: tuple[Table, ...]


def read_sections() -> Iterator[Section]:
    """Every section, in the order of its file."""
    for file in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        tables = tuple(_table(entry, content["title"]) for entry in content.get("tables", ()))
        yield Section(content["title"], content.get("text", ""), tables)


def _table(entry: dict[str, Any], section: str) -> Table:
    if "dates" in entry:
        entry["table"] = "written | earliest | latest\n" + entry.pop("dates")
    lines = [tuple(cell.strip() for cell in line.split("|")) for line in entry.pop("table").splitlines()]
    headings = lines[0]
    rows = tuple(row + ("",) * (len(headings) - len(row)) for row in lines[1:])
    assert all(len(row) == len(headings) for row in rows), entry
    title, intro = entry.pop("title", section), entry.pop("intro", "")
    return Table(title, intro, headings, rows, exact=entry.pop("exact", True), law=entry)
