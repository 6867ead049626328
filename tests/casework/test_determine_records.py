"""What courts and other bodies decided, and appeals: recorded as told, corrected by another record only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from determined import acting, approved, ask, assessed, complete, family, judged, reported, separation
from registered import TODAY

from amana.apps.accounts.viewers import NotForYou
from amana.apps.determinations import queries
from amana.apps.determinations.models import Appeal
from amana.apps.determinations.occasions import occasion_key
from amana.casework import amend, determine, sweep
from amana.casework.determine import DeterminationRefused, Incomplete, OwnDetermination, PanelMember, View

__all__ = ["approved", "ask", "family"]
pytestmark = pytest.mark.django_db

LODGED = {"lodged_by": "mother", "lodged_on": TODAY, "ground": "Nobody asked the aunt."}


def decided(outcome: str = "overturned", body: str = "court") -> dict[str, Any]:
    return {"outcome": outcome, "body": body, "decided_on": TODAY, "reasons": "The aunt can care for her."}


def test_what_another_body_decided_may_lack_everything(family, caseworker) -> None:
    view = queries.determination(caseworker, reported(family["Farid"], caseworker))
    assert (view.kind, view.state, view.in_force) == ("reported", "recorded", True)
    assert (view.reasons, view.grounds, view.citations, view.panel) == ("", (), (), ())
    assert (view.child_view, view.mother_view, view.decided_on, view.author_given) == (
        None,
        None,
        None,
        False,
    )


def test_what_another_body_decided_is_read_back_as_told(family, caseworker) -> None:
    said = {
        "decides": "separation",
        "place_kind": "juvenile",
        "decided_on": TODAY - timedelta(days=9),
        "panel": (PanelMember("other", "the committee's chair"),),
        "child_view": View(False, "", "declined"),
        "grounds": ("age_threshold", "family_tie"),
        "reasons": "He is over four.",
        "citations": ("order of the site",),
        "label_used": "suspect",
        "appeal_route": "none told",
    }
    view = queries.determination(caseworker, reported(family["Farid"], caseworker, **said))
    assert {key: getattr(view, key) for key in said} == said
    assert (view.author_given, view.effect) == (True, "adverse")


@pytest.mark.parametrize(
    "said",
    [
        {"decides": "separation"},
        {"decides": "care_refused"},
        {"decides": "care_placement", "place_kind": "juvenile"},
        {"place_kind": "detention"},
        {"decides": "care_placement", "place_kind": "state_home"},
    ],
)
def test_no_adverse_act_is_hidden_by_calling_it_protective(family, caseworker, said) -> None:
    ref = reported(family["Anora"], caseworker, effect="protective", **said)
    assert queries.determination(caseworker, ref).effect == "adverse"


@pytest.mark.parametrize(
    ("said", "safeguard"),
    [
        ({"decides": "care_refused", "grounds": ("nationality",)}, "S18"),
        ({"decides": "separation", "grounds": ("family_tie",)}, "S02"),
        ({"label_used": "terrorist"}, "S01"),
        ({"decides": "no_change", "grounds": ("suspicion",)}, "S01"),
        ({"decides": "separation"}, "S05"),
    ],
)
def test_what_another_body_did_is_a_breach_as_if_this_office_had_done_it(
    family, caseworker, said, safeguard
) -> None:
    ref = reported(family["Farid"], caseworker, decided_on=TODAY, effect="protective", **said)
    watched = sweep.stand(caseworker, family["Farid"], TODAY)
    breached = {
        each.safeguard.id
        for each in watched
        if each.finding.key == occasion_key(ref) and each.finding.verdict == "breach"
    }
    assert safeguard in breached


def test_a_wrong_record_of_what_others_decided_is_replaced_by_another(family, caseworker) -> None:
    wrong = reported(family["Farid"], caseworker)
    right = reported(family["Farid"], caseworker, supersedes=wrong, reasons="Found in the letter.")
    assert queries.determination(caseworker, wrong).superseded_by == right


def test_a_breach_that_nobody_waives_is_not_written_away_by_who_recorded_it(family, cast) -> None:
    tied = {"decides": "care_refused", "grounds": ("family_tie",), "decided_on": TODAY}
    wrong = reported(family["Farid"], cast.caseworker, **tied)
    milder = {**tied, "grounds": ("best_interests",), "supersedes": wrong}
    with pytest.raises(Incomplete) as refused:
        reported(family["Farid"], cast.caseworker, **milder)
    assert (refused.value.field, refused.value.code) == ("supersedes", "second_person")
    assert queries.determination(cast.caseworker, wrong).in_force
    assert reported(family["Farid"], cast.operator, **milder)


def test_what_two_people_decided_is_not_ended_by_one_who_records_something(
    family, approved, caseworker
) -> None:
    protecting = approved("Farid")
    for record in (reported, assessed):
        with pytest.raises(Incomplete) as refused:
            record(family["Farid"], caseworker, supersedes=protecting)
        assert (refused.value.field, refused.value.code) == ("supersedes", "no_such_record")
    assert queries.determination(caseworker, protecting).in_force


def test_what_another_body_decided_is_taken_anew_by_two_people(family, ask, caseworker, supervisor) -> None:
    old = reported(family["Farid"], caseworker, decides="separation", grounds=("family_tie",))
    new = ask("Farid", supersedes=old)
    determine.approve(new, reason="All three were heard now.", seen_version=None, **acting(supervisor))
    assert queries.determination(caseworker, old).superseded_by == new


def test_a_court_decision_is_recorded_and_corrected_by_another_record(family, caseworker) -> None:
    person = family["Rustam"]
    wrong = judged(person, caseworker, "charge", decided_on=date(2018, 2, 2))
    right = judged(person, caseworker, "charge", corrects=wrong)
    views = {view.ref: view for view in queries.judicial(caseworker, person)}
    assert views[wrong].corrected_by == right
    assert (views[right].corrects, views[right].corrected_by) == (wrong, "")
    with pytest.raises(Incomplete):
        judged(person, caseworker, "charge", corrects=wrong)
    assert queries.judicial_decision(caseworker, right) == views[right]


@pytest.mark.parametrize("kind", ["charge", "custody_order"])
def test_no_charge_and_no_custody_against_a_child_who_may_be_too_young(family, caseworker, kind) -> None:
    for name, day in (("Anora", date(2018, 2, 1)), ("Farid", date(2017, 11, 19))):
        with pytest.raises(DeterminationRefused) as refused:
            judged(family[name], caseworker, kind, decided_on=day)
        assert refused.value.code == "too_young"
        assert not queries.judicial(caseworker, family[name])
    judged(family["Farid"], caseworker, kind, decided_on=date(2017, 11, 20))
    judged(family["Anora"], caseworker, "guardian")
    judged(family["Zarina"], caseworker, kind)


def test_a_birth_that_leaves_it_open_counts_for_the_child(family, caseworker) -> None:
    said = {"source": "document", "note": "card", "said_on": TODAY, "standing": "confirmed"}
    amend.add_claim(
        person=family["Farid"], attribute="birth", stated="2009-01/2009-06", **said, **acting(caseworker)
    )
    with pytest.raises(DeterminationRefused):
        judged(family["Farid"], caseworker, "charge")


def test_a_court_decision_on_somebody_else_is_not_corrected(family, caseworker) -> None:
    other = judged(family["Rustam"], caseworker)
    with pytest.raises(Incomplete):
        judged(family["Farid"], caseworker, corrects=other)


def test_forms_of_courts_and_appeals_sent_twice_make_one_record(family, caseworker, approved) -> None:
    token = "c" * 32
    person = family["Rustam"]
    said = {"kind": "charge", "court": "Court", "decided_on": TODAY, "source": "copy", "token": token}
    refs = {determine.record_judicial(person, **said, **acting(caseworker)) for _ in range(2)}
    assert len(refs) == 1
    ref = approved("Farid")
    numbers = {determine.appeal(ref, **LODGED, token=token, **acting(caseworker)) for _ in range(2)}
    assert numbers == {Appeal.objects.get().pk}


def test_while_an_appeal_runs_a_determination_carries_nothing(approved, caseworker) -> None:
    ref = approved("Farid", **separation())
    determine.appeal(ref, **LODGED, **acting(caseworker))
    view = queries.determination(caseworker, ref)
    assert (view.state, view.in_force, view.appeals[0].open) == ("under_appeal", False, True)
    with pytest.raises(DeterminationRefused) as refused:
        determine.appeal(ref, **LODGED, **acting(caseworker))
    assert refused.value.code == "closed"


@pytest.mark.parametrize(("outcome", "in_force"), [("upheld", True), ("overturned", False)])
def test_an_appeal_ends_as_the_court_says(approved, caseworker, outcome, in_force) -> None:
    ref = approved("Farid")
    determine.appeal(ref, **LODGED, **acting(caseworker))
    determine.decide_appeal(ref, **decided(outcome), **acting(caseworker))
    view = queries.determination(caseworker, ref)
    assert (view.state, view.in_force, view.appeals[0].outcome) == (outcome, in_force, outcome)
    assert (view.ended_on is None) is in_force
    if in_force:
        determine.appeal(ref, **LODGED, **acting(caseworker))


def test_the_offices_own_panel_decides_an_appeal_without_who_asked_or_approved(
    approved, cast, caseworker, supervisor
) -> None:
    ref = approved("Farid")
    determine.appeal(ref, **LODGED, **acting(caseworker))
    with pytest.raises(NotForYou):
        determine.decide_appeal(ref, **decided(body="panel"), **acting(caseworker))
    with pytest.raises(OwnDetermination):
        determine.decide_appeal(ref, **decided(body="panel"), **acting(supervisor))
    determine.decide_appeal(ref, **decided("upheld", "panel"), **acting(cast.operator))
    assert queries.determination(caseworker, ref).state == "upheld"


def test_nothing_else_than_a_determination_in_force_is_appealed(ask, family, caseworker) -> None:
    waiting = ask("Farid")
    with pytest.raises(DeterminationRefused) as refused:
        determine.appeal(waiting, **LODGED, **acting(caseworker))
    assert refused.value.code == "closed"
    assessment = assessed(family["Farid"], caseworker)
    with pytest.raises(DeterminationRefused) as refused:
        determine.appeal(assessment, **LODGED, **acting(caseworker))
    assert refused.value.code == "no_appeal"


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"lodged_by": "guard"}, "lodged_by"),
        ({"ground": ""}, "ground"),
        ({"ground": "x"}, "ground"),
        ({"lodged_on": TODAY + timedelta(days=1)}, "lodged_on"),
        ({"lodged_on": TODAY - timedelta(days=1)}, "lodged_on"),
    ],
)
def test_an_appeal_names_who_when_and_why(approved, caseworker, what, field) -> None:
    ref = approved("Farid")
    with pytest.raises(Incomplete) as refused:
        determine.appeal(ref, **{**LODGED, **what}, **acting(caseworker))
    assert refused.value.field == field
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"outcome": "lost"}, "outcome"),
        ({"body": "guard"}, "body"),
        ({"reasons": ""}, "reasons"),
        ({"reasons": "ok"}, "reasons"),
        ({"decided_on": TODAY - timedelta(days=1)}, "decided_on"),
        ({"decided_on": TODAY + timedelta(days=1)}, "decided_on"),
    ],
)
def test_what_became_of_an_appeal_names_who_when_and_why(approved, caseworker, what, field) -> None:
    ref = approved("Farid")
    determine.appeal(ref, **LODGED, **acting(caseworker))
    with pytest.raises(Incomplete) as refused:
        determine.decide_appeal(ref, **{**decided(), **what}, **acting(caseworker))
    assert refused.value.field == field


def test_no_appeal_no_end_of_one(approved, caseworker) -> None:
    with pytest.raises(DeterminationRefused) as refused:
        determine.decide_appeal(approved("Farid"), **decided(), **acting(caseworker))
    assert refused.value.code == "closed"


def test_what_is_under_appeal_is_not_replaced(approved, ask, caseworker) -> None:
    ref = approved("Farid")
    determine.appeal(ref, **LODGED, **acting(caseworker))
    with pytest.raises(Incomplete):
        ask("Farid", **complete(supersedes=ref))
