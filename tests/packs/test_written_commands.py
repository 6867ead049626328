"""Pages that teach by commands do what they say: every command, every answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_commands import BLOCK, DOCS, follow

PAGES = (
    "tutorial/add-a-rule.md",
    "explanation/exactness.md",
    "explanation/law-packs.md",
    "how-to/add-a-safeguard.md",
    "how-to/change-the-law.md",
    "reference/pack-files.md",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_prints_what_the_page_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "src").symlink_to(DOCS.parent / "src")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert follow(page, tmp_path) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_amana_on_the_page_is_run(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    run = "".join(block["body"] for block in BLOCK.finditer(text))
    assert text.count("$ amana ") == run.count("$ amana ") > 0


def test_a_wrong_word_on_a_page_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "```csv a.csv\nref\n```\n\n```console\n$ cat a.csv\nref\n$ echo one\ntwo\n```\n", encoding="utf-8"
    )
    monkeypatch.delenv("AMANA_GOLDEN", raising=False)
    (found,) = follow(str(page), tmp_path)
    assert "prints\none" in found
