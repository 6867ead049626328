"""Packs and texts for reading: values over time, what a pack stands on, older texts, differences, replay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils.html import escape
from small_change import FROM, TITLE, WHY, shift

from amana.apps.decisions import queries as decisions
from amana.apps.decisions.office_pack import office_pack
from amana.apps.decisions.packs import find_pack, shipped_packs
from amana.casework import proposals
from amana.web.law.standing_on import beneath, question_lines, withdrawn
from amana.web.law.values import periods, present_value
from amana.worker.loop import Worker
from small_office import AT, TODAY, settle


@pytest.fixture
def adopted(cast: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    """An office of sixty people that has adopted the change; a person whose answer it changed."""
    settle(cast.registrar, tmp_path, people=60)
    before = office_pack().hash
    ref = proposals.propose(list(shift()), title=TITLE, reason=WHY, by=cast.rules_editor, at=AT)
    person = proposals.impact(cast.caseworker, ref, TODAY, at=AT).movers[0].ref
    proposals.adopt(ref, reason="Read.", by=cast.policy_approver, at=AT)
    while Worker().work_once():
        pass
    return SimpleNamespace(ref=ref, person=person, before=before)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("pack", shipped_packs())
def test_every_shipped_pack_can_be_read(pack: str, language: str, signed_in: Callable[..., Client]) -> None:
    answer = signed_in("monitor", language).get(f"/law/{pack}/")
    page = answer.content.decode()
    assert answer.status_code == 200 and page.count("<h1") == 1
    for question in find_pack(pack).questions:
        assert f'id="question-{question.id}"' in page and escape(question.text[language]) in page


def test_a_threshold_tells_each_value_with_its_day_and_marks_the_present_one(
    adopted: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    pack = office_pack()
    first, second = periods(pack.parameters["stay_with_mother_max"], pack, TODAY)
    assert (first.value, first.first, first.present) == ("3", True, False)
    assert (second.value, second.day, second.present) == ("2", "1 February 2018", True)
    assert present_value(pack.parameters["stay_with_mother_max"], pack, date(2018, 1, 31)) == "3"
    assert present_value(pack.parameters["stay_with_mother_max"], pack, FROM) == "2"
    page = signed_in("monitor").get("/law/iraq_2018/").content.decode()
    assert "1 February 2018:" in page and "exact" in page


def test_a_value_that_hangs_on_an_event_is_told_as_either_while_its_day_is_not_known() -> None:
    pack = find_pack("iraq_moj_statement")
    parameter = pack.parameters["stay_with_mother_max"]
    event = pack.events[parameter.changes[0].start.event]
    assert event.span.earliest and event.span.latest
    assert present_value(parameter, pack, event.span.earliest) == "3 or 2"
    assert present_value(parameter, pack, event.span.latest) == "2"
    assert [period.event for period in periods(parameter, pack, TODAY)] == ["", event.id]


def test_a_pack_says_what_it_stands_on_inherits_and_withdraws(signed_in: Callable[..., Client]) -> None:
    for name in shipped_packs():
        pack = find_pack(name)
        assert [each.id for each in beneath(pack)] == list(pack.extends)
        assert {f"{id}" for _kind, id, _from in withdrawn(pack)} == {
            place.partition("/")[2] for place in pack.withdrawn
        }
    page = signed_in("caseworker").get("/law/iraq_moj_statement/").content.decode()
    assert "What it stands on" in page and 'href="/law/iraq_2018/"' in page


def test_a_question_for_counsel_leads_to_what_it_is_about(signed_in: Callable[..., Client]) -> None:
    pack = find_pack("iraq_2018")
    page = signed_in("monitor").get("/law/iraq_2018/").content.decode()
    anchors = {anchor for line in question_lines(pack) for _id, anchor in line.about if anchor}
    assert anchors and all(f'id="{anchor}"' in page for anchor in anchors)


def test_the_law_page_tells_which_text_since_when_and_by_which_role(
    adopted: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    page = signed_in("monitor").get("/law/").content.decode()
    assert TITLE in page and "Policy approver" in page and "Salma Idris" not in page
    assert adopted.before[:6] in page and "as it came" in page
    assert adopted.ref not in page
    assert adopted.ref in signed_in("supervisor").get("/law/").content.decode()


def test_an_office_without_proposals_says_so_and_leads_the_editor_on(
    signed_in: Callable[..., Client],
) -> None:
    page = signed_in("rules_editor").get("/law/").content.decode()
    assert "No change is proposed" in page and 'href="/law/changes/new/"' in page
    assert 'href="/law/changes/new/"' not in signed_in("policy_approver").get("/law/").content.decode()


def test_the_difference_of_two_texts_is_told_field_by_field(
    adopted: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in("monitor").get("/law/differences/", {"a": adopted.before, "b": "iraq_2018"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "1 February 2018" in page
    assert f'<option value="{adopted.before}" selected>' in page


@pytest.mark.parametrize("bad", ["nowhere", "0" * 64, "../../etc", "%00"])
def test_a_text_that_is_not_there_is_said_and_the_choice_kept(
    bad: str, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in("monitor").get("/law/differences/", {"a": bad.replace("%00", "x"), "b": "iraq_2018"})
    assert answer.status_code == 422 and "Choose from the lists" in answer.content.decode()
    assert '<option value="iraq_2018" selected>' in answer.content.decode()


def test_one_text_compared_with_itself_differs_in_nothing(signed_in: Callable[..., Client]) -> None:
    page = signed_in("monitor").get("/law/differences/?a=iraq_2018&b=iraq_2018").content.decode()
    assert "Nothing differs" in page


def test_each_stored_decision_is_run_again_under_its_own_text_and_under_the_present_one(
    adopted: SimpleNamespace, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    current, old = decisions.history(cast.caseworker, adopted.person)
    listing = client.get(f"/people/{adopted.person}/history/").content.decode()
    for each in (current, old):
        assert f"/people/{adopted.person}/history/{each.id}/" in listing
    page = client.get(f"/people/{adopted.person}/history/{old.id}/").content.decode()
    assert page.count("the same answer") == 1 and "another answer under the text applied now" in page
    assert "superseded" in page and f"/law/versions/{adopted.before}/" in page
    page = client.get(f"/people/{adopted.person}/history/{current.id}/").content.decode()
    assert page.count("the same answer") == 2 and "the same text" in page


def test_a_decision_on_somebody_else_is_not_found_under_this_person(
    adopted: SimpleNamespace, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    from amana.apps.registry import queries

    others = queries.people(cast.caseworker, on=TODAY, limit=5).rows
    other = next(row.ref for row in others if row.ref != adopted.person)
    (foreign, *_) = decisions.history(cast.caseworker, other)
    client = signed_in("caseworker")
    assert client.get(f"/people/{adopted.person}/history/{foreign.id}/").status_code == 404
    assert signed_in("rules_editor").get(f"/people/{other}/history/{foreign.id}/").status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_facts_of_a_replayed_decision_stand_in_words(
    language: str, adopted: SimpleNamespace, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    (found, *_) = decisions.history(cast.caseworker, adopted.person)
    page = (
        signed_in("caseworker", language)
        .get(f"/people/{adopted.person}/history/{found.id}/")
        .content.decode()
    )
    labels = [fact.label[language] for fact in office_pack().facts.values()]
    assert all(label in page for label in labels)
    if language == "ar":
        assert ">male<" not in page and ">female<" not in page
