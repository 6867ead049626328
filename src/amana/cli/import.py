"""`amana import`: read a list, show what was understood, register it as one batch; `amana import undo` takes
a batch back.

`--dry-run` needs no office and no database: ROWS.csv depends on the list, its day and the mapping alone.
Without it the list goes to the demonstration office, as its operator. Names are never printed; they stand in
ROWS.csv only.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import yaml
from rich.console import Console
from rich.progress import Progress

from amana.casework.listing import REFUSAL, SENTENCES, ListRead, column_letter, read_list
from amana.cli._options import DAY
from amana.core.errors import AmanaError
from amana.exchange.rows_file import write_rows
from amana.exchange.sheets import read_workbook
from amana.exchange.vocabulary import intake_vocabulary
from amana.start import AtWork, operator_at_work, start

Told = Callable[[int, int, str], None]


class Refused(AmanaError):
    """The import can't go ahead; the message says what stands in the way."""


class FileOrUndo(click.Group):
    """`amana import FILE ...` reads a list; `amana import undo BATCH` takes one back. A file named undo is
    `./undo`.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "-h", "--help"}:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group("import", cls=FileOrUndo)
def command() -> None:
    """Read and register a list of persons (xlsx, xls, ods, csv).

    `amana import FILE` is short for `amana import list FILE`.
    """


@command.command("list")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--listed-on",
    type=DAY,
    help="The day the list was made; ages count from it. Default: today.",
)
@click.option("--facility", metavar="REF", help="Where these people are. Default: the office's only place.")
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(path_type=Path),
    help="YAML or JSON: heading or column letter -> field.",
)
@click.option("--sheet", metavar="NAME", help="Read this sheet. Default: the one that reads as a list.")
@click.option("--sender", default="", help="Who sent the list. Default: the file's name.")
@click.option("--dry-run", is_flag=True, help="Read and report only; needs no database.")
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Write one line for each row (CSV)."
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable summary.")
def list_command(
    *,
    file: Path,
    listed_on: date | None,
    facility: str | None,
    mapping_file: Path | None,
    sheet: str | None,
    sender: str,
    dry_run: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Read FILE, say what was understood, and register it as one batch unless --dry-run is given."""
    start()
    at_work = None if dry_run else operator_at_work()
    if at_work:
        at_work.viewer.require("people.register")
    today = at_work.today if at_work else datetime.now(UTC).date()
    place = _place(at_work, facility) if at_work else None
    day = listed_on or today
    mapping = _mapping(mapping_file)
    with _progress() as tell:
        tell(0, 0, "open")
        workbook = read_workbook(file)
        words = intake_vocabulary()
        read = read_list(
            workbook,
            listed_on=day,
            vocabulary=words,
            mapping=mapping,
            sheet=sheet,
            progress=lambda done, total: tell(done, total, "read"),
        )
    if out:
        write_rows(read.rows, out)
    summary = _summary(read)
    if not as_json:
        _print_summary(read)
    if at_work:
        summary["committed"] = _commit(
            read, file=file, facility=place, sender=sender, at_work=at_work, quiet=as_json
        )
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, indent=2))


@command.command("undo")
@click.argument("batch")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def undo_command(batch: str, as_json: bool) -> None:
    """Take BATCH back: its people, claims, stays and decisions go, the audit stays.

    Refused, with the list of what stands in the way, once anything outside the batch rests on it.
    """
    at_work = operator_at_work()
    from amana.casework import intake
    from amana.core.reference import check_reference

    ref = check_reference(batch)
    if not ref.startswith("B-"):
        raise Refused(f"{ref} is no batch. The reference of a batch begins with B-.")
    result = intake.undo(ref, by=at_work.viewer, at=at_work.now)
    if as_json:
        obstacles = [{"kind": o.kind, "count": o.count, "refs": list(o.refs)} for o in result.obstacles]
        click.echo(
            json.dumps({"undone": result.undone, "people": result.people, "obstacles": obstacles}, indent=2)
        )
    elif result.undone:
        click.echo(f"{batch} is taken back: {result.people:,} people removed; the audit keeps its entries.")
    if not result.undone:
        found = "; ".join(f"{o.count} {o.kind} ({', '.join(o.refs)})" for o in result.obstacles)
        raise Refused(
            f"{batch} can't be taken back: records outside it rest on it: {found}. Remove these first."
        )


def _place(at_work: AtWork, facility: str | None) -> str:
    """The place asked for, or the office's only one; said before the list is read."""
    from amana.apps.placements.queries import facilities
    from amana.core.reference import check_reference

    known = [place.ref for place in facilities(at_work.viewer)]
    ref = check_reference(facility) if facility else None
    if ref in known:
        return ref
    if ref is None and len(known) == 1:
        return known[0]
    raise click.UsageError(
        f"Say where these people are: --facility with one of {', '.join(known) or 'none'}."
    )


def _commit(
    read: ListRead,
    *,
    file: Path,
    facility: str | None,
    sender: str,
    at_work: AtWork,
    quiet: bool,
) -> dict[str, Any]:
    """Register the list, hold the safeguards against its people, and return the result by name."""
    from amana.apps.audit.reading import record_reading
    from amana.casework import intake
    from amana.casework.sweep import sweep_list

    with _progress() as tell:
        result = intake.commit(
            read,
            facility=facility,
            sender=sender or file.stem,
            by=at_work.viewer,
            at=at_work.now,
            on=at_work.today,
            file_name=file.name,
            progress=tell,
        )
        if result.batch is not None:
            sweep_list(result.batch, on=at_work.today, by=at_work.viewer, at=at_work.now, progress=tell)
    record_reading(at_work.viewer, "import", at_work.now)
    if not quiet:
        if result.batch is None:
            click.echo(
                f"Nothing new: all {result.known:,} rows were registered before "
                f"({', '.join(result.known_in)})."
            )
        else:
            click.echo(
                f"Registered as {result.batch}: {result.added:,} people in {result.families:,} families, "
                f"{result.errors:,} rows held back, {result.known:,} known before."
            )
    return {name: getattr(result, name) for name in ("batch", "rows", "added", "known", "errors", "families")}


def _mapping(path: Path | None) -> Mapping[str, str] | None:
    """Read a mapping file; every scalar stays text, so a column `No` or `Y` keeps its name."""
    if path is None:
        return None
    try:
        found = yaml.load(path.read_text("utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506 - narrower than SafeLoader
    except OSError as error:
        raise Refused(f"{path}: the mapping can't be opened ({error.strerror}).") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise Refused(
            f"{path.name}: the mapping can't be read. Write YAML or JSON, for example B: name."
        ) from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Refused(f"{path.name}: a mapping gives one field for each column, for example B: name.")
    return found


def _summary(read: ListRead) -> dict[str, Any]:
    columns = [
        {
            "column": column_letter(c.index),
            "heading": c.heading,
            "field": c.field,
            "reason": c.reason,
            "sure": c.sure,
        }
        for c in read.columns
    ]
    return {
        "sheet": read.sheet,
        "header_row": read.header_row,
        "listed_on": read.listed_on.isoformat(),
        "passed_over": list(read.passed_over),
        "columns": columns,
        "rows": len(read.rows),
        "status": read.counts(),
        "messages": read.message_counts(),
    }


def _print_summary(read: ListRead) -> None:
    where = f"sheet {read.sheet}, " if read.sheet else ""
    click.echo(
        f"Read {len(read.rows):,} rows ({where}header in row {read.header_row}), as of {read.listed_on}."
    )
    for name in read.passed_over:
        click.echo(f"Not read: sheet {name}.")
    click.echo("Columns")
    for column in read.columns:
        sure = "" if column.sure else "  (guessed: check, correct with --mapping)"
        click.echo(f"  {column_letter(column.index):>2}  {column.field:<12} {column.heading}{sure}")
        if column.reason == "refused":
            click.echo(f"      {REFUSAL}")
    click.echo("Rows")
    for status, number in read.counts().items():
        click.echo(f"  {status:<10} {number:>8,}")
    if read.message_counts():
        click.echo("Messages")
    for code, number in read.message_counts().items():
        click.echo(f"  {code:<26} {number:>6,}  {SENTENCES[code]}")


_STEPS = {
    "open": "Opening the file",
    "read": "Reading rows",
    "register": "Registering",
    "decide": "Deciding",
    "sweep": "Holding the safeguards against them",
    "finish": "Finishing",
}


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar on a terminal; elsewhere one plain line when a step begins. Both on standard error."""
    if sys.stderr.isatty():
        with Progress(console=Console(stderr=True), transient=True) as bar:
            tasks: dict[str, Any] = {}

            def show(done: int, total: int, step: str) -> None:
                if step not in tasks:
                    tasks[step] = bar.add_task(_STEPS.get(step, step), total=total or None)
                bar.update(tasks[step], completed=done, total=total or None)

            yield show
        return
    seen: set[str] = set()

    def line(done: int, total: int, step: str) -> None:
        if step not in seen:
            seen.add(step)
            click.echo(f"{_STEPS.get(step, step)} ...", err=True)

    yield line
