"""The page of one finding: without the person for the monitor, with the case for the others; questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client
from saying_why import saying_why
from small_family import AT, TODAY, settle

from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import queries
from amana.apps.oversight.models import Finding
from amana.casework.sweep import sweep_all
from amana.casework.tell_finding import finding_told, sorts_of_grounds
from amana.core.policy.editing.grounds import FOR_MANY, OWN
from amana.web.oversight.told import sorts_in_words

Client_ = Callable[..., Client]
ASKED = "Why has nobody assessed this child for so long?"
ANSWERED = "The assessor was ill; the child is seen on Thursday."


@pytest.fixture
def swept(cast: SimpleNamespace) -> SimpleNamespace:
    family = settle(cast.registrar)
    sweep_all(on=TODAY, by=cast.supervisor, at=AT)
    return family


@pytest.fixture
def late(swept: SimpleNamespace) -> Finding:
    """An overdue assessment of a child."""
    found: Finding = Finding.objects.filter(safeguard="S11", verdict="overdue", until=None).first()
    return found


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


def test_every_finding_of_the_list_leads_to_its_page(late: Finding, signed_in: Client_) -> None:
    for role in ("monitor", "caseworker", "supervisor"):
        assert f'href="/oversight/findings/{late.pk}/"' in page(signed_in(role), "/oversight/S11/")


def test_the_page_says_what_is_asked_since_when_what_is_due_and_what_would_clear_it(
    late: Finding, signed_in: Client_
) -> None:
    known, text = (
        office_pack().safeguards["S11"],
        page(signed_in("monitor"), f"/oversight/findings/{late.pk}/"),
    )
    for told in (known.title["en"], known.asks["en"], known.clears["en"]):
        assert told in text
    assert "17 days late" in text and "Site A" in text and "Before and after" in text
    assert "Day of the act" in text and "not a plan: it is so" in text


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_monitor_sees_no_name_and_no_reference_on_any_of_these_pages(
    lang: str, swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("monitor", lang)
    for line in Finding.objects.filter(person__isnull=False):
        seen = queries.finding(cast.monitor, line.pk, on=TODAY)
        for address in (f"/oversight/findings/{line.pk}/", f"/oversight/findings/{line.pk}/ask/"):
            text = page(client, address)
            assert not re.search(r"\b[PFBDJM]-[2-9A-Z]{6}\b", text)
            assert "Rashid" not in text and "Karim" not in text and "رشيد" not in text
            assert seen.pseudonym in text


def test_whoever_sees_people_gets_to_the_case(late: Finding, signed_in: Client_) -> None:
    text = page(signed_in("caseworker"), f"/oversight/findings/{late.pk}/")
    assert f'href="/people/{late.person_id}/safeguards/"' in text
    assert f"/oversight/findings/{late.pk}/ask/" not in text


def test_a_finding_that_is_over_says_since_when_and_why(
    late: Finding, cast: SimpleNamespace, signed_in: Client_
) -> None:
    from amana.apps.audit.recording import recording

    with recording(cast.operator, AT):
        Finding.objects.filter(pk=late.pk).update(until=TODAY, ended="facts", key="stay:999999")
    text = page(signed_in("monitor"), f"/oversight/findings/{late.pk}/")
    assert "Over since" in text and "the facts changed" in text
    assert "The record that this was found at is no longer there" in text


def test_a_stored_column_has_a_page_without_a_question(swept: SimpleNamespace, signed_in: Client_) -> None:
    row = Finding.objects.filter(person__isnull=True).first()
    if row is None:
        from amana.apps.accounts.viewers import installer
        from amana.apps.audit.recording import recording

        with recording(installer(), AT):
            row = Finding.objects.create(
                safeguard="S02", key="field:registry.Person.sex", verdict="warn", since=TODAY,
                begun_on=TODAY, pack_hash="0" * 64,
            )  # fmt: skip
    text = page(signed_in("monitor"), f"/oversight/findings/{row.pk}/")
    assert "no person" in text and "/ask/" not in text
    page(signed_in("monitor"), f"/oversight/findings/{row.pk}/ask/", 404)


def test_the_monitor_asks_and_the_office_answers_on_the_pages(late: Finding, signed_in: Client_) -> None:
    monitor, supervisor = signed_in("monitor"), saying_why(signed_in("supervisor"))
    stem = f"/oversight/findings/{late.pk}/"
    assert f"{stem}ask/" in page(monitor, stem)
    told = unescape(monitor.post(f"{stem}ask/", {"text": ASKED}, follow=True).content.decode())
    assert "Asked." in told and ASKED in told and "waits for an answer" in told
    assert f"{stem}ask/" not in told, "one at a time"
    assert "1 waits for an answer" in page(supervisor, "/oversight/")
    asked = page(supervisor, "/oversight/questions/?state=waiting")
    answer_at = re.search(r'href="(/oversight/questions/\d+/answer/)"', asked)
    assert answer_at and ASKED in page(supervisor, answer_at[1])
    tasks = page(supervisor, "/tasks/?whose=desk")
    assert "Answer a question of the monitor" in tasks and answer_at[1] in tasks
    told = unescape(supervisor.post(answer_at[1], {"answer": ANSWERED}, follow=True).content.decode())
    assert "Answered." in told and ANSWERED in told
    seen = page(monitor, stem)
    assert ASKED in seen and ANSWERED in seen and "Supervisor" in seen
    assert supervisor.get(answer_at[1]).status_code == 302
    assert ANSWERED in page(monitor, "/oversight/questions/")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Write the question."),
        ("why", "Say in a sentence why"),
        ("Why has nobody seen P-7K3QXM in all this time?", "It holds a reference or a name"),
    ],
)
def test_a_question_that_is_refused_says_why_and_is_not_lost(
    text: str, told: str, late: Finding, signed_in: Client_
) -> None:
    answer = signed_in("monitor").post(f"/oversight/findings/{late.pk}/ask/", {"text": text})
    shown = unescape(answer.content.decode())
    assert answer.status_code == 422 and told in shown and text in shown and "There is a problem" in shown


@pytest.mark.parametrize("role", ["caseworker", "supervisor", "registrar", "rules_editor", "administrator"])
def test_nobody_but_the_monitor_has_the_form(role: str, late: Finding, signed_in: Client_) -> None:
    page(signed_in(role), f"/oversight/findings/{late.pk}/ask/", 404)


@pytest.mark.parametrize("query", ["state=open", "after=zz"])
def test_a_list_of_questions_refuses_what_it_does_not_have(
    query: str, swept: SimpleNamespace, signed_in: Client_
) -> None:
    page(signed_in("monitor"), f"/oversight/questions/?{query}", 422)


def test_of_grounds_only_the_sort_is_told(office: object) -> None:
    pack = office_pack()
    told = {
        frozenset({"family_tie"}): {FOR_MANY},
        frozenset({"medical", "nationality"}): {FOR_MANY, OWN},
        frozenset({"best_interests"}): {OWN},
    }
    for grounds, sorts in told.items():
        found = sorts_of_grounds({"separation_grounds": grounds}, pack, TODAY)
        assert found == sorts
        words = sorts_in_words(found)
        assert not any(code in words for code in ("medical", "treatment", "nationality"))
    assert sorts_of_grounds({"place_kind": frozenset({"camp"})}, pack, TODAY) is None


def test_a_finding_is_told_with_all_that_was_found_there(late: Finding, cast: SimpleNamespace) -> None:
    told = finding_told(cast.monitor, late.pk, on=TODAY)
    assert told.kind == "stay" and told.acted_on and not told.gone and told.sorts is None
    assert [each.id for each in told.episodes] == [late.pk]
    assert set(told.told) <= {"decided_by", "left_kind", "place_kind"}
