"""Committing a list: what it becomes, and that it is never taken in twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connections
from small_lists import LISTED_ON, SENDER, a_list, day, many, one_family, row

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.decisions.models import Decision, FactsRow
from amana.apps.placements.models import Stay
from amana.apps.registry.models import Batch, Claim, Family, KinLink, ListedRow, Person
from amana.casework import intake
from amana.casework.listing import ListRead

pytestmark = pytest.mark.django_db


def person(name: str) -> Person:
    return Person.objects.get(name_latin=name)


def counts() -> dict[str, int]:
    models = (Batch, Family, Person, Claim, KinLink, ListedRow, Stay, FactsRow, Decision, AuditEntry)
    return {model.__name__: model.objects.count() for model in models}


def again(list_read: ListRead) -> ListRead:
    """The same list saved under other row numbers, in the opposite order."""
    rows = [replace(each, number=100 - each.number) for each in reversed(list_read.rows)]
    return replace(list_read, rows=tuple(rows), sheet="Copy", header_row=9)


def test_a_list_becomes_people_families_claims_links_stays_and_decisions(committed) -> None:
    result = committed(one_family())
    assert (result.added, result.errors, result.duplicates, result.families) == (5, 1, 1, 1)
    assert (
        Person.objects.count()
        == Stay.objects.count()
        == FactsRow.objects.count()
        == Decision.objects.count()
        == 5
    )
    assert KinLink.objects.count() == 4
    assert set(Claim.objects.values_list("standing", flat=True)) == {"claimed"}
    born = Claim.objects.get(person=person("Anora Rahimova"), attribute="birth")
    assert (born.stated, str(born.earliest), born.source) == (
        "stated 2015",
        "2015-06-01",
        f"list:{result.batch}",
    )


def test_rows_held_back_are_kept_as_written_but_nobody_is_registered(committed) -> None:
    committed(one_family())
    held = ListedRow.objects.filter(person__isnull=True).order_by("number")
    assert [(each.number, each.status) for each in held] == [(9, "error"), (10, "duplicate"), (11, "skipped")]
    assert held[0].original["Name"] == "Jamshed Rahimov"
    assert held[0].messages == [{"code": "impossible_date", "column": "Birth", "stated": "31/02/2014"}]


def test_each_person_has_one_entry_in_the_trail_and_the_batch_one(committed) -> None:
    committed(one_family())
    assert AuditEntry.objects.filter(kind="person.registered").count() == 5
    assert AuditEntry.objects.filter(kind="batch.committed").count() == 1


def test_the_protocol_answers_each_member_of_the_family(committed) -> None:
    committed(one_family())
    outcomes = dict(Decision.objects.values_list("person__name_latin", "outcome"))
    assert outcomes == {
        "Zarina Rahimova": "not_a_child",
        "Anora Rahimova": "with_mother",
        "Farid Rahimov": "state_home",
        "Rustam Rahimov": "reported_detention_possible",
        "Madina Rahimova": "no_lawful_placement",
    }


@pytest.mark.parametrize("change", [lambda same: same, again])
def test_the_same_list_sent_or_saved_again_adds_nothing_and_says_so(committed, change) -> None:
    first = committed(one_family())
    before = counts()
    second = committed(change(one_family()))
    assert (second.batch, second.added, second.known, second.known_in) == (None, 0, 5, (first.batch,))
    assert counts() == before


def test_only_what_is_new_in_a_longer_list_is_added(committed) -> None:
    committed(one_family())
    longer = replace(one_family(), rows=(*one_family().rows, row(20, "Nigora Karimova", "wife_mother", "2")))
    second = committed(longer)
    assert (second.added, second.known, second.families) == (1, 5, 1)


def test_a_row_corrected_since_is_committed_into_its_family(committed) -> None:
    committed(one_family())
    mended = [
        replace(each, status="ok", messages=()) if each.status == "error" else each
        for each in one_family().rows
    ]
    second = committed(replace(one_family(), rows=tuple(mended)))
    assert (second.added, second.families) == (1, 0)
    assert person("Jamshed Rahimov").family_id == person("Zarina Rahimova").family_id
    assert KinLink.objects.filter(child=person("Jamshed Rahimov"), parent=person("Zarina Rahimova")).exists()


def test_another_sender_or_day_is_another_list(committed) -> None:
    committed(one_family())
    assert committed(one_family(), sender="Another office").added == 5
    assert committed(replace(one_family(), listed_on=LISTED_ON.replace(day=16))).added == 5


def test_two_wives_leave_the_mother_unknown(committed) -> None:
    committed(
        a_list(
            row(2, "First Wife", "wife_mother"),
            row(3, "Second Wife", "wife_mother"),
            row(4, "A Son", "son", birth=day("2016-01-02")),
        )
    )
    assert not KinLink.objects.exists()
    assert FactsRow.objects.get(person=person("A Son")).mother_present is None


def test_a_second_wife_in_a_later_list_makes_the_first_link_doubtful(committed) -> None:
    committed(one_family())
    assert FactsRow.objects.get(person=person("Anora Rahimova")).mother_present is True
    committed(a_list(row(2, "Second Wife", "wife_mother")))
    assert set(KinLink.objects.values_list("doubted", flat=True)) == {True}
    assert FactsRow.objects.get(person=person("Anora Rahimova")).mother_present is None
    assert Decision.objects.get(person=person("Anora Rahimova"), superseded_at=None).outcome == "undetermined"


def test_a_mother_held_back_leaves_the_mother_unknown_never_absent(committed) -> None:
    committed(
        a_list(
            row(2, "A Mother", "wife_mother", status="error"), row(3, "A Son", "son", birth=day("2016-01-02"))
        )
    )
    assert FactsRow.objects.get(person=person("A Son")).mother_present is None


def test_a_stay_begins_on_arrival_or_else_on_the_day_of_the_list(committed, site) -> None:
    arrived = LISTED_ON.replace(day=3)
    committed(a_list(row(2, "Came", "other", arrived=arrived), row(3, "Was Here", "other")))
    assert dict(Stay.objects.values_list("person__name_latin", "since")) == {
        "Came": arrived,
        "Was Here": LISTED_ON,
    }
    assert set(Stay.objects.values_list("facility", flat=True)) == {site}


def test_several_nationalities_in_one_cell_stand_side_by_side(committed) -> None:
    committed(a_list(row(2, "Two Papers", "other", nationality=frozenset({"UZB", "IRQ"}))))
    assert sorted(Claim.objects.filter(attribute="nationality").values_list("codes", flat=True)) == [
        "IRQ",
        "UZB",
    ]
    facts = FactsRow.objects.get()
    assert (facts.nationality, facts.evidence["nationality"]["disputed"]) == ("IRQ;UZB", False)


def test_nothing_stays_of_a_commit_that_fails(committed, monkeypatch) -> None:
    before = counts()
    monkeypatch.setattr(intake.Entry, "decide", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        committed(one_family())
    assert counts() == before


def test_the_only_place_is_taken_where_none_is_named_and_asked_for_where_there_are_two(
    committed, registrar
) -> None:
    from registered import AT

    from amana.apps.placements.commands import add_facility

    assert committed(one_family(), facility=None).added == 5
    add_facility(name_en="Site B", name_ar="", kind="camp", by=registrar, at=AT)
    with pytest.raises(intake.IntakeRefused, match="at which place"):
        committed(many(1), facility=None)


@pytest.mark.parametrize("role", ["caseworker", "monitor", "rules_editor", "administrator", "outsider"])
def test_only_who_registers_may_commit(committed, cast, role) -> None:
    with pytest.raises(NotForYou):
        committed(one_family(), by=getattr(cast, role))


def test_a_list_without_sender_is_refused(committed) -> None:
    with pytest.raises(intake.IntakeRefused, match="sent the list"):
        committed(one_family(), sender="  ")


def test_progress_is_told_up_to_the_end(committed) -> None:
    told: list[tuple[int, int, str]] = []
    committed(one_family(), progress=lambda *step: told.append(step))
    assert [step for _, _, step in told] == ["register", "decide", "finish"]
    assert told[-1][:2] == (5, 5)


def test_matches_show_known_rows_and_people_who_may_be_the_same(committed, registrar) -> None:
    committed(one_family())
    other = a_list(
        row(2, "ANORA Rahimova", "daughter", "9", birth=day("2015-06-01")),
        row(3, "Anora Rahimova", "daughter", "8", birth=day("2011-06-01")),
        *one_family().rows[:1],
    )
    found = intake.match(other, registrar, sender=SENDER)
    assert found.known == {4: person("Zarina Rahimova").ref}
    assert {number: [each.ref for each in all_] for number, all_ in found.possible.items()} == {
        2: [person("Anora Rahimova").ref]
    }


def test_the_number_of_queries_does_not_grow_with_the_list(committed, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(80, connection=connections["default"]):
        committed(many(100))
