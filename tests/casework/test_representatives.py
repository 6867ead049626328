"""A guardian or counsel stands by somebody when one official asked and another confirmed, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from registered import AT, TODAY, committed, site
from small_lists import one_family

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.registry.models import Person
from amana.apps.registry.reach import people_of, require_reach
from amana.apps.registry.relations import Reach
from amana.apps.representatives import queries
from amana.casework import caseload, representatives
from amana.casework.representatives import RepresentativeRefused

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db
WHEN = {"at": AT, "on": TODAY}


@pytest.fixture
def child(committed: Callable[..., Any]) -> str:
    committed(one_family())
    return str(Person.objects.get(name_latin="Farid Rahimov").ref)


def asked(ref: str, cast: SimpleNamespace, by: str = "caseworker", **what: Any) -> UUID:
    told = {
        "account": cast.guardian.user_id,
        "capacity": "guardian",
        "ground": "Named by the personal status court of the district.",
        "appointed_on": TODAY,
        **what,
    }
    return UUID(representatives.ask(ref, **told, by=getattr(cast, by), **WHEN))


def stands(ref: str, cast: SimpleNamespace, **what: Any) -> UUID:
    number = asked(ref, cast, **what)
    representatives.confirm(number, by=cast.supervisor, **WHEN)
    return number


def reaches(viewer: Any) -> set[str]:
    return set(people_of(viewer).values_list("ref", flat=True))


def test_she_sees_nobody_until_another_official_confirms(child: str, cast: SimpleNamespace) -> None:
    number = asked(child, cast)
    assert reaches(cast.guardian) == set()
    assert [each.id for each in queries.waiting(cast.supervisor)] == [number]
    representatives.confirm(number, by=cast.supervisor, **WHEN)
    assert reaches(cast.guardian) == {child}
    assert queries.own(cast.guardian)[child].ground.startswith("Named by")


def test_nobody_confirms_whom_she_asked_for_herself(child: str, cast: SimpleNamespace) -> None:
    number = asked(child, cast, by="supervisor")
    with pytest.raises(RepresentativeRefused, match="Another official"):
        representatives.confirm(number, by=cast.supervisor, **WHEN)
    with pytest.raises(NotForYou):
        representatives.confirm(number, by=cast.caseworker, **WHEN)
    with pytest.raises(NotForYou):
        representatives.confirm(number, by=cast.other_supervisor, **WHEN)
    assert reaches(cast.guardian) == set()


def test_ending_closes_the_case_at_once_and_tells_her_only_that_it_ended(
    child: str, cast: SimpleNamespace
) -> None:
    number = stands(child, cast)
    representatives.end(number, reason="The court named somebody else.", by=cast.caseworker, **WHEN)
    assert reaches(cast.guardian) == set() and not Reach.objects.filter(source="ward").exists()
    (former,) = queries.former(cast.guardian)
    assert former.ended_on == TODAY and child not in repr(former)
    with pytest.raises(RepresentativeRefused):
        representatives.end(number, reason="Once more, for good.", by=cast.supervisor, **WHEN)


def test_it_ends_by_itself_with_its_last_day(child: str, cast: SimpleNamespace) -> None:
    stands(child, cast, until=TODAY + timedelta(days=3))
    from dataclasses import replace

    last, after = (replace(cast.guardian, day=TODAY + timedelta(days=each)) for each in (3, 4))
    assert reaches(last) == {child} and reaches(after) == set()
    assert [each.ended_on for each in queries.former(after)] == [TODAY + timedelta(days=3)]


def test_only_who_is_named_for_it_reads_what_is_sealed(child: str, cast: SimpleNamespace) -> None:
    number = stands(child, cast)
    held = require_reach(cast.guardian, child)
    assert held.reads("C1", "C4", "C7") and not held.reads("C5")
    representatives.end(number, reason="To be named for more.", by=cast.supervisor, **WHEN)
    stands(child, cast, named=True)
    held = require_reach(cast.guardian, child)
    assert held.reads("C1", "C2", "C3", "C4", "C5", "C7", "C8", "C9") and not held.reads("C6")


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"ground": "so"}, "not_in_words"),
        ({"capacity": "cousin"}, "unknown_code"),
        ({"appointed_on": TODAY + timedelta(days=1)}, "future"),
        ({"until": TODAY - timedelta(days=1)}, "too_early"),
        ({"capacity": "counsel"}, "client_says"),
        ({"capacity": "counsel", "agreed": False}, "client_says"),
        ({"account": "monitor"}, "not_a_representative"),
        ({"account": "facility_manager"}, "not_a_representative"),
        ({"ground": "Named by \u202ethe court."}, "hidden_characters"),
    ],
)
def test_what_lacks_a_ground_a_yes_or_an_account_of_hers_is_refused(
    child: str, cast: SimpleNamespace, what: dict[str, Any], code: str
) -> None:
    if isinstance(what.get("account"), str):
        what = {**what, "account": getattr(cast, what["account"]).user_id}
    with pytest.raises(RepresentativeRefused) as refused:
        asked(child, cast, **what)
    assert refused.value.code == code


def test_nobody_outside_the_case_names_anybody_for_it(child: str, cast: SimpleNamespace) -> None:
    for role in ("other_caseworker", "registrar", "facility_manager", "guardian", "administrator", "monitor"):
        with pytest.raises(NotForYou):
            asked(child, cast, by=role)
    caseload.assign([child], to=None, by=cast.supervisor, **WHEN)
    with pytest.raises(NotForYou):
        asked(child, cast)


def test_a_form_sent_twice_asks_once_and_the_ground_stands_in_no_trail(
    child: str, cast: SimpleNamespace
) -> None:
    ground = "Named by the court of the blue river."
    assert asked(child, cast, token="t" * 32, ground=ground) == asked(
        child, cast, token="t" * 32, ground=ground
    )
    with pytest.raises(RepresentativeRefused, match="already"):
        asked(child, cast)
    told = [str(each.payload) for each in AuditEntry.objects.filter(subject=child)]
    assert told and not any("blue river" in each for each in told)


def test_a_refusal_needs_its_reason_and_opens_nothing(child: str, cast: SimpleNamespace) -> None:
    number = asked(child, cast)
    with pytest.raises(RepresentativeRefused):
        representatives.refuse(number, reason="no", by=cast.supervisor, **WHEN)
    representatives.refuse(number, reason="The paper is of another child.", by=cast.supervisor, **WHEN)
    assert reaches(cast.guardian) == set()
    (one,) = queries.of_person(cast.caseworker, child)
    assert (one.state, one.answer_reason) == ("refused", "The paper is of another child.")


def test_her_reach_follows_from_the_sources(child: str, cast: SimpleNamespace) -> None:
    stands(child, cast, named=True, until=TODAY + timedelta(days=9))
    (row,) = Reach.objects.filter(source="ward")
    assert [
        (each.person_id, each.circle, each.until, each.classes)
        for each in caseload.reach_from_sources()
        if each.source == "ward"
    ] == [(row.person_id, row.circle, row.until, row.classes)]
