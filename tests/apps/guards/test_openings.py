"""Cases opened in an emergency: by whom, how long, how often, and what a review does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from amana.apps.accounts.models import User
from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.recording import recording
from amana.apps.guards import commands, openings
from amana.apps.guards.commands import OpeningRefused
from amana.apps.guards.models import Opening
from amana.apps.guards.openings import A_DAY, HOURS, REVIEW_WITHIN
from amana.apps.registry import queries
from amana.apps.registry.models import Reach
from amana.apps.registry.reach import require_reach
from amana.casework.caseload import reach_from_sources
from amana.core.reference import new_reference
from small_office import AT, TODAY, settle

pytestmark = pytest.mark.django_db
WHY = "Her mother is in labour and nobody of the team answers the telephone."
MAY = {"caseworker", "supervisor", "court_liaison", "health_worker"}


@pytest.fixture
def refs(cast: SimpleNamespace, tmp_path: Path) -> list[str]:
    """People of the first team, unknown to the other."""
    settle(cast.registrar, tmp_path, people=12)
    return [line.ref for line in queries.people(cast.operator, on=TODAY, limit=50).rows]


def begin(by: Viewer, ref: str, **other: Any) -> Any:
    return commands.begin(ref, **{"reason": WHY, "hours": 1, "by": by, "at": AT, **other})


def looking(by: Viewer, at: Any = AT) -> list[Viewer]:
    return [openings.through(by, each) for each in openings.standing(by, at)]


def test_an_opened_case_is_in_reach_for_its_time_and_no_other_case_is(
    cast: SimpleNamespace, refs: list[str]
) -> None:
    begin(cast.other_caseworker, refs[0], hours=4)
    (looks,) = looking(cast.other_caseworker)
    assert queries.person(looks, refs[0]).ref == refs[0]
    for ref in refs[1:]:
        with pytest.raises(NotForYou):
            require_reach(looks, ref)
    assert looking(cast.other_caseworker, AT + timedelta(hours=4)) == []
    assert looking(cast.other_caseworker, AT - timedelta(seconds=1)) == []
    with pytest.raises(NotForYou):
        require_reach(cast.other_caseworker, refs[0])


def test_whoever_looks_through_an_opening_may_do_nothing_but_look(
    cast: SimpleNamespace, refs: list[str]
) -> None:
    begin(cast.other_caseworker, refs[0])
    (looks,) = looking(cast.other_caseworker)
    writing = {each for each in ROLES["caseworker"].may if looks.may(each)} - openings.OPENED
    assert writing == set()
    assert not any(looks.may(each) for each in ("people.amend", "determinations.write", "moves.plan"))
    assert [looks.sees(cls) for cls in ("C1", "C5", "C6")] == [
        cast.other_caseworker.sees(cls) for cls in ("C1", "C5", "C6")
    ]


def test_only_four_roles_open_anything(cast: SimpleNamespace, refs: list[str]) -> None:
    assert {role for role, each in ROLES.items() if openings.ASK in each.may} == MAY
    for role in sorted(set(ROLES) - MAY):
        with pytest.raises(NotForYou):
            begin(getattr(cast, role), refs[0])
    assert not Opening.objects.exists()


def test_a_reference_that_nobody_has_is_opened_alike_and_leads_nowhere(
    cast: SimpleNamespace, refs: list[str]
) -> None:
    nobody = new_reference("P", Random(7))
    assert nobody not in refs
    there, nowhere = begin(cast.other_caseworker, refs[0]), begin(cast.other_caseworker, nobody)
    one, other = Opening.objects.get(pk=there), Opening.objects.get(pk=nowhere)
    assert {each.kind for each in AuditEntry.objects.filter(subject=nobody)} == {"opening.begun"}
    assert (one.ends_at, one.reason, one.ended_at) == (other.ends_at, other.reason, other.ended_at)
    for looks in looking(cast.other_caseworker):
        with pytest.raises(NotForYou):
            require_reach(looks, nobody)


@pytest.mark.parametrize("hours", [0, 3, 5, 24, -1])
def test_no_case_is_opened_for_another_time_than_offered(
    hours: int, cast: SimpleNamespace, refs: list[str]
) -> None:
    with pytest.raises(OpeningRefused, match="hours"):
        begin(cast.other_caseworker, refs[0], hours=hours)
    assert max(HOURS) == 4


def test_no_more_than_the_limit_within_a_day_whatever_was_asked_for(
    cast: SimpleNamespace, refs: list[str]
) -> None:
    for n in range(A_DAY):
        commands.end(begin(cast.other_caseworker, refs[n]), by=cast.other_caseworker, at=AT)
    with pytest.raises(OpeningRefused) as refused:
        begin(cast.other_caseworker, refs[A_DAY])
    assert refused.value.code == "limit"
    begin(cast.other_caseworker, refs[A_DAY], at=AT + timedelta(hours=24))


@pytest.mark.parametrize(
    ("ref", "reason", "code"), [(0, "x", "reason"), (0, "urgent urgent urgent", "reason"), (1, WHY, "open")]
)
def test_an_opening_without_words_or_twice_is_refused(
    ref: int, reason: str, code: str, cast: SimpleNamespace, refs: list[str]
) -> None:
    begin(cast.other_caseworker, refs[1])
    with pytest.raises(OpeningRefused) as refused:
        begin(cast.other_caseworker, refs[ref], reason=reason)
    assert refused.value.code == code


def test_nobody_opens_what_is_hers(cast: SimpleNamespace, refs: list[str]) -> None:
    with pytest.raises(OpeningRefused) as refused:
        begin(cast.caseworker, refs[0])
    assert refused.value.code == "reach"


def test_ended_early_it_closes_at_once_and_only_its_owner_ends_it(
    cast: SimpleNamespace, refs: list[str]
) -> None:
    number = begin(cast.other_caseworker, refs[0])
    with pytest.raises(NotForYou):
        commands.end(number, by=cast.caseworker, at=AT)
    commands.end(number, by=cast.other_caseworker, at=AT + timedelta(minutes=5))
    assert looking(cast.other_caseworker, AT + timedelta(minutes=5)) == []
    assert not Reach.objects.filter(source=openings.SOURCE).exists()


def test_reach_from_its_sources_holds_openings_until_their_time_is_over(
    cast: SimpleNamespace, refs: list[str]
) -> None:
    def kept() -> list[Any]:
        return sorted(Reach.objects.values_list("person_id", "circle", "since", "until", "classes", "source"))

    begin(cast.other_caseworker, refs[0])
    assert kept() == sorted(tuple(row) for row in reach_from_sources())
    commands.close_expired(by=cast.operator, at=AT + timedelta(hours=1))
    assert kept() == sorted(tuple(row) for row in reach_from_sources())
    assert not Reach.objects.filter(source=openings.SOURCE).exists()
    assert Opening.objects.get().ended_at == AT + timedelta(hours=1)


def test_a_review_is_owed_for_three_days_and_stands_on_top_when_late(
    cast: SimpleNamespace, refs: list[str]
) -> None:
    early = begin(cast.other_caseworker, refs[0])
    late = AT + REVIEW_WITHIN
    second = begin(cast.other_caseworker, refs[1], at=late)
    assert [each.id for each in openings.board(cast.monitor, AT)][:1] == [early]
    board = openings.board(cast.monitor, late + timedelta(seconds=1))
    assert [(each.id, each.overdue(late + timedelta(seconds=1))) for each in board] == [
        (early, True),
        (second, False),
    ]
    commands.review(
        early, proper=True, reason="The call is in the log of the ward.", by=cast.monitor, at=late
    )
    assert [each.id for each in openings.board(cast.data_protection, late)] == [second, early]


def test_what_was_not_proper_ends_at_once(cast: SimpleNamespace, refs: list[str]) -> None:
    number = begin(cast.other_caseworker, refs[0])
    commands.review(
        number, proper=False, reason="The caseworker of the team was there.", by=cast.data_protection, at=AT
    )
    assert looking(cast.other_caseworker) == []
    with pytest.raises(OpeningRefused):
        commands.review(number, proper=True, reason="After all it was needed.", by=cast.monitor, at=AT)


def test_nobody_reviews_her_own_opening_under_another_account(cast: SimpleNamespace, refs: list[str]) -> None:
    number = begin(cast.other_caseworker, refs[0])
    with recording(cast.operator, AT):
        for who in (cast.other_caseworker, cast.monitor):
            User.objects.filter(pk=who.user_id).update(person_key="staff-7")
    with pytest.raises(OpeningRefused) as refused:
        commands.review(number, proper=True, reason="I was right to look at it.", by=cast.monitor, at=AT)
    assert refused.value.code == "own"


def test_only_those_who_watch_read_the_board(cast: SimpleNamespace, refs: list[str]) -> None:
    watching = {role for role, each in ROLES.items() if openings.REVIEW in each.may}
    assert watching == {"data_protection", "monitor"}
    for role in sorted(set(ROLES) - watching):
        with pytest.raises(NotForYou):
            openings.board(getattr(cast, role), AT)
