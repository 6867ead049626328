"""`amana audit verify`: walks the chains of both trails, writes and reads, and recomputes them: in the
office, or with `--from` on a machine of the monitor's own, from a file that the office exported or a copy of
its databases. Then no office, no settings and no key is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from amana.core.anchors import TRAILS, Anchor, NoAnchor, check_code, gaps, kept_by, read
from amana.core.errors import AmanaError
from amana.core.trail import ChainFault, Tally
from amana.exchange import trail_copy, trail_file
from amana.start import open_office

FILE = click.Path(path_type=Path)
SHOWN = 100
"""How many faults of one trail are shown; a trail that was written anew has as many as entries."""


class NotTheKey(AmanaError):
    """A file holds no audit key."""


@dataclass
class Report:
    """What a verification of one trail came to."""

    tally: Tally = field(default_factory=Tally)
    faults: list[ChainFault] = field(default_factory=list)
    looked_at: bool = False


@click.command("verify")
@click.option(
    "--from",
    "sources",
    metavar="FILE",
    multiple=True,
    type=FILE,
    help="What `amana audit export` wrote, or copies of amana.sqlite3 and operations.sqlite3, instead of "
    "the office's own databases. May be given several times.",
)
@click.option(
    "--anchor",
    "anchors",
    metavar="PATH",
    multiple=True,
    type=FILE,
    help="An anchor kept outside the office, or a folder of them. May be given several times.",
)
@click.option("--code", help="The code of one of these anchors, as it was written down or told.")
@click.option(
    "--unbroken", is_flag=True, help="These anchors are all: one that lacks between them is a fault."
)
@click.option("--key", metavar="FILE", type=FILE, help="The audit key, for the payloads in copied databases.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def verify_command(
    *,
    sources: tuple[Path, ...],
    anchors: tuple[Path, ...],
    code: str | None,
    unbroken: bool,
    key: Path | None,
    as_json: bool,
) -> None:
    """Recompute every entry and hold it against anchors; ends with status 1 where one doesn't hold.

    What came after the newest anchor is held against nothing but itself: an end that was cut off there is
    not found.
    """
    kept = _anchors(anchors)
    _refuse_other_code(kept, code)
    reports = {name: Report() for name in TRAILS}
    found = _of_files(sources, kept, reports, _key(key)) if sources else _of_office(kept, reports)
    for name, fault in found:
        reports[name].faults.append(fault)
    lacking = gaps(kept) if unbroken else ()
    told = [f"anchors: the one before that of {each.at:%Y-%m-%d %H:%M} is missing" for each in lacking]
    for name in TRAILS:
        if not reports[name].looked_at and any(each.heads[name] for each in kept):
            told.append(f"{name}: the anchors tell of it and no file given holds it")
    _tell(reports, kept, told, as_json)
    if told or any(report.faults for report in reports.values()):
        raise SystemExit(1)


def _of_office(kept: Sequence[Anchor], reports: Mapping[str, Report]) -> Iterator[tuple[str, ChainFault]]:
    open_office()
    from amana.apps.audit.trail import READS, WRITES
    from amana.apps.audit.verifying import verify

    for name, trail in (("writes", WRITES), ("reads", READS)):
        reports[name].looked_at = True
        anchored = [each.heads[name] for each in kept]
        for fault in verify(trail, *anchored, tally=reports[name].tally):
            yield name, fault


def _of_files(
    sources: Sequence[Path], kept: Sequence[Anchor], reports: Mapping[str, Report], key: bytes | None
) -> Iterator[tuple[str, ChainFault]]:
    said = {name: kept_by(kept, name) for name in TRAILS}
    tallies = {name: report.tally for name, report in reports.items()}
    for path in sources:
        copy = trail_copy.is_copy(path)
        for name in (trail_copy if copy else trail_file).trails_in(path):
            if reports[name].looked_at:
                raise click.UsageError(f"Two files hold the {name}: give one of them.")
            reports[name].looked_at = True
        if copy:
            yield from trail_copy.verify_copy(path, key, said, tallies)
        else:
            yield from trail_file.verify_file(path, said, tallies)


def _anchors(paths: Sequence[Path]) -> list[Anchor]:
    """The anchors of these files and folders. Raises `NoAnchor` naming the file."""
    files = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if paths and not files:
        raise NoAnchor("The folder given holds no anchor (*.json).")
    kept = []
    for file in files:
        try:
            kept.append(read(file.read_text("utf-8")))
        except OSError as error:
            raise NoAnchor(f"{file}: the anchor can't be opened ({error.strerror}).") from error
        except (NoAnchor, UnicodeDecodeError) as error:
            raise NoAnchor(f"{file.name}: {error if isinstance(error, NoAnchor) else 'no anchor'}") from None
    return sorted(kept, key=lambda each: each.at)


def _refuse_other_code(kept: Sequence[Anchor], code: str | None) -> None:
    if code is None:
        return
    wanted = check_code(code)
    if wanted not in {each.code for each in kept}:
        raise NoAnchor("None of the anchors given has this code: a file was exchanged, or another is meant.")


def _key(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return bytes.fromhex(path.read_text("ascii").strip())
    except (ValueError, UnicodeDecodeError):
        raise NotTheKey(f"{path.name} holds no audit key: 64 hexadecimal digits.") from None


def _tell(reports: Mapping[str, Report], kept: Sequence[Anchor], more: list[str], as_json: bool) -> None:
    looked_at = {name: report for name, report in reports.items() if report.looked_at}
    if as_json:
        told: dict[str, object] = {name: _counts(report) for name, report in looked_at.items()}
        told["anchors"] = {"count": len(kept), "last": kept[-1].at.isoformat() if kept else None}
        click.echo(json.dumps({**told, "missing": more}, indent=2))
        return
    for name, report in looked_at.items():
        counts = _counts(report)
        click.echo(
            f"{name}: {counts['entries']} entries, {len(report.faults)} faults; "
            f"{counts['erased']} payloads gone, {counts['erasures']} erasures"
        )
        for fault in report.faults[:SHOWN]:
            click.echo(f"  {fault}", err=True)
        if len(report.faults) > SHOWN:
            click.echo(f"  and {len(report.faults) - SHOWN} more", err=True)
    for line in more:
        click.echo(line, err=True)
    if kept:
        last = kept[-1]
        click.echo(f"held against {len(kept)} anchors, the last of {last.at:%Y-%m-%d %H:%M} UTC: {last.code}")
    else:
        click.echo("held against no anchor: an end cut off or a trail written anew with its key isn't found")


def _counts(report: Report) -> dict[str, object]:
    return {
        "entries": report.tally.entries,
        "faults": [str(fault) for fault in report.faults],
        "erased": len(report.tally.erased),
        "erasures": report.tally.erasures,
    }
