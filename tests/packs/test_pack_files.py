"""The reference of a pack's files names the keys that the loader asks for, no more and no fewer, and its
examples hold each of them.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from written_commands import BLOCK, DOCS

from amana.apps.decisions.packs import find_pack, read_pack_files
from amana.core.errors import PackFaults
from amana.core.policy import build_pack

PAGE = "reference/pack-files.md"
TABLE = re.compile(r"^\| (?:key|column)[^|\n]*\| holds \|\n\|---\|---\|\n(?P<rows>(?:\|.*\n)+)", re.MULTILINE)
NAME = re.compile(r"`(\w+)`")
WRONG = "surely_unknown"

Files = dict[str, Any]
ENTRIES: dict[str, tuple[int, Callable[[Files], Any]]] = {
    "pack": (0, lambda files: files["pack.yaml"]),
    "decision": (1, lambda files: files["pack.yaml"]["decisions"]["lessons"]),
    "fact": (2, lambda files: files["facts.yaml"]["birth"]),
    "instrument": (3, lambda files: files["sources.yaml"]["instruments"]["our-example"]),
    "event": (4, lambda files: files["sources.yaml"]["events"]["second-reform"]),
    "parameter": (5, lambda files: files["parameters.yaml"]["school_age"]),
    "rule": (6, lambda files: files["rules/school.yaml"][1]),
    "gap": (7, lambda files: files["gaps.yaml"][0]),
    "conflict": (8, lambda files: files["conflicts.yaml"][0]),
    "question": (9, lambda files: files["questions.yaml"][0]),
    "case": (10, lambda files: files["cases/lessons.csv"][0]),
    "kind of record": (11, lambda files: files["records/visits.yaml"]["school_visit"]),
    "safeguard": (12, lambda files: files["safeguards/lessons.yaml"][0]),
    "case of a safeguard": (13, lambda files: files["safeguards/lessons.csv"][0]),
}
"""Each kind of entry: the number of its table on the page, and one of its examples."""

INNER: dict[str, Callable[[Files], Any]] = {
    "outcomes": lambda files: files["pack.yaml"]["decisions"]["lessons"]["outcomes"]["school"],
    "interim": lambda files: files["pack.yaml"]["decisions"]["lessons"]["interim"][0],
    "withdraws": lambda files: files["pack.yaml"].setdefault("withdraws", {}),
    "changes": lambda files: files["parameters.yaml"]["school_age"]["changes"][0],
    "in_force": lambda files: files["rules/school.yaml"][1]["in_force"],
    "duty": lambda files: files["safeguards/lessons.yaml"][1]["duty"][0],
    "remedy": lambda files: files["safeguards/lessons.yaml"][0]["remedy"][0],
    "against": lambda files: files["conflicts.yaml"][0]["against"],
}
"""Keys whose content has keys of its own, which the page tells in the same row."""


@pytest.fixture(scope="module")
def page() -> str:
    return (DOCS / PAGE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def files(page: str, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder: Path = tmp_path_factory.mktemp("page")
    for block in BLOCK.finditer(page):
        kind, *rest = block["info"].split()
        if kind != "console":
            file = folder / rest[0]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["body"], encoding="utf-8")
    return dict(read_pack_files(folder / "example"))


def asked(files: Files, entry: Callable[[Files], Any]) -> set[str]:
    """The keys that the loader names when it meets one that it doesn't know."""
    changed = copy.deepcopy(files)
    entry(changed)[WRONG] = "x"
    with pytest.raises(PackFaults) as refused:
        build_pack(changed, [find_pack("international")])
    (mend,) = {fault.mend for fault in refused.value.faults if WRONG in fault.reason}
    return set(mend.removeprefix("Use: ").removesuffix(".").split(", "))


def rows(page: str, number: int) -> list[str]:
    return list(TABLE.finditer(page))[number]["rows"].splitlines()


@pytest.mark.parametrize("kind", ENTRIES)
def test_the_page_names_every_key_of_an_entry_and_no_other(page: str, files: Files, kind: str) -> None:
    number, entry = ENTRIES[kind]
    told = {name for row in rows(page, number) for name in NAME.findall(row.split("|")[1])}
    facts: set[str] = set()
    if kind.startswith("case"):
        pack = build_pack(files, [find_pack("international")])
        facts = set(pack.facts if kind == "case" or pack.watch is None else pack.watch.facts)
    waiting = (
        asked(files, lambda files: files["safeguards/lessons.yaml"][2]) if kind == "safeguard" else set()
    )
    assert told == (asked(files, entry) | waiting) - facts


@pytest.mark.parametrize("key", INNER)
def test_the_row_of_a_key_names_every_key_within_it(page: str, files: Files, key: str) -> None:
    (row,) = {
        row
        for number, _entry in ENTRIES.values()
        for row in rows(page, number)
        if row.startswith((f"| `{key}` |", f"| `{key}`? |"))
    }
    assert not {name for name in asked(files, INNER[key]) if not re.search(rf"\b{name}\b", row)}


@pytest.mark.parametrize("kind", ENTRIES)
def test_the_examples_of_a_kind_hold_every_key_of_it(page: str, files: Files, kind: str) -> None:
    number, _entry = ENTRIES[kind]
    written = "".join(block["body"] for block in BLOCK.finditer(page) if not block["info"].startswith("cons"))
    told = {name for row in rows(page, number) for name in NAME.findall(row.split("|")[1])}
    assert not {name for name in told - {"withdraws"} if not re.search(rf"\b{name}\b", written)}
