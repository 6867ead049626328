"""Templates a stranger can read, and nothing in them that the strict content policy would switch off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import amana.web

FOLDER = Path(amana.web.__file__).parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
LONGEST = 200

INLINE = re.compile(r"<style\b|<script(?![^>]*\bsrc=)|<[^>]*\s(?:style|on[a-z]+)=", re.IGNORECASE)
OPENED_COMMENT = re.compile(r"\{#(?!.*#\})")


def _name(path: Path) -> str:
    return str(path.relative_to(FOLDER))


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_line_is_too_long_to_read(path: Path) -> None:
    long = [number for number, line in enumerate(_lines(path), 1) if len(line) > LONGEST]
    assert not long, f"lines above {LONGEST} characters: {long}"


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_style_script_or_handler_stands_inside_a_template(path: Path) -> None:
    assert not INLINE.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_comment_ends_on_its_own_line_or_it_would_be_shown(path: Path) -> None:
    assert not [line for line in _lines(path) if OPENED_COMMENT.search(line)]


@pytest.mark.parametrize(
    "written", ['<p style="x">', "<a href='/' onclick='x'>", "<style>", "<script>x</script>"]
)
def test_the_pattern_for_inline_code_finds_it(written: str) -> None:
    assert INLINE.search(written)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()
