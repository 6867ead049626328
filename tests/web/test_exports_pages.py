"""The pages of the export gate: count, type back, approve, take once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from small_family import settle

from amana.apps.accounts import teams, viewers
from amana.apps.audit.models import ReadEntry, ReadSubject
from amana.apps.exports.models import Export, ExportCopy
from amana.apps.guards import alerting
from amana.apps.jobs.models import Job
from amana.exchange.sheets import read_workbook
from amana.web.clock import now

pytestmark = pytest.mark.django_db
Client_ = Callable[..., Client]
ASKED = {
    "columns_chosen": ["name_latin", "age"],
    "form": "xlsx",
    "recipient_kind": "court",
    "recipient": "Juvenile court",
    "purpose": "hearing",
    "reason": "The court asks who will come to the hearing.",
    "declared": "on",
    "token": "a" * 32,
}
YES = {"answer": "yes", "reason": "The hearing is listed for Monday."}


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.supervisor)


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def asked(client: Client, **what: Any) -> str:
    """The address of a file that was asked for, with its number typed back."""
    told = text_of(client.post("/exports/new/", {**ASKED, **what}))
    number = re.search(r"would hold (\d+)", told)
    assert number, told
    answer = client.post("/exports/new/", {**ASKED, **what, "people": number[1]})
    assert answer.status_code == 302, text_of(answer)
    return str(answer.url)


def test_a_list_is_counted_typed_back_approved_and_taken_once(
    family: SimpleNamespace, signed_in: Client_, tmp_path: Path
) -> None:
    supervisor, other = signed_in("supervisor"), signed_in("other_supervisor")
    address = asked(supervisor)
    assert "waits for a second official" in text_of(supervisor.get(address))
    assert "Wait for your answer" in text_of(other.get("/exports/"))
    people = Export.objects.get().people
    refused = other.post(f"{address}answer/", {**YES, "people": people + 1})
    assert refused.status_code == 422 and f"The file holds {people} people" in text_of(refused)
    assert other.post(f"{address}answer/", {**YES, "people": people}).status_code == 302
    assert "ready to be taken" in text_of(supervisor.get(address))
    file = supervisor.post(f"{address}file/")
    assert file.status_code == 200 and "attachment" in file.headers["Content-Disposition"]
    assert file.headers["Cache-Control"] == "no-store"
    path = tmp_path / "taken.xlsx"
    path.write_bytes(file.content)
    cells = str(read_workbook(path).sheets)
    assert family.yusuf in cells and ExportCopy.objects.get().mark in cells
    again = supervisor.post(f"{address}file/")
    assert again.status_code == 422 and "no longer open" in text_of(again)
    read = ReadEntry.objects.get(kind="exports:file-take")
    assert family.yusuf in ReadSubject.objects.filter(entry=read).values_list("ref", flat=True)


def test_without_the_number_nothing_is_asked_for_and_what_was_typed_stays(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    answer = signed_in("supervisor").post("/exports/new/", ASKED)
    assert answer.status_code == 200 and 'value="Juvenile court"' in answer.content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"recipient": "Embassy of France"}, "No list goes to another state"),
        ({"recipient": "سفارة فرنسا"}, "No list goes to another state"),
        ({"declared": ""}, "Without this no list leaves"),
        ({"columns_chosen": []}, "Choose at least one column"),
        ({"columns_chosen": ["nationality"]}, "Choose one of those offered"),
        ({"reason": "x"}, "Say in a sentence why"),
        ({"family": "F-123"}, "mistyped"),
        ({"family": "P-222222"}, ""),
        ({"group": "boys"}, ""),
        ({"people": "many"}, "Write the number of people"),
        ({"people": "999"}, "The file holds"),
    ],
)
def test_a_fault_stands_beside_its_field_and_asks_for_nothing(
    family: SimpleNamespace, signed_in: Client_, what: dict[str, Any], said: str
) -> None:
    answer = signed_in("supervisor").post("/exports/new/", {**ASKED, **what})
    assert answer.status_code == 422 and said in text_of(answer)
    assert not Export.objects.exists()


def test_the_number_may_be_typed_in_the_digits_of_the_reader(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("supervisor")
    told = re.search(r"would hold (\d+)", text_of(client.post("/exports/new/", ASKED)))
    assert told
    arabic = told[1].translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.post("/exports/new/", {**ASKED, "people": arabic}).status_code == 302


def test_whoever_approves_is_told_on_every_page_until_she_has_answered(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    line = "1 file waits for your answer."
    supervisor, other, officer = map(signed_in, ("supervisor", "other_supervisor", "data_protection"))
    address = asked(supervisor)
    assert line in text_of(other.get("/law/")) and line in text_of(officer.get("/law/"))
    for role in ("supervisor", "caseworker", "monitor", "facility_manager"):
        assert line not in text_of(signed_in(role).get("/law/")), role
    told = {**YES, "people": Export.objects.get().people}
    assert other.post(f"{address}answer/", told).status_code == 302
    assert line not in text_of(other.get("/law/")) and line not in text_of(officer.get("/law/"))


def test_a_mail_without_content_goes_to_whoever_approves(
    family: SimpleNamespace, signed_in: Client_, settings: Any, mailoutbox: list[Any]
) -> None:
    settings.MAIL_REMINDERS, settings.OFFICE_ADDRESS = True, "https://amana.example"
    asked(signed_in("supervisor"))
    assert Job.objects.get(kind=alerting.ALERT_JOB).arguments == {"kind": alerting.EXPORT}
    assert alerting.send(alerting.EXPORT) == len(mailoutbox) > 2
    assert {"data_protection@office.example", "other_supervisor@office.example"} <= {
        mail.to[0] for mail in mailoutbox
    }
    for mail in mailoutbox:
        assert mail.body == "Sign in to see what it is.\nhttps://amana.example/exports/\n"
        assert mail.subject == "Amana: something waits for you"


def test_a_facility_manager_takes_the_roll_call_of_her_own_place(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    from amana.apps.placements import queries as places

    keeper = signed_in("facility_manager")
    assert "You keep no place" in text_of(keeper.get("/exports/new/"))
    there, *others = places.facilities(cast.operator)
    user, by = cast.facility_manager.user_id, viewers.installer()
    teams.place(user_id=user, team=None, sites=[there.ref], by=by, at=now())
    shown = keeper.get("/exports/new/").content.decode()
    assert "columns_chosen" not in shown and all(each.ref not in shown for each in others)
    what = {"facility": there.ref, "recipient_kind": "place", "purpose": "headcount", "form": "csv"}
    address = asked(keeper, **what)
    file = keeper.post(f"{address}file/")
    assert file.status_code == 200 and family.yusuf in file.content.decode()
    assert not re.search(r"\bF-\w{6}\b|nation", file.content.decode())


def test_a_file_of_another_is_not_there_for_who_neither_approves_nor_oversees(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    address = asked(signed_in("supervisor"))
    keeper = signed_in("facility_manager")
    assert keeper.get(address).status_code == keeper.get("/exports/").status_code + 204
    for act in ("answer", "withdraw", "file"):
        assert keeper.post(f"{address}{act}/", {**YES, "people": 1}).status_code == 404
    assert "The court asks" not in text_of(signed_in("monitor").get(address))


def test_asking_approving_and_taking_ask_who_sits_there(family: SimpleNamespace, signed_in: Client_) -> None:
    client = signed_in("supervisor")
    address = asked(client)
    session = client.session
    session["proved"] = 0
    session.save()
    for tried in ("/exports/new/", f"{address}file/", f"{address}answer/"):
        answer = client.post(tried, ASKED)
        assert answer.status_code == 422 and "proof_secret" in answer.content.decode()
    assert Export.objects.count() == 1 and not ExportCopy.objects.exists()


def test_withdrawing_and_a_no_end_a_file(family: SimpleNamespace, signed_in: Client_) -> None:
    supervisor, officer = signed_in("supervisor"), signed_in("data_protection")
    first, second = asked(supervisor), asked(supervisor, token="b" * 32)
    assert supervisor.post(f"{first}withdraw/").status_code == 302
    assert officer.post(f"{second}answer/", {**YES, "answer": "no"}).status_code == 302
    text = text_of(supervisor.get("/exports/"))
    assert "withdrawn" in text and "refused" in text
    for address in (first, second):
        assert supervisor.post(f"{address}file/").status_code == 422


def test_the_pages_speak_arabic(family: SimpleNamespace, signed_in: Client_) -> None:
    asked(signed_in("supervisor"))
    for address in ("/exports/", "/exports/new/"):
        answer = signed_in("supervisor", "ar").get(address)
        assert answer.status_code == 200 and 'dir="rtl"' in answer.content.decode()


def test_a_leaked_file_is_traced_on_a_page_by_who_oversees_and_kept_nowhere(
    family: SimpleNamespace, signed_in: Client_, settings: Any, tmp_path: Path
) -> None:
    settings.STAGED = tmp_path / "staged"
    supervisor = signed_in("supervisor")
    address = asked(supervisor)
    people = Export.objects.get().people
    signed_in("other_supervisor").post(f"{address}answer/", {**YES, "people": people})
    content = supervisor.post(f"{address}file/").content
    monitor = signed_in("monitor")
    sent = SimpleUploadedFile("../leak.xlsx", content)
    told = text_of(monitor.post("/exports/trace/", {"file": sent}))
    assert ExportCopy.objects.get().mark in told and "byte for byte" in told and "Juvenile court" in told
    nothing = monitor.post("/exports/trace/", {"file": SimpleUploadedFile("a.txt", b"nothing")})
    assert "No copy of this office is known by it" in text_of(nothing)
    broken = monitor.post(
        "/exports/trace/", {"file": SimpleUploadedFile("a.xlsx", content[:900] + content[-300:])}
    )
    assert broken.status_code == 422
    assert monitor.post("/exports/trace/", {}).status_code == 422
    assert list(settings.STAGED.rglob("*")) == []
    assert signed_in("facility_manager").get("/exports/trace/").status_code == 404
