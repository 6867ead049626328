"""Every address that names a record, for every role, for one's own people and for others'.

Others' people answer every role and method as what does not exist; one's own open to whom the role lets in,
but for the tabs of classes that the role may not read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from test_access import ALL, PLAIN, rule
from whose import Whose, other, own

from amana.apps.accounts.roles import ROLES
from amana.apps.registry import queries
from small_office import TODAY

OF_PEOPLE = {"case", "determinations", "moves", "returns", "tasks", "oversight", "caseload", "wards"}
OF_PEOPLE |= {"representatives", "requests", "missions"}
"""Areas whose addresses name somebody, or a record of somebody."""

NEVER_MIND = {"safeguard-show"}
"""Names a safeguard only, of nobody."""

CLOSED = {
    "case:placement-show": {"facility_manager", "court_liaison", "health_worker"},
    "case:history-show": {"facility_manager", "court_liaison", "health_worker"},
    "case:decision-replay": {"facility_manager", "court_liaison", "health_worker"},
    "case:family-show": {"facility_manager"},
}
"""Tabs of one's own people that rest on classes which the role does not read."""

NOT_THERE = {"moves:urgent-show", "oversight:finding-waive", "oversight:waiver-end"}
"""Of a kind that this person has not: not found for anybody."""

UNREAD = {"monitor", "data_protection", "statistician", "consular_officer", "policy_approver", "rules_editor"}
UNREAD |= {"administrator"}
"""Roles that reach nobody by name."""


def names(whose: Whose) -> list[str]:
    """Addresses all of whose parts this person has."""
    return [
        name
        for name in sorted(set(ALL) - set(PLAIN))
        if name.partition(":")[0] in OF_PEOPLE
        and name.partition(":")[2] not in NEVER_MIND
        and set(ALL[name].pattern.converters) <= set(whose.parts)
    ]


def address(name: str, whose: Whose) -> str:
    return reverse(name, kwargs={part: whose.parts[part] for part in ALL[name].pattern.converters})


@pytest.mark.parametrize("role", sorted({*ROLES, "other_caseworker", "other_supervisor"} - {"operator"}))
def test_others_people_answer_every_method_like_what_does_not_exist(
    role: str, cast: SimpleNamespace, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    foreign = (own if role.startswith("other_") else other)(cast, tmp_path)
    client, wrong = signed_in(role), []
    for name in names(foreign):
        for ask in (client.get, client.post):
            seen = role == "monitor" and name.startswith("oversight:")
            answer = ask(address(name, foreign))
            if answer.status_code not in {404, 405} and not seen:
                wrong.append((ask.__name__, name, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", sorted(ROLES))
def test_ones_own_people_open_to_the_role_and_no_further_than_its_classes(
    role: str, cast: SimpleNamespace, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    whose = own(cast, tmp_path)
    client, wrong = signed_in(role), []
    for name in names(whose):
        may = rule(name) in ROLES[role].may
        reaches = role not in UNREAD or (role == "monitor" and name.startswith("oversight:"))
        opened = may and reaches and role not in CLOSED.get(name, ())
        status = client.get(address(name, whose)).status_code
        if status not in ({200, 302, 405} if opened and name not in NOT_THERE else {404, 405}):
            wrong.append((name, status))
    assert wrong == []


@pytest.mark.parametrize("role", ["registrar", "caseworker", "supervisor", "facility_manager", "guardian"])
def test_lists_and_counts_hold_ones_own_people_only(
    role: str, cast: SimpleNamespace, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    mine, foreign = own(cast, tmp_path), other(cast, tmp_path)
    from amana.apps.accounts.queries import viewer

    me: Any = viewer(getattr(cast, role).user_id)
    everybody = queries.people(cast.operator, on=TODAY).count
    theirs = queries.people(cast.other_supervisor, on=TODAY).count
    page = queries.people(me, on=TODAY, limit=200)
    assert mine.person in {line.ref for line in page.rows}
    assert foreign.person not in {line.ref for line in page.rows}
    assert page.count == len(page.rows) <= everybody - theirs
    (line,) = queries.lines(cast.operator, [foreign.person]).values()
    assert queries.lines(me, [foreign.person]) == {}
    assert queries.people(me, on=TODAY, text=foreign.person).count == 0
    shown = signed_in(role).get(reverse("people:person-list"), {"q": foreign.person}).content.decode()
    assert line.name_latin not in shown
