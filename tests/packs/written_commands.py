"""Runs what a page of the documentation tells its reader to do, in order, and compares what it says happens.

A page holds blocks: `console` with lines `$ command` and below each what it prints; `yaml FILE` or `csv FILE`
to write a file; `yaml FILE after LINE` to put text below a line that is there. `amana` runs in this process,
`2>/dev/null` leaves out what it says on standard error, `| head -n 9` all after its ninth line; other
commands run in the shell. Hashes of packs are not compared. AMANA_GOLDEN=write writes what was printed into
the page, to be read in review.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

from click.testing import CliRunner

from amana.cli import amana

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(?P<info>(?:console|yaml|csv)[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"\b[0-9a-f]{12}\b")
AMANA = re.compile(r"amana (?P<given>.*?)(?P<quiet> 2>/dev/null)?(?: \| head -n (?P<first>\d+))?")


def follow(page: str, folder: Path) -> list[str]:
    """Do everything `page` (a path below docs) says, in `folder`; what differs from what it says."""
    file = DOCS / page
    differs: list[str] = []
    text = BLOCK.sub(lambda block: _done(block, folder, differs), file.read_text(encoding="utf-8"))
    if os.environ.get("AMANA_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
        return []
    return differs


def _done(block: re.Match[str], folder: Path, differs: list[str]) -> str:
    kind, *rest = block["info"].split(maxsplit=3)
    if kind != "console":
        if rest:
            _write(folder / rest[0], block["body"], rest[2] if len(rest) > 1 else "")
        return block[0]
    told = "".join(
        _command(part, folder, differs) for part in re.split(r"(?m)^(?=\$ )", block["body"]) if part
    )
    return f"```console\n{told}```"


def _write(file: Path, body: str, after: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if after:
        text = file.read_text(encoding="utf-8")
        assert f"\n{after}\n" in text, f"{file.name} has no line {after!r}"
        body = text.replace(f"\n{after}\n", f"\n{after}\n{body}", 1)
    file.write_text(body, encoding="utf-8")


def _command(part: str, folder: Path, differs: list[str]) -> str:
    line, _newline, expected = part.partition("\n")
    command = line.removeprefix("$ ")
    printed = _run(command, folder)
    if HASH.sub("#", printed) != HASH.sub("#", expected):
        differs.append(f"$ {command}\nprints\n{printed}\nwhere the page says\n{expected}")
    else:
        printed = expected
    return f"{line}\n{printed}"


def _run(command: str, folder: Path) -> str:
    asked = AMANA.fullmatch(command)
    if asked is None:
        shell = ["bash", "-c", command]
        return subprocess.run(
            shell, cwd=folder, capture_output=True, text=True, check=True, timeout=20
        ).stdout
    done = CliRunner().invoke(amana, shlex.split(asked["given"]))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    told = (done.stdout if asked["quiet"] else done.output).splitlines()
    return "".join(f"{line}\n" for line in told[: int(asked["first"]) if asked["first"] else None])
