"""What a change of law would do to the safeguards is told before anybody adopts it, and kept with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from determined import LATER, family
from law_changes import until_three
from registered import AT, TODAY

from amana.apps.audit.recording import recording
from amana.apps.decisions.models import Proposal
from amana.apps.decisions.office_pack import office_pack
from amana.casework import proposals
from amana.casework.sweep import sweep_people
from amana.casework.weigh_safeguards import reached
from amana.core.policy.editing.edits import Edit, EditRefused

FOR_MANY = ("age_threshold", "protocol", "family_tie", "nationality", "suspicion")

pytestmark = pytest.mark.django_db

__all__ = ["family"]

LATE = TODAY + timedelta(days=40)


def never_late(days: int = 3000) -> Edit:
    """The first assessment of a child with a detained mother may wait for years."""
    told = {"value": days, "source": "bangkok-rules/49", "reading": {"en": "In time.", "ar": "في حينه."}}
    return Edit("parameter", "first_assessment_days", TODAY, told)


@pytest.fixture
def overdue(family: dict[str, str], caseworker: Any) -> dict[str, str]:
    """Nobody was assessed in forty days."""
    with recording(caseworker, LATER) as log:
        sweep_people(list(family.values()), on=LATE, log=log)
    return family


def test_a_longer_clock_says_which_overdue_duties_would_no_longer_be_found(overdue, cast) -> None:
    asked = {"title": "Later", "reason": "There is no time.", "by": cast.rules_editor, "at": AT}
    ref = proposals.propose(never_late(), **asked)
    found = proposals.impact(cast.supervisor, ref, LATE, at=AT) if cast.supervisor.may("law.adopt") else None
    found = found or proposals.preview(cast.rules_editor, never_late(), LATE, at=AT)
    assert [each.safeguard for each in found.guards] == ["S11"]


def test_the_counts_are_those_of_findings_and_coarse_for_who_sees_no_person(overdue, cast) -> None:
    from amana.casework.weigh_safeguards import guard_changes

    before = office_pack()
    after = proposals.drafted(proposals.office_text(), [never_late()]).draft
    (change,) = guard_changes(before, after, LATE)
    assert (change.safeguard, change.standing, change.ended) == ("S11", 4, 4)
    told = proposals.preview(cast.rules_editor, never_late(), LATE, at=AT)
    assert [(each.standing, each.ended) for each in told.guards] == [(0, 0)]


def test_what_was_told_is_kept_with_the_decision(overdue, cast) -> None:
    asked = {"title": "Later", "reason": "There is no time.", "by": cast.rules_editor, "at": AT}
    ref = proposals.propose(never_late(), **asked)
    proposals.refuse(ref, reason="It mends nothing.", by=cast.policy_approver, at=LATER, on=LATE)
    assert Proposal.objects.get(ref=ref).figures["guards"] == [["S11", 0, 0]]


def test_a_change_of_the_protocol_reaches_no_safeguard(family, cast) -> None:
    before = office_pack()
    after = proposals.drafted(proposals.office_text(), [until_three()]).draft
    assert reached(before, after) == ()


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        *(("individual_grounds", ["best_interests", each]) for each in FOR_MANY),
        ("collective_grounds", ["suspicion"]),
        ("individual_grounds", []),
    ],
)
def test_no_change_calls_a_ground_that_falls_on_many_one_s_own(family, cast, parameter, value) -> None:
    said = {"value": value, "source": "crc/3", "reading": {"en": "As it suits.", "ar": "كما يناسب."}}
    asked = {"title": "Otherwise", "reason": "It suits.", "by": cast.rules_editor, "at": AT}
    with pytest.raises(EditRefused, match="rounds"):
        proposals.propose(Edit("parameter", parameter, TODAY, said), **asked)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("parameter", "value", "named"),
    [
        ("adulthood", 4, {"S06", "S12", "S19"}),
        ("individual_grounds", ["best_interests"], {"S02", "S08"}),
        ("collective_grounds", [*FOR_MANY, "own_wish"], {"S08"}),
        ("review_days", 3000, {"S16"}),
    ],
)
def test_whatever_a_safeguard_reads_is_reached(family, parameter, value, named) -> None:
    said = {"value": value, "source": "crc/3", "reading": {"en": "As it suits.", "ar": "كما يناسب."}}
    after = proposals.drafted(proposals.office_text(), [Edit("parameter", parameter, TODAY, said)]).draft
    assert named <= set(reached(office_pack(), after))
