"""Opening a case in an emergency on the pages: asked for, shown with its band, marked, ended, reviewed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from test_access import ALL
from test_whose_records import OF_PEOPLE

from amana.apps.audit.models import AuditEntry, ReadEntry
from amana.apps.guards import alerting
from amana.apps.guards.models import Opening
from amana.apps.jobs.models import Job
from amana.apps.oversight.pseudonyms import pseudonym
from amana.apps.registry import queries
from amana.core.reference import new_reference
from small_office import TODAY, settle

pytestmark = pytest.mark.django_db
WHY = "Her mother is in labour and nobody of the team answers the telephone."
FOUND = "The call stands in the log of the ward."
BAND = "This case is not yours."


@pytest.fixture
def refs(cast: SimpleNamespace, tmp_path: Path, settings: Any) -> list[str]:
    """People of the first team, unknown to the other."""
    settings.STAGED = tmp_path / "staged"
    settle(cast.registrar, tmp_path, people=12)
    return [line.ref for line in queries.people(cast.operator, on=TODAY, limit=50).rows]


def ask(client: Client, ref: str) -> Any:
    return client.post(reverse("openings:opening-ask"), {"ref": ref, "reason": WHY, "hours": "1"})


def body(client: Client, name: str, *parts: Any) -> str:
    answer = client.get(reverse(name, args=parts))
    assert answer.status_code == 200, name
    return str(answer.content.decode())


def test_an_opened_case_is_shown_under_a_band_on_each_page_and_nowhere_else(
    refs: list[str], signed_in: Callable[..., Client]
) -> None:
    client = signed_in("other_caseworker")
    assert client.get(reverse("case:person-show", args=[refs[0]])).status_code == 404
    assert ask(client, refs[0]).status_code == 302
    for tab in ("person-show", "identity-show", "family-show", "placement-show", "history-show"):
        page = body(client, f"case:{tab}", refs[0])
        assert BAND in page and "End now" in page
        assert "/amend" not in page and "Add a claim" not in page
    assert client.get(reverse("case:person-show", args=[refs[1]])).status_code == 404
    shown = body(client, "people:person-list")
    assert BAND not in shown and refs[0] not in shown
    assert body(client, "today:day-show").count(BAND) == 0


def test_what_was_read_meanwhile_is_marked_in_the_trail(
    refs: list[str], signed_in: Callable[..., Client]
) -> None:
    client = signed_in("other_caseworker")
    ask(client, refs[0])
    body(client, "case:person-show", refs[0])
    kinds = set(ReadEntry.objects.filter(subjects__ref=refs[0]).values_list("kind", flat=True))
    assert kinds == {"opened:case:person-show"}
    history = body(signed_in("supervisor"), "case:history-show", refs[0])
    assert "case, overview, opened in an emergency" in history
    assert "opened in an emergency" in history


def test_an_opening_lets_nobody_write_by_any_address_of_the_case(
    refs: list[str], signed_in: Callable[..., Client]
) -> None:
    client = signed_in("other_caseworker")
    ask(client, refs[0])
    before, wrong, met = AuditEntry.objects.filter(subject=refs[0]).count(), [], 0
    for name in sorted(ALL):
        if set(ALL[name].pattern.converters) != {"ref"} or name.partition(":")[0] not in OF_PEOPLE:
            continue
        met += 1
        status = client.post(reverse(name, args=[refs[0]]), {"reason": WHY}).status_code
        if status not in {404, 405} and name != "moves:urgent-add":
            wrong.append((name, status))
    assert wrong == [] and met > 15
    assert AuditEntry.objects.filter(subject=refs[0]).count() == before


def test_ended_now_it_is_closed(refs: list[str], signed_in: Callable[..., Client]) -> None:
    client = signed_in("other_caseworker")
    ask(client, refs[0])
    page = body(client, "case:person-show", refs[0])
    found = re.search(r'action="(/openings/[0-9a-f-]+/end/)"', page)
    assert found and client.post(found[1]).status_code == 302
    assert client.get(reverse("case:person-show", args=[refs[0]])).status_code == 404


def test_unknown_and_known_references_are_answered_in_the_same_words(
    refs: list[str], signed_in: Callable[..., Client]
) -> None:
    nobody = new_reference("P", Random(7))
    told = []
    for role, ref in (("other_caseworker", refs[0]), ("other_supervisor", nobody)):
        client = signed_in(role)
        answer = ask(client, ref)
        shown = body(client, "openings:opening-list").replace(ref, "REF")
        main = shown[shown.index("<main") : shown.index("</main>")]
        main = re.sub(r"[0-9a-f-]{36}|csrfmiddlewaretoken[^>]*|\d\d:\d\d", "", main)
        told.append((answer.status_code, answer.headers["Location"], main))
    assert told[0] == told[1]
    assert Opening.objects.count() == 2
    assert signed_in("other_supervisor").get(f"/people/{nobody}/").status_code == 404


def test_those_who_watch_see_it_at_once_and_the_monitor_no_reference(
    refs: list[str], signed_in: Callable[..., Client]
) -> None:
    ask(signed_in("other_caseworker"), refs[0])
    officer = body(signed_in("data_protection"), "openings:review-list")
    monitor = body(signed_in("monitor"), "openings:review-list")
    assert refs[0] in officer and "Karim Said" in officer and WHY in officer
    assert refs[0] not in monitor and pseudonym(refs[0]) in monitor and WHY in monitor


def test_a_review_is_said_in_words_once_and_its_owner_reads_it(
    refs: list[str], signed_in: Callable[..., Client]
) -> None:
    client = signed_in("other_caseworker")
    ask(client, refs[0])
    number, officer = Opening.objects.get().pk, signed_in("data_protection")
    address = reverse("openings:opening-review", args=[number])
    assert officer.post(address, {"proper": "yes", "reason": "ok"}).status_code == 422
    assert officer.post(address, {"proper": "yes", "reason": FOUND}).status_code == 302
    assert officer.post(address, {"proper": "no", "reason": FOUND}).status_code == 422
    assert FOUND in body(client, "openings:opening-list")
    assert "Nothing waits for a review" in body(officer, "openings:review-list")


def test_a_mail_without_content_goes_to_those_who_watch(
    refs: list[str], signed_in: Callable[..., Client], settings: Any, mailoutbox: list[Any]
) -> None:
    settings.MAIL_REMINDERS, settings.OFFICE_ADDRESS = True, "https://amana.example"
    ask(signed_in("other_caseworker"), refs[0])
    assert Job.objects.get(kind=alerting.ALERT_JOB).arguments == {"kind": alerting.OPENING}
    assert alerting.send(alerting.OPENING) == 2
    assert {mail.to[0] for mail in mailoutbox} == {"data_protection@office.example", "monitor@office.example"}
    for mail in mailoutbox:
        assert mail.body == "Sign in to see what it is.\nhttps://amana.example/openings/review/\n"
        assert refs[0] not in mail.subject + mail.body and "Karim" not in mail.subject + mail.body


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": WHY, "hours": "1"}, "Write the reference of a person."),
        ({"ref": "P-222223", "reason": WHY, "hours": "1"}, "mistyped"),
        ({"reason": "x", "hours": "1"}, "at least three words"),
        ({"reason": WHY, "hours": "9"}, "hours"),
    ],
)
def test_a_form_that_lacks_something_says_what(
    sent: dict[str, str], said: str, refs: list[str], signed_in: Callable[..., Client]
) -> None:
    told = {"ref": refs[0], **sent} if "ref" in sent or said != "Write the reference of a person." else sent
    answer = signed_in("other_caseworker").post(reverse("openings:opening-ask"), told)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Opening.objects.exists()


def test_an_urgent_protective_move_is_the_one_act_that_an_opening_lets_through(
    refs: list[str], signed_in: Callable[..., Client]
) -> None:
    client = signed_in("other_caseworker")
    address = reverse("moves:urgent-add", args=[refs[0]])
    assert client.get(address).status_code == 404
    ask(client, refs[0])
    page = client.get(address)
    assert page.status_code == 200 and BAND in page.content.decode()
    assert client.post(address, {}).status_code == 422
