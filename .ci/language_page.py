"""The page of the rule language, written from the truth tables that every engine is tested against."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from truth_tables import Table

SPEC = Path(__file__).resolve().parent.parent / "tests" / "spec"
PAGE = """# The rule language

A policy pack is a folder of YAML and CSV. It holds no program: the conditions of rules are a small
whitelist of SQL expressions, and everything else is data. `amana packs check` refuses whatever is not
described here, with the file, the id, the reason and the mend. This page is written from
`tests/spec/truth_tables/` by `python .ci/pages.py`; don't edit it.
"""
TRUTHS = {"T": "true", "F": "false", "U": "**unknown**", "": "–", "undetermined": "**undetermined**"}


def language_page() -> Iterator[str]:
    """The rule language: prose, and the tables that are its tests."""
    sys.path.insert(0, str(SPEC))
    from truth_tables import read_sections

    yield PAGE
    for section in read_sections():
        yield f"## {section.title}\n"
        if section.text:
            yield section.text.rstrip() + "\n"
        for shown in section.tables:
            yield from truth_table(shown, section.title)


def truth_table(shown: Table, section: str) -> Iterator[str]:
    """One table of rows, with the rules, parameters and events it stands on."""
    if shown.title != section:
        yield f"### {shown.title}\n"
    if shown.intro:
        yield shown.intro.rstrip() + "\n"
    yield from law_of(shown.law)
    given, asked = shown.headings[: shown.given], shown.headings[shown.given :]
    headings = [*given, *(f"`{name}`" if shown.conditions else name for name in asked)]
    yield f"| {' | '.join(headings)} |"
    yield "|" + "---|" * len(headings)
    for cells in shown.rows:
        yield f"| {' | '.join(TRUTHS.get(cell, cell) for cell in cells)} |"
    yield ""


def law_of(law: Mapping[str, Any]) -> Iterator[str]:
    """The rules of a table, its values and its events, as they are written in a pack."""
    for ident, entry in law.get("events", {}).items():
        after = f", after `{entry['after']}`" if "after" in entry else ""
        yield f"- event `{ident}`: on {entry['on']}{after}"
    for ident, entry in law.get("parameters", {}).items():
        changes = "".join(
            f"; from `{change['from']}` {in_text(change['value'])}" for change in entry.get("changes", ())
        )
        yield f"- `:{ident}` is {in_text(entry['value'])}{changes}"
    if {"events", "parameters"} & set(law):
        yield ""
    if "rules" not in law:
        return
    yield "| rule | modality | in force | when | outcome | exception to |"
    yield "|---|---|---|---|---|---|"
    for entry in law["rules"]:
        period = " ".join(f"{end} `{day}`" for end, day in entry.get("in_force", {}).items()) or "always"
        excepted = ", ".join(entry.get("exception_to", ())) or "–"
        modality, when = entry.get("modality", "may"), f"`{entry['when']}`"
        yield f"| {entry['id']} | {modality} | {period} | {when} | {entry['outcome']} | {excepted} |"
    yield ""


def in_text(value: Any) -> str:
    """A number, a code, or a list of codes."""
    return ", ".join(value) if isinstance(value, list) else str(value)
