"""Each refusal at the gate of a country by itself: with everything else right, it alone refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from determined import acting, family
from registered import TODAY
from returning import NATION, UNTIL, conditions, dossier, opened, said_no, said_yes, screened, seen

from amana.apps.accounts import viewers
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.recording import recording
from amana.apps.consents import commands, desk, standing
from amana.apps.consents.models import Consent, Disclosure, Dossier, Hold, PlannedStep, Screening
from amana.apps.consents.queries import disclosures, return_file
from amana.apps.registry.relations import Reach
from amana.casework import consent, disclose, gate, protection
from amana.casework.consent import ReturnRefused
from amana.casework.disclose import GateClosed
from amana.core.dates import DateSpan

__all__ = ["family"]
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def mother(family: dict[str, str]) -> str:
    return family["Zarina"]


@pytest.fixture
def gated(mother: str, cast: SimpleNamespace) -> tuple[str, SimpleNamespace]:
    """A mother whose gate stands open, and the cast."""
    opened(mother, cast)
    return mother, cast


def held(ref: str, by: Viewer, nation: str = NATION, **what: Any) -> str:
    told = {"ground": "A court asked that nothing leave.", "until": UNTIL, **what}
    return protection.place_hold(ref, nation, **told, **acting(by))


def planned(ref: str, by: Viewer, step: str = "enquiry", nation: str = NATION, **what: Any) -> str:
    return disclose.plan(ref, nation, step, what.get("planned_for", TODAY + 7 * DAY), **acting(by))


def made(ref: str, by: Viewer, step: str = "enquiry", nation: str = NATION, **what: Any) -> str:
    return disclose.prepare(ref, nation, step, **what, **acting(by))


def told(ref: str, by: Viewer, nation: str = NATION, **what: Any) -> disclose.Disclosure:
    said = {"channel": "letter", "step": "enquiry", "recipient": "Embassy in Baghdad", **what}
    return disclose.disclose(ref, nation, said.pop("channel"), **said, **acting(by))


def answered(ref: str, by: Viewer, nation: str, **what: Any) -> str:
    return consent.refuse(ref, nation, "enquiry", "person", taken_on=TODAY, **what, **acting(by))


REFUSED: list[tuple[Callable[..., Any], dict[str, Any], str, str]] = [
    (answered, {"nation": "XXB"}, "no_country", "nation"),
    (said_yes, {"purpose": "visit"}, "unknown_code", "purpose"),
    (said_yes, {"giver": "aunt"}, "unknown_code", "giver"),
    (said_yes, {"giver": "guardian", "child_said": "perhaps"}, "unknown_code", "child_said"),
    (said_yes, {"words": "x" * 2001}, "too_long", "words"),
    (said_yes, {"language": "t\u202eg"}, "hidden_characters", "language"),
    (said_yes, {"counsel": " "}, "missing", "counsel"),
    (said_yes, {"counsel": None}, "missing", "counsel"),
    (screened, {"screened_on": TODAY + DAY}, "future", "screened_on"),
    (screened, {"claim": "perhaps"}, "unknown_code", "claim"),
    (held, {"nation": "XXA"}, "no_country", "nation"),
    (held, {"ground": "because"}, "not_in_words", "ground"),
    (held, {"ground": "one two three " * 200}, "too_long", "ground"),
    (held, {"until": TODAY - DAY}, "too_early", "until"),
    (held, {"until": TODAY + 366 * DAY}, "too_late", "until"),
    (told, {"nation": "XXC"}, "no_country", "nation"),
    (told, {"step": "visit"}, "unknown_code", "step"),
    (told, {"channel": "telephone"}, "unknown_code", "channel"),
    (told, {"recipient": " "}, "missing", "recipient"),
    (told, {"recipient": "Emb\u202eassy"}, "hidden_characters", "recipient"),
    (made, {"nation": "XXA"}, "no_country", "nation"),
    (made, {"step": "visit"}, "unknown_code", "step"),
    (planned, {"nation": "XXA"}, "no_country", "nation"),
    (planned, {"step": "visit"}, "unknown_code", "step"),
    (planned, {"planned_for": TODAY - DAY}, "too_early", "planned_for"),
    (planned, {"planned_for": TODAY + 181 * DAY}, "too_late", "planned_for"),
]


def test_what_is_wrong_in_one_thing_is_refused_for_that(mother: str, cast: SimpleNamespace) -> None:
    for act, what, code, field in REFUSED:
        with pytest.raises(ReturnRefused) as refused:
            act(mother, cast.caseworker, **what)
        assert (refused.value.code, refused.value.field) == (code, field), (act.__name__, what)
    with pytest.raises(ReturnRefused, match="no country"):
        protection.record_screening(
            mother, "XXA", done=True, fear=False, screened_on=TODAY, **acting(cast.caseworker)
        )
    for number in (uuid4(), UUID(int=1)):
        with pytest.raises(ReturnRefused):
            protection.lift_hold(mother, number, **acting(cast.supervisor))
        with pytest.raises(ReturnRefused):
            disclose.release(mother, number, **acting(cast.supervisor))
    assert not Hold.objects.exists() and not Dossier.objects.exists() and not Consent.objects.exists()


def test_what_is_unusual_and_right_is_taken(mother: str, cast: SimpleNamespace) -> None:
    said_yes(mother, cast.caseworker, with_counsel=False, counsel="")
    said_yes(mother, cast.caseworker, with_counsel=None, counsel=None, language=None)
    said_yes(mother, cast.caseworker, "guardian", child_said="")
    held(mother, cast.caseworker, until=TODAY)
    assert Consent.objects.count() == 3 and Hold.objects.count() == 1


def test_nobody_of_another_team_does_anything_about_a_gate(mother: str, cast: SimpleNamespace) -> None:
    opened(mother, cast)
    hold, other = held(mother, cast.caseworker, nation="RUS"), cast.other_caseworker
    again = made(mother, cast.caseworker)
    acts: list[Callable[[], Any]] = [
        lambda: said_yes(mother, other),
        lambda: said_no(mother, other),
        lambda: consent.withdraw(mother, NATION, "enquiry", "person", **acting(other)),
        lambda: screened(mother, other),
        lambda: held(mother, other),
        lambda: protection.lift_hold(mother, UUID(hold), **acting(cast.other_supervisor)),
        lambda: made(mother, other),
        lambda: disclose.release(mother, UUID(again), **acting(cast.other_supervisor)),
        lambda: planned(mother, other),
        lambda: told(mother, other),
        lambda: disclosures(other, mother),
        lambda: gate.nations(other, mother),
    ]
    kept = AuditEntry.objects.count()
    for act in acts:
        with pytest.raises(NotForYou):
            act()
    assert AuditEntry.objects.count() == kept


def test_who_only_releases_prepares_nothing_and_who_prepares_releases_nothing(
    mother: str, cast: SimpleNamespace
) -> None:
    opened(mother, cast)
    hold, again = held(mother, cast.caseworker, nation="RUS"), made(mother, cast.caseworker)
    acts: list[Callable[[], Any]] = [
        *(lambda act=act: act(mother, cast.supervisor) for act in (said_yes, said_no, screened, held)),
        *(lambda act=act: act(mother, cast.supervisor) for act in (made, planned, told)),
        lambda: consent.withdraw(mother, NATION, "enquiry", "person", **acting(cast.supervisor)),
        lambda: disclose.release(mother, UUID(again), **acting(cast.caseworker)),
        lambda: protection.lift_hold(mother, UUID(hold), **acting(cast.caseworker)),
    ]
    for act in acts:
        with pytest.raises(NotForYou):
            act()


def test_a_guardian_named_for_less_reads_nothing_of_a_gate(mother: str, cast: SimpleNamespace) -> None:
    circle = viewers.ward_circle(cast.guardian.user_id)
    with recording(cast.operator, acting(cast.operator)["at"]):
        Reach(person_id=mother, circle=circle, since=TODAY, classes="C1;C2", source="ward").save()
    guardian = replace(cast.guardian, circles=(circle,), day=TODAY)
    with pytest.raises(NotForYou):
        return_file(guardian, mother, NATION)
    with recording(cast.operator, acting(cast.operator)["at"]):
        Reach.objects.filter(circle=circle).update(classes="C1;C5")
    assert return_file(guardian, mother, NATION).consents == ()


@pytest.mark.parametrize(
    ("what", "stops"),
    [({"fear": True}, True), ({"claim": "pending"}, True), ({"claim": "recognised"}, True),
     ({"claim": "none"}, False), ({"claim": ""}, False)],
)  # fmt: skip
def test_a_fear_or_a_claim_found_later_stops_the_plan_and_ends_the_dossier(
    mother: str, cast: SimpleNamespace, what: dict[str, Any], stops: bool
) -> None:
    opened(mother, cast)
    planned(mother, cast.caseworker)
    screened(mother, cast.caseworker, **what)
    assert PlannedStep.objects.get().state == ("stopped" if stops else "planned")
    assert (Dossier.objects.get().ended_on is not None) == stops


def test_a_no_stops_the_plan_and_another_yes_leaves_it(mother: str, cast: SimpleNamespace) -> None:
    opened(mother, cast)
    planned(mother, cast.caseworker)
    said_yes(mother, cast.caseworker)
    assert PlannedStep.objects.get().state == "planned" and Dossier.objects.get().ended_on is None
    said_no(mother, cast.caseworker)
    assert PlannedStep.objects.get().state == "stopped" and Dossier.objects.get().ended_on == TODAY


def test_every_form_sent_twice_makes_one_record_and_without_a_token_two(
    mother: str, cast: SimpleNamespace
) -> None:
    opened(mother, cast)
    for act in (screened, made, held, told):
        token = f"{act.__name__:x<32}"
        if act is told:
            protection.lift_hold(mother, Hold.objects.get().id, **acting(cast.supervisor))
            dossier(mother, cast)
        first, again = (act(mother, cast.caseworker, token=token) for _ in "ab")
        assert getattr(first, "id", first) == getattr(again, "id", again) and first
    before = [model.objects.count() for model in (Screening, Dossier, Disclosure)]
    assert (Hold.objects.count(), Disclosure.objects.count()) == (1, 1)
    told(mother, cast.caseworker), told(mother, cast.caseworker)
    screened(mother, cast.caseworker), screened(mother, cast.caseworker)
    made(mother, cast.caseworker), made(mother, cast.caseworker)
    after = [model.objects.count() for model in (Screening, Dossier, Disclosure)]
    assert after == [number + 2 for number in before]
    assert commands.made_before("consent", "", cast.caseworker) == ""


@pytest.mark.parametrize(
    ("kind", "status", "goes"),
    [("demonstration", "draft", True), ("demonstration", "reviewed by counsel", True),
     ("real", "reviewed by counsel", True), ("real", "draft", False)],
)  # fmt: skip
def test_law_that_nobody_reviewed_supports_no_disclosure_in_a_real_office(
    gated: tuple[str, SimpleNamespace], monkeypatch: pytest.MonkeyPatch, kind: str, status: str, goes: bool
) -> None:
    mother, cast = gated
    demonstration = kind == "demonstration"
    law = SimpleNamespace(status=status, hash=disclose.gate_pack().hash)
    monkeypatch.setattr(disclose, "office", lambda: SimpleNamespace(demonstration=demonstration))
    monkeypatch.setattr(disclose, "gate_pack", lambda: law)
    if goes:
        assert told(mother, cast.caseworker).id
    else:
        with pytest.raises(GateClosed) as closed:
            told(mother, cast.caseworker)
        assert closed.value.code == "unreviewed_law" and not Disclosure.objects.exists()


def test_a_released_dossier_is_told_to_nobody_while_the_gate_is_closed(
    mother: str, cast: SimpleNamespace
) -> None:
    opened(mother, cast)
    hold = held(mother, cast.caseworker)
    for act in (told, planned):
        with pytest.raises(GateClosed) as closed:
            act(mother, cast.caseworker)
        assert closed.value.code == "closed"
    assert not Disclosure.objects.exists() and Dossier.objects.get().ended_on is None
    protection.lift_hold(mother, UUID(hold), **acting(cast.supervisor))
    assert told(mother, cast.caseworker).id


def test_nothing_is_told_where_nothing_is_released(
    mother: str, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(mother, cast)
    monkeypatch.setattr(disclose, "outgoing", lambda *_: None)
    with pytest.raises(GateClosed) as closed:
        told(mother, cast.caseworker)
    assert closed.value.code == "nothing_released" and not Disclosure.objects.exists()


def test_a_dossier_states_this_country_and_nothing_that_was_refuted(
    mother: str, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [
        ("birth", "supported", "1990"), ("birth", "refuted", "2001"), ("sex", "stated", "female"),
        ("nationality", "stated", "RUS"), ("name_latin", "stated", "Somebody Else"),
    ]  # fmt: skip
    claims = [SimpleNamespace(attribute=a, standing=s, stated=t) for a, s, t in said]
    monkeypatch.setattr(disclose, "claims", lambda *_: claims)
    made(mother, cast.caseworker)
    content = Dossier.objects.get().content
    assert (content["birth"], content["sex"], content["nationality"]) == ("1990", "female", NATION)
    assert content["name_latin"] == "Zarina Rahimova"


def test_a_disclosure_ends_the_step_it_was_planned_for_and_a_look_ends_none(
    mother: str, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(mother, cast)
    planned(mother, cast.caseworker)
    told(mother, cast.caseworker, channel="desk")
    assert PlannedStep.objects.get().state == "done"
    planned(mother, cast.caseworker)
    monkeypatch.setattr(disclose, "nation_of", lambda account: NATION)
    consul = replace(cast.consular_officer, trail=[])
    laid = Dossier.objects.get().id
    at_desk: Callable[..., Any] = lambda by, number: disclose.show_at_desk(  # noqa: E731
        mother, NATION, "enquiry", number, **acting(by)
    )
    assert at_desk(consul, uuid4()) is None and Disclosure.objects.count() == 1
    assert at_desk(consul, laid) and Disclosure.objects.count() == 2
    assert set(PlannedStep.objects.values_list("state", flat=True)) == {"done", "planned"}
    with pytest.raises(NotForYou):
        at_desk(replace(consul, scopes=frozenset({"people.see"})), laid)
    monkeypatch.setattr(disclose, "nation_of", lambda account: "UZB")
    with pytest.raises(NotForYou):
        at_desk(consul, laid)
    assert desk.SIT and not AuditEntry.objects.filter(kind="return_step.stopped").exists()


def test_the_trail_says_that_steps_were_stopped_only_where_there_were_some(
    mother: str, cast: SimpleNamespace
) -> None:
    opened(mother, cast)
    said_no(mother, cast.caseworker)
    stopped = AuditEntry.objects.filter(kind="return_step.stopped")
    assert not stopped.exists()
    opened(mother, cast)
    planned(mother, cast.caseworker)
    said_no(mother, cast.caseworker)
    assert stopped.count() == 1


def test_taking_back_a_no_is_no_taking_back_of_a_yes(mother: str, cast: SimpleNamespace) -> None:
    said_no(mother, cast.caseworker)
    consent.withdraw(mother, NATION, "enquiry", "person", **acting(cast.caseworker))
    assert facts(mother, "person")["own_consent"] == frozenset({"refused"})
    cast.caseworker.trail.clear()
    row = return_file(cast.caseworker, mother, NATION).consents[0]
    assert (row.stands, row.mine, row.said["answer"]) == (False, True, "refused")
    assert cast.caseworker.trail == [mother]
    assert not return_file(cast.supervisor, mother, NATION).consents[0].mine


def facts(ref: str, *entitled: str) -> dict[str, Any]:
    return standing.facts(ref, NATION, "enquiry", TODAY, entitled=entitled)


BOTH = ("person", "guardian")
COUNTED: list[tuple[dict[str, Any], dict[str, Any] | None, tuple[str, ...], dict[str, Any]]] = [
    ({"own_word": False}, {"own_word": True}, BOTH, {"own_nation": frozenset({"denied"})}),
    ({"own_word": None}, {"own_word": True}, BOTH, {"own_nation": frozenset({"own_word"})}),
    ({"own_word": None}, {"own_word": None}, BOTH, {"own_nation": None}),
    ({"unheard": False}, {"unheard": None}, BOTH, {"unheard": False}),
    ({"unheard": None}, {"unheard": True}, BOTH, {"unheard": None}),
    ({"unheard": True}, {"unheard": True}, BOTH, {"unheard": True}),
    ({"unheard": False}, {"unheard": True}, ("guardian",), {"unheard": True}),
    ({"until": UNTIL}, {"until": UNTIL - DAY}, BOTH, {"consent_until": DateSpan.day(UNTIL - DAY)}),
    ({"until": UNTIL}, None, BOTH, {"consent_until": None, "guardian_consent": frozenset({"refused"})}),
    ({"until": UNTIL}, None, ("person",), {"consent_until": DateSpan.day(UNTIL)}),
]


def test_whoever_counts_must_have_been_asked_as_it_must_be(mother: str, cast: SimpleNamespace) -> None:
    for own, guardians, entitled, expected in COUNTED:
        said_yes(mother, cast.caseworker, "person", **own)
        if guardians is None:
            said_no(mother, cast.caseworker, "guardian")
        else:
            said_yes(mother, cast.caseworker, "guardian", **guardians)
        found = facts(mother, *entitled)
        assert {name: found.get(name) for name in expected} == expected, (own, guardians, entitled)


def test_only_the_step_of_a_released_dossier_is_asked_of(mother: str, cast: SimpleNamespace) -> None:
    opened(mother, cast)
    assert standing.asked_of([mother], "enquiry") == {(mother, NATION)}
    assert standing.asked_of([mother], "papers") == frozenset()
    (row,) = return_file(cast.caseworker, mother, NATION).dossiers
    assert row.mine and not return_file(cast.supervisor, mother, NATION).dossiers[0].mine


def test_a_gate_says_what_each_condition_asks_and_which_are_sealed(
    mother: str, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(mother, cast)
    view = seen(mother, cast.caseworker)
    assert view.met == len(view.conditions) == len(conditions(view))
    asks = {each.name: {fact.name for fact in each.asks} for each in view.conditions}
    assert asks["screening"] == {"screened"} and asks["hold"] == {"hold_stands"}
    classes = {each.name: {fact.cls for fact in each.asks} for each in view.conditions}
    assert {each.name: each.sealed for each in view.conditions} == {
        name: bool(those & {"C5", "C6", "C7"}) for name, those in classes.items()
    }
    known = SimpleNamespace(nationality=("RUS", "XXA", "IRQ"))
    monkeypatch.setattr(gate.decisions, "facts", lambda viewer, refs: {mother: known})
    assert gate.nations(cast.caseworker, mother) == ("RUS", NATION)
