"""The Papers tab: keeping, opening, withdrawing; who may, what a browser is told, what the trail keeps."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import committed, site
from small_lists import one_family

from amana.apps.attachments.models import Attachment
from amana.apps.attachments.store import folder
from amana.apps.audit.models import AuditPayload, ReadEntry
from amana.apps.registry.models import Person
from amana.casework import representatives
from small_office import AT, TODAY

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db
WORDS = "Birth certificate, names the mother."
SECRET = "canary-of-a-camera"


def photograph() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[271] = SECRET
    Image.new("RGB", (80, 60), (10, 90, 10)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    """Files of papers lie in a folder of the test's own."""
    settings.PAPERS = tmp_path / "papers"


@pytest.fixture
def ref(committed: Callable[..., Any]) -> str:
    committed(one_family())
    return str(Person.objects.order_by("ref").values_list("ref", flat=True)[0])


def token_of(client: Client, ref: str) -> str:
    page = client.get(f"/people/{ref}/papers/new/").content.decode()
    return page.split('name="token" value="')[1].split('"')[0]


def send(client: Client, ref: str, content: bytes, name: str = "scan.jpg", **told: str) -> Any:
    answers = {"target": "person:C1", "words": WORDS, "others": "no", "token": token_of(client, ref), **told}
    return client.post(f"/people/{ref}/papers/new/", {**answers, "file": SimpleUploadedFile(name, content)})


def test_a_paper_is_kept_shown_downloaded_and_withdrawn(ref: str, signed_in: Callable[..., Client]) -> None:
    client = signed_in("caseworker")
    answer = send(client, ref, photograph())
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    page = client.get(answer.url).content.decode()
    assert WORDS in page and "camera or telephone" in page and "First page" in page
    copy = client.get(f"{answer.url}file/")
    assert copy.content.startswith(b"\xff\xd8\xff") and SECRET.encode() not in copy.content
    assert client.get(f"{answer.url}preview/").headers["Content-Type"] == "image/png"
    assert client.post(f"{answer.url}withdraw/", {"why": "no"}).status_code == 422
    gone = client.post(f"{answer.url}withdraw/", {"why": "It belongs to another child."}, follow=True)
    assert "It belongs to another child." in gone.content.decode()
    assert Attachment.objects.get().withdrawn_on is not None


def test_what_a_browser_is_told_of_a_file_lets_nothing_in_it_run(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    place = send(client, ref, photograph(), name='x";\r\nEvil: 1.html').url
    for answer in (client.get(f"{place}file/"), client.get(f"{place}preview/")):
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
    told = client.get(f"{place}file/").headers
    assert told["Content-Disposition"].startswith(f'attachment; filename="{ref}-')
    assert "Evil" not in str(told) and told["Content-Type"] == "image/jpeg"


def test_the_original_opens_on_a_ground_that_the_trail_keeps(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    place = send(client, ref, photograph()).url
    assert client.post(f"{place}original/", {}).status_code == 422
    got = client.post(f"{place}original/", {"ground": "court"})
    assert got.content == photograph() and got.headers["Content-Type"] == "application/octet-stream"
    said = AuditPayload.objects.get(entry__kind="paper.original_opened").body
    assert '"ground":"court"' in said.replace(" ", "")
    assert signed_in("registrar").post(f"{place}original/", {"ground": "court"}).status_code == 404


def test_an_original_and_a_sealed_paper_ask_for_a_proof_of_the_last_ten_minutes(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    sealed = send(client, ref, photograph(), target="person:C5").url
    plain = send(client, ref, photograph()).url
    session = client.session
    session["proved"] -= int(timedelta(minutes=11).total_seconds())
    session.save()
    assert client.get(sealed).status_code == 302 and "next=" in client.get(f"{sealed}file/").url
    assert client.get(plain).status_code == client.get(f"{plain}file/").status_code == 200
    assert client.post(f"{plain}original/", {"ground": "court"}).status_code == 422


def test_a_paper_is_there_for_whom_its_record_is_and_not_told_apart_from_none(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    place = send(signed_in("caseworker"), ref, photograph(), target="person:C5").url
    registrar = signed_in("registrar")
    assert registrar.get(f"/people/{ref}/papers/").status_code == 200
    assert WORDS not in registrar.get(f"/people/{ref}/papers/").content.decode()
    absent = f"/people/{ref}/papers/00000000-0000-4000-8000-000000000009/"
    for ending in ("", "file/", "preview/"):
        assert registrar.get(place + ending).status_code == registrar.get(absent + ending).status_code == 404
    for role in ("facility_manager", "monitor", "data_protection", "consular_officer", "other_caseworker"):
        assert signed_in(role).get(place).status_code == 404


def test_nobody_adds_what_she_may_not_write_whatever_the_form_says(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    for target in ("person:C3", "person:C6", "person:C7", "claim:999999", "determination:D-222222", "x"):
        assert send(client, ref, photograph(), target=target).status_code == 422, target
    assert not Attachment.objects.exists() and not list(folder().iterdir())


def test_a_registrar_keeps_a_protection_paper_once_and_is_never_shown_it(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("registrar")
    answer = send(client, ref, photograph(), target="person:C5")
    assert answer.url == f"/people/{ref}/papers/"
    assert WORDS not in client.get(answer.url).content.decode()
    assert WORDS in signed_in("caseworker").get(answer.url).content.decode()
    assert send(client, ref, photograph(), target="person:C5").status_code == 422
    assert send(client, ref, photograph(), target="person:C1").status_code == 302
    kept = Attachment.objects.order_by("added_at").first()
    assert kept and kept.about["cls"] == "C5"
    for act in ("", "file/", "preview/", "withdraw/"):
        assert client.get(f"/people/{ref}/papers/{kept.pk}/{act}").status_code == 404


@pytest.mark.parametrize("named", [False, True])
def test_a_guardian_reads_the_papers_of_her_ward_and_sealed_ones_where_she_was_named(
    named: bool, ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    place = {
        cls: send(signed_in("caseworker"), ref, photograph(), target=f"person:{cls}").url
        for cls in ("C1", "C5")
    }
    client, who = signed_in("guardian"), {"at": AT, "on": TODAY}
    assert client.get(f"/people/{ref}/papers/").status_code == 404
    ward = {"account": cast.guardian.user_id, "capacity": "guardian", "named": named, "appointed_on": TODAY}
    asked = representatives.ask(ref, ground="Named by the court.", **ward, by=cast.caseworker, **who)
    assert client.get(place["C1"]).status_code == 404
    representatives.confirm(UUID(asked), by=cast.supervisor, **who)
    assert client.get(place["C1"]).status_code == 200
    assert client.get(place["C5"]).status_code == (200 if named else 404)
    assert client.get(f"/people/{ref}/papers/").content.decode().count(WORDS) == 1 + named
    assert client.get(f"/people/{ref}/papers/new/").status_code == 404
    assert client.post(f"{place['C1']}original/", {"ground": "court"}).status_code == 404


def test_a_supervisor_is_shown_protection_papers_once_she_says_why(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    place = send(signed_in("caseworker"), ref, photograph(), target="person:C5").url
    client, papers = signed_in("supervisor"), f"/people/{ref}/papers/"
    assert WORDS not in client.get(papers).content.decode()
    for act in ("", "file/", "preview/"):
        assert b"why_read" in client.get(f"{place}{act}").content
    told = {"why_read": "Her counsel asks what holds the file.", "why_read_of": f"C5 {ref}"}
    assert client.post(papers, told).status_code == 302
    assert WORDS in client.get(papers).content.decode()
    assert client.get(f"{place}file/").content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"MZ" + bytes(100), "passport.pdf", "whatever its name says"),
        (b"", "empty.pdf", "The file is empty"),
        (b"x", "one.txt", "cut off"),
        (bytes(21 * 1024 * 1024), "large.pdf", "larger than 20 MB"),
        (photograph()[:300], "half.jpg", "damaged or incomplete"),
    ],
)
def test_a_bad_file_is_refused_with_its_mend_and_nothing_that_was_typed_is_lost(
    content: bytes, name: str, says: str, ref: str, signed_in: Callable[..., Client]
) -> None:
    answer = send(signed_in("caseworker"), ref, content, name)
    page = answer.content.decode()
    assert answer.status_code == 422 and says in page and WORDS in page and "choose it again" in page
    assert not Attachment.objects.exists() and not list(folder().iterdir())


def test_a_form_sent_twice_keeps_one_paper_and_one_that_was_not_made_here_none(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    token = token_of(client, ref)
    assert (
        send(client, ref, photograph(), token=token).url == send(client, ref, photograph(), token=token).url
    )
    assert Attachment.objects.count() == 1 and len(list(folder().iterdir())) == 3
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(f"/people/{ref}/papers/new/", {"words": WORDS}).status_code == 403


def test_an_upload_is_never_on_the_disk_in_the_clear(
    ref: str, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refuse, raising=False)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    big = ("a word of the statement " * 150_000).encode()
    assert len(big) > 3_000_000
    assert send(signed_in("caseworker"), ref, big, "statement.txt").status_code == 302
    assert not any(b"a word of the statement" in path.read_bytes() for path in folder().iterdir())


def test_every_look_at_a_paper_is_in_the_trail_and_the_trail_names_none(
    ref: str, signed_in: Callable[..., Client], cast: SimpleNamespace
) -> None:
    client = signed_in("caseworker")
    place = send(client, ref, photograph()).url
    before = ReadEntry.objects.count()
    for ending in ("", "file/", "preview/"):
        client.get(place + ending)
    kinds = list(ReadEntry.objects.order_by("pk").values_list("kind", "subjects__ref"))[before:]
    assert kinds == [(f"papers:paper-{name}", ref) for name in ("show", "fetch", "preview")]
    told = "".join(AuditPayload.objects.values_list("body", flat=True))
    assert "Birth certificate" not in told and "scan.jpg" not in told and '"C1"' not in told


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_open_in_both_languages(language: str, ref: str, signed_in: Callable[..., Client]) -> None:
    client = signed_in("caseworker", language)
    place = send(client, ref, photograph()).url
    for address in (f"/people/{ref}/papers/", f"/people/{ref}/papers/new/", place, f"{place}withdraw/"):
        assert client.get(address).status_code == 200
