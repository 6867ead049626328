"""Pages of allegations: taken and shown no more, read with a key file, answered by the monitor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from small_family import settle

from amana.apps.allegations.models import Allegation
from amana.apps.audit import custody_session
from amana.apps.audit.models import ReadEntry, ReadSubject
from amana.casework import allegations
from amana.core import envelopes
from amana.web.clock import now

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from alleged import AGAINST, AT, EXAMINERS, HERS, TAKERS, WORDS, confirmed, telling, watched

pytestmark = pytest.mark.django_db
LIST, NEW, UNLOCK = "/allegations/", "/allegations/new/", "/keys/unlock/"
WORD = "a long enough passphrase"
SENT = {
    "kind": "ill_treatment", "told_by": "person", "agreed": "agrees", "words": WORDS, "when": "Thursday",
    "against": AGAINST, "place": "", "token": "a" * 32,
}  # fmt: skip
Client_ = Callable[..., Client]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passphrases stretched less; no key left in memory."""
    monkeypatch.setattr(envelopes, "SCRYPT_N", 2**10)
    yield
    custody_session.forget()


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    watched(cast)
    return settle(cast.registrar)


@pytest.fixture
def told(cast: SimpleNamespace, family: SimpleNamespace) -> str:
    return allegations.take(family.yusuf, telling(), by=cast.caseworker, at=AT)


def unlock(client: Client, key: Any = HERS, word: str = WORD) -> Any:
    file = SimpleUploadedFile("key", envelopes.write_key(key, WORD).encode())
    return client.post(UNLOCK, {"file": file, "passphrase": word})


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_it_is_begun_from_a_case_without_a_reference_in_the_address(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("caseworker")
    case = text(client, f"/people/{family.yusuf}/")
    form = case.partition(f'action="{NEW}"')[2].partition("</form>")[0]
    assert "csrfmiddlewaretoken" in form and "Take an allegation" in form
    begun = client.post(NEW, {"person": family.yusuf})
    assert begun.status_code == 200 and f'value="{family.yusuf}"' in begun.content.decode()
    assert "There is a problem" not in begun.content.decode()


def test_it_is_taken_and_neither_shown_nor_logged_as_a_look_at_the_person(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("caseworker")
    client.post(NEW, {"person": family.yusuf})
    sent = client.post(NEW, {**SENT, "person": family.yusuf.lower()})
    assert (sent.status_code, sent.url) == (302, LIST)
    ref = Allegation.objects.get().ref
    assert ref in text(client, LIST) and ref not in text(client, LIST)
    assert not ReadEntry.objects.filter(kind__startswith="allegations").exists()
    assert not ReadSubject.objects.filter(ref=family.yusuf).exists()
    assert "Unlock your key" not in text(client, LIST)
    for address in (f"/people/{family.yusuf}/", f"/people/{family.yusuf}/history/", LIST):
        assert "cable" not in text(client, address) and ref not in text(client, address)


@pytest.mark.parametrize("wrong", ["P-222222", "P-2222", "F-222222"])
def test_what_is_mistyped_unknown_or_another_s_keeps_what_was_written(
    wrong: str, family: SimpleNamespace, signed_in: Client_
) -> None:
    for person, client in ((wrong, signed_in("caseworker")), (family.yusuf, signed_in("other_caseworker"))):
        answer = client.post(NEW, {**SENT, "person": person})
        page = answer.content.decode()
        assert answer.status_code == 422 and "with a cable on the stairs" in page and AGAINST in page
    assert not Allegation.objects.exists()


def test_the_answer_for_an_unknown_and_for_another_s_person_is_the_same(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("other_caseworker")
    answers = []
    for person in (family.yusuf, "P-22222H"):
        page = client.post(NEW, {**SENT, "person": person}).content.decode()
        assert "None of your cases has this reference" in page
        answers.append(page.count(person))
    assert answers[0] == answers[1]


def test_where_no_monitor_s_key_counts_nobody_is_let_write_and_nothing_typed_is_lost(
    cast: SimpleNamespace, signed_in: Client_
) -> None:
    family = settle(cast.registrar)
    client = signed_in("caseworker")
    page = text(client, NEW)
    assert "Nobody could read it yet" in page and "amana keys custody make" in page
    assert "<textarea" not in page
    sent = client.post(NEW, {**SENT, "person": family.yusuf})
    assert sent.status_code == 422 and "with a cable on the stairs" in sent.content.decode()
    assert "nothing was kept" in sent.content.decode()


def test_the_monitor_is_told_on_every_page_until_it_is_in_hand(told: str, signed_in: Client_) -> None:
    client = signed_in("monitor")
    assert "1 new allegation was told." in text(client, "/law/")
    assert told in text(client, LIST) and "1 new" in text(client, LIST)
    done = client.post(f"{LIST}{told}/acknowledge/")
    assert done.status_code == 302
    assert "new allegation" not in text(client, "/law/")
    assert "in hand" in text(client, LIST)


def test_she_reads_it_with_her_key_file_for_a_quarter_of_an_hour(
    told: str, family: SimpleNamespace, signed_in: Client_, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("monitor")
    assert "Unlock your key" in text(client, f"{LIST}{told}/")
    assert "cable" not in text(client, f"{LIST}{told}/")
    assert unlock(client).status_code == 302
    page = text(client, f"{LIST}{told}/")
    for shown in ("with a cable on the stairs", "بالسلك", AGAINST, family.yusuf, "Layla Nasser"):
        assert shown in page
    assert ReadSubject.objects.filter(ref=told, entry__kind="allegations:allegation-show").count() == 3
    from datetime import timedelta

    from amana.web.keys import held

    monkeypatch.setattr(held, "now", lambda: now() + timedelta(minutes=16))
    assert "cable" not in text(client, f"{LIST}{told}/")


def test_another_session_or_signing_out_leaves_no_key_behind(told: str, signed_in: Client_) -> None:
    client, elsewhere = signed_in("monitor"), signed_in("monitor")
    unlock(client)
    assert "cable" not in text(elsewhere, f"{LIST}{told}/")
    client.post("/keys/unlock/end/")
    assert "cable" not in text(client, f"{LIST}{told}/")
    unlock(client)
    client.post(reverse("session:sign-out"))
    assert custody_session._unlocked == {}


@pytest.mark.parametrize(
    ("file", "word", "said"),
    [
        (envelopes.new_private_key(), WORD, "never confirmed as yours"),
        (HERS, "another passphrase", "The passphrase doesn&#x27;t open this file"),
        (b"amana custody key 1\npublic 00\n", WORD, "This is no key file"),
        (b"\xff\xfe" * 5000, WORD, "This is no key file"),
        (b"x", WORD, "This is no key file"),
        (None, WORD, "Choose your key file"),
    ],
)
def test_a_wrong_file_or_passphrase_opens_nothing_and_says_which(
    file: Any, word: str, said: str, told: str, signed_in: Client_
) -> None:
    client = signed_in("monitor")
    if isinstance(file, envelopes.PrivateKey):
        file = envelopes.write_key(file, WORD).encode()
    sent = {"passphrase": word, **({"file": SimpleUploadedFile("k", file)} if file else {})}
    answer = client.post(UNLOCK, sent)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert word not in answer.content.decode()
    assert "cable" not in text(client, f"{LIST}{told}/")


def test_a_file_that_names_another_s_public_key_opens_with_the_key_it_holds_or_not_at_all(
    told: str, signed_in: Client_
) -> None:
    other = envelopes.new_private_key()
    forged = envelopes.write_key(other, WORD).replace(other.public, HERS.public)
    file = SimpleUploadedFile("k", forged.encode())
    answer = signed_in("monitor").post(UNLOCK, {"file": file, "passphrase": WORD})
    assert answer.status_code == 422


def test_unlocking_asks_who_sits_there(told: str, signed_in: Client_) -> None:
    client = signed_in("monitor")
    session = client.session
    session["proved"] = 0
    session.save()
    assert client.get(UNLOCK).status_code == 302
    answer = unlock(client)
    assert answer.status_code == 302 and answer.url.startswith("/session/again/")
    assert custody_session._unlocked == {}


def test_the_monitor_asks_an_examiner_and_closes_it(
    told: str, cast: SimpleNamespace, signed_in: Client_
) -> None:
    confirmed(cast.health_worker, EXAMINERS, cast.data_protection)
    monitor, examiner = signed_in("monitor"), signed_in("health_worker")
    unlock(examiner, EXAMINERS)
    assert told not in text(examiner, LIST)
    text(examiner, f"{LIST}{told}/", 404)
    unlock(monitor)
    assert "Dalal Aziz" in text(monitor, f"{LIST}{told}/")
    who = str(cast.health_worker.audit_id)
    assert monitor.post(f"{LIST}{told}/ask/", {"examiner": who}).status_code == 302
    assert "with a cable on the stairs" in text(examiner, f"{LIST}{told}/")
    assert told in text(examiner, LIST)
    assert monitor.post(f"{LIST}{told}/ask/", {"examiner": "x"}).status_code == 422
    empty = monitor.post(f"{LIST}{told}/close/", {"closing": " "})
    assert empty.status_code == 422 and "Write what was found" in empty.content.decode()
    assert monitor.post(f"{LIST}{told}/close/", {"closing": "It was proved."}).status_code == 302
    closed = text(monitor, f"{LIST}{told}/")
    assert "It was proved." in closed and "Close it" not in closed


def test_what_was_written_at_the_close_comes_back_where_the_key_was_locked_meanwhile(
    told: str, signed_in: Client_
) -> None:
    answer = signed_in("monitor").post(f"{LIST}{told}/close/", {"closing": "It was proved."})
    assert answer.status_code == 422 and "It was proved." in answer.content.decode()
    assert Allegation.objects.get().state == "told"


def test_the_sealed_file_opens_elsewhere(told: str, signed_in: Client_, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from amana.cli.allegations import command

    answer = signed_in("monitor").get(f"{LIST}{told}/sealed.json")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    (tmp_path / "a.json").write_bytes(answer.content)
    (tmp_path / "key").write_text(envelopes.write_key(HERS, WORD))
    asked = ["open", str(tmp_path / "a.json"), "--key", str(tmp_path / "key")]
    done = CliRunner().invoke(command, asked, input=f"{WORD}\n")
    assert done.exit_code == 0 and WORDS in done.output and told in done.output
    assert signed_in("caseworker").get(f"{LIST}{told}/sealed.json").status_code == 404


def test_without_a_key_every_reference_answers_a_holder_alike(
    told: str, cast: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("caseworker")
    there, nowhere = text(client, f"{LIST}{told}/"), text(client, f"{LIST}A-222228/", 200)
    assert there.count("Unlock your key") == nowhere.count("Unlock your key") == 1
    confirmed(cast.caseworker, TAKERS, cast.data_protection)
    unlock(client, TAKERS)
    text(client, f"{LIST}{told}/", 404)
    text(client, f"{LIST}A-222228/", 404)


def test_the_officer_of_data_protection_sees_a_number_and_no_way_further(
    told: str, signed_in: Client_
) -> None:
    client = signed_in("data_protection")
    page = text(client, LIST)
    assert "1 allegation in this office" in page and told not in page
    for part in ("", "acknowledge/", "ask/", "close/", "sealed.json"):
        for outside in (client, signed_in("registrar")):
            assert outside.get(f"{LIST}{told}/{part}").status_code == 404
