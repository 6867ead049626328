"""Writes the reference pages that only repeat code or data; `--check` fails where one differs.

`data-classes.md` comes from the declarations on the columns, `commands.md` from the commands' own help,
`glossary.md` from the glossary of the international pack, `rule-language.md` from the truth tables that every
engine is tested against, `asvs.md` from `asvs.txt`. Code and data are the truth; the pages show them to those
who read neither.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from asvs_page import asvs_page
from language_page import language_page

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"

COLUMNS = """# Data classes

Every column of every table declares a class, a purpose and a retention; the build fails where one
does not. This page is written from those declarations by `python .ci/pages.py`; don't edit it.
"""
COMMANDS = """# Commands

The `amana` command is installed in `.venv/bin/`. This page is written from the commands' own help by
`python .ci/pages.py`; don't edit it.

**Exit status**: 0 done, whatever was found in rows (error, invalid, undetermined are results); 1 the file,
pack or database could not be used, or a check found faults, said on standard error with nothing half-done;
2 wrong usage.

**Where the office is**: `AMANA_HOME` (default `var/`) holds the database files, the keys and staged lists.
`DATABASE_URL` names a PostgreSQL database instead of the files. Commands that touch records act as the
demonstration office's *operator*, pass the same checks as pages and are written to the trail. Commands on
files alone need no office.
"""

GLOSSARY = """# Glossary

The terms of the field, as pages and packs use them. The Arabic awaits a native legal reader. This page is
written from `packs/international/glossary.csv` by `python .ci/pages.py`; don't edit it.

| English | العربية | français | meaning |
|---|---|---|---|"""


def columns_page() -> Iterator[str]:
    """Classes, purposes, retentions, and every column that has them."""
    from django.apps import apps

    from amana.apps.audit.columns import CLASSES, PURPOSES, RETENTIONS, declared_columns

    yield COLUMNS
    yield from table("Classes", "class", CLASSES)
    yield from table("Purposes", "purpose", PURPOSES)
    yield from table("Retention", "retention", RETENTIONS)
    yield "## Columns\n"
    columns = [(label.rsplit(".", 1), kept) for label, kept in declared_columns(apps.get_models())]
    for model, group in groupby(columns, key=lambda column: column[0][0]):
        yield f"### {model}\n"
        yield "| columns | class | purpose | retention |"
        yield "|---|---|---|---|"
        alike: dict[Any, list[str]] = {}
        for (_, name), kept in group:
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


def commands_page() -> Iterator[str]:
    """Every command with its help, as the terminal shows it."""
    from amana.cli import amana

    yield COMMANDS
    context = click.Context(amana, info_name="amana", terminal_width=100)
    yield from command_pages(context)


def command_pages(parent: click.Context) -> Iterator[str]:
    """The commands of a group, groups before what is in them."""
    group = parent.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(parent):
        command = group.get_command(parent, name)
        if command is None or command.hidden:
            continue
        own = click.Context(command, info_name=name, parent=parent, terminal_width=100)
        yield f"## {own.command_path}\n"
        yield "```\n" + command.get_help(own) + "\n```\n"
        yield from command_pages(own)


def glossary_page() -> Iterator[str]:
    """Every term in three languages, in alphabetical order of the English."""
    from amana.apps.decisions.packs import SHIPPED

    yield GLOSSARY
    text = (SHIPPED / "international" / "glossary.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    for row in sorted(rows, key=lambda row: row["term_en"].casefold()):
        yield f"| {row['term_en']} | {row['term_ar']} | {row['term_fr']} | {row['definition']} |"


def main() -> int:
    """Write the pages, or compare them with what would be written."""
    os.environ.setdefault("AMANA_HOME", tempfile.mkdtemp(prefix="amana-pages-"))
    from amana.start import start_office

    start_office()
    stale = []
    pages = {
        "data-classes.md": columns_page(),
        "commands.md": commands_page(),
        "glossary.md": glossary_page(),
        "rule-language.md": language_page(),
        "asvs.md": asvs_page(),
    }
    for name, lines in pages.items():
        page, text = REFERENCE / name, "\n".join(lines).rstrip() + "\n"
        if "--check" not in sys.argv[1:]:
            page.write_text(text, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"Out of date: {', '.join(stale)}. Run `python .ci/pages.py` and commit.", file=sys.stderr)
        return 1
    print("The generated pages agree with the code")
    return 0


if __name__ == "__main__":
    sys.exit(main())
