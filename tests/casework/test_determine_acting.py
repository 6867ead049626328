"""Acting on what the law answers: a determination of two people, and never of an answer that is open, a gap,
never to be acted on, or harsh on facts merely claimed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from determined import (
    LATER,
    acting,
    approved,
    ask,
    complete,
    family,
    reported,
    separation,
)
from registered import TODAY

from amana.apps.accounts.models import Office
from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.recording import recording
from amana.apps.decisions.models import Decision
from amana.apps.determinations import queries
from amana.apps.determinations.codes import STANCES
from amana.apps.determinations.models import Determination
from amana.apps.registry.models import Claim
from amana.casework import amend, determine
from amana.casework.determine import CANNOT_ACT, ApprovalStopped, CannotAct, Incomplete, View

__all__ = ["approved", "ask", "family"]
pytestmark = pytest.mark.django_db

ADOPTED = {"decides": "separation", "place_kind": "state_home", "grounds": ("protocol", "safety")}
WHY = {"reason": "Well weighed by all.", "seen_version": None}


def standing(ref: str) -> Decision:
    return Decision.objects.get(person=ref, superseded_at=None)


def claimed(ref: str, attribute: str, stated: str, by: Any, level: str = "claimed") -> None:
    said = {"source": "document", "note": "a card", "said_on": TODAY, "standing": level}
    amend.add_claim(person=ref, attribute=attribute, stated=stated, **said, **acting(by))


def supported(ref: str, by: Any) -> None:
    for claim in Claim.objects.filter(person=ref, attribute__in=("birth", "nationality", "sex")):
        amend.judge_claim(person=ref, claim=claim.pk, judgement="support", reason="Seen.", **acting(by))


@pytest.fixture
def act(family: dict[str, str], caseworker: Any) -> Callable[..., str]:
    """`act("Farid", "adopt", …)` answers the decision that stands, as the caseworker; its reference."""

    def act_on(name: str, stance: str, on: date = TODAY, **what: Any) -> str:
        ref = family[name]
        given = {"decision_id": standing(ref).pk, "stance": stance, **complete(**what)}
        return determine.act_on(ref, **given, **acting(caseworker, on))

    return act_on


def refusal(family: dict[str, str], name: str, caseworker: Any, on: date = TODAY) -> set[str]:
    """The reasons that each stance is refused with; nothing is kept."""
    ref, reasons = family[name], set()
    for stance in STANCES:
        given = {"decision_id": standing(ref).pk, "stance": stance, **complete()}
        with pytest.raises(CannotAct) as refused:
            determine.act_on(ref, **given, **acting(caseworker, on))
        reasons.add(refused.value.reason_code)
    assert not Determination.objects.exists()
    assert {determine.cannot_act(caseworker, ref, standing(ref).pk, on)} == reasons
    return reasons


def test_an_open_answer_is_never_acted_on(family, caseworker) -> None:
    claimed(family["Anora"], "birth", "2012", caseworker)
    assert standing(family["Anora"]).outcome == "undetermined"
    assert refusal(family, "Anora", caseworker) == {"undetermined"}


def test_facts_that_contradict_themselves_are_never_acted_on(family, caseworker) -> None:
    claimed(family["Anora"], "birth", "2019", caseworker, "confirmed")
    assert standing(family["Anora"]).outcome == "invalid"
    assert refusal(family, "Anora", caseworker) == {"invalid"}


def test_a_gap_in_the_law_is_never_acted_on(family, caseworker) -> None:
    assert standing(family["Madina"]).outcome == "no_lawful_placement"
    assert refusal(family, "Madina", caseworker) == {"gap"}


def test_what_is_never_acted_on_is_not_even_refused_by_a_determination(family, caseworker) -> None:
    supported(family["Rustam"], caseworker)
    assert refusal(family, "Rustam", caseworker) == {"never_actionable"}


def test_a_harsh_answer_on_facts_merely_claimed_is_never_acted_on(family, caseworker) -> None:
    assert standing(family["Farid"]).outcome == "state_home"
    assert refusal(family, "Farid", caseworker) == {"merely_claimed"}


def test_an_answer_that_no_longer_stands_is_never_acted_on(family, caseworker) -> None:
    ref = family["Farid"]
    old = standing(ref).pk
    supported(ref, caseworker)
    claimed(ref, "birth", "2015", caseworker, "confirmed")
    assert determine.cannot_act(caseworker, ref, old, TODAY) == "superseded"
    with pytest.raises(CannotAct):
        determine.act_on(ref, decision_id=old, stance="depart", **complete(), **acting(caseworker))


def test_the_answer_about_somebody_else_is_never_acted_on(family, caseworker) -> None:
    other = standing(family["Anora"]).pk
    assert determine.cannot_act(caseworker, family["Farid"], other, TODAY) == "superseded"
    assert determine.cannot_act(caseworker, family["Farid"], None, TODAY) == "superseded"


def test_an_answer_of_before_a_birthday_is_never_acted_on_after_it(family, caseworker) -> None:
    """She was two on the day of the answer; whoever acts on her fourth birthday has to look anew."""
    on = date(2019, 6, 1)
    assert refusal(family, "Anora", caseworker, on) == {"superseded"}


def test_a_law_nobody_reviewed_supports_nothing_outside_the_demonstration_office(
    family, caseworker, act
) -> None:
    ref = family["Anora"]
    assert determine.cannot_act(caseworker, ref, standing(ref).pk, TODAY) == ""
    with recording(caseworker, LATER):
        Office.objects.update(demonstration=False)
    assert refusal(family, "Anora", caseworker) == {"unreviewed_law"}


def test_every_reason_says_what_would_be_right() -> None:
    for code, words in CANNOT_ACT.items():
        assert words in str(CannotAct(code))


def test_adopting_a_harsh_answer_takes_two_people_and_is_adverse(family, act, caseworker, supervisor) -> None:
    supported(family["Farid"], caseworker)
    ref = act("Farid", "adopt", **ADOPTED)
    view = queries.determination(caseworker, ref)
    assert (view.kind, view.stance, view.effect) == ("outcome", "adopt", "adverse")
    assert (view.decision_id, view.state) == (standing(family["Farid"]).pk, "requested")
    assert (view.age_settled, view.harsher_branch) == (True, False)
    determine.approve(ref, **WHY, **acting(supervisor))
    assert queries.determination(caseworker, ref).state == "approved"


def test_not_adopting_a_harsh_answer_protects(family, act, caseworker) -> None:
    supported(family["Farid"], caseworker)
    view = queries.determination(caseworker, act("Farid", "not_adopt"))
    assert (view.decides, view.effect, view.stance) == ("stays_with_mother", "protective", "not_adopt")


def test_adopting_that_a_child_stays_with_the_mother_needs_no_better_facts(family, act, caseworker) -> None:
    view = queries.determination(caseworker, act("Anora", "adopt"))
    assert (view.kind, view.effect) == ("outcome", "protective")


@pytest.mark.parametrize(
    "asked",
    [
        ("Farid", "adopt", {}),
        ("Farid", "adopt", {**ADOPTED, "place_kind": "camp"}),
        ("Farid", "depart", ADOPTED),
        ("Farid", "not_adopt", ADOPTED),
        ("Anora", "adopt", separation()),
        ("Anora", "depart", {}),
        ("Zarina", "adopt", {}),
    ],
)
def test_what_is_decided_fits_the_stance(family, act, caseworker, asked) -> None:
    name, stance, what = asked
    supported(family["Farid"], caseworker)
    with pytest.raises(Incomplete) as refused:
        act(name, stance, **what)
    assert (refused.value.field, refused.value.code) == ("decides", "not_for_this")
    assert not Determination.objects.exists()


@pytest.mark.parametrize("stance", ["", "ignore"])
def test_acting_on_an_answer_takes_a_stance(act, stance) -> None:
    with pytest.raises(Incomplete) as refused:
        act("Anora", stance)
    assert refused.value.field == "stance"


def test_an_answer_that_opens_before_approval_can_no_longer_be_acted_on(
    family, act, caseworker, supervisor
) -> None:
    ref = act("Anora", "adopt")
    claimed(family["Anora"], "birth", "2012", caseworker)
    with pytest.raises(CannotAct):
        determine.approve(ref, **WHY, **acting(supervisor))
    assert queries.determination(caseworker, ref).state == "requested"
    determine.reject(ref, reason="Her age is still open.", **acting(supervisor))


def test_only_who_may_see_determinations_is_told_why_not(family, cast) -> None:
    with pytest.raises(NotForYou):
        determine.cannot_act(cast.monitor, family["Anora"], 1, TODAY)


@pytest.mark.parametrize(
    "told",
    [
        (("age_threshold",), "separation", False, True),
        (("protocol", "safety"), "separation", False, True),
        (("best_interests",), "separation", False, True),
        (("safety",), "separation", True, True),
        (("medical", "best_interests"), "separation", True, True),
        (("age_threshold",), "stays_with_mother", False, False),
    ],
)
def test_a_determination_tells_whether_it_hangs_on_an_open_age(family, caseworker, ask, told) -> None:
    grounds, decides, settled, harsher = told
    claimed(family["Anora"], "birth", "2012", caseworker)
    what = separation(grounds=grounds) if decides == "separation" else {"grounds": grounds}
    view = queries.determination(caseworker, ask("Anora", **what))
    assert (view.age_settled, view.harsher_branch) == (settled, harsher)


def test_what_another_body_chose_for_an_open_age_shows_as_the_harsher_branch(family, caseworker) -> None:
    claimed(family["Anora"], "birth", "2012", caseworker)
    said = {"decides": "separation", "decided_on": TODAY - timedelta(days=3)}
    view = queries.determination(caseworker, reported(family["Anora"], caseworker, **said))
    assert (view.age_settled, view.harsher_branch, view.effect) == (False, True, "adverse")


def test_what_hangs_on_an_open_age_is_not_approved(family, caseworker, supervisor, ask) -> None:
    claimed(family["Anora"], "birth", "2012", caseworker)
    ref = ask("Anora", **separation(grounds=("age_threshold",)))
    with pytest.raises(ApprovalStopped) as stopped:
        determine.approve(ref, **WHY, **acting(supervisor))
    assert "S26" in {each.safeguard for each in stopped.value.findings}
    assert queries.determination(caseworker, ref).state == "requested"


@pytest.mark.parametrize(
    "grounds", [("age_threshold", "protocol"), ("age_threshold", "protocol", "nationality"), ("suspicion",)]
)
def test_what_speaks_of_many_and_not_of_this_child_is_not_approved(ask, supervisor, grounds) -> None:
    ref = ask("Farid", **separation(grounds=grounds))
    with pytest.raises(ApprovalStopped) as stopped:
        determine.approve(ref, **WHY, **acting(supervisor))
    assert "P2" in {each.safeguard for each in stopped.value.findings}


def test_what_rests_on_a_family_tie_alone_is_not_approved(ask, supervisor, caseworker) -> None:
    ref = ask("Farid", **separation(grounds=("family_tie",)))
    with pytest.raises(ApprovalStopped) as stopped:
        determine.approve(ref, **WHY, **acting(supervisor))
    assert {each.safeguard for each in stopped.value.findings} == {"S02", "P2"}
    determine.reject(ref, reason="A family tie is no ground.", **acting(supervisor))


def test_care_elsewhere_while_the_mother_is_there_is_asked_for_as_a_separation(ask) -> None:
    with pytest.raises(Incomplete) as refused:
        ask("Farid", decides="care_placement", place_kind="state_home")
    assert (refused.value.field, refused.value.code) == ("decides", "separation")


def test_care_refused_for_a_nationality_is_not_approved(ask, supervisor, caseworker) -> None:
    ref = ask("Farid", decides="care_refused", grounds=("nationality", "safety"))
    assert queries.determination(caseworker, ref).kind == "care_refusal"
    with pytest.raises(ApprovalStopped) as stopped:
        determine.approve(ref, **WHY, **acting(supervisor))
    assert "S18" in {each.safeguard for each in stopped.value.findings}


def test_a_child_who_was_not_heard_for_a_reason_may_be_determined(ask, supervisor, caseworker) -> None:
    ref = ask("Anora", child_view=View(False, "She plays beside her mother.", "infant"))
    determine.approve(ref, **WHY, **acting(supervisor))
    assert queries.determination(caseworker, ref).in_force
