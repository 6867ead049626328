"""An allegation leaves no sign: whoever isn't the monitor, data protection or a holder of a key gets the same
bytes from every address whether there is one or not.

Every address that the role may open is walked twice over the same office, from one and the same state of both
databases and one instant; between the walks an allegation about somebody in the role's own reach is taken.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from test_access import ALL, GET_REFUSED, PLAIN, rule
from whose import Whose, own

from amana.apps.accounts.roles import ROLES
from amana.apps.allegations.models import Allegation
from amana.casework import allegations
from amana.web import clock
from amana.web.access import PUBLIC, SIGNED_IN

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from alleged import AT, telling, watched

pytestmark = pytest.mark.django_db

TOLD = {"monitor", "data_protection", "operator"}
"""Who learns of it: the monitor all, the officer of data protection that there is one more. The operator is
no role of the web: the demonstration's own command line takes the trail out whole.
"""
WHOLE = {"facility_manager", "supervisor"}
"""Roles for whom every form is opened, too; for the others the pages of people and of lists."""
SHOWN = (
    "allegations:", "case:", "caseload:", "desk:", "exports:", "keys:", "openings:", "oversight:", "papers:",
    "people:", "requests:", "tasks:", "today:", "wards:",
)  # fmt: skip
NEVER = ("law:", "session:", "health:", "consular:")
"""Areas that hold no person; a page of the session draws a new secret whenever it is opened."""
DIFFERENT_EVERY_TIME = re.compile(
    rb'(name="csrfmiddlewaretoken" value=")\w+|(name="token" value=")[0-9a-f]{32}'
)
SEARCHES = (
    "/people/?q={ref}",
    "/people/?q={name}",
    "/people/{ref}/",
    "/trail/people/{ref}/",
    "/allegations/{ref}/",
)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that stands, for pages tell how long ago something was."""
    moment = datetime.now(UTC)

    class Standing(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return moment

    monkeypatch.setattr(clock, "datetime", Standing)


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written within, the read log too, is as if it had not been."""
    with ExitStack() as undone:
        for alias in connections:
            undone.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)


def addresses(role: str, whose: Whose) -> Iterator[str]:
    """Every address that the role may open, of this person where it names one."""
    for name, each in ALL.items():
        if name in GET_REFUSED or name.startswith(NEVER):
            continue
        if role not in WHOLE and not name.startswith(SHOWN):
            continue
        if rule(name) not in {PUBLIC, SIGNED_IN, *ROLES[role].may}:
            continue
        parts = {**whose.parts, "batch": whose.batch} if name.startswith("register:") else whose.parts
        if name in PLAIN:
            yield reverse(name)
        elif set(each.pattern.converters) <= set(parts):
            yield reverse(name, kwargs={part: parts[part] for part in each.pattern.converters})


def walked(client: Client, asked: list[str]) -> dict[str, tuple[int, bytes]]:
    """What each address answers, without the keys of its forms."""
    found = {}
    with taken_back():
        for address in asked:
            answer: Any = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found[address] = (answer.status_code, DIFFERENT_EVERY_TIME.sub(rb"\1\2", body))
    return found


@pytest.mark.usefixtures("still")
def test_no_address_tells_any_role_outside_the_row_that_there_is_an_allegation(
    cast: SimpleNamespace, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    whose = own(cast, tmp_path)
    watched(cast)
    roles = sorted(set(ROLES) - TOLD)
    clients = {role: signed_in(role) for role in roles}
    asked = {role: [*addresses(role, whose)] for role in roles}
    before = {role: walked(clients[role], asked[role]) for role in roles}
    place = places_of(cast, whose.person)
    allegations.take(whose.person, telling(place=place), by=cast.caseworker, at=AT)
    differing = [
        (role, address)
        for role in roles
        for address, answer in walked(clients[role], asked[role]).items()
        if answer != before[role][address]
    ]
    assert differing == []
    assert len(asked["facility_manager"]) > 10 and len(asked["supervisor"]) > 35


COMMANDS = (
    ("amana.cli.explain", "command", ["{ref}", "--json"]),
    ("amana.cli.gate", "command", ["{ref}", "--nation", "TJK", "--json"]),
    ("amana.cli.replay", "command", ["{ref}", "--json"]),
    ("amana.cli.queue", "command", ["--json"]),
    ("amana.cli.audit.who_saw", "who_saw_command", ["{ref}", "--json"]),
    ("amana.cli.keys.custody", "list_command", ["--json"]),
    ("amana.cli.allegations", "list_command", ["--json"]),
)


@pytest.mark.usefixtures("still")
def test_no_command_that_acts_as_somebody_tells_it_either(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from small_family import settle

    family = settle(cast.registrar)
    watched(cast)
    roles = ("caseworker", "supervisor", "facility_manager", "administrator", "data_protection", "operator")

    def asked() -> list[tuple[str, str, int, str]]:
        with taken_back():
            return [
                (role, module, *printed(monkeypatch, module, name, arguments, cast=cast, role=role))
                for role in roles
                for module, name, arguments in told
            ]

    told = [
        (module, name, [each.format(ref=family.yusuf) for each in args]) for module, name, args in COMMANDS
    ]
    before = asked()
    allegations.take(family.yusuf, telling(), by=cast.caseworker, at=AT)
    assert asked() == before
    assert sum(status == 0 for _role, _module, status, _output in before) > len(COMMANDS)


def printed(
    patch: pytest.MonkeyPatch, module: str, name: str, arguments: list[str], *, cast: Any, role: str
) -> tuple[int, str]:
    """Exit status and output of a command that acts as this role, with the kind of its refusal."""
    from amana.start import AtWork
    from small_office import TODAY

    found = import_module(module)
    for begin in ("operator_at_work", "signed_in_at_work"):
        patch.setattr(found, begin, lambda: AtWork(deepcopy(getattr(cast, role)), AT, TODAY), raising=False)
    done = CliRunner().invoke(getattr(found, name), arguments)
    return done.exit_code, f"{done.output}{type(done.exception).__name__}"


def places_of(cast: SimpleNamespace, person: str) -> str:
    from amana.apps.placements import queries
    from small_office import TODAY

    return queries.where(cast.operator, [person], TODAY)[person].facility.ref


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("role", ["facility_manager", "supervisor", "administrator", "consular_officer"])
def test_its_own_reference_answers_like_one_that_was_never_drawn(
    role: str, cast: SimpleNamespace, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    from small_family import settle

    family = settle(cast.registrar)
    watched(cast)
    ref = allegations.take(family.yusuf, telling(), by=cast.caseworker, at=AT)
    client, absent = signed_in(role), "A-222228"
    for search in SEARCHES:
        seen = []
        for each in (ref, absent):
            address = search.format(ref=each, name="Zubairi")
            answer = client.get(address)
            body = DIFFERENT_EVERY_TIME.sub(rb"\1\2", answer.content)
            seen.append((answer.status_code, body.replace(each.encode(), b"")))
        assert seen[0] == seen[1], search
    for act in ("acknowledge", "ask", "close"):
        assert client.post(f"/allegations/{ref}/{act}/").status_code == 404


@pytest.mark.usefixtures("still")
def test_the_monitor_is_told_of_each_and_data_protection_of_their_number(
    cast: SimpleNamespace, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    from small_family import settle

    family = settle(cast.registrar)
    watched(cast)
    monitor, officer = signed_in("monitor"), signed_in("data_protection")
    for count, person in enumerate((family.yusuf, family.yusuf, family.yusuf), start=1):
        ref = allegations.take(person, telling(), by=cast.caseworker, at=AT)
        assert f"{count} new allegation" in monitor.get("/law/").content.decode()
        assert ref in monitor.get("/allegations/").content.decode()
        told = officer.get("/allegations/").content.decode()
        assert ref not in told and family.yusuf not in told and str(count) in told
    assert Allegation.objects.count() == 3
