"""`amana demo`: prepares the demonstration office step by step, then serves it.

Everything goes the way a real office would go: the list is written to a file, read in the sandbox, committed
as one batch and decided. A second run finds the office as it is and adds nothing. Any other office, and any
database that isn't Amana's, is left alone. The sign-ins are no secret: the sign-in page shows them too.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from amana.cli import serve
from amana.core.errors import AmanaError
from amana.exchange.demonstration.population import FEWEST
from amana.start import start_office

MOST = 100_000
ROOM_MB = 100
WIDEST = 200
"""Characters of a line within which the sign-ins are measured, however narrow the terminal is."""


@click.command("demo")
@click.option("--people", default=1500, show_default=True, type=click.IntRange(FEWEST, MOST))
@click.option("--seed", default=1, show_default=True, help="Other seeds invent other people.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--pack",
    metavar="NAME|PATH",
    default="iraq_2018",
    show_default=True,
    help="The law of a new office: a shipped pack, or the folder of one of yours.",
)
@click.option("--prepare-only", is_flag=True, help="Stop before serving.")
@click.option("--fresh", is_flag=True, help="Throw an existing demonstration office away first.")
@click.option("--json", "as_json", is_flag=True, help="With --prepare-only: steps and sign-ins as JSON.")
@click.option("--steps-done", default=0, hidden=True, help="Steps that `make demo` has printed before.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    people: int,
    seed: int,
    port: int,
    pack: str,
    prepare_only: bool,
    fresh: bool,
    as_json: bool,
    steps_done: int,
) -> None:
    """Prepare an office of invented people and serve it on this machine."""
    if as_json and not prepare_only:
        raise click.UsageError("--json goes with --prepare-only.")
    steps = Steps(steps_done, quiet=as_json)
    if not steps_done:
        with steps.step("Python, disk and port") as say:
            say(_machine(None if prepare_only else port))
    _prepare(steps, people, seed, pack, fresh)
    if as_json:
        click.echo(json.dumps({"steps": steps.done, "sign_ins": _sign_ins()}, ensure_ascii=False, indent=2))
        return
    _print_sign_ins()
    _print_key()
    if prepare_only:
        click.echo("Prepared. `amana serve` serves it.")
        return
    ctx.invoke(serve.command, port=port)


def _prepare(steps: Steps, people: int, seed: int, pack: str, fresh: bool) -> None:
    """All steps between the checks and serving."""
    start_office()
    from amana.exchange.demonstration import allegation
    from amana.exchange.demonstration import office as demonstration
    from amana.exchange.demonstration.proposed import propose_change
    from amana.web.session.demonstration import ACCOUNTS

    at, law = datetime.now(UTC), demonstration.law_of(pack)
    with steps.step("Database") as say:
        say(demonstration.prepare_databases(fresh=fresh))
    with steps.step("Packs") as say:
        say(demonstration.check_packs())
    with steps.step("Office and accounts") as say:
        sign_ins = [
            demonstration.SignIn(each.role, each.name, each.email, each.password) for each in ACCOUNTS
        ]
        demonstration.open_demonstration(sign_ins, at=at, pack=law)
        roles = len({each.role for each in sign_ins})
        say(f"standing at {demonstration.STANDS_ON}, {len(sign_ins)} sign-ins for {roles} roles")
    with steps.step("List of invented people") as say:
        written = demonstration.write(people, seed)
        say(f"{written.people} people on {written.path.name}, {len(written.held_back)} rows with mistakes")
    with steps.step("List read, registered and decided") as say:
        say(demonstration.take_in(written, at=at, progress=steps.progress))
    with steps.step("What the list doesn't say") as say:
        say(demonstration.tell_what_happened(seed, at=at))
    with steps.step("What was done to the children") as say:
        say(demonstration.record_acts(seed, at=at))
    with steps.step("Cases shared out") as say:
        say(demonstration.share_cases_out(at=at))
    with steps.step("Safeguards held against everybody") as say:
        say(demonstration.look_at_everybody(at=at, progress=steps.progress))
    with steps.step("The monitor's key, and an allegation") as say:
        say(allegation.prepare(at=at))
    with steps.step("A proposed change of law") as say:
        say(propose_change(at=at))


class Steps:
    """Numbers and times the steps on the terminal."""

    def __init__(self, done: int, *, quiet: bool = False) -> None:
        self.number, self.quiet = done, quiet
        self.done: list[dict[str, object]] = []

    @contextmanager
    def step(self, title: str) -> Iterator[Say]:
        """One step: prints its number and title, then what it said and how long it took."""
        self.number += 1
        self._print(f"{self.number}. {title}", nl=False)
        say, began = Say(), time.monotonic()
        try:
            yield say
        except BaseException:
            self._print("")
            raise
        seconds = time.monotonic() - began
        self._print(f": {say.words} ({seconds:.1f} s)")
        self.done.append({"step": title, "said": say.words, "seconds": round(seconds, 1)})

    def _print(self, words: str, *, nl: bool = True) -> None:
        if not self.quiet:
            click.echo(words, nl=nl)
            sys.stdout.flush()

    def progress(self, done: int, total: int, step: str) -> None:
        """Long work on a terminal: a count that is written over. Elsewhere the step's line says enough."""
        if sys.stdout.isatty() and total and not self.quiet:
            click.echo(f"\r{self.number}. {step} {done:,} of {total:,}\033[K", nl=False)


class Say:
    """Collects what a step has to say."""

    words = "done"

    def __call__(self, words: str) -> None:
        self.words = words


def _machine(port: int | None) -> str:
    """What this machine offers; raises CannotPrepare with the mend where it isn't enough."""
    home = Path(os.environ.get("AMANA_HOME") or "var").resolve()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotPrepare(
            f"{home}: no office can be made there ({error.strerror}). "
            "Set AMANA_HOME to a folder that you may write."
        ) from error
    free = shutil.disk_usage(home).free // 1_000_000
    if free < ROOM_MB:
        raise CannotPrepare(f"Only {free} MB are free at {home}; {ROOM_MB} MB are needed. Make room there.")
    if port is not None:
        serve.refuse_taken_port(port)
    version = ".".join(str(part) for part in sys.version_info[:3])
    return f"{version}, {free:,} MB free" + (f", port {port} free" if port else "")


def _sign_ins() -> list[dict[str, str]]:
    from amana.web.session.demonstration import ACCOUNTS

    return [
        {"role": each.described.title, "email": each.email, "password": each.password} for each in ACCOUNTS
    ]


def _print_sign_ins() -> None:
    table = Table(
        title="Sign-ins of the demonstration",
        title_justify="left",
        box=None,
        padding=(0, 2, 0, 0),
        pad_edge=False,
    )
    for heading in ("role", "e-mail", "password"):
        table.add_column(heading, no_wrap=heading != "role")
    for account in _sign_ins():
        table.add_row(*account.values())
    console = Console()
    needed = console.measure(table, options=console.options.update(max_width=WIDEST)).minimum
    console.width = max(console.width, needed)
    console.print(table)


def _print_key() -> None:
    """Where the monitor's key lies: in a demonstration alone is it on the office's machine."""
    from amana.exchange.demonstration.allegation import OPENED_WITH, key_file

    if key_file().exists():
        click.echo(f"Key of the monitor, for Allegations: {key_file()}, passphrase “{OPENED_WITH}”")


class CannotPrepare(AmanaError):
    """This machine can't prepare the office; the message says what would mend it."""
