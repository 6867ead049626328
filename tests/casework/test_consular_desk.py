"""A mission sees what lies on its desk while the gate is open, and no more; its answer is its word."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from determined import acting
from django.db import connection
from django.test.utils import CaptureQueriesContext
from registered import AT, TODAY, committed, site
from returning import NATION, opened, said_no, tell
from small_lists import one_family

from amana.apps.accounts.viewers import NotForYou
from amana.apps.consents import desk
from amana.apps.consents.models import Disclosure, Dossier
from amana.apps.registry import queries as registry
from amana.apps.registry.models import Person
from amana.apps.tasks import queries as tasks
from amana.casework import consent, consular, protection
from amana.casework.consent import ReturnRefused

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db
WHEN = {"at": AT, "on": TODAY}


def seated(cast: SimpleNamespace, nation: str = NATION) -> Any:
    """The consular officer at the desk of a country."""
    officer = cast.consular_officer
    post = consular.name_consul(officer.user_id, nation, by=cast.supervisor, **WHEN)
    consular.confirm_consul(UUID(post), by=cast.data_protection, **WHEN)
    return officer


@pytest.fixture
def mother(committed: Callable[..., Any], cast: SimpleNamespace) -> str:
    committed(one_family())
    ref = str(Person.objects.get(name_latin="Zarina Rahimova").ref)
    opened(ref, cast)
    return ref


def laid(ref: str, cast: SimpleNamespace) -> str:
    tell(ref, cast.caseworker, channel="desk", recipient="Consular section")
    return str(Dossier.objects.get(person=ref, ended_on=None).id)


def looked(viewer: Any, number: str) -> Any:
    return consular.look(viewer, number, **WHEN)


def test_a_released_dossier_lies_on_no_desk_until_an_official_lays_it_there(
    mother: str, cast: SimpleNamespace
) -> None:
    officer = seated(cast)
    number = str(Dossier.objects.get(person=mother).id)
    assert consular.on_desk(officer, TODAY) == () and looked(officer, number) is None
    assert laid(mother, cast) == number
    (row,) = consular.on_desk(officer, TODAY)
    assert str(row.dossier) == number
    assert looked(officer, number).content["name_latin"] == "Zarina Rahimova"


def test_each_look_is_one_more_disclosure_and_a_list_is_none(mother: str, cast: SimpleNamespace) -> None:
    officer, number = seated(cast), laid(mother, cast)
    before = Disclosure.objects.count()
    consular.on_desk(officer, TODAY)
    assert Disclosure.objects.count() == before
    version = Person.objects.get(ref=mother).version
    looked(officer, number), looked(officer, number)
    assert Disclosure.objects.count() == before + 2
    assert set(Disclosure.objects.filter(by=officer.audit_id).values_list("channel", "person")) == {
        ("desk", mother)
    }
    assert Person.objects.get(ref=mother).version == version and mother in officer.trail


@pytest.mark.parametrize("how", ["withdrawn", "refused", "held", "fear", "ended"])
def test_it_is_gone_at_once_when_the_gate_shuts_or_the_post_ends(
    mother: str, cast: SimpleNamespace, how: str
) -> None:
    officer, number = seated(cast), laid(mother, cast)
    assert looked(officer, number)
    worker = acting(cast.caseworker)
    if how == "withdrawn":
        consent.withdraw(mother, NATION, "enquiry", "person", **worker)
    elif how == "refused":
        said_no(mother, cast.caseworker)
    elif how == "held":
        protection.place_hold(mother, "", ground="It is looked at again.", until=TODAY, **worker)
    elif how == "fear":
        told = {"done": True, "fear": True, "claim": "none", "screened_on": TODAY}
        protection.record_screening(mother, NATION, **told, **worker)
    else:
        (post,) = desk.posts(cast.supervisor)
        consular.end_consul(post.id, by=cast.supervisor, **WHEN)
    assert looked(officer, number) is None and consular.on_desk(officer, TODAY) == ()
    assert not consular.reply(officer, number, kind="received", words="", **WHEN)


def test_another_country_sees_nothing_and_nobody_sits_by_one_official_s_word(
    mother: str, cast: SimpleNamespace
) -> None:
    number = laid(mother, cast)
    officer = cast.consular_officer
    post = UUID(consular.name_consul(officer.user_id, "UZB", by=cast.supervisor, **WHEN))
    assert looked(officer, number) is None
    with pytest.raises(NotForYou):
        consular.confirm_consul(post, by=cast.supervisor, **WHEN)
    with pytest.raises(NotForYou):
        consular.name_consul(officer.user_id, NATION, by=cast.administrator, **WHEN)
    with pytest.raises(ReturnRefused, match="already"):
        consular.name_consul(officer.user_id, NATION, by=cast.supervisor, **WHEN)
    with pytest.raises(ReturnRefused, match="consular officer"):
        consular.name_consul(cast.monitor.user_id, NATION, by=cast.supervisor, **WHEN)
    consular.confirm_consul(post, by=cast.data_protection, **WHEN)
    assert looked(officer, number) is None and consular.on_desk(officer, TODAY) == ()


def test_nobody_but_a_consul_looks_from_a_desk(mother: str, cast: SimpleNamespace) -> None:
    number = laid(mother, cast)
    for role in ("caseworker", "supervisor", "facility_manager", "monitor", "guardian", "operator"):
        with pytest.raises(NotForYou):
            looked(getattr(cast, role), number)


def test_what_is_not_there_is_looked_up_by_the_very_same_queries(
    mother: str, cast: SimpleNamespace, committed: Callable[..., Any]
) -> None:
    number, officer = laid(mother, cast), cast.consular_officer
    consular.confirm_consul(
        UUID(consular.name_consul(officer.user_id, "UZB", by=cast.supervisor, **WHEN)),
        by=cast.data_protection,
        **WHEN,
    )
    asked = {
        "unknown": "7f000000-0000-4000-8000-000000000001",
        "another country's": number,
        "no number": "P-222222",
        "nothing": "",
    }
    seen = {}
    for name, each in asked.items():
        with CaptureQueriesContext(connection) as told:
            assert looked(officer, each) is None
        seen[name] = [query["sql"].partition(" WHERE ")[0] for query in told.captured_queries]
    assert len({tuple(each) for each in seen.values()}) == 1 and len(seen["unknown"]) > 3


@pytest.mark.parametrize("judgement", ["taken_up", "noted", "set_aside"])
def test_a_mission_s_answer_is_a_task_then_a_claim_a_note_or_nothing_and_never_a_fact(
    mother: str, cast: SimpleNamespace, judgement: str
) -> None:
    officer, number = seated(cast), laid(mother, cast)
    before = registry.claims(cast.caseworker, mother)
    told = {"kind": "confirmed", "words": "She stands in our register.", "token": "c" * 32}
    assert consular.reply(officer, number, **told, **WHEN) and consular.reply(officer, number, **told, **WHEN)
    assert registry.claims(cast.caseworker, mother) == before
    (answer,) = desk.answers(cast.caseworker, mother)
    waiting = [each.kind for each in tasks.of_person(cast.caseworker, mother, on=TODAY)]
    assert waiting.count("mission_answer") == 1
    by = {"judgement": judgement, "reason": "Their register is known to us.", "by": cast.caseworker, **WHEN}
    claim = consular.judge(mother, answer.id, **by)
    new = [each for each in registry.claims(cast.caseworker, mother) if each not in before]
    if judgement == "taken_up":
        (one,) = new
        assert (one.id, one.attribute, one.standing, one.source) == (
            claim,
            "nationality",
            "claimed",
            "document",
        )
    else:
        assert claim is None and new == []
    waiting = [each.kind for each in tasks.of_person(cast.caseworker, mother, on=TODAY)]
    assert "mission_answer" not in waiting
    with pytest.raises(ReturnRefused, match="already"):
        consular.judge(mother, answer.id, **by)


def test_only_a_confirmed_nationality_becomes_a_claim_and_only_by_who_holds_the_case(
    mother: str, cast: SimpleNamespace
) -> None:
    officer, number = seated(cast), laid(mother, cast)
    for kind, words in (("documents", "soon"), ("praise", "She is known to us.")):
        with pytest.raises(ReturnRefused):
            consular.reply(officer, number, kind=kind, words=words, **WHEN)
    consular.reply(officer, number, kind="not_confirmed", words="", **WHEN)
    (answer,) = desk.answers(cast.caseworker, mother)
    by = {"reason": "It is their answer.", "judgement": "taken_up", **WHEN}
    with pytest.raises(ReturnRefused, match="Only a nationality"):
        consular.judge(mother, answer.id, by=cast.caseworker, **by)
    for role in ("supervisor", "other_caseworker", "facility_manager", "consular_officer"):
        with pytest.raises(NotForYou):
            consular.judge(mother, answer.id, by=getattr(cast, role), **by)
