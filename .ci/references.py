"""Checks what the documentation points at: every relative link, every picture, every test that a page names;
and that each page and each benchmark is listed where a reader looks for it.

A page that promises a proof which isn't there is worse than none; one that nobody finds is as bad.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def pages() -> list[Path]:
    """Every page of documentation."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])


def broken(page: Path) -> Iterator[str]:
    """What this page points at and isn't there."""
    text = page.read_text(encoding="utf-8")
    for target in LINK.findall(text):
        if "://" not in target and not (page.parent / target).exists():
            yield f"no such file: {target}"
    for file, name in TEST.findall(text):
        if not (ROOT / file).exists():
            yield f"no such test file: {file}"
        elif name and f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8"):
            yield f"no such test: {file}::{name}"


def unlisted() -> Iterator[str]:
    """The pages and benchmarks that no list names."""
    pages_of_index = [page for page in ROOT.glob("docs/*/*.md") if not page.match("adr/0*.md")]
    lists = {
        "docs/index.md": pages_of_index,
        "docs/adr/README.md": [*ROOT.glob("docs/adr/0*.md")],
        "benchmarks/README.md": [*ROOT.glob("benchmarks/*.py")],
    }
    for name, files in lists.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        paths = (file.relative_to((ROOT / name).parent).as_posix() for file in files)
        yield from (f"{name}: does not list {path}" for path in sorted(paths) if path not in text)


def main() -> int:
    """Print everything that is missing; 1 if anything is."""
    checked = pages()
    missing = [f"{page.relative_to(ROOT)}: {what}" for page in checked for what in broken(page)]
    missing += unlisted()
    for line in missing:
        print(line, file=sys.stderr)
    print(f"{len(checked)} pages, {len(missing)} broken references")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
