"""The facts row: one provider for each fact of a pack, and a past day rebuilt from the records."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import FieldDoesNotExist
from registered import TODAY
from small_lists import a_list, day, one_family, row

from amana.apps.accounts.viewers import NotForYou
from amana.apps.decisions.facts_table import FACTS, NewFacts, columns_of, row_of
from amana.apps.decisions.models import Decision, FactsRow
from amana.apps.decisions.packs import find_pack
from amana.apps.registry.models import Person
from amana.casework import occasions, providers, snapshot
from amana.casework.decide import decide_people, explain_person
from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Contradiction, Evidence, FactRow, Standing


def test_every_fact_the_office_pack_asks_for_has_one_provider_and_a_column() -> None:
    """A fact that only other packs know works from files."""
    asked = set(find_pack("iraq_2018").facts)
    assert set(snapshot.providers()) == asked == set(FACTS)
    for fact in asked:
        try:
            FactsRow._meta.get_field(fact)
        except FieldDoesNotExist:
            assert FactsRow._meta.get_field(f"{fact}_earliest")
            assert FactsRow._meta.get_field(f"{fact}_latest")


def test_every_kind_of_record_the_office_pack_declares_has_one_provider() -> None:
    assert set(occasions.providers()) == set(find_pack("iraq_2018").records)


def test_two_providers_of_one_fact_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = SimpleNamespace(FACTS=("birth",), provide=lambda refs, on: {})
    monkeypatch.setattr(providers, "import_module", lambda name: twice)
    snapshot.providers.cache_clear()
    try:
        with pytest.raises(providers.TwoProviders, match="birth"):
            snapshot.providers()
    finally:
        snapshot.providers.cache_clear()


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"birth": DateSpan(date(2014, 1, 1), None), "sex": frozenset({"male"}), "mother_present": False},
        {"birth": Contradiction("after_the_day_asked_about"), "nationality": frozenset({"IRQ", "UZB"})},
        {"nationality": AllOf({"IRQ", "UZB"}), "mother_present": True},
    ],
)
def test_a_facts_row_comes_back_from_its_columns_unchanged(values: dict) -> None:
    evidence = {name: Evidence(Standing.SUPPORTED, "document:card", "as said", True) for name in values}
    facts = FactRow("P-222222", TODAY, values, evidence)
    back = row_of(NewFacts(*columns_of(facts)))
    assert back == facts
    assert all(type(back.values[name]) is type(value) for name, value in values.items())


@pytest.mark.django_db
def test_the_table_holds_what_the_records_establish_with_its_evidence(committed) -> None:
    committed(one_family())
    stored = FactsRow.objects.get(person__name_latin="Anora Rahimova")
    assert (str(stored.birth_earliest), stored.birth_stated) == ("2015-06-01", "stated 2015")
    assert (stored.sex, stored.nationality, stored.mother_present) == ("female", "TJK", True)
    assert stored.evidence["birth"]["standing"] == "claimed"
    assert stored.evidence["birth"]["source"].startswith("list:B-")


@pytest.mark.django_db
def test_facts_of_a_past_day_are_rebuilt_from_the_dated_records(committed) -> None:
    committed(a_list(*one_family().rows[:2]))
    infant = Person.objects.get(relation="daughter").ref
    (then,) = snapshot.facts_on([infant], date(2018, 1, 14))
    (now,) = snapshot.facts_on([infant], TODAY)
    assert "mother_present" not in then.values
    assert now.values["mother_present"] is True


@pytest.mark.django_db
def test_facts_before_the_birth_contradict_the_day(committed) -> None:
    committed(a_list(row(2, "An Infant", "daughter", birth=day("2017-06-01"))))
    (before,) = snapshot.facts_on(list(Person.objects.values_list("ref", flat=True)), date(2017, 5, 31))
    assert before.values["birth"] == Contradiction("after_the_day_asked_about")


@pytest.mark.django_db
def test_a_decision_keeps_pack_hash_facts_and_the_day(committed) -> None:
    committed(one_family())
    kept = Decision.objects.get(person__name_latin="Farid Rahimov")
    assert kept.pack_hash == find_pack("iraq_2018").hash
    assert kept.facts == {
        "birth": "2008-11-20/2008-11-20",
        "sex": "male",
        "nationality": "TJK",
        "mother_present": True,
    }
    assert (kept.on, kept.outcome, kept.possible, kept.needs) == (TODAY, "state_home", "state_home", "")


@pytest.mark.django_db
def test_deciding_again_the_same_day_stores_nothing(committed, registrar) -> None:
    from registered import AT

    from amana.apps.audit.recording import recording

    committed(one_family())
    refs = list(Person.objects.values_list("ref", flat=True))
    with recording(registrar, AT) as log:
        assert decide_people(refs, on=TODAY, log=log) == 0
    with recording(registrar, AT) as log:
        assert decide_people(refs, on=date(2018, 7, 1), log=log) == 0
        assert decide_people(refs, on=date(2019, 6, 2), log=log) > 0
    assert Decision.objects.filter(superseded_at=None).count() == 5


@pytest.mark.django_db
def test_one_person_is_explained_as_of_any_day_and_nothing_is_stored(committed, caseworker, outsider) -> None:
    committed(one_family())
    ref = Person.objects.get(name_latin="Anora Rahimova").ref
    before = Decision.objects.count()
    shown = explain_person(caseworker, ref, date(2020, 1, 1))
    assert shown.explanation.verdict.outcome == "state_home"
    assert shown.stored is not None
    assert shown.stored.outcome == "with_mother"
    assert Decision.objects.count() == before
    with pytest.raises(NotForYou):
        explain_person(outsider, ref, TODAY)
