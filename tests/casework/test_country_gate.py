"""The gate opens on records when every condition is met, and any single one keeps it closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from determined import acting, approved, ask, family
from registered import TODAY
from returning import (
    NATION,
    UNTIL,
    conditions,
    dossier,
    opened,
    said_no,
    said_yes,
    screened,
    seen,
    tell,
)  # fmt: skip

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.consents.models import Consent, Disclosure, PlannedStep
from amana.apps.consents.queries import disclosures, return_file
from amana.casework import consent, determine, disclose, gate, protection
from amana.casework.consent import ReturnRefused
from amana.casework.disclose import GateClosed

__all__ = ["approved", "ask", "family"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(family: dict[str, str]) -> str:
    return family["Zarina"]


@pytest.fixture
def child(family: dict[str, str]) -> str:
    return family["Farid"]


def test_whoever_looks_at_a_gate_has_seen_the_person(mother: str, cast: SimpleNamespace) -> None:
    cast.caseworker.trail.clear()
    seen(mother, cast.caseworker)
    assert cast.caseworker.trail == [mother]


@pytest.mark.parametrize("role", ["facility_manager", "other_caseworker", "monitor", "outsider"])
def test_the_countries_of_a_person_are_told_to_nobody_outside_her_file(
    role: str, mother: str, cast: SimpleNamespace
) -> None:
    with pytest.raises(NotForYou):
        gate.nations(getattr(cast, role), mother)


def test_nothing_on_record_keeps_every_gate_closed(mother: str, cast: SimpleNamespace) -> None:
    view = seen(mother, cast.caseworker)
    assert not view.is_open
    told = conditions(view)
    assert told["consent"] == told["screening"] == told["own-nation"] == "unknown"
    assert told["dossier"] == "false" and told["hold"] == "true"


def test_a_mother_who_agreed_with_counsel_after_a_screening_opens_it(
    mother: str, cast: SimpleNamespace
) -> None:
    opened(mother, cast)
    view = seen(mother, cast.caseworker)
    assert view.is_open and set(conditions(view).values()) == {"true"}


def test_a_child_opens_it_by_guardian_and_own_voice_and_assessment(child: str, cast: SimpleNamespace) -> None:
    opened(child, cast, child=True)
    assert seen(child, cast.caseworker).is_open


def test_a_childs_own_yes_is_no_consent(child: str, cast: SimpleNamespace) -> None:
    opened(child, cast, child=True)
    consent.withdraw(child, NATION, "enquiry", "guardian", **acting(cast.caseworker))
    said_yes(child, cast.caseworker, "person")
    dossier(child, cast)
    assert conditions(seen(child, cast.caseworker))["consent"] == "false"


def test_papers_need_a_determination_and_a_consent_of_their_own(child: str, cast: SimpleNamespace) -> None:
    opened(child, cast, child=True)
    told = conditions(seen(child, cast.caseworker, "papers"))
    assert told["consent"] == "unknown" and told["determination"] == "unknown"
    assert not seen(child, cast.caseworker, "handover").is_open


def test_papers_open_on_a_determination_for_return_and_an_appeal_shuts_them(
    child: str, cast: SimpleNamespace, approved: Callable[..., str]
) -> None:
    opened(child, cast, child=True, step="papers")
    assert not seen(child, cast.caseworker, "papers").is_open
    other = approved("Farid", decides="stays_with_mother")
    assert conditions(seen(child, cast.caseworker, "papers"))["determination"] == "false"
    decided = approved("Farid", decides="return", supersedes=other)
    assert seen(child, cast.caseworker, "papers").is_open
    assert not seen(child, cast.caseworker, "enquiry").is_open
    determine.appeal(
        decided, lodged_by="mother", lodged_on=TODAY, ground="I was not asked about this.",
        **acting(cast.caseworker),
    )  # fmt: skip
    assert not seen(child, cast.caseworker, "papers").is_open


@pytest.mark.parametrize("missing", ["with_counsel", "with_interpreter", "unheard", "own_word"])
@pytest.mark.parametrize("value", [False, None])
def test_a_conversation_not_held_as_it_must_be_keeps_it_closed(
    mother: str, cast: SimpleNamespace, missing: str, value: bool | None
) -> None:
    screened(mother, cast.caseworker)
    dossier(mother, cast)
    said_yes(mother, cast.caseworker, **{missing: value})
    view = seen(mother, cast.caseworker)
    assert not view.is_open
    closing = [name for name, truth in conditions(view).items() if truth != "true"]
    assert len(closing) == 1
    assert conditions(view)[closing[0]] == ("false" if value is False else "unknown")


@pytest.mark.parametrize(
    ("what", "closing"),
    [
        ({"fear": True}, {"fear"}),
        ({"fear": None}, {"fear"}),
        ({"claim": "pending"}, {"claim"}),
        ({"claim": "recognised"}, {"claim"}),
        ({"claim": ""}, {"claim"}),
        ({"done": False}, {"screening"}),
    ],
)
def test_fear_a_claim_or_an_unfinished_screening_keeps_it_closed(
    mother: str, cast: SimpleNamespace, what: dict[str, Any], closing: set[str]
) -> None:
    screened(mother, cast.caseworker, **what)
    said_yes(mother, cast.caseworker)
    dossier(mother, cast)
    told = conditions(seen(mother, cast.caseworker))
    assert {name for name, truth in told.items() if truth != "true"} == closing


def test_a_hold_closes_it_until_another_official_lifts_it(mother: str, cast: SimpleNamespace) -> None:
    opened(mother, cast)
    hold = protection.place_hold(
        mother, "", ground="A court asked that nothing leave.", until=UNTIL, **acting(cast.caseworker)
    )
    assert not seen(mother, cast.caseworker).is_open
    with pytest.raises(NotForYou):
        protection.lift_hold(mother, UUID(hold), **acting(cast.caseworker))
    protection.lift_hold(mother, UUID(hold), **acting(cast.supervisor))
    assert seen(mother, cast.caseworker).is_open


def test_a_consent_runs_out_on_its_own(mother: str, cast: SimpleNamespace) -> None:
    opened(mother, cast)
    assert seen(mother, cast.caseworker, on=UNTIL).is_open
    assert not seen(mother, cast.caseworker, on=UNTIL + timedelta(days=1)).is_open


def test_what_was_recorded_later_opens_no_earlier_day(mother: str, cast: SimpleNamespace) -> None:
    opened(mother, cast)
    told = conditions(seen(mother, cast.caseworker, on=TODAY - timedelta(days=1)))
    assert told["dossier"] == "false" and told["consent"] == told["screening"] == "unknown"


def test_one_countrys_consent_says_nothing_of_another(mother: str, cast: SimpleNamespace) -> None:
    from amana.casework.gate import gate

    opened(mother, cast)
    other = gate(cast.caseworker, mother, "RUS", "enquiry", TODAY)
    assert not other.is_open and conditions(other)["consent"] == "unknown"


def test_a_dossier_is_released_by_somebody_else_and_holds_one_person(
    mother: str, cast: SimpleNamespace
) -> None:
    made = disclose.prepare(mother, NATION, "enquiry", **acting(cast.operator))
    with pytest.raises(ReturnRefused):
        disclose.release(mother, UUID(made), **acting(cast.operator))
    disclose.release(mother, UUID(made), **acting(cast.supervisor))
    content = return_file(cast.caseworker, mother, NATION).dossiers[0].content
    assert content["name_latin"] == "Zarina Rahimova" and content["nationality"] == NATION
    assert set(content) <= set(disclose.ENQUIRY_FACTS)
    assert "Farid" not in str(content) and "Site" not in str(content)


def test_what_is_told_stands_in_the_register_with_the_text_of_the_gate(
    mother: str, cast: SimpleNamespace
) -> None:
    opened(mother, cast)
    told = tell(mother, cast.caseworker)
    row = Disclosure.objects.get()
    assert str(row.id) == told.id and row.gate == seen(mother, cast.caseworker).pack.hash
    assert told.content["name_latin"] == "Zarina Rahimova"
    assert [each.recipient for each in disclosures(cast.supervisor, mother)] == ["Embassy in Baghdad"]


def test_a_closed_gate_tells_nothing_and_the_attempt_is_kept(mother: str, cast: SimpleNamespace) -> None:
    with pytest.raises(GateClosed):
        tell(mother, cast.caseworker)
    assert not Disclosure.objects.exists()
    kept = AuditEntry.objects.get(kind="disclosure.stopped")
    assert kept.subject == mother


def test_taking_back_closes_at_once_stops_the_plan_and_lists_what_was_told(
    mother: str, cast: SimpleNamespace
) -> None:
    opened(mother, cast)
    tell(mother, cast.caseworker)
    disclose.plan(mother, NATION, "enquiry", TODAY + timedelta(days=7), **acting(cast.caseworker))
    done = consent.withdraw(mother, NATION, "enquiry", "person", **acting(cast.caseworker))
    assert (done.stopped, done.dossiers) == (1, 1)
    assert [each.channel for each in done.disclosed] == ["letter"]
    assert not seen(mother, cast.caseworker).is_open
    assert conditions(seen(mother, cast.caseworker))["consent"] == "false"
    assert set(PlannedStep.objects.values_list("state", flat=True)) == {"stopped"}
    with pytest.raises(GateClosed):
        tell(mother, cast.caseworker)


def test_taking_back_asks_for_no_reason_and_needs_something_that_stands(
    mother: str, cast: SimpleNamespace
) -> None:
    with pytest.raises(ReturnRefused):
        consent.withdraw(mother, NATION, "enquiry", "person", **acting(cast.caseworker))


def test_nothing_is_planned_while_the_gate_is_closed(mother: str, cast: SimpleNamespace) -> None:
    with pytest.raises(GateClosed):
        disclose.plan(mother, NATION, "enquiry", TODAY, **acting(cast.caseworker))


def test_what_was_answered_stands_sealed_and_the_trail_does_not_tell_it(
    mother: str, cast: SimpleNamespace
) -> None:
    from django.db import connection

    said_no(mother, cast.caseworker, words="Never tell them, canary-9917.")
    row = Consent.objects.get()
    assert row.said["answer"] == "refused"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM consents_consent")
        stored = repr([bytes(x) if isinstance(x, memoryview) else x for x in cursor.fetchone()])
    assert "refused" not in stored and "canary-9917" not in stored
    bodies = AuditEntry.objects.filter(subject=mother).values_list("payload__body", flat=True)
    assert not any("refused" in body or "canary" in body for body in bodies)


@pytest.mark.parametrize(
    "role", ["facility_manager", "court_liaison", "consular_officer", "monitor", "administrator", "outsider"]
)
def test_consents_are_not_there_for_facility_court_consul_or_anybody_outside(
    mother: str, cast: SimpleNamespace, role: str
) -> None:
    said_no(mother, cast.caseworker)
    for look in (return_file, lambda viewer, ref, nation: seen(ref, viewer)):
        with pytest.raises(NotForYou):
            look(getattr(cast, role), mother, NATION)


def test_another_teams_caseworker_finds_nobody(mother: str, cast: SimpleNamespace) -> None:
    said_no(mother, cast.caseworker)
    with pytest.raises(NotForYou):
        return_file(cast.other_caseworker, mother, NATION)
    with pytest.raises(NotForYou):
        said_yes(mother, cast.other_caseworker)


def test_only_states_are_told_and_days_and_codes_are_looked_at(mother: str, cast: SimpleNamespace) -> None:
    with pytest.raises(ReturnRefused) as refused:
        consent.give(
            mother, "XXA", "enquiry", "person", taken_on=TODAY, until=UNTIL, **acting(cast.caseworker)
        )
    assert refused.value.code == "no_country"
    for what, code in (
        ({"until": None}, "missing"),
        ({"until": TODAY - timedelta(days=1)}, "too_early"),
        ({"until": TODAY + timedelta(days=181)}, "too_late"),
        ({"taken_on": TODAY + timedelta(days=1)}, "future"),
        ({"child_said": "heard"}, "not_a_guardian"),
        ({"counsel": ""}, "missing"),
    ):
        with pytest.raises(ReturnRefused) as refused:
            said_yes(mother, cast.caseworker, **what)
        assert refused.value.code == code, what


def test_a_form_sent_twice_makes_one_record(mother: str, cast: SimpleNamespace) -> None:
    first = said_yes(mother, cast.caseworker, token="a" * 32)
    assert said_yes(mother, cast.caseworker, token="a" * 32) == first
    assert Consent.objects.count() == 1
