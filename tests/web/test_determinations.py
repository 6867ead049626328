"""Recording on a case: forms that lose nothing, answers checked before anything is stored, one record."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from saying_why import saying_why
from small_determination import (
    ASSESSMENT,
    CANARY,
    COURT,
    DETERMINATION,
    REPORTED,
    SEPARATION,
    at,
    hidden,
    made,
    send,
)
from small_family import AT, TODAY, settle

from amana.apps.determinations import queries
from amana.apps.determinations.codes import GROUNDS, JUDICIAL_KINDS, OPTION_CODES
from amana.apps.registry.queries import person
from amana.casework import amend
from amana.core.facts import Standing


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


@pytest.fixture
def client(signed_in: Callable[..., Client]) -> Client:
    return signed_in("caseworker")


FORMS = {
    "assessment/": ASSESSMENT,
    "new/": DETERMINATION,
    "court/": COURT,
    "reported/": REPORTED,
}


def test_the_tab_of_a_case_without_decisions_says_who_decides(
    family: SimpleNamespace, client: Client
) -> None:
    page = client.get(at(family.safiya)).content.decode()
    assert "Nobody has decided anything yet" in page
    for more in ("protocol/", *FORMS):
        assert at(family.safiya, more) in page


def test_a_supervisor_reads_the_tab_and_records_nothing(
    family: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    supervisor = saying_why(signed_in("supervisor"))
    page = supervisor.get(at(family.safiya)).content.decode()
    assert "Nobody has decided anything yet" in page and at(family.safiya, "new/") not in page
    for more in ("protocol/", *FORMS):
        assert supervisor.get(at(family.safiya, more)).status_code == 404
        assert supervisor.post(at(family.safiya, more), FORMS.get(more, {})).status_code in (404, 405)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("more", FORMS)
def test_each_form_opens_with_one_heading_and_every_field(
    more: str, language: str, family: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    page = signed_in("caseworker", language).get(at(family.safiya, more)).content.decode()
    assert page.count("<h1") == 1
    for name in FORMS[more]:
        assert f'name="{name}"' in page, name


@pytest.mark.parametrize("more", FORMS)
def test_answers_are_shown_to_be_checked_before_anything_is_stored(
    more: str, family: SimpleNamespace, cast: SimpleNamespace, client: Client
) -> None:
    answer = send(client, at(family.safiya, more), FORMS[more])
    page = answer.content.decode()
    assert answer.status_code == 200 and "Check your answers" in page
    for typed in FORMS[more].values():
        for line in str(typed).splitlines() if isinstance(typed, str) else ():
            assert escape(line) in page or line in ("heard", "yes"), line
    assert queries.determinations(cast.caseworker, family.safiya) == ()
    assert queries.judicial(cast.caseworker, family.safiya) == ()


def test_each_answer_is_checked_under_its_own_topic(family: SimpleNamespace, client: Client) -> None:
    page = send(client, at(family.safiya, "new/"), DETERMINATION).content.decode()
    for topic, fields in (("weighed", "option_"), ("panel", "panel_")):
        shown = page.split(f'id="topic-{topic}"')[1].split("</section>")[0]
        typed = [told for name, told in DETERMINATION.items() if name.startswith(fields) and " " in told]
        assert typed and all(escape(told) in shown for told in typed), topic


@pytest.mark.parametrize("more", FORMS)
def test_correcting_brings_the_form_back_with_everything_typed(
    more: str, family: SimpleNamespace, client: Client
) -> None:
    answer = send(client, at(family.safiya, more), FORMS[more], again="yes")
    page = answer.content.decode()
    assert answer.status_code == 200 and "There is a problem" not in page
    assert _kept(page, FORMS[more])


@pytest.mark.parametrize("more", FORMS)
def test_a_form_sent_twice_makes_one_record(
    more: str, family: SimpleNamespace, cast: SimpleNamespace, client: Client
) -> None:
    address = at(family.safiya, more)
    told = {**hidden(client, address), **FORMS[more], "store": "yes"}
    first, second = made(client.post(address, told)), made(client.post(address, told))
    assert first == second
    determined = queries.determinations(cast.caseworker, family.safiya)
    judged = queries.judicial(cast.caseworker, family.safiya)
    assert [each.ref for each in (*determined, *judged)] == [first]


def test_two_forms_opened_apart_make_two_records(
    family: SimpleNamespace, cast: SimpleNamespace, client: Client
) -> None:
    address = at(family.safiya, "court/")
    assert made(send(client, address, COURT, store="yes")) != made(send(client, address, COURT, store="yes"))
    assert len(queries.judicial(cast.caseworker, family.safiya)) == 2


@pytest.mark.parametrize("more", FORMS)
@pytest.mark.parametrize("store", [{}, {"store": "yes"}])
def test_an_empty_form_names_every_missing_answer_and_stores_nothing(
    more: str, store: dict[str, str], family: SimpleNamespace, cast: SimpleNamespace, client: Client
) -> None:
    answer = send(client, at(family.safiya, more), {}, **store)
    page = answer.content.decode()
    assert answer.status_code == 422 and "There is a problem" in page
    assert page.count('class="ferr"') >= 4
    summary = page.split('class="el"')[1].split("</ul>")[0]
    assert ">This answer is needed.<" not in summary
    assert queries.determinations(cast.caseworker, family.safiya) == ()


WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("new/", {"decides": ""}, "decides", "Choose what is decided."),
    ("new/", {"decides": "nothing"}, "decides", "Choose one of those offered."),
    ("new/", {"decided_on": "2018-02-16"}, "decided_on", "has not come yet"),
    ("new/", {"decided_on": "16/02/2018"}, "decided_on", "year, month, day"),
    ("new/", {"review_on": "2018-02-14"}, "review_on", "Write a day from"),
    ("new/", {"panel_1_function": "child_protection"}, "panel_2_function", "at least two professions"),
    ("new/", {"panel_1_function": "", "panel_1_name": ""}, "panel_1_function", "at least two professions"),
    ("new/", {"panel_1_name": ""}, "panel_1_name", "this answer is needed."),
    ("new/", {"panel_1_name": "Nour SALEH"}, "panel_2_function", "twice"),
    ("new/", {"option_state_home": ""}, "option_mother_released", "at least two ways of care"),
    ("new/", {"child_heard": ""}, "child_heard", "Say whether the child was heard"),
    ("new/", {"child_text": ""}, "child_text", "Write what was said or shown."),
    ("new/", {"child_heard": "dead"}, "child_heard", "Choose one of those offered."),
    ("new/", {"evidence": ""}, "evidence", "on which evidence"),
    ("new/", {"evidence": "x" * 301}, "evidence", "too long"),
    ("new/", {"grounds": []}, "grounds", "Tick the grounds"),
    ("new/", {"decided_on": "2010-01-01"}, "decided_on", "not born yet"),
    ("new/", {"review_on": "2999-01-01"}, "review_on", "Write a day from 2018-02-15 to 2018-05-15."),
    ("new/", {"reasons": "x"}, "reasons", "The reasons: Say in a sentence why"),
    ("new/", {"reasons": " "}, "reasons", "Write the reasons."),
    ("new/", {"reasons": "a\u202eb"}, "reasons", "Type it anew"),
    ("new/", {"citations": ["crc/999"]}, "citations", "Choose one of those offered."),
    ("new/", {"place_kind": "state_home"}, "place_kind", "Leave it empty."),
    ("new/", {"decides": "separation"}, "place_kind", "this answer is needed."),
    ("new/", {"decides": "separation", "place_kind": "detention"}, "place_kind", "Select a valid choice"),
    ("assessment/", {"done_on": "2018-02-16"}, "done_on", "has not come yet"),
    ("assessment/", {"review_on": "2018-02-01"}, "review_on", "Write a day from"),
    ("assessment/", {"findings": ""}, "findings", "Write what was found."),
    ("court/", {"kind": ""}, "kind", "Choose the kind of decision."),
    ("court/", {"decided_on": "2019-01-01"}, "decided_on", "has not come yet"),
    ("court/", {"review_available": ""}, "review_available", "can be contested"),
    ("reported/", {"body": ""}, "body", "Write which body decided."),
    ("reported/", {"child_heard": "heard"}, "child_text", "Write what was said or shown."),
    ("reported/", {"decided_on": "2018-03-01"}, "decided_on", "has not come yet"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong[0]}{wrong[2]}: {wrong[3]}")
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    wrong: tuple[str, dict[str, Any], str, str], family: SimpleNamespace, client: Client
) -> None:
    more, typed, field, says = wrong
    told = {**FORMS[more], **typed}
    answer = send(client, at(family.safiya, more), told, store="yes")
    page = answer.content.decode()
    assert answer.status_code == 422
    beside = page.split(f'id="id_{field}_error"', 1)
    assert len(beside) == 2, field
    assert says in beside[1][:600]
    assert f'<a href="#id_{field}"' in page
    assert _kept(page, {name: value for name, value in told.items() if name not in typed})


def test_a_separation_weighs_staying_with_the_mother(family: SimpleNamespace, client: Client) -> None:
    told = {**SEPARATION, "option_stays_with_mother": "", "option_kinship": "An aunt."}
    answer = send(client, at(family.yusuf, "new/"), told, store="yes")
    assert answer.status_code == 422 and "nobody leaves her unweighed" in answer.content.decode()


def test_a_separation_says_until_when_it_can_be_contested(family: SimpleNamespace, client: Client) -> None:
    told = {**SEPARATION, "appeal_until": ""}
    answer = send(client, at(family.yusuf, "new/"), told, store="yes")
    assert answer.status_code == 422 and 'id="id_appeal_until_error"' in answer.content.decode()


def test_days_are_read_in_arabic_digits(
    family: SimpleNamespace, cast: SimpleNamespace, client: Client
) -> None:
    told = {**ASSESSMENT, "done_on": "٢٠١٨-٠٢-١٤"}
    made(send(client, at(family.safiya, "assessment/"), told, store="yes"))
    (each,) = queries.determinations(cast.caseworker, family.safiya)
    assert each.decided_on is not None and each.decided_on.isoformat() == "2018-02-14"


def test_an_assessment_is_in_force_and_shown_on_the_tab(family: SimpleNamespace, client: Client) -> None:
    ref = made(send(client, at(family.safiya, "assessment/"), ASSESSMENT, store="yes"))
    shown = client.get(at(family.safiya, f"{ref}/")).content.decode()
    assert "The assessment is recorded and in force." in shown
    for typed in ("She sleeps badly", "The bond is close", "Asks to keep her", "not recorded who it is"):
        assert typed in shown
    tab = client.get(at(family.safiya)).content.decode()
    assert ref in tab and "Best-interests assessment" in tab and CANARY not in tab
    assert "Look again on 2018-05-14" in tab


def test_what_was_said_once_is_not_said_again(family: SimpleNamespace, client: Client) -> None:
    ref = made(send(client, at(family.safiya, "assessment/"), ASSESSMENT, store="yes"))
    address = at(family.safiya, f"{ref}/")
    assert "is recorded and in force" in client.get(address).content.decode()
    assert "is recorded and in force" not in client.get(address).content.decode()


def test_a_look_that_is_late_says_so(family: SimpleNamespace, client: Client, cast: SimpleNamespace) -> None:
    told = {**ASSESSMENT, "done_on": "2017-10-01", "review_on": "2017-12-30"}
    made(send(client, at(family.safiya, "assessment/"), told, store="yes"))
    assert "The look again was due on 2017-12-30" in client.get(at(family.safiya)).content.decode()


def test_a_decision_of_a_court_stands_on_the_tab_with_what_it_says(
    family: SimpleNamespace, client: Client
) -> None:
    ref = made(send(client, at(family.safiya, "court/"), COURT, store="yes"))
    page = client.get(at(family.safiya)).content.decode()
    for told in (ref, "Appointment of a guardian", "Her aunt is appointed", "12/2018", "Recorded."):
        assert told in page


def test_a_charge_against_a_child_too_young_is_refused_beside_its_field(
    family: SimpleNamespace, client: Client
) -> None:
    typed = {**COURT, "kind": "charge", "decided_on": "2018-02-10"}
    answer = send(client, at(family.safiya, "court/"), typed, store="yes")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "counts for nothing" in page.split('id="id_kind_error"', 1)[1][:600]


def test_a_reported_decision_shows_what_it_lacks_and_quotes_a_label(
    family: SimpleNamespace, client: Client
) -> None:
    ref = made(send(client, at(family.yusuf, "reported/"), REPORTED, store="yes"))
    page = client.get(at(family.yusuf, f"{ref}/")).content.decode()
    assert page.count("not on record") >= 5
    assert "none of these carries a decision against a child by itself" in page
    assert "a label without a finding of a judge" in page
    assert "Approve or reject" not in page


def test_the_case_changed_meanwhile_is_said_and_the_form_can_be_sent_again(
    family: SimpleNamespace, cast: SimpleNamespace, client: Client
) -> None:
    address = at(family.safiya, "new/")
    told = {**hidden(client, address), **DETERMINATION, "store": "yes"}
    amend.add_claim(
        person=family.safiya,
        attribute="sex",
        stated="female",
        source="document",
        note="card",
        said_on=TODAY,
        standing=Standing.SUPPORTED,
        by=cast.caseworker,
        at=AT,
        on=TODAY,
    )
    answer = client.post(address, told)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Somebody changed this case meanwhile" in page
    assert _kept(page, DETERMINATION)
    version = person(cast.caseworker, family.safiya).version
    assert f'name="version" value="{version}"' in page
    made(client.post(address, {**told, "version": version}))


def test_a_form_with_a_strange_token_is_refused_with_everything_typed(
    family: SimpleNamespace, client: Client
) -> None:
    answer = send(client, at(family.safiya, "court/"), COURT, store="yes", token="' OR 1=1")
    page = answer.content.decode()
    assert answer.status_code == 422 and "This form was not made here" in page and _kept(page, COURT)


def test_the_forms_offer_every_code_that_the_records_know(family: SimpleNamespace, client: Client) -> None:
    page = client.get(at(family.safiya, "new/")).content.decode()
    for ground in GROUNDS:
        assert f'value="{ground}"' in page
    for option in OPTION_CODES:
        assert f'name="option_{option}"' in page
    court = client.get(at(family.safiya, "court/")).content.decode()
    for kind in JUDICIAL_KINDS:
        assert f'value="{kind}"' in court


def _kept(page: str, told: dict[str, Any]) -> bool:
    """Whether everything typed is in the form again."""
    lost = [
        name
        for name, typed in told.items()
        for value in (typed if isinstance(typed, list) else [typed])
        if value and escape(value) not in page.replace("\r\n", "\n")
    ]
    assert lost == []
    return True
