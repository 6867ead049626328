"""Addresses that name a record: open to the roles that may, not found for the rest, and never an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from test_access import ALL, PLAIN, rule
from whose import everybodys

from amana.apps.accounts.roles import ROLES
from amana.apps.registry import queries
from amana.casework import proposals
from amana.core.policy.editing.edits import Edit
from small_office import AT, TODAY, settle

ABSENT: dict[str, Any] = {
    "hold": UUID(int=7),
    "holder": UUID(int=7),
    "dossier": UUID(int=7),
    "token": "0" * 32,
    "job": UUID(int=7),
    "legal_hold": UUID(int=7),
    "erasure": UUID(int=7),
    "export": UUID(int=7),
    "claim": 999_999,
    "decision": 999_999,
    "pack": "nowhere",
    "version": "0" * 64,
    "safeguard": "S999",
    "finding": 999_999,
    "task": 999_999,
    "representative": UUID(int=7),
    "answer": UUID(int=7),
    "post": UUID(int=7),
    "request_id": UUID(int=7),
    "dref": "D-222222",
    "appeal": 999_999,
    "mref": "M-222222",
    "aref": "A-222222",
    "contact": UUID(int=7),
    "alarm": UUID(int=7),
    "opening": UUID(int=7),
    "paper": UUID(int=7),
    "question": 999_999,
    "account": UUID(int=7),
    "assignment": 999_999,
    "offer": 999_999,
}
WEIGHED = {"law:change-show", "law:change-progress"}
"""Open to whoever sees law and either proposes, decides, or answers for people: not to the monitor."""
NOT_AT_WORK = {"law:change-progress"}
"""Not found while nothing is at work."""
OF_PEOPLE = {"case:safeguards-show"}
"""Open to whoever sees findings and people: not to the monitor, who knows people by pseudonym."""
COARSE = {"facility_manager", "court_liaison", "health_worker"}
OF_CLASSES = {
    "case:placement-show": COARSE,
    "case:history-show": COARSE,
    "case:family-show": {"facility_manager"},
    "contacts:case-list": {"facility_manager"},
}
"""Tabs that rest on classes which these roles don't read."""
SILENT = {"consular:dossier-show"}
"""Not found for everybody: see test_consular_silence."""
NAMED = sorted(set(ALL) - set(PLAIN) - SILENT)


def arguments(name: str, refs: dict[str, str]) -> dict[str, Any]:
    """One value for each part of the address; a reference of the kind its area speaks of."""
    parts = ALL[name].pattern.converters
    own = refs.get(name.split(":", maxsplit=1)[0], refs["case"])
    return {part: own if part == "ref" else ABSENT[part] for part in parts}


@pytest.fixture
def refs(cast: SimpleNamespace, tmp_path: Path) -> dict[str, str]:
    batch = settle(cast.registrar, tmp_path, people=12).batch
    person = queries.people(cast.registrar, on=TODAY, limit=1).rows[0].ref
    edit = Edit("rule_ended", "adult", TODAY)
    change = proposals.propose(edit, title="An end", reason="Tried.", by=cast.rules_editor, at=AT)
    everybodys(cast, person)
    return {
        "case": person,
        "register": batch,
        "law": change,
        "determinations": person,
        "moves": person,
    }


def test_every_kind_of_part_of_an_address_is_tried() -> None:
    parts = {part for name in NAMED for part in ALL[name].pattern.converters}
    assert parts <= {"ref", *ABSENT}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_records_open_for_the_roles_that_may_and_are_not_found_for_the_rest(
    role: str, refs: dict[str, str], signed_in: Callable[..., Client]
) -> None:
    client, wrong = signed_in(role), []
    for name in NAMED:
        parts = arguments(name, refs)
        status = client.get(reverse(name, kwargs=parts)).status_code
        weighs = any(each in ROLES[role].may for each in ("law.propose", "law.adopt", "people.see"))
        unseen = name in NOT_AT_WORK or (name in WEIGHED and not weighs)
        unseen = unseen or (name in OF_PEOPLE and role == "monitor")
        unseen = unseen or role in OF_CLASSES.get(name, ())
        if unseen or rule(name) not in ROLES[role].may:
            right = {404}
        elif set(parts) == {"ref"}:
            right = {200, 302, 405}
        else:
            right = {404, 405, 302}
        if status not in right:
            wrong.append((name, status))
    assert wrong == []


def test_records_answer_nobody_who_is_not_signed_in(refs: dict[str, str]) -> None:
    for name in NAMED:
        answer = Client().get(reverse(name, kwargs=arguments(name, refs)))
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith("/session/in/"), name


@pytest.mark.parametrize("role", ["caseworker", "monitor", "rules_editor", "policy_approver"])
def test_a_record_that_does_not_exist_answers_like_one_outside_the_role(
    role: str, refs: dict[str, str], signed_in: Callable[..., Client]
) -> None:
    absent = {"case": "P-222222", "register": "B-222222", "law": "C-222222"}
    absent |= dict.fromkeys(("determinations", "moves"), "P-222222")
    client = signed_in(role)
    for name in NAMED:
        if "ref" in ALL[name].pattern.converters:
            status = client.get(reverse(name, kwargs=arguments(name, absent))).status_code
            assert status in {404, 405}, name
