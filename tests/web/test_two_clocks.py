"""An office that stands on a day tells that day: the machine's own year stands on the History page alone."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import given
from hypothesis.strategies import dates, datetimes, none, timezones

from amana.apps.accounts.queries import OfficeView
from amana.apps.accounts.viewers import Viewer
from amana.apps.tasks import commands
from amana.casework import amend, moves
from amana.casework.stopping import Stopped
from amana.exchange.demonstration import STANDS_ON, office
from amana.exchange.demonstration.office import operator
from amana.exchange.demonstration.proposed import propose_change
from amana.web import clock
from amana.web.session.demonstration import ACCOUNTS

MACHINE = datetime(2081, 3, 4, 5, 6, tzinfo=UTC)
"""No day of law, of a birth or of a review lies in this year."""

YEAR = re.compile(r".{0,60}(?<![0-9A-Za-z])2081(?![0-9A-Za-z]).{0,20}")
"""The year as a year: a number of a record or the key of a form may hold its digits."""
TELLS_INSTANTS = {"case:history-show", "case:decision-replay"}
OF_A_KIND = 2
"""How many pages of one name are read."""


class Frozen(datetime):
    """The machine's clock, standing in another year."""

    @classmethod
    def now(cls, tz: Any = None) -> Frozen:
        return cls(2081, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def demonstration(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Client]:
    """A demonstration office made by a machine whose clock stands in 2081; signs in by role and language."""
    monkeypatch.setattr(clock, "datetime", Frozen)
    sign_ins = [office.SignIn(each.role, each.name, each.email) for each in ACCOUNTS]
    office.open_demonstration(sign_ins, at=MACHINE)
    office.take_in(office.write(40, 1), at=MACHINE, progress=lambda *_: None)
    office.record_acts(1, at=MACHINE)
    office.look_at_everybody(at=MACHINE, progress=lambda *_: None)
    propose_change(at=MACHINE)

    def sign_in(role: str, language: str = "en") -> Client:
        from django.contrib.auth import get_user_model

        client = Client(headers={"accept-language": language})
        email = next(each.email for each in ACCOUNTS if each.role == role)
        client.force_login(get_user_model().objects.get(email=email))
        return client

    return sign_in


def named(path: str) -> str:
    """The name of the page at an address; empty where there is none."""
    try:
        return resolve(path.split("?", maxsplit=1)[0]).view_name
    except Resolver404:
        return ""


def pages(client: Client, *starts: str) -> Iterator[tuple[str, str]]:
    """Every page that links lead to from these, a few of each name: its address and what it says."""
    waiting, known, read = deque(starts), set(starts), Counter[str]()
    while waiting:
        path = waiting.popleft()
        name = named(path)
        if not name or name.startswith("session:") or read[name] == OF_A_KIND:
            continue
        answer = client.get(path)
        if answer.status_code != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        read[name] += 1
        text = answer.content.decode()
        yield path, text
        for link in re.findall(r'href="(/[^"#]*)', text):
            if link not in known:
                known.add(link)
                waiting.append(link.replace("&amp;", "&"))


def acted_on(by: Viewer) -> str:
    """A task is taken, a claim is disputed and a plan is stopped, by the machine's clock in 2081; the address
    of the case the plan is about.
    """
    from amana.apps.placements.moves.models import PlannedMove
    from amana.apps.registry.models import Claim
    from amana.apps.tasks.models import Task

    plan = PlannedMove.objects.get(state=PlannedMove.State.PLANNED)
    person = str(plan.person_id)
    task = Task.objects.filter(person=person, desk="caseworker", closed_on__isnull=True).order_by("id")[0]
    commands.take(task=task.pk, seen="", by=by, at=MACHINE)
    claim = Claim.objects.filter(person=person, attribute="sex").order_by("id")[0]
    acting: dict[str, Any] = {"by": by, "at": MACHINE, "on": STANDS_ON}
    amend.judge_claim(
        person=person, claim=claim.pk, judgement="dispute", reason="Her aunt says else.", **acting
    )
    with pytest.raises(Stopped):
        moves.carry_out(plan.ref, moved_on=STANDS_ON, **acting)
    return f"/people/{person}/"


@pytest.mark.parametrize("role", ["caseworker", "supervisor", "monitor", "policy_approver", "registrar"])
def test_the_machines_year_stands_on_no_page_but_history(
    role: str, demonstration: Callable[[str, str], Client]
) -> None:
    case = acted_on(operator())
    client = demonstration(role, "ar" if role == "supervisor" else "en")
    starts = (
        "/",
        "/oversight/",
        "/law/",
        "/law/differences/",
        "/register/",
        "/tasks/",
        case,
        f"{case}history/",
    )
    read = dict(pages(client, *starts))
    assert len(read) > 5, read.keys()
    telling = {path: found[0] for path, text in read.items() if (found := YEAR.findall(text))}
    assert {named(path) for path in telling} <= TELLS_INSTANTS, telling


def test_what_was_done_is_told_as_done_on_the_day_of_the_office(
    demonstration: Callable[[str, str], Client],
) -> None:
    from amana.apps.tasks.models import Handover

    case = acted_on(operator())
    client = demonstration("caseworker", "en")
    told = {
        "step of a task": client.get(f"/tasks/{Handover.objects.get().task_id}/"),
        "judgement": client.get(f"{case}identity/"),
        "stop and registration": client.get(case),
    }
    for what, answer in told.items():
        assert STANDS_ON.isoformat() in answer.content.decode(), what
    overview = re.sub(r"\s+", " ", told["stop and registration"].content.decode())
    assert "; stopped: " in overview and "Registered" in overview


def test_history_tells_the_machines_clock_and_says_so(demonstration: Callable[[str, str], Client]) -> None:
    case = acted_on(operator())
    text = demonstration("supervisor", "en").get(f"{case}history/").content.decode()
    assert "2081-03-04 05:06" in text
    assert "those of the machine’s clock, in UTC" in text
    assert f"This office stands on <bdi>{STANDS_ON}</bdi>" in text


@given(at=datetimes(timezones=timezones()), stands_on=none() | dates())
def test_an_instant_is_told_on_the_day_of_the_office_else_of_utc(
    at: datetime, stands_on: date | None
) -> None:
    here = OfficeView("Office", "مكتب", True, stands_on, "iraq_2018")
    assert here.day_of(at) == (stands_on or at.astimezone(UTC).date())
