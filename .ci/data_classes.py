"""Writes docs/reference/data-classes.md from the declarations in the code; `--check` fails if it differs.

The declarations (`apps/audit/columns.py`, `kept(...)` on each column) are the truth; the page shows them.
"""
# ruff: noqa: T201 - printing is what it is for

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "data-classes.md"
HEAD = """# Data classes

Every column of every table declares a class, a purpose and a retention; the build fails where one
does not. This page is written from those declarations by `python .ci/data_classes.py`; don't edit it.
"""


def load_models() -> None:
    """Load the office's settings with a home that is thrown away, since nothing is stored here."""
    os.environ.setdefault("AMANA_HOME", tempfile.mkdtemp(prefix="amana-docs-"))
    from amana.start import start_office

    start_office()


def lines() -> Iterator[str]:
    """The page, line by line."""
    from django.apps import apps

    from amana.apps.audit.columns import CLASSES, PURPOSES, RETENTIONS, Kept, declared_columns

    yield HEAD
    yield from table("Classes", "class", CLASSES)
    yield from table("Purposes", "purpose", PURPOSES)
    yield from table("Retention", "retention", RETENTIONS)
    yield "## Columns\n"
    columns = [(label.rsplit(".", 1), kept) for label, kept in declared_columns(apps.get_models())]
    for model, group in groupby(columns, key=lambda column: column[0][0]):
        yield f"### {model}\n"
        yield "| columns | class | purpose | retention |"
        yield "|---|---|---|---|"
        alike: dict[Kept, list[str]] = {}
        for (_, name), kept in group:
            if kept is None:
                raise SystemExit(f"{model}.{name} declares no class, purpose and retention.")
            alike.setdefault(kept, []).append(f"`{name}`")
        for kept, names in alike.items():
            yield f"| {', '.join(names)} | {kept.cls} | {kept.purpose} | {kept.retention} |"
        yield ""


def table(title: str, key: str, meanings: Mapping[str, str]) -> Iterator[str]:
    """One table of keys and what they mean."""
    yield f"## {title}\n"
    yield f"| {key} | meaning |"
    yield "|---|---|"
    yield from (f"| {name} | {meaning} |" for name, meaning in meanings.items())
    yield ""


def main() -> int:
    """Write the page, or compare it with what would be written."""
    load_models()
    page = "\n".join(lines()).rstrip() + "\n"
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page:
        print(f"{PAGE.name} agrees with the declarations")
        return 0
    print(f"{PAGE} is out of date: run `python .ci/data_classes.py` and commit it.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
