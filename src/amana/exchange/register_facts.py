"""The facts of everyone in the office's own register, for `amana decide` and `amana compare` without a file.

Each person's facts are rebuilt from the dated records as of the day asked for, as `amana explain REF` does;
nothing is stored. Whoever is read is in the read log before her row is handed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.reading import record_reading
from amana.apps.registry import queries as register
from amana.apps.registry.reach import ANSWERS, among
from amana.casework.snapshot import facts_on, groups
from amana.core.facts import FactRow

PAGE = 200


@dataclass(frozen=True)
class RegisterFacts:
    """Everyone the viewer may see, by reference, as of `on`; `at` (UTC) is when she looks."""

    viewer: Viewer
    on: date
    at: datetime
    refs: tuple[str, ...]

    def rows(self) -> Iterator[FactRow]:
        """The rows in the order of the references. Raises `NotForYou`."""
        for group in groups(self.refs):
            self.viewer.require("people.see")
            self.viewer.trail.extend(group)
            record_reading(self.viewer, "decide", self.at)
            yield from facts_on(group, self.on)


def register_facts(viewer: Viewer, on: date, at: datetime) -> RegisterFacts:
    """Find everyone in reach of whom the viewer may read what an answer rests on. Raises `NotForYou`, also
    where her role reads it of nobody.
    """
    for cls in ANSWERS:
        viewer.require_class(cls)
    refs: list[str] = []
    page = register.people(viewer, on=on, limit=PAGE)
    while True:
        refs += [line.ref for line in page.rows]
        viewer.trail.clear()  # logged when the facts are read, in the order they are read
        if page.after is None:
            return RegisterFacts(viewer, on, at, tuple(sorted(among(viewer, refs, ANSWERS))))
        page = register.people(viewer, on=on, after=page.after, limit=PAGE)
