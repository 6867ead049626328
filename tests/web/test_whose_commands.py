"""Every command of the command line, for every role, for one's own people and for others'.

A command without a row here fails. What needs no account of the office is said with the reason; every other
is refused like what does not exist, unless the role may and reaches whom it names.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner
from test_canaries import NARROW, reach

from amana.apps.accounts.custody import CustodyRefused
from amana.apps.accounts.queries import viewer
from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou
from amana.apps.registry.models import Person
from amana.cli import amana
from small_office import TODAY

HOST = {
    "audit anchor": "the worker's own, on the host; names nobody",
    "audit export": "commitments without payloads, on the host; names nobody",
    "audit verify": "runs without the office, on files",
    "backup": "on the host: whoever holds database and keys; encrypted",
    "demo": "opens the demonstration office, with invented people, on an empty host",
    "doctor": "the state of the software, on the host; names nobody",
    "encode": "a file of facts that somebody has, for another file",
    "keys custody make": "makes a key of one's own on one's own machine",
    "keys custody show": "reads a public key from a file",
    "login": "asks for the account's password and factor",
    "logout": "takes one's own pass away",
    "migrate": "on the host, before the office opens",
    "office open": "on an empty host, before there is an account",
    "packs check": "law, of nobody",
    "packs diff": "law, of nobody",
    "packs table": "law, of nobody",
    "restore": "on the host: whoever holds the backup and its key",
    "roles": "the same everywhere",
    "serve": "serves pages, which ask whoever comes",
    "worker": "runs what was asked for by an account",
    "allegations open": "opens a file with a key of one's own, without the office",
    "user confirm": "for the very first holder only: a person at the host, see test_granting.py",
}
"""Commands that ask for no permission of an account, each with the reason."""


@dataclass(frozen=True)
class Row:
    """How a command is called, `{ref}` for a person or `{batch}`; `any_of`: the permissions of which one is
    asked. `whose`: it names somebody; `classes`: those a role must read of her; `safe`: what it does may be
    done in a test; `by_name`: what it names is no person, or anybody's trail; `whoever`: the permission that
    needs no relation.
    """

    any_of: tuple[str, ...]
    arguments: str = ""
    classes: tuple[str, ...] = ()
    safe: bool = True
    by_name: bool = False
    whoever: str = ""

    @property
    def whose(self) -> bool:
        return "{" in self.arguments and not self.by_name


ANSWERS = ("C1", "C2", "C3", "C4")
NUMBER = "00000000-0000-4000-8000-000000000007"
WHY = "--reason 'The hearing is listed for Monday.'"
WISH = "--recipient X --recipient-kind court --purpose hearing"
COMMANDS = {
    "allegations list": Row(("allegations.answer",)),
    "allegations read": Row(("allegations.see",), "A-222222 --key {file}", safe=False, by_name=True),
    "audit erase": Row(("audit.erase",), "{ref} --ground request", by_name=True),
    "audit confirm-erasure": Row(("erasure.confirm",), f"{NUMBER} {WHY}", safe=False),
    "audit refuse-erasure": Row(("erasure.confirm",), f"{NUMBER} {WHY}", safe=False),
    "audit who-saw": Row(("audit.see",), "{ref}", whoever="audit.erase"),
    "break-glass list": Row(("openings.review",)),
    "compare": Row(("people.see",), "--pack iraq_2018", ANSWERS),
    "decide": Row(("people.see",), "", ANSWERS),
    "explain": Row(("people.see",), "{ref}", ANSWERS),
    "export approve": Row(("exports.approve",), f"{NUMBER} --count 3 {WHY}", safe=False),
    "export list": Row(("exports.ask", "exports.approve", "audit.see")),
    "export new": Row(("exports.ask",), f"{WISH} {WHY}", safe=False),
    "export refuse": Row(("exports.approve",), f"{NUMBER} {WHY}", safe=False),
    "export take": Row(("exports.ask",), f"{NUMBER} --out {{out}}", safe=False, by_name=True),
    "export trace": Row(("audit.see",), "{file}", safe=False, by_name=True),
    "gate": Row(("returns.see",), "{ref} --nation TJK", ("C5",)),
    "import list": Row(("people.register",), "{sheet} --listed-on 2018-01-01", safe=False, by_name=True),
    "import undo": Row(("people.register",), "{batch}", safe=False),
    "keys custody confirm": Row(("keys.confirm",), f"{NUMBER} --fingerprint 00", safe=False),
    "keys custody list": Row(("keys.see",)),
    "keys custody offer": Row(("keys.hold",), "{public}", safe=False, by_name=True),
    "keys custody withdraw": Row(("keys.confirm", "keys.hold"), NUMBER, safe=False),
    "keys lock": Row(("keys.lock",), safe=False),
    "keys reopen": Row(("keys.exchange",), safe=False),
    "keys rotate": Row(("keys.exchange",), "--forget-old", safe=False),
    "office assess": Row(("office.assess",), "{file} --review-by 2026-12-01", safe=False, by_name=True),
    "papers": Row(("papers.see",), "{ref}"),
    "queue": Row(("reviews.see",), "", ANSWERS),
    "replay": Row(("people.see",), "{ref}", ANSWERS),
    "sweep": Row(("oversight.see", "people.amend", "people.register", "law.adopt")),
    "user add": Row(("accounts.manage",), "new@office.example --role registrar --name New", safe=False),
    "user close": Row(("accounts.manage",), "registrar@office.example", safe=False),
    "user list": Row(("accounts.manage",)),
}  # fmt: skip


def leaves(group: click.Command, *path: str) -> Iterator[str]:
    """The names of all commands that do something."""
    if not isinstance(group, click.Group):
        yield " ".join(path)
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found
        yield from leaves(found, *path, name)


def test_every_command_has_its_row() -> None:
    assert sorted(leaves(amana)) == sorted({*HOST, *COMMANDS})


def call(name: str, arguments: str) -> Any:
    return CliRunner().invoke(amana, [*name.split(), *shlex.split(arguments)])


@pytest.fixture
def given(tmp_path: Path) -> dict[str, str]:
    """Files that a command may want before it asks who calls."""
    file = tmp_path / "some.txt"
    file.write_text("something\n", encoding="utf-8")
    sheet = tmp_path / "list.csv"
    sheet.write_text("name,birth\nAmina Test,2010\n", encoding="utf-8")
    told = {"file": file, "public": file, "sheet": sheet, "out": tmp_path / "out.txt"}
    return {name: str(path) for name, path in told.items()}


@pytest.mark.parametrize("role", [*sorted({*ROLES, "other_caseworker", "other_supervisor"}), "nobody"])
def test_a_command_opens_to_its_role_and_to_ones_own_people_alone(
    role: str, full: SimpleNamespace, given: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    me = full.cast.outsider if role == "nobody" else viewer(getattr(full.cast, role).user_id, TODAY)
    assert me
    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: me)
    monkeypatch.chdir(tmp_path)
    people, wrong = reach(role, full), []
    for name, row in COMMANDS.items():
        may = any(map(me.may, row.any_of)) and all(
            me.reads(cls, named=role == "guardian") for cls in row.classes
        )
        for whose in (full.mine, full.theirs) if row.whose else (full.mine,):
            named = whose.person in people and not (role == NARROW and row.classes and whose is full.mine)
            opened = may and (not row.whose or named or me.may(row.whoever))
            if opened and not row.safe:
                continue
            result = call(name, row.arguments.format(ref=whose.person, batch=whose.batch, **given))
            refused = isinstance(result.exception, NotForYou | CustodyRefused)
            shown = set(re.findall(r"P-[2-9A-Z]{6}", result.output))
            if refused == opened or not shown <= people:
                wrong.append(
                    (name, whose is full.mine, opened, type(result.exception).__name__, result.output[:200])
                )
    assert wrong == []
    assert Person.objects.count() == 24
