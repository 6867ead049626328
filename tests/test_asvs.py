"""The checklist of ASVS 5.0: whole, in order, and every test that it names is there."""

from __future__ import annotations

import ast
import importlib.util
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

LEVELS_ONE_AND_TWO = 253
DEEPER = {6: 12, 7: 1, 8: 6, 11: 10, 14: 4, 16: 1}
"""Lines of level 3 in the chapters where all of them are asked for."""


def _page() -> ModuleType:
    """The module that writes the page, which stands outside the package."""
    found = importlib.util.spec_from_file_location("asvs_page", ROOT / ".ci" / "asvs_page.py")
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


EVERY = _page().lines()


@lru_cache(maxsize=64)
def names_in(path: Path) -> frozenset[str]:
    return frozenset(
        node.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    )


def missing(line: Any) -> list[str]:
    """The tests of a line that are not there."""
    gone = []
    for test in line.tests:
        path, _, name = test.partition("::")
        file = ROOT / "tests" / path
        if not (file.exists() and name.startswith("test_") and name in names_in(file)):
            gone.append(f"{line.id}: {test}")
    return gone


def test_every_test_that_the_checklist_names_exists() -> None:
    assert [gone for line in EVERY for gone in missing(line)] == []


def test_the_checklist_has_every_line_once_and_in_order() -> None:
    places = [line.place for line in EVERY]
    assert places == sorted(set(places))
    assert sum(line.level <= 2 for line in EVERY) == LEVELS_ONE_AND_TWO


def test_level_three_is_whole_in_the_chapters_that_carry_people() -> None:
    deeper = [line.place[0] for line in EVERY if line.level == 3]
    assert {chapter: deeper.count(chapter) for chapter in DEEPER} == DEEPER


def test_pages_that_a_reason_points_to_are_there() -> None:
    named = {
        word.strip(";,.:")
        for line in EVERY
        if line.kind == "reason"
        for word in line.answer.split()
        if word.startswith("docs/") or word == "SECURITY.md"
    }
    assert sorted(page for page in named if not (ROOT / page).exists()) == []
