"""`amana packs`: check a policy pack, write it as the document a lawyer reads, and say what differs between
two."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from django.utils import translation
from rich.console import Console
from rich.progress import track

from amana.apps.decisions.packs import find_pack, shipped_packs
from amana.core.errors import Fault
from amana.core.policy import Pack
from amana.exchange.engines import engines_at_hand
from amana.exchange.output_file import replace_bytes, replacing
from amana.exchange.pack_check import PackCheck, check_pack
from amana.exchange.pack_table import as_html, as_json_text, as_markdown, as_workbook
from amana.start import start
from amana.wording.pack_diff import diff_table
from amana.wording.pack_document import PackTable
from amana.wording.pack_table import pack_table

FORMS = ("md", "html", "xlsx", "json")
WRITERS = {"md": as_markdown, "html": as_html, "json": as_json_text}


@click.group(name="packs")
def command() -> None:
    """Law as data: check a pack, read it as a document, or see what differs between two."""
    start()


@command.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--postgresql", "postgresql_url", metavar="URL", help="Try the worked cases there too [DATABASE_URL]."
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document.")
def check(paths: tuple[str, ...], postgresql_url: str | None, as_json: bool) -> None:
    """Check packs: form, sources, dated law, gaps, conflicts, and the worked cases on every engine at
    hand.

    Without PATH the shipped packs are checked. Exit status 1 if a fault is found. A note (a rule that answers
    nobody, a text that repeats a number which changes) is no fault.
    """
    if postgresql_url and not postgresql_url.startswith("postgres"):
        raise click.UsageError("--postgresql takes an address such as postgresql://user@host/name.")
    url = postgresql_url or os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        os.environ["DATABASE_URL"] = url
    engines = engines_at_hand()
    terminal = Console(stderr=True)
    names = list(paths or shipped_packs())
    checked = [
        check_pack(name, engines)
        for name in track(names, "Checking", console=terminal, disable=not terminal.is_terminal)
    ]
    if as_json:
        click.echo(json.dumps({"packs": [_record(each) for each in checked]}, ensure_ascii=False, indent=2))
    else:
        for each in checked:
            _say(each)
    sys.exit(1 if any(each.faults for each in checked) else 0)


def written(function: Callable[..., None]) -> Callable[..., None]:
    """The options of a command that writes a document of tables."""
    options = (
        click.option("--format", "form", type=click.Choice(FORMS), default="md", show_default=True),
        click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
        click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True),
        click.option(
            "--out",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Write here, not to the screen.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


@command.command()
@click.argument("path", metavar="PATH")
@written
def table(path: str, form: str, as_json: bool, lang: str, out: Path | None) -> None:
    """Write a pack as the document a lawyer reads.

    Decision tables, readings, days of law, gaps, conflicts, open questions and texts; how far it was reviewed
    stands first.
    """
    form = _form(form, as_json, out)
    pack = find_pack(path)
    with translation.override(lang):
        _write(pack_table(pack), form, out)


@command.command()
@click.argument("packs", nargs=2, metavar="BEFORE AFTER")
@written
def diff(packs: tuple[str, str], form: str, as_json: bool, lang: str, out: Path | None) -> None:
    """Say in words what differs between two packs, entry by entry.

    BEFORE and AFTER are names of shipped packs or folders. Equal packs say so; exit status 0 either way.
    """
    form = _form(form, as_json, out)
    before, after = map(find_pack, packs)
    with translation.override(lang):
        _write(diff_table(before, after), form, out)


def _form(form: str, as_json: bool, out: Path | None) -> str:
    form = "json" if as_json else form
    if form == "xlsx" and out is None:
        raise click.UsageError("A workbook needs a file: give --out FILE.xlsx.")
    return form


def _write(read: PackTable, form: str, out: Path | None) -> None:
    if form == "xlsx" and out is not None:
        replace_bytes(out, as_workbook(read))
        return
    with replacing(out) as stream:
        stream.write(WRITERS[form](read))


def _say(checked: PackCheck) -> None:
    if checked.faults:
        for fault in checked.faults:
            click.echo(f"{checked.folder.name}/{fault}", err=True)
        count = len(checked.faults)
        click.echo(f"{checked.folder.name}: {count} fault{'s' if count > 1 else ''}.", err=True)
    elif checked.pack is not None:
        pack = checked.pack
        exact = "exact" if _exact(pack) else "not exact"
        told = f"{len(pack.rules)} rules, answers {exact}{_safeguards(pack)}{_tried(checked)}"
        click.echo(f"{pack.id} {pack.hash[:12]} ({pack.status}): no fault found; {told}.")
        for remark in pack.remarks:
            click.echo(
                f"{checked.folder.name}/{remark.file}: {remark.id}: Note: {remark.reason} {remark.mend}"
            )


def _safeguards(pack: Pack) -> str:
    alive = sum(each.alive for each in pack.safeguards.values())
    waiting = len(pack.safeguards) - alive
    return f", {alive} safeguards ({waiting} more wait for records)" if pack.safeguards else ""


def _tried(checked: PackCheck) -> str:
    """The worked cases, and where they were tried."""
    if not checked.engines:
        return ""
    counts = [
        f"{count} worked cases{of}"
        for count, of in ((checked.cases, ""), (checked.safeguard_cases, " of safeguards"))
        if count
    ]
    return f", {' and '.join(counts)} on {', '.join(checked.engines)}"


def _record(checked: PackCheck) -> dict[str, Any]:
    pack = checked.pack
    known = (
        {}
        if pack is None
        else {"id": pack.id, "hash": pack.hash, "status": pack.status, "exact": _exact(pack)}
    )
    return {
        **known,
        "folder": str(checked.folder),
        "engines": list(checked.engines),
        "cases": checked.cases,
        "safeguards": [each.id for each in pack.safeguards.values() if each.alive] if pack else [],
        "safeguard_cases": checked.safeguard_cases,
        "faults": _plain(checked.faults),
        "notes": _plain(pack.remarks if pack else ()),
    }


def _plain(faults: Sequence[Fault]) -> list[dict[str, str]]:
    return [
        {"file": fault.file, "id": fault.id, "reason": fault.reason, "mend": fault.mend} for fault in faults
    ]


def _exact(pack: Pack) -> bool:
    return all(pack.exact(decision) for decision in pack.decisions)
