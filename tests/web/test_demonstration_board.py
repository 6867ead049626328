"""The demonstration office tells the truth about the reported protocol: its board counts what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from amana.exchange.demonstration import STANDS_ON, office
from amana.web.session.demonstration import ACCOUNTS

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
SIGN_INS = [office.SignIn(each.role, each.name, each.email) for each in ACCOUNTS]
SEPARATED = ("S06", "S07", "S08", "S09")
STATE_HOME = "state_home"
JUDGE_WITHIN = 7
"""Days after which S07 asks for a way to a judge."""


@dataclass(frozen=True)
class Acts:
    """What was done and planned, read from the records of stays and plans alone. `done`: reference -> day."""

    done: dict[str, date]
    planned: frozenset[str]

    @property
    def anybody(self) -> set[str]:
        """Everybody whom an act was done to or planned for."""
        return {*self.done, *self.planned}


@pytest.fixture
def acts(db: None) -> Iterator[Acts]:
    """The demonstration office of 120 invented people, after what was done to them and the night's look."""
    from amana.apps.placements.models import Stay
    from amana.apps.placements.moves.models import PlannedMove

    office.open_demonstration(SIGN_INS, at=AT)
    office.take_in(office.write(120, 1), at=AT, progress=lambda *_: None)
    office.record_acts(1, at=AT)
    office.look_at_everybody(at=AT, progress=lambda *_: None)
    moved = Stay.objects.filter(facility__kind=STATE_HOME).values_list("person_id", "since")
    planned = PlannedMove.objects.filter(state=PlannedMove.State.PLANNED, facility__kind=STATE_HOME)
    yield Acts(dict(moved), frozenset(planned.values_list("person_id", flat=True)))


def board() -> dict[str, Any]:
    """The lines of the board, by safeguard."""
    from amana.apps.oversight import queries

    return {line.safeguard: line for line in queries.board(office.operator(), on=STANDS_ON).lines}


def page(path: str, role: str = "caseworker") -> str:
    """What somebody of the office reads there, in English."""
    from django.contrib.auth import get_user_model

    client = Client(headers={"accept-language": "en"})
    email = next(each.email for each in ACCOUNTS if each.role == role)
    client.force_login(get_user_model().objects.get(email=email))
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_the_board_counts_each_separation_that_was_done_and_each_that_is_planned(acts: Acts) -> None:
    assert acts.done
    assert acts.planned
    without_judge = [since for since in acts.done.values() if (STANDS_ON - since).days > JUDGE_WITHIN]
    done = dict.fromkeys(("S06", "S08", "S09"), len(acts.done)) | {"S07": len(without_judge)}
    lines = board()
    for safeguard in SEPARATED:
        line = lines[safeguard]
        assert line.planned == len(acts.planned), safeguard
        assert line.breach - line.planned == done[safeguard], safeguard


def test_the_law_page_states_the_conflict_its_watchers_and_whom_it_harms_now(acts: Acts) -> None:
    rows = re.findall(r'<tr role="row" id="conflict-K1">.*?</tr>', page("/law/iraq_2018/"), re.DOTALL)
    assert len(rows) == 1
    (row,) = rows
    assert "At 4 the child leaves the mother on age alone." in row
    assert "No individual assessment and no judicial decision." in row
    for safeguard in SEPARATED:
        assert f'href="#safeguard-{safeguard}"' in row
    lines = board()
    alone = len(acts.planned - acts.done.keys())
    assert re.search(rf"\b{len(acts.anybody)} people in breach, {alone} of them only planned", row)
    for safeguard in SEPARATED:
        assert f"{safeguard}: {lines[safeguard].breach} breach" in row


def test_what_the_protocol_says_of_a_child_is_no_breach_where_nothing_was_done(acts: Acts) -> None:
    from amana.apps.decisions.models import Decision
    from amana.apps.oversight.models import Finding

    said = Decision.objects.filter(superseded_at__isnull=True, outcome=STATE_HOME)
    told = set(said.values_list("person_id", flat=True))
    untouched = told - acts.anybody
    assert len(untouched) > 5
    found = set(Finding.objects.filter(safeguard__in=SEPARATED).values_list("person", flat=True))
    assert found == acts.anybody
    assert not found & untouched


def test_the_case_of_such_a_child_says_so_beside_the_answer_of_the_protocol(acts: Acts) -> None:
    from amana.apps.decisions.models import Decision

    said = Decision.objects.filter(superseded_at__isnull=True, outcome=STATE_HOME).order_by("person_id")
    child = said.exclude(person_id__in=acts.anybody).values_list("person_id", flat=True)[0]
    text = page(f"/people/{child}/safeguards/")
    assert "State home" in text
    assert 'aria-labelledby="breach"' not in text
    moved = min(acts.done)
    assert 'aria-labelledby="breach"' in page(f"/people/{moved}/safeguards/")
