"""The people list: found by any script or reference, told in words, and never by who may be detained."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from small_family import settle

Client_ = Callable[..., Client]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


def page(client: Client, address: str, status: int = 200, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize("typed", ["rashid", "RASHID", "رشيدوف", "safiya rash"])
def test_people_are_found_by_part_of_a_name_in_either_script(
    typed: str, family: SimpleNamespace, signed_in: Client_
) -> None:
    assert family.safiya in page(signed_in("caseworker"), f"/people/?q={typed}")


def test_a_whole_reference_leads_straight_to_its_case(family: SimpleNamespace, signed_in: Client_) -> None:
    answer = signed_in("caseworker").get(f"/people/?q={family.safiya.lower()}")
    assert (answer.status_code, answer.url) == (302, f"/people/{family.safiya}/")


def test_a_batch_reference_leads_to_the_people_of_the_batch(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("caseworker")
    answer = client.get(f"/people/?q={family.batch}")
    assert answer.url == f"/people/?batch={family.batch}"
    assert family.yusuf in page(client, answer.url)


def test_a_mistyped_reference_says_what_is_wrong_and_shows_nobody(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    wrong = family.safiya[:-1] + ("2" if family.safiya[-1] != "2" else "3")
    text = page(signed_in("caseworker"), f"/people/?q={wrong}", 422)
    assert "is mistyped" in text and family.safiya not in text and 'role="alert"' in text


def test_the_beginning_of_a_reference_is_searched_for(family: SimpleNamespace, signed_in: Client_) -> None:
    assert family.safiya in page(signed_in("caseworker"), f"/people/?q={family.safiya[:5]}")


def test_an_uncertain_age_is_told_in_words_and_the_missing_fact_is_named(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), "/people/?q=safiya")
    assert "3 or 4" in text and "Undetermined · needs age" in text and "girl" in text


def test_a_boy_of_sixteen_is_shown_for_protection_review_and_never_as_one_who_may_be_detained(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), "/people/?q=rustam")
    assert "Protection review" in text and "boy" in text
    assert "detention possible" not in text and "reported_detention_possible" not in text


def test_no_filter_finds_those_who_may_be_detained(family: SimpleNamespace, signed_in: Client_) -> None:
    client = signed_in("caseworker")
    assert "reported_detention_possible" not in page(client, "/people/")
    text = page(client, "/people/?outcome=reported_detention_possible", 422)
    assert family.rustam not in text


def test_a_girl_of_sixteen_is_shown_as_a_gap_in_the_law(family: SimpleNamespace, signed_in: Client_) -> None:
    assert "No rule speaks" in page(signed_in("caseworker"), "/people/?q=madina")


def test_children_and_women_are_told_apart_by_a_shareable_address(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("caseworker")
    children, women = page(client, "/people/?group=children"), page(client, "/people/?group=women")
    assert family.yusuf in children and family.dilnoza not in children
    assert family.dilnoza in women and family.yusuf not in women


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("age=4-14", "yusuf"),
        ("age=unknown", "idris"),
        ("nation=RUS", "idris"),
        ("sex=female&age=18%2B", "dilnoza"),
        ("outcome=undetermined", "safiya"),
        ("needs=age", "safiya"),
    ],
)
def test_each_filter_finds_its_people(
    query: str, found: str, family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/?{query}")
    assert getattr(family, found) in text and "chip on" in text


def test_a_site_is_a_filter(family: SimpleNamespace, signed_in: Client_) -> None:
    client = signed_in("caseworker")
    assert family.safiya in page(client, f"/people/?facility={family.place}")
    assert family.safiya not in page(client, "/people/?facility=S-XXXXXX")


@pytest.mark.parametrize("query", ["group=soldiers", "age=old", "nation=%27", "after=P-222222", "sex=x"])
def test_an_address_that_makes_no_sense_is_answered_in_words(
    query: str, family: SimpleNamespace, signed_in: Client_
) -> None:
    assert "does not exist" in page(signed_in("caseworker"), f"/people/?{query}", 422)


def test_two_possible_nationalities_are_marked_as_not_established(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), "/people/?q=idris")
    assert "RUS" in text and "UZB" in text and "not established which" in text


def test_nobody_matching_is_said_with_what_to_try(family: SimpleNamespace, signed_in: Client_) -> None:
    text = page(signed_in("caseworker"), "/people/?q=zzzz")
    assert "Nobody here matches" in text and "0 people match" in text


def test_more_people_than_are_counted_are_told_as_more(
    family: SimpleNamespace, signed_in: Client_, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amana.apps.registry.people.MOST", 1)
    monkeypatch.setattr("amana.web.people.views.PAGE", 2)
    client = signed_in("caseworker")
    assert "more than 1 people match" in page(client, "/people/?nation=TJK")
    assert "more than" not in page(client, "/people/")


def test_an_empty_office_tells_the_registrar_how_people_come_in(signed_in: Client_) -> None:
    text = page(signed_in("registrar"), "/people/")
    assert "Nobody is registered yet" in text and "/register/new/" in text
    assert "/register/new/" not in page(signed_in("caseworker"), "/people/")


def test_pages_follow_each_other_without_a_name_in_the_address(
    cast: SimpleNamespace, signed_in: Client_, tmp_path: object
) -> None:
    from small_office import settle as settle_many

    settle_many(cast.registrar, tmp_path, people=60)
    client, seen, address = signed_in("caseworker"), [], "/people/"
    while address:
        context = client.get(address).context
        seen += [card.ref for card in context["cards"]]
        address = f"/people/?after={context['more']}" if context["more"] else ""
    assert len(seen) == len(set(seen)) == context["count"]


def test_names_stand_in_both_scripts_each_with_its_direction(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    english = page(signed_in("caseworker"), "/people/?q=safiya")
    assert '<span lang="ar" dir="rtl">صفية رشيدوفا</span>' in english
    arabic = page(signed_in("caseworker"), "/people/?q=safiya&lang=ar")
    assert 'lang="ar" dir="rtl">صفية رشيدوفا</a>' in arabic
    assert f'<span class="ltr" dir="ltr">{family.safiya}</span>' in arabic


@pytest.mark.parametrize("role", ["outsider", "administrator", "rules_editor", "monitor"])
def test_whoever_sees_no_people_gets_the_answer_of_an_address_that_is_not_there(
    role: str, family: SimpleNamespace, signed_in: Client_
) -> None:
    if role == "outsider":
        assert Client().get("/people/").status_code == 302
        return
    here, nowhere = signed_in(role).get("/people/"), signed_in(role).get("/nowhere/")
    assert here.status_code == nowhere.status_code == 404
    assert [each.name for each in here.templates] == [each.name for each in nowhere.templates]


def test_everybody_shown_stands_in_the_read_log(family: SimpleNamespace, signed_in: Client_) -> None:
    from amana.apps.audit.models import ReadEntry, ReadSubject

    signed_in("caseworker").get("/people/?q=safiya")
    entry = ReadEntry.objects.get()
    assert entry.kind == "people:person-list"
    assert [subject.ref for subject in ReadSubject.objects.filter(entry=entry)] == [family.safiya]
