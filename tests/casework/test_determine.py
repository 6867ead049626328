"""Determinations of best interests: who asks, who approves, what takes whose place, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from determined import (
    CANARY,
    LATER,
    PANEL,
    acting,
    approved,
    ask,
    assessed,
    complete,
    family,
    reported,
    separation,
)
from registered import TODAY

from amana.apps.accounts import commands as accounts
from amana.apps.accounts import queries as account_queries
from amana.apps.accounts.viewers import NotForYou, Viewer, installer
from amana.apps.audit.recording import recording
from amana.apps.determinations import queries
from amana.apps.determinations.models import Approval, Determination
from amana.apps.placements.models import Stay
from amana.apps.registry import assigning
from amana.apps.registry.commands import ChangedMeanwhile
from amana.apps.registry.models import Person
from amana.casework import determine, intake
from amana.casework.determine import DeterminationRefused, OwnDetermination, PanelMember

__all__ = ["approved", "ask", "family"]
pytestmark = pytest.mark.django_db

WHY = {"reason": "Well weighed by all.", "seen_version": None}


def colleague(role: str, name: str) -> Viewer:
    account = accounts.add_user(
        email=f"{name.split(maxsplit=1)[0].lower()}@office.example",
        name=name,
        role=role,
        by=installer(),
        at=LATER,
    )
    viewer = account_queries.viewer(account.id)
    assert viewer
    return viewer


def state(ref: str) -> str:
    return str(Determination.objects.get(ref=ref).state)


def test_a_determination_waits_for_a_second_person_and_is_then_in_force(ask, caseworker, supervisor) -> None:
    ref = ask("Farid")
    view = queries.determination(caseworker, ref)
    assert (view.state, view.in_force_from, view.mine, view.may_decide) == ("requested", None, True, False)
    assert queries.determination(supervisor, ref).may_decide
    determine.approve(ref, reason="Well weighed by all.", seen_version=view.version, **acting(supervisor))
    view = queries.determination(caseworker, ref)
    assert (view.state, view.in_force_from) == ("approved", TODAY)
    assert [(step.step, step.role, step.mine) for step in view.approvals] == [
        ("requested", "caseworker", True),
        ("approved", "supervisor", False),
    ]


def test_all_that_is_said_is_read_back(ask, caseworker, family) -> None:
    said = separation()
    view = queries.determination(caseworker, ask("Farid", **said))
    assert {key: getattr(view, key) for key in said} == said
    assert (view.kind, view.effect, view.stance) == ("determination", "adverse", "")
    assert view.person == family["Farid"]


def test_who_asked_never_approves_nor_rejects(family, operator) -> None:
    """The operator holds every permission of cases, and still is not two people."""
    ref = determine.ask_determination(family["Farid"], **complete(), **acting(operator))
    for decide in (determine.approve, determine.reject):
        with pytest.raises(OwnDetermination):
            decide(ref, **WHY, **acting(operator))
    assert state(ref) == "requested"
    assert not Approval.objects.exclude(step="requested").exists()


@pytest.mark.parametrize("spelled", ["Hana Qasim", "QASIM, Hana", "hana  qâsim"])
def test_who_sat_on_the_panel_never_approves(ask, supervisor, spelled: str) -> None:
    ref = ask("Farid", panel=(*PANEL, PanelMember("social_work", spelled)))
    assert not queries.determination(supervisor, ref).may_decide
    for decide in (determine.approve, determine.reject):
        with pytest.raises(OwnDetermination):
            decide(ref, **WHY, **acting(supervisor))
    assert state(ref) == "requested"


def test_a_rejected_determination_never_carries_anything(ask, caseworker, supervisor) -> None:
    ref = ask("Farid")
    determine.reject(ref, reason="The aunt was not asked.", **acting(supervisor))
    view = queries.determination(caseworker, ref)
    assert (view.state, view.in_force, view.ended_on) == ("rejected", False, TODAY)
    assert view.approvals[-1].reason == "The aunt was not asked."


def test_only_who_asked_withdraws(ask, caseworker, supervisor) -> None:
    ref = ask("Farid")
    other = colleague("caseworker", "Amal Said")
    person = Determination.objects.get(ref=ref).person_id
    with recording(caseworker, LATER) as log:
        assigning.give(person, kind="referral", official=other.account, on=LATER.date(), log=log)
    with pytest.raises(DeterminationRefused) as refused:
        determine.withdraw(ref, reason="It is no longer needed.", **acting(other))
    assert refused.value.code == "not_yours"
    determine.withdraw(ref, reason="It is no longer needed.", **acting(caseworker))
    assert state(ref) == "withdrawn"


@pytest.mark.parametrize("decide", [determine.approve, determine.reject, determine.withdraw])
def test_every_step_says_why(ask, caseworker, supervisor, decide) -> None:
    ref = ask("Farid")
    by = caseworker if decide is determine.withdraw else supervisor
    with pytest.raises(DeterminationRefused) as refused:
        decide(ref, reason="  ", seen_version=None, **acting(by))
    assert (refused.value.field, refused.value.code, state(ref)) == ("reason", "missing", "requested")


@pytest.mark.parametrize("first", ["approve", "reject", "withdraw"])
@pytest.mark.parametrize("second", ["approve", "reject", "withdraw"])
def test_what_is_closed_stays_closed(ask, caseworker, supervisor, first, second) -> None:
    ref = ask("Farid")
    by = {"approve": supervisor, "reject": supervisor, "withdraw": caseworker}
    getattr(determine, first)(ref, **WHY, **acting(by[first]))
    with pytest.raises(DeterminationRefused) as refused:
        getattr(determine, second)(ref, **WHY, **acting(by[second]))
    assert refused.value.code == "closed"


def test_the_loser_of_a_race_is_told_and_nothing_is_written(ask, family, supervisor, caseworker) -> None:
    ref = ask("Farid")
    seen = queries.determination(supervisor, ref).version
    assessed(family["Farid"], caseworker)
    before = Approval.objects.count()
    with pytest.raises(ChangedMeanwhile):
        determine.approve(ref, reason="Well weighed by all.", seen_version=seen, **acting(supervisor))
    assert (state(ref), Approval.objects.count()) == ("requested", before)


def test_a_form_sent_twice_makes_one_record(family, caseworker) -> None:
    token, person = "a" * 32, family["Farid"]
    sent = {**complete(), **acting(caseworker), "token": token, "seen_version": 1}
    refs = {determine.ask_determination(person, **sent) for _ in range(2)}
    assert refs == {Determination.objects.get().ref}
    assert assessed(person, caseworker, token="b" * 32) == assessed(person, caseworker, token="b" * 32)


def test_a_new_one_takes_the_place_of_the_old_on_approval_and_not_before(
    approved, ask, caseworker, supervisor
) -> None:
    old = approved("Farid")
    new = ask("Farid", supersedes=old)
    assert state(old) == "approved"
    determine.approve(new, **WHY, **acting(supervisor))
    view = queries.determination(caseworker, old)
    assert (view.state, view.ended_on, view.superseded_by) == ("superseded", TODAY, new)
    assert queries.determination(caseworker, new).supersedes == old


def test_two_that_would_replace_one_are_not_both_approved(approved, ask, supervisor) -> None:
    old = approved("Farid")
    first, second = ask("Farid", supersedes=old), ask("Farid", supersedes=old)
    determine.approve(first, **WHY, **acting(supervisor))
    with pytest.raises(DeterminationRefused) as refused:
        determine.approve(second, **WHY, **acting(supervisor))
    assert (refused.value.field, state(second)) == ("supersedes", "requested")


def test_a_determination_of_somebody_else_is_not_replaced(approved, family, caseworker) -> None:
    other = approved("Farid")
    with pytest.raises(DeterminationRefused) as refused:
        determine.ask_determination(family["Anora"], **complete(supersedes=other), **acting(caseworker))
    assert refused.value.code == "no_such_record"


def test_an_assessment_is_in_force_when_made_and_waits_for_nobody(family, caseworker) -> None:
    first = assessed(family["Anora"], caseworker)
    view = queries.determination(caseworker, first)
    assert (view.kind, view.stage, view.state, view.approvals) == ("assessment", "first", "recorded", ())
    again = assessed(family["Anora"], caseworker, kind="periodic", supersedes=first)
    assert (state(first), state(again)) == ("superseded", "recorded")


def test_the_latest_review_counts_what_is_in_force(family, ask, caseworker) -> None:
    person = family["Farid"]
    assert queries.latest_review(caseworker, person) is None
    day = TODAY - timedelta(days=5)
    assessed(person, caseworker, done_on=day, review_on=day + timedelta(days=90))
    ask("Farid")
    reported(person, caseworker, decided_on=TODAY)
    assert queries.latest_review(caseworker, person) == TODAY - timedelta(days=5)


def test_a_determination_moves_nobody_by_itself(approved, family) -> None:
    stays = list(Stay.objects.order_by("pk").values())
    approved("Farid", **separation())
    assert list(Stay.objects.order_by("pk").values()) == stays


def test_who_waits_for_a_second_person_is_listed_oldest_first(ask, supervisor, caseworker) -> None:
    refs = [ask(name) for name in ("Farid", "Anora", "Rustam")]
    page = queries.waiting(supervisor, limit=2)
    rest = queries.waiting(supervisor, after=page.next or "", limit=2)
    rows = [*page.rows, *rest.rows]
    assert sorted(row.ref for row in rows) == sorted(refs)
    assert (page.count, rest.next, {row.may_decide for row in rows}) == (3, None, {True})
    own = queries.waiting(caseworker)
    assert {(row.mine, row.may_decide) for row in own.rows} == {(True, False)}
    assert not queries.waiting(colleague("caseworker", "Amal Said")).rows
    assert not any(CANARY in str(row) for row in rows)


def test_a_list_with_determinations_on_its_people_is_not_taken_back(approved, family, operator) -> None:
    approved("Farid")
    batch = Person.objects.get(ref=family["Farid"]).batch_id
    result = intake.undo(batch, by=operator, at=LATER)
    assert (result.undone, Determination.objects.count()) == (False, 1)
    assert {each.kind: each.refs for each in result.obstacles}["determination"] == (family["Farid"],)


def test_reading_a_determination_is_noted(ask, family, caseworker, supervisor) -> None:
    ref = ask("Farid")
    supervisor.trail.clear()
    queries.determination(supervisor, ref)
    assert supervisor.trail == [family["Farid"]]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("caseworker", "see write"),
        ("supervisor", "see approve"),
        ("operator", "see write approve"),
        ("registrar", ""),
        ("monitor", ""),
        ("rules_editor", ""),
        ("policy_approver", ""),
        ("administrator", ""),
        ("outsider", ""),
    ],
)
def test_each_role_does_what_it_is_for(ask, family, cast, role: str, may: str) -> None:
    ref, by, person = ask("Farid"), getattr(cast, role), family["Anora"]
    attempts: dict[str, list[Any]] = {
        "see": [
            lambda: queries.determinations(by, person),
            lambda: queries.determination(by, ref),
            lambda: queries.judicial(by, person),
            lambda: queries.waiting(by),
            lambda: queries.latest_review(by, person),
        ],
        "write": [
            lambda: assessed(person, by),
            lambda: reported(person, by),
            lambda: determine.ask_determination(person, **complete(), **acting(by)),
        ],
        "approve": [lambda: determine.approve(ref, **WHY, **acting(by))],
    }
    for permission, tries in attempts.items():
        for attempt in tries:
            if permission in may.split():
                attempt()
                continue
            with pytest.raises(NotForYou):
                attempt()


def test_whoever_is_not_on_record_is_not_for_you(cast, caseworker, supervisor, family) -> None:
    for attempt in (
        lambda: assessed("P-222222", caseworker),
        lambda: determine.ask_determination("P-222222", **complete(), **acting(caseworker)),
        lambda: determine.approve("D-222222", **WHY, **acting(supervisor)),
        lambda: queries.determinations(caseworker, "P-222222"),
        lambda: queries.determination(caseworker, "D-222222"),
        lambda: queries.judicial_decision(caseworker, "J-222222"),
    ):
        with pytest.raises(NotForYou):
            attempt()
