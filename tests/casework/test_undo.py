"""Taking a batch back: nothing stays but the trail, or nothing happens and the reason is named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from registered import AT, TODAY
from small_lists import a_list, day, many, one_family, row
from sweeping import kept, whole

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry, AuditPayload
from amana.apps.audit.trail import WRITES
from amana.apps.audit.verifying import verify
from amana.apps.decisions.models import Decision, FactsRow
from amana.apps.oversight.models import Finding
from amana.apps.registry import undoing
from amana.apps.registry.models import Claim, KinLink, Person
from amana.casework import amend, intake, record_requests, representatives
from amana.casework.sweep import sweep_all, sweep_list
from amana.web.register.words import obstacle_words

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


def tables() -> dict[str, int]:
    """Rows of every own table of the register's database but the trail and the texts of law decided with."""
    own = [model for model in apps.get_models() if model.__module__.startswith("amana.apps.")]
    return {
        model._meta.label: model._default_manager.count()
        for model in own
        if model._meta.app_label not in ("audit", "jobs") and model.__name__ != "PackVersion"
    }


def ref_of(name: str) -> str:
    return Person.objects.get(name_latin=name).ref


def test_nothing_stays_of_a_batch_but_the_trail(committed, registrar) -> None:
    before = tables()
    batch = committed(one_family()).batch
    assert tables() != before
    entries = AuditEntry.objects.count()
    result = intake.undo(batch, by=registrar, at=LATER)
    assert (result.undone, result.people, result.obstacles) == (True, 5, ())
    assert tables() == before
    assert AuditEntry.objects.count() == entries + 2
    told = json.loads(AuditEntry.objects.get(subject=batch, kind="payload.erased").payload.body)
    assert (told["count"], told["reason"]) == (5, "batch_undone")
    assert not list(verify(WRITES))


def test_what_the_trail_holds_of_people_in_words_goes_with_them(committed, registrar) -> None:
    batch = committed(one_family()).batch
    refs = list(Person.objects.values_list("ref", flat=True))
    intake.undo(batch, by=registrar, at=LATER)
    assert AuditEntry.objects.filter(subject__in=refs).count() == 5
    assert not AuditPayload.objects.filter(entry__subject__in=refs).exists()


def test_other_batches_stay_whole(committed, registrar) -> None:
    committed(many(3))
    before = tables()
    batch = committed(one_family()).batch
    intake.undo(batch, by=registrar, at=LATER)
    assert tables() == before


def test_a_batch_taken_back_can_be_committed_anew(committed, registrar) -> None:
    intake.undo(committed(one_family()).batch, by=registrar, at=LATER)
    assert committed(one_family()).added == 5


def test_taking_back_twice_changes_nothing(committed, registrar) -> None:
    batch = committed(one_family()).batch
    intake.undo(batch, by=registrar, at=LATER)
    entries = AuditEntry.objects.count()
    assert intake.undo(batch, by=registrar, at=LATER).undone
    assert AuditEntry.objects.count() == entries


def test_a_batch_that_never_was_is_not_found(registrar) -> None:
    with pytest.raises(NotForYou):
        intake.undo("B-222222", by=registrar, at=LATER)


def test_a_claim_added_since_stands_in_the_way(committed, registrar, caseworker) -> None:
    batch = committed(one_family()).batch
    ref = ref_of("Anora Rahimova")
    amend.add_claim(
        person=ref,
        attribute="birth",
        stated="2015-06",
        source="document",
        note="vaccination card",
        said_on=TODAY,
        by=caseworker,
        at=LATER,
        on=TODAY,
    )
    before = tables()
    result = intake.undo(batch, by=registrar, at=LATER)
    assert not result.undone
    assert {each.kind: each.refs for each in result.obstacles} == {"claim": (ref,)}
    assert tables() == before


def test_a_guardian_and_a_request_are_named_to_who_may_know_and_no_more_than_the_case_to_others(
    committed, registrar, cast
) -> None:
    batch = committed(one_family()).batch
    ref = ref_of("Anora Rahimova")
    when = {"at": LATER, "on": TODAY}
    said = {"kind": "see", "asker": "person", "language": "ar", "words": "I want to hear what is written."}
    record_requests.take(ref, **said, by=cast.caseworker, **when)
    told = {"account": cast.guardian.user_id, "capacity": "guardian", "appointed_on": TODAY}
    representatives.ask(ref, ground="Named by the court of the district.", **told, by=cast.caseworker, **when)
    found = {each.kind: each.refs for each in intake.undo(batch, by=cast.supervisor, at=LATER).obstacles}
    assert {"recordrequest": (ref,), "representative": (ref,)}.items() <= found.items()
    hers = {each.kind: each.refs for each in intake.undo(batch, by=registrar, at=LATER).obstacles}
    assert hers["representative"] == hers["case"] == (ref,) and "recordrequest" not in hers


def test_every_kind_that_may_stand_in_the_way_has_its_words() -> None:
    for model, _ in undoing._references():
        kind = model._meta.model_name
        assert obstacle_words(kind, 2) != f"2: {kind}", kind
    assert set(undoing.CLASS_OF) <= {model._meta.model_name for model, _ in undoing._references()}


def test_a_judgement_on_a_claim_stands_in_the_way(committed, registrar, caseworker) -> None:
    batch = committed(one_family()).batch
    claim = Claim.objects.get(person=ref_of("Farid Rahimov"), attribute="birth")
    amend.judge_claim(
        person=claim.person_id,
        claim=claim.pk,
        judgement="support",
        reason="The mother says the same.",
        by=caseworker,
        at=LATER,
        on=TODAY,
    )
    assert "claimreview" in {each.kind for each in intake.undo(batch, by=registrar, at=LATER).obstacles}


def test_people_of_another_list_in_the_family_stand_in_the_way(committed, registrar) -> None:
    first = committed(one_family()).batch
    committed(a_list(row(2, "A Cousin", "other")))
    obstacles = intake.undo(first, by=registrar, at=LATER).obstacles
    assert {each.kind for each in obstacles} >= {"person"}


def standing() -> list[tuple[object, ...]]:
    found = Finding.objects.filter(until=None).order_by("person", "safeguard", "key")
    return list(found.values_list("person", "safeguard", "key", "verdict", "since", "needs"))


def test_taking_back_a_list_that_joined_a_family_restores_what_stood_before(committed, registrar) -> None:
    committed(one_family())
    sweep_all(on=TODAY, by=registrar, at=AT)
    before, found = tables(), standing()
    facts = list(FactsRow.objects.order_by("person").values())
    decisions = list(Decision.objects.order_by("pk").values())
    second = committed(a_list(row(2, "Second Wife", "wife_mother"))).batch
    assert KinLink.objects.filter(doubted=True).exists()
    assert intake.undo(second, by=registrar, at=LATER).undone
    assert tables() == before
    assert standing() == found
    assert list(FactsRow.objects.order_by("person").values()) == facts
    assert list(Decision.objects.order_by("pk").values()) == decisions
    assert not KinLink.objects.filter(doubted=True).exists()


def test_a_wife_who_came_with_a_later_list_leaves_with_her_links(committed, registrar) -> None:
    rows = one_family().rows
    committed(replace(one_family(), rows=rows[1:]))
    sweep_all(on=TODAY, by=registrar, at=AT)
    before = tables()
    second = committed(replace(one_family(), rows=rows[:1]))
    assert KinLink.objects.count() == 4
    assert FactsRow.objects.get(person=ref_of("Anora Rahimova")).mother_present is True
    assert intake.undo(second.batch, by=registrar, at=LATER).undone
    assert tables() == before
    assert FactsRow.objects.get(person=ref_of("Anora Rahimova")).mother_present is None


def test_only_who_registers_may_take_back(committed, caseworker) -> None:
    batch = committed(a_list(row(2, "Somebody", "other", birth=day("2014-01-02")))).batch
    with pytest.raises(NotForYou):
        intake.undo(batch, by=caseworker, at=LATER)


def test_what_a_list_taken_back_had_ended_stands_again_since_the_same_day(committed, registrar) -> None:
    rows = one_family().rows
    committed(replace(one_family(), rows=rows[1:]))
    sweep_all(on=TODAY, by=registrar, at=AT)
    before = since_when()
    second = committed(replace(one_family(), rows=rows[:1]))
    sweep_list(second.batch, on=TODAY, by=registrar, at=AT)
    assert since_when() != before, "a mother changes what is found of her children"
    assert intake.undo(second.batch, by=registrar, at=LATER).undone
    assert since_when() == before
    assert kept() == whole(TODAY)
    over = Finding.objects.filter(until__isnull=False)
    assert over.exists() and not over.exclude(person__batch=Person.objects.first().batch_id).exists()
    assert all(each.ended == "facts" and each.since <= each.until for each in over)


def since_when() -> set[tuple[str, str, str, str, object, object]]:
    """Each finding that stands, since when it is so and by when it is due."""
    rows = Finding.objects.filter(until__isnull=True)
    return set(rows.values_list("person", "safeguard", "key", "verdict", "begun_on", "due_latest"))
