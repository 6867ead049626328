"""Correcting a case: the record, the facts and the decision change together, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from registered import AT, TODAY
from small_lists import one_family

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.decisions.models import Decision, FactsRow
from amana.apps.placements.commands import PlaceRefused, add_facility
from amana.apps.placements.models import Stay
from amana.apps.registry.commands import ChangedMeanwhile, ClaimRefused
from amana.apps.registry.models import Claim, ClaimReview, Person
from amana.casework import amend
from amana.core.errors import InvalidDate

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


@pytest.fixture
def family(committed: Callable[..., Any]) -> dict[str, str]:
    """First name -> reference."""
    committed(one_family())
    return {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}


@pytest.fixture
def acting(caseworker: Any) -> dict[str, Any]:
    return {"by": caseworker, "at": LATER, "on": TODAY}


def outcome(ref: str) -> str:
    return str(Decision.objects.get(person=ref, superseded_at=None).outcome)


def claim(ref: str, attribute: str, stated: str, acting: dict[str, Any], **what: Any) -> int:
    said = {"source": "document", "note": "a card", "said_on": TODAY, **acting, **what}
    return amend.add_claim(person=ref, attribute=attribute, stated=stated, **said)


def test_a_better_birth_date_changes_the_answer_and_keeps_the_old_one(family, acting) -> None:
    ref = family["Anora"]
    claim(ref, "birth", "2013-05-01", acting, standing="supported")
    assert outcome(ref) == "state_home"
    old, new = Decision.objects.filter(person=ref).order_by("pk")
    assert (old.outcome, old.superseded_at, new.supersedes_id) == ("with_mother", LATER, old.pk)
    assert Claim.objects.filter(person=ref, attribute="birth").count() == 2


def test_an_answer_that_does_not_change_is_not_stored_again(family, acting) -> None:
    ref = family["Zarina"]
    claim(ref, "sex", "female", acting)
    assert Decision.objects.filter(person=ref).count() == 1


def test_incompatible_claims_of_one_standing_are_disputed(family, acting) -> None:
    ref = family["Anora"]
    claim(ref, "birth", "2012", acting)
    facts = FactsRow.objects.get(person=ref)
    assert (str(facts.birth_earliest), str(facts.birth_latest)) == ("2012-01-01", "2015-06-01")
    assert facts.evidence["birth"]["disputed"] is True
    assert outcome(ref) == "undetermined"


def test_a_refuted_claim_no_longer_counts(family, acting) -> None:
    ref = family["Anora"]
    listed = Claim.objects.get(person=ref, attribute="birth")
    judged = {"person": ref, "claim": listed.pk, "reason": "Another child's card.", **acting}
    amend.judge_claim(judgement="refute", **judged)
    assert outcome(ref) == "undetermined"
    assert FactsRow.objects.get(person=ref).birth_earliest is None
    review = ClaimReview.objects.get()
    assert (review.standing_before, review.standing_after, review.at) == ("claimed", "refuted", LATER)
    assert AuditEntry.objects.filter(subject=ref, kind="claim.reviewed").count() == 1


def test_a_claim_marked_disputed_counts_and_shows_so_until_settled(family, acting) -> None:
    ref = family["Farid"]
    listed = Claim.objects.get(person=ref, attribute="birth")
    judged = {"person": ref, "claim": listed.pk, "reason": "The brother says otherwise.", **acting}
    amend.judge_claim(judgement="dispute", **judged)
    assert FactsRow.objects.get(person=ref).evidence["birth"]["disputed"] is True
    assert outcome(ref) == "state_home"
    amend.judge_claim(judgement="settle", **judged)
    assert FactsRow.objects.get(person=ref).evidence["birth"]["disputed"] is False


def test_two_confirmed_nationalities_are_both_true(family, acting) -> None:
    ref = family["Farid"]
    claim(ref, "nationality", "IRQ", acting, standing="confirmed")
    claim(ref, "nationality", "TJK", acting, standing="confirmed")
    facts = FactsRow.objects.get(person=ref)
    assert (facts.nationality, facts.evidence["nationality"]["disputed"]) == ("IRQ+TJK", False)


def test_a_mothers_death_ends_her_stay_and_decides_her_infant_anew(family, acting) -> None:
    amend.record_death(
        person=family["Zarina"], died="2018-02-10", source="clinic", note="death notice", **acting
    )
    assert FactsRow.objects.get(person=family["Anora"]).mother_present is False
    assert outcome(family["Anora"]) == "no_lawful_placement"
    assert str(Stay.objects.get(person=family["Zarina"]).until) == "2018-02-10"


def test_a_death_of_unknown_day_leaves_the_mother_unknown_before_its_last_day(family, acting) -> None:
    claim(family["Zarina"], "died", "2018", acting)
    assert FactsRow.objects.get(person=family["Anora"]).mother_present is None


def test_a_mother_unable_to_care_is_not_present_until_she_can_again(family, acting) -> None:
    claim(family["Zarina"], "unable_to_care", "true", acting)
    assert FactsRow.objects.get(person=family["Anora"]).mother_present is False
    claim(family["Zarina"], "unable_to_care", "false", {**acting, "at": LATER + timedelta(days=1)})
    assert FactsRow.objects.get(person=family["Anora"]).mother_present is True


def test_a_mother_moved_elsewhere_is_not_present(family, acting, registrar) -> None:
    other = add_facility(name_en="Site B", name_ar="", kind="detention", by=registrar, at=AT)
    amend.move(person=family["Zarina"], facility=other, moved_on=TODAY, source="roll call", **acting)
    assert FactsRow.objects.get(person=family["Anora"]).mother_present is False
    assert Stay.objects.filter(person=family["Zarina"]).count() == 2


def test_a_recorded_death_of_a_mother_who_is_not_in_the_register_counts(family, acting) -> None:
    claim(family["Anora"], "mother_died", "2017", acting)
    assert outcome(family["Anora"]) == "no_lawful_placement"


def test_the_loser_of_a_race_is_told_and_nothing_is_written(family, acting) -> None:
    ref = family["Anora"]
    claim(ref, "sex", "female", acting, seen_version=1)
    before = (Claim.objects.count(), AuditEntry.objects.count())
    with pytest.raises(ChangedMeanwhile):
        claim(ref, "sex", "male", acting, seen_version=1)
    assert (Claim.objects.count(), AuditEntry.objects.count()) == before


@pytest.mark.parametrize(
    ("attribute", "stated", "error"),
    [
        ("birth", "31 February", InvalidDate),
        ("sex", "unsure", ClaimRefused),
        ("nationality", "Tajik", ClaimRefused),
        ("nationality", "XXX", ClaimRefused),
        ("nationality", "IRQ;ZZZ", ClaimRefused),
        ("nationality", "", ClaimRefused),
        ("rank", "none", ClaimRefused),
        ("unable_to_care", "perhaps", ClaimRefused),
    ],
)
def test_a_value_nobody_can_read_is_refused_with_what_would_be_right(
    family, acting, attribute, stated, error
) -> None:
    with pytest.raises(error):
        claim(family["Anora"], attribute, stated, acting)


def test_a_claim_needs_a_source_and_a_judgement_a_reason(family, acting) -> None:
    ref = family["Anora"]
    with pytest.raises(ClaimRefused, match="who said it"):
        claim(ref, "sex", "male", acting, note=" ")
    listed = Claim.objects.filter(person=ref).first()
    with pytest.raises(ClaimRefused, match="reason"):
        amend.judge_claim(person=ref, claim=listed.pk, judgement="refute", reason=" ", **acting)


def test_a_claim_of_somebody_else_is_not_judged_under_this_name(family, acting) -> None:
    other = Claim.objects.filter(person=family["Farid"]).first()
    with pytest.raises(ClaimRefused, match="no such claim"):
        amend.judge_claim(person=family["Anora"], claim=other.pk, judgement="refute", reason="x", **acting)


def test_a_stay_cannot_end_before_it_began(family, acting) -> None:
    with pytest.raises(PlaceRefused, match="began after"):
        amend.record_death(
            person=family["Zarina"], died="2017-01-01", source="clinic", note="paper", **acting
        )
    assert Stay.objects.get(person=family["Zarina"]).until is None
    assert not Claim.objects.filter(attribute="died").exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("registrar", True),
        ("caseworker", True),
        ("operator", True),
        ("supervisor", False),
        ("monitor", False),
        ("rules_editor", False),
        ("administrator", False),
        ("outsider", False),
    ],
)
def test_cases_are_amended_by_those_who_carry_them(family, cast, role: str, may: bool) -> None:
    by, ref = getattr(cast, role), family["Anora"]
    assert by.may("people.amend") is may
    acting = {"by": by, "at": LATER, "on": TODAY}
    said = {"source": "clinic", "note": "paper"}
    other = add_facility(name_en="Site B", name_ar="", kind="other", by=cast.operator, at=AT)
    attempts = [
        lambda: claim(ref, "sex", "female", acting),
        lambda: amend.judge_claim(
            person=ref,
            claim=Claim.objects.filter(person=ref).first().pk,
            judgement="support",
            reason="The card was seen.",
            **acting,
        ),
        lambda: amend.move(person=ref, facility=other, moved_on=TODAY, source="a guard", **acting),
        lambda: amend.record_death(person=ref, died="2018-02-15", **said, **acting),
    ]
    before = Claim.objects.count()
    for attempt in attempts:
        if may:
            attempt()
            continue
        with pytest.raises(NotForYou):
            attempt()
    assert may or Claim.objects.count() == before
