"""Everything `make test` runs, in order, each step numbered and timed; `--quick` is `make check`.

Output streams through as it comes. At the end one table says what passed, what failed, and what this machine
could not run; with CI=true in the environment, something that could not run is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SOURCES = ("src", "tests", "benchmarks", "hatch_build.py", ".ci")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COUNT = re.compile(r"(\d+) (failed|passed|skipped|xfailed|xpassed|error)")
START_POSTGRESQL = """
import sys, tempfile, pathlib
sys.path.insert(0, "tests")
import postgres
with tempfile.TemporaryDirectory() as folder:
    postgres.shared_url(pathlib.Path(folder))
    postgres.stop_shared(pathlib.Path(folder))
"""


def chromium_missing() -> str:
    """Why the browser tests can't run here, or nothing."""
    if any(shutil.which(name) for name in CHROMIUM):
        return ""
    return "no Chromium on this machine (sudo apt-get install -y chromium)"


def postgresql_missing() -> str:
    """Why the tests can't run on PostgreSQL here, or nothing. Starting the server of the wheel takes 2 s."""
    if os.environ.get("AMANA_TEST_DATABASE_URL"):
        return ""
    tried = subprocess.run(
        [sys.executable, "-c", START_POSTGRESQL], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tried.returncode == 0:
        return ""
    reason = (tried.stderr.strip().splitlines() or ["no message"])[-1]
    return f"PostgreSQL does not start ({reason}); set AMANA_TEST_DATABASE_URL to a server of yours"


@dataclass(frozen=True)
class Step:
    """One command of the suite. `missing` says why it can't run on this machine, or nothing."""

    title: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    missing: Callable[[], str] = str
    quick: bool = True


@dataclass(frozen=True)
class Result:
    """How a step went: 'passed', 'FAILED' or 'NOT RUN', with the last line it printed or the reason."""

    title: str
    state: str
    seconds: float
    last: str


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """A program of the virtual environment with its arguments."""
    return (str(BIN / name), *arguments)


def pytest(*arguments: str) -> tuple[str, ...]:
    """The tests on two processes, one a core of the office's machine; who is done takes from the other."""
    return tool("pytest", "-n", "2", "--dist", "worksteal", *arguments)


def steps(shared: str) -> list[Step]:
    """The suite. The browser walks once, on SQLite; whatever reaches the office's database runs on both, but
    of the tests of pages only those which send PostgreSQL a statement that no other test does.

    `shared` is a folder: the first run leaves migrated databases there and what each test sent.
    """
    sources = [name for name in SOURCES if (ROOT / name).exists()]
    sqlite = {"AMANA_TEST_ON": "sqlite", "AMANA_TEST_SHARED": shared}
    postgresql = {"AMANA_TEST_ON": "postgresql", "AMANA_TEST_SHARED": shared}
    return [
        Step("Lint", tool("ruff", "check", *sources)),
        Step("Format", tool("ruff", "format", "--check", *sources)),
        Step("Types", tool("mypy")),
        Step("Import contracts", tool("lint-imports")),
        Step("Packs", tool("amana", "packs", "check")),
        Step("Generated pages", (sys.executable, ".ci/pages.py", "--check")),
        Step("References in the documentation", (sys.executable, ".ci/references.py")),
        Step("Tests on SQLite", pytest("-m", "not browser"), sqlite, quick=False),
        Step(
            "Browser and accessibility",
            pytest("-m", "browser", "tests/browser"),
            sqlite,
            chromium_missing,
            quick=False,
        ),
        Step(
            "Tests on PostgreSQL",
            pytest("-m", "not browser", "--only-database"),
            postgresql,
            postgresql_missing,
            quick=False,
        ),
    ]


def run(number: int, step: Step) -> Result:
    """Run one step, pass its output through, and keep its last line."""
    print(f"\n{number}. {step.title}", flush=True)
    started = time.monotonic()
    reason = step.missing()
    if reason:
        print(f"   NOT RUN: {reason}", flush=True)
        return Result(step.title, "NOT RUN", 0.0, reason)
    last = ""
    with subprocess.Popen(
        step.command,
        cwd=ROOT,
        env={**os.environ, **step.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    state = "passed" if process.returncode == 0 else "FAILED"
    return Result(step.title, state, time.monotonic() - started, last)


def closing(results: list[Result]) -> str:
    """All tests of all steps in one line, as pytest ends: “2470 passed, 2 skipped in 480 s”."""
    counts: Counter[str] = Counter()
    for result in results:
        for number, outcome in COUNT.findall(result.last):
            counts[outcome] += int(number)
    told = ", ".join(f"{number} {outcome}" for outcome, number in counts.items()) or "no tests run"
    return f"{told} in {sum(result.seconds for result in results):.0f} s"


def main() -> int:
    """Run the suite and print the table; 0 if everything passed (under CI: and everything ran)."""
    quick = "--quick" in sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="amana-suite-") as shared:
        chosen = [step for step in steps(shared) if step.quick or not quick]
        results = [run(number, step) for number, step in enumerate(chosen, start=1)]
    print("\nSummary")
    for result in results:
        print(f"  {result.state:8} {result.seconds:6.1f} s  {result.title:31} {result.last[:100]}")
    not_run = [result for result in results if result.state == "NOT RUN"]
    failed = [result for result in results if result.state == "FAILED"]
    strict = os.environ.get("CI", "").lower() in ("1", "true")
    if not_run:
        print(
            f"{len(not_run)} of {len(results)} steps could not run on this machine"
            + ", which fails CI." * strict
        )
    print(closing(results))
    return 1 if failed or (strict and not_run) else 0


if __name__ == "__main__":
    sys.exit(main())
