"""The case: who, what the law says with every condition, what stands against it, and where everybody is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from small_family import AT, TODAY, settle

from amana.apps.registry import queries
from small_office import settle as settle_many

Client_ = Callable[..., Client]
TABS = ("", "identity/", "family/", "placement/", "history/")


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_the_head_tells_names_age_nationality_and_place(family: SimpleNamespace, signed_in: Client_) -> None:
    text = page(signed_in("caseworker"), f"/people/{family.safiya}/")
    for told in ("Safiya Rashidova", "صفية رشيدوفا", "3 or 4", "Tajikistan", "claimed", "Site A"):
        assert told in text


def test_an_open_answer_says_what_would_settle_it_and_what_holds_meanwhile(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{family.safiya}/")
    assert "Undetermined · needs age" in text
    assert "What would settle it" in text and "When was the child born?" in text
    assert "Meanwhile" in text and "stays with the mother" in text


def test_rules_show_each_condition_as_true_false_or_unknown(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{family.safiya}/")
    assert "infant-with-mother" in text and "state-home-foreign" in text
    assert "tv tv-u" in text and "tv tv-t" in text and "reported, not seen" in text


def test_what_stands_against_it_has_its_place_beside_the_protocol(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{family.yusuf}/")
    assert "What stands against it" in text and "K1" in text and "crc/9" in text


def test_a_boy_of_sixteen_is_under_protection_review_and_nothing_can_be_acted_on(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{family.rustam}/")
    assert "Protection review" in text and "It is never acted on." in text and "K6" in text


def test_coming_birthdays_are_days_of_review_and_no_page_calls_them_transfers(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{family.safiya}/")
    assert "Days of review, never days of transfer." in text
    assert "Contact and assessment review" in text


def test_an_unknown_father_is_an_ordinary_dashed_node(family: SimpleNamespace, signed_in: Client_) -> None:
    text = page(signed_in("caseworker"), f"/people/{family.safiya}/family/")
    assert '<rect class="node unk"' in text and "Father" in text and "not recorded" in text
    assert "why" not in text.lower().split("<main")[1].split("</main>")[0]


def test_a_mother_the_list_does_not_settle_is_shown_as_not_established(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{family.idris}/family/")
    assert "not established" in text


def test_a_brother_moved_away_is_seen_apart(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    from amana.apps.placements.queries import facilities
    from amana.casework.amend import move

    home = next(place.ref for place in facilities(cast.registrar) if place.name_en == "State home 2")
    move(
        person=family.yusuf,
        facility=home,
        moved_on=date(2018, 1, 22),
        source="statement:site manager",
        by=cast.registrar,
        at=AT,
        on=TODAY,
    )
    text = page(signed_in("caseworker"), f"/people/{family.safiya}/family/")
    assert '<rect class="zone apart"' in text and "apart from the mother" in text


def test_the_proof_is_numbered_and_names_facts_sources_and_readings(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{family.safiya}/placement/")
    assert '<ol class="proof">' in text and "3 or 4" in text and "2013-10/2014-06" in text
    assert "Why not another answer" in text and "adolescent" in text
    assert "completed years" in text and "Site A" in text and f"list: {family.batch}" in text


def test_history_keeps_each_decision_with_the_pack_it_was_taken_under(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    from amana.apps.decisions.office_pack import office_pack

    text = page(signed_in("caseworker"), f"/people/{family.safiya}/history/")
    assert office_pack().hash[:12] in text and "stands" in text and "Who saw it" not in text


def test_who_changed_and_who_saw_is_for_those_who_may_see_the_trail(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    signed_in("caseworker").get(f"/people/{family.safiya}/placement/")
    text = page(signed_in("supervisor"), f"/people/{family.safiya}/history/")
    assert "Who saw it" in text and "Layla Nasser" in text and "case, placement" in text
    assert "registered" in text and "Samira Haddad" in text


@pytest.mark.parametrize("tab", TABS)
def test_a_reference_nobody_has_is_not_found(tab: str, family: SimpleNamespace, signed_in: Client_) -> None:
    page(signed_in("caseworker"), f"/people/P-22222H/{tab}", 404)


@pytest.mark.parametrize("tab", TABS)
def test_a_mistyped_reference_says_so_and_tells_nothing_of_who_exists(
    tab: str, family: SimpleNamespace, signed_in: Client_
) -> None:
    wrong = family.safiya[:-1] + ("2" if family.safiya[-1] != "2" else "3")
    text = page(signed_in("caseworker"), f"/people/{wrong}/{tab}", 404)
    assert "is mistyped" in text and "Safiya" not in text


def test_a_reference_written_otherwise_leads_to_its_one_address(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    answer = signed_in("caseworker").get(f"/people/{family.safiya.lower()}/placement/")
    assert (answer.status_code, answer.url) == (302, f"/people/{family.safiya}/placement/")


def test_a_batch_is_no_person(family: SimpleNamespace, signed_in: Client_) -> None:
    page(signed_in("caseworker"), f"/people/{family.batch}/", 404)


@pytest.mark.parametrize("role", ["administrator", "rules_editor", "monitor"])
@pytest.mark.parametrize("tab", TABS)
def test_a_case_is_not_there_for_whoever_sees_no_people(
    tab: str, role: str, family: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in(role)
    there, nowhere = client.get(f"/people/{family.safiya}/{tab}"), client.get("/nowhere/")
    assert there.status_code == nowhere.status_code == 404
    assert [each.name for each in there.templates] == [each.name for each in nowhere.templates]


@pytest.mark.parametrize("tab", TABS)
def test_nobody_sees_a_case_without_signing_in(tab: str, family: SimpleNamespace) -> None:
    answer = Client().get(f"/people/{family.safiya}/{tab}")
    assert answer.status_code == 302 and answer.url.startswith("/session/in/")


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_reads_in_arabic_with_its_references_left_to_right(
    tab: str, family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{family.safiya}/{tab}?lang=ar")
    assert 'dir="rtl"' in text and f'<span class="ltr" dir="ltr">{family.safiya}</span>' in text


def test_a_pack_edited_after_the_decision_is_said_on_the_page(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE decisions_decision SET outcome = 'with_mother' WHERE person_id = %s", [family.safiya]
        )
    assert "said something else" in page(signed_in("caseworker"), f"/people/{family.safiya}/")


def test_every_case_of_an_invented_office_opens_on_every_tab_in_both_languages(
    cast: SimpleNamespace, signed_in: Client_, tmp_path: Path
) -> None:
    settle_many(cast.registrar, tmp_path, people=12, seed=7)
    client = signed_in("supervisor")
    refs = [line.ref for line in queries.people(cast.registrar, on=TODAY, limit=200).rows]
    for number, ref in enumerate(refs):
        language = ("en", "ar")[number % 2]
        for tab in TABS:
            page(client, f"/people/{ref}/{tab}?lang={language}")
