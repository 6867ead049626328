"""Reading one person, a family, claims, batches and rows of lists."""

from __future__ import annotations

from typing import Any

import pytest
from registered import AT, TODAY
from small_lists import LISTED_ON, SENDER, one_family

from amana.apps.accounts.viewers import NotForYou
from amana.apps.registry import queries
from amana.apps.registry.models import Person
from amana.casework import amend

pytestmark = pytest.mark.django_db


@pytest.fixture
def refs(committed: Any) -> dict[str, str]:
    result = committed(one_family(), file_name="arrivals.xlsx")
    found = {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}
    return {**found, "batch": str(result.batch)}


def test_a_person_is_read_with_her_links_and_version(refs, caseworker) -> None:
    found = queries.person(caseworker, refs["Anora"])
    assert (found.name_latin, found.relation, found.family_label, found.version) == (
        "Anora Rahimova", "daughter", "1", 1,
    )  # fmt: skip
    assert [(each.child, each.parent, each.role) for each in found.links] == [
        (refs["Anora"], refs["Zarina"], "mother")
    ]
    assert caseworker.trail == [refs["Anora"]]


def test_a_family_is_read_with_its_members_and_their_links(refs, caseworker) -> None:
    family = queries.person(caseworker, refs["Anora"]).family
    found = queries.family(caseworker, str(family))
    assert (found.label, found.sender, found.listed_on) == ("1", SENDER, LISTED_ON)
    assert (len(found.members), len(found.links)) == (5, 4)
    assert set(caseworker.trail) == {line.ref for line in found.members}


def test_claims_are_read_with_source_standing_and_judgements(refs, caseworker) -> None:
    before = next(each for each in queries.claims(caseworker, refs["Anora"]) if each.attribute == "birth")
    assert (before.source, before.note, before.sender, before.standing) == (
        "list", refs["batch"], SENDER, "claimed",
    )  # fmt: skip
    amend.judge_claim(
        person=refs["Anora"],
        claim=before.id,
        judgement="support",
        reason="The clinic's card says the same.",
        by=caseworker,
        at=AT,
        on=TODAY,
    )
    after = next(each for each in queries.claims(caseworker, refs["Anora"]) if each.id == before.id)
    assert (after.standing, after.reviews[0].reason) == ("supported", "The clinic's card says the same.")


def test_batches_and_rows_are_read_by_who_registers(refs, registrar) -> None:
    (batch,) = queries.batches(registrar)
    assert (batch.ref, batch.file_name, batch.rows, batch.added, batch.errors, batch.known) == (
        refs["batch"], "arrivals.xlsx", 9, 5, 1, 0,
    )  # fmt: skip
    assert queries.batch(registrar, refs["batch"]) == batch
    rows = queries.listed_rows(registrar, refs["batch"])
    assert [row.number for row in rows] == [4, 5, 6, 7, 8, 9, 10, 11]
    assert [row.number for row in queries.listed_rows(registrar, refs["batch"], status="error")] == [9]
    assert [row.number for row in queries.listed_rows(registrar, refs["batch"], after=8, limit=2)] == [9, 10]


def test_the_history_of_a_person_names_who_acted_only_to_who_may_know(refs, caseworker, supervisor) -> None:
    (entry,) = queries.history(caseworker, refs["Anora"])
    assert (entry.kind, entry.at, entry.by) == ("person.registered", AT, None)
    assert queries.history(supervisor, refs["Anora"])[0].by == "Samira Haddad"


def test_unknown_and_forbidden_references_are_refused_alike(refs, caseworker, outsider) -> None:
    for viewer, ref in ((caseworker, "P-222222"), (outsider, refs["Anora"])):
        with pytest.raises(NotForYou):
            queries.person(viewer, ref)
        with pytest.raises(NotForYou):
            queries.family(viewer, "F-222222")


@pytest.mark.parametrize("role", ["monitor", "rules_editor", "administrator", "outsider"])
def test_roles_without_cases_read_nothing(refs, cast, role) -> None:
    viewer = getattr(cast, role)
    for read in (queries.person, queries.claims, queries.history, queries.batch, queries.listed_rows):
        with pytest.raises(NotForYou):
            read(viewer, refs["Anora"])  # type: ignore[operator]
    with pytest.raises(NotForYou):
        queries.lines(viewer, [refs["Anora"]])
    with pytest.raises(NotForYou):
        queries.batches(viewer)
    assert viewer.trail == []


def test_the_register_has_no_place_for_rank_score_or_biometrics() -> None:
    from django.apps import apps

    names = {
        field.name
        for app in ("registry", "placements", "decisions")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
    }
    forbidden = ("rank", "member", "score", "risk", "finger", "iris", "face", "photo", "biometric", "watch")
    assert not [name for name in names if any(word in name for word in forbidden)]
