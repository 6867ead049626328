"""Bringing in a list: upload, reading, checking, correcting, committing as one batch, taking it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from small_family import AT, TODAY

from amana.apps.jobs import commands
from amana.apps.placements.commands import add_facility
from amana.apps.registry import queries
from amana.exchange import staged_seal, staging
from amana.web.register import work as asking
from amana.worker.loop import Worker

Client_ = Callable[..., Client]
HEADINGS = ("الاسم", "Name (passport)", "Birth", "Sex", "Nat.", "Family", "Relation", "درجة الخطورة")
PEOPLE = (
    ("ديلنوزا رشيدوفا", "Dilnoza Rashidova", "1987-05-02", "F", "TJK", "1", "wife", "3"),
    ("صفية رشيدوفا", "Safiya Rashidova", "~2014", "F", "TJK", "1", "daughter", "5"),
    ("يوسف رشيدوف", "Yusuf Rashidov", "01/01/2009", "M", "TJK", "1", "son", "5"),
    ("فريد رشيدوف", "Farid Rashidov", "31/02/2012", "M", "TJK", "1", "son", "5"),
)


def workbook(folder: Path, rows: Any = PEOPLE, headings: Any = HEADINGS) -> bytes:
    path = folder / "arrivals.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Arrivals")
        for at, line in enumerate((("Arrivals, site A",), headings, *rows)):
            sheet.write_row(at, 0, line)
    return path.read_bytes()


@pytest.fixture
def site(cast: SimpleNamespace, settings: Any, tmp_path: Path) -> Iterator[str]:
    settings.STAGED = tmp_path / "staged"
    yield add_facility(name_en="Site A", name_ar="الموقع أ", kind="detention", by=cast.registrar, at=AT)


@pytest.fixture
def work() -> Callable[[], None]:
    def until_idle() -> None:
        while Worker().work_once():
            pass

    return until_idle


def upload(client: Client, content: bytes, site: str, **other: Any) -> Any:
    told = {"listed_on": "2018-01-15", "sender": "Reception site A", "facility": site, **other}
    name = told.pop("name", "arrivals.xlsx")
    return client.post("/register/new/", {**told, "file": SimpleUploadedFile(name, content)})


@pytest.fixture
def read(signed_in: Client_, site: str, work: Callable[[], None], tmp_path: Path) -> SimpleNamespace:
    """A list of four people, uploaded by the registrar and read."""
    client = signed_in("registrar")
    address = upload(client, workbook(tmp_path), site).url
    work()
    return SimpleNamespace(client=client, address=address, text=client.get(address).content.decode())


def test_the_form_offers_the_places_and_the_offices_day(signed_in: Client_, site: str) -> None:
    text = signed_in("registrar").get("/register/new/").content.decode()
    assert "Site A" in text and f'value="{TODAY.isoformat()}"' in text


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"name": "list.pdf"}, "kind of file"),
        ({"listed_on": ""}, "Write the day"),
        ({"listed_on": "soon"}, "year, month, day"),
        ({"listed_on": "2018-03-01"}, "lies after the office"),
        ({"listed_on": "1017-01-15"}, "Look at the year"),
        ({"sender": "  "}, "who sent the list"),
        ({"facility": "S-222222"}, "one of the places offered"),
    ],
)
def test_an_upload_that_cannot_be_taken_says_what_would_be_right(
    other: dict[str, str], told: str, signed_in: Client_, site: str, tmp_path: Path
) -> None:
    answer = upload(signed_in("registrar"), workbook(tmp_path), site, **other)
    assert answer.status_code == 422 and told in answer.content.decode()
    assert not list(staging.home().iterdir())


def test_an_upload_without_a_file_says_so(signed_in: Client_, site: str) -> None:
    told = {"listed_on": "2018-01-15", "sender": "x", "facility": site}
    answer = signed_in("registrar").post("/register/new/", told)
    assert answer.status_code == 422 and "Choose the file of the list." in answer.content.decode()


def test_progress_is_shown_until_the_list_is_read(
    signed_in: Client_, site: str, work: Callable[[], None], tmp_path: Path
) -> None:
    client = signed_in("registrar")
    address = upload(client, workbook(tmp_path), site).url
    waiting = client.get(address).content.decode()
    assert "<progress" in waiting and 'http-equiv="refresh"' in waiting and "the work goes on" in waiting
    fragment = client.get(f"{address}progress/", headers={"HX-Request": "true", "X-Amana-Poll": "1"})
    assert "HX-Redirect" not in fragment.headers and b"<html" not in fragment.content
    work()
    assert client.get(f"{address}progress/").headers["HX-Redirect"] == address
    assert "Columns, as guessed" in client.get(address).content.decode()


def test_columns_show_their_guess_its_reason_and_examples(read: SimpleNamespace) -> None:
    assert "heading known" in read.text and "Safiya Rashidova" in read.text
    assert '<option value="birth" selected>' in read.text


def test_a_risk_score_column_is_refused_in_words_and_its_values_are_nowhere(read: SimpleNamespace) -> None:
    assert "keeps no score about a child" in read.text
    staged = staging.load(read.address.split("/")[-2])
    kept = "".join(staged_seal.lines(staged.folder / "rows.jsonl", staged_seal.key_of(staged.folder)))
    assert "درجة الخطورة" not in kept and "Safiya" in kept


def test_rows_that_need_somebody_come_first_with_the_mend(read: SimpleNamespace) -> None:
    assert "1 row cannot be committed yet" in read.text and "No calendar has this day." in read.text
    assert "31/02/2012" in read.text and "3 rows ready" in read.text
    assert "Safiya" not in read.text.split('id="rows-title"')[1].split("</section>")[0]
    everything = read.client.get(f"{read.address}?rows=all").content.decode()
    assert "between 2013 and 2015" in everything and "~2014" in everything


def test_a_changed_guess_is_read_again_and_kept(read: SimpleNamespace, work: Callable[[], None]) -> None:
    answer = read.client.post(f"{read.address}columns/", {"column-E": "remarks"})
    assert answer.url == read.address
    work()
    text = read.client.get(read.address).content.decode()
    assert "as corrected for this sender" in text
    rows = read.client.get(f"{read.address}?rows=all").content.decode().split('id="rows-title"')[1]
    assert ">TJK<" not in rows.split("</section>")[0].replace('dir="ltr">TJK<', "x") or "unknown" in rows


def test_a_refused_column_stays_refused_whatever_is_posted(
    read: SimpleNamespace, work: Callable[[], None]
) -> None:
    read.client.post(f"{read.address}columns/", {"column-H": "remarks", "column-Z": "name"})
    work()
    assert "keeps no score about a child" in read.client.get(read.address).content.decode()


def test_the_errors_can_be_downloaded_and_no_cell_runs_as_a_formula(
    read: SimpleNamespace,
) -> None:
    from amana.web.register.downloads import plain

    answer = read.client.get(f"{read.address}held-back.csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 2 and "Farid Rashidov" in lines[1] and "No calendar" in lines[1][1]
    assert plain("=1+1") == "'=1+1" and plain("safe") == "safe"


def commit(read: SimpleNamespace, work: Callable[[], None]) -> str:
    read.client.post(f"{read.address}commit/")
    assert "<progress" in read.client.get(read.address).content.decode()
    work()
    return str(read.client.get(read.address).url)


def test_the_ready_rows_become_one_batch(
    read: SimpleNamespace, work: Callable[[], None], cast: SimpleNamespace
) -> None:
    address = commit(read, work)
    text = read.client.get(address).content.decode()
    assert address.startswith("/register/B-") and "Reception site A" in text and "Rows held back" in text
    assert queries.people(cast.caseworker, on=TODAY).count == 3
    people = f"/people/?batch={address.split('/')[-2]}"
    assert people in text and "Safiya" in read.client.get(people).content.decode()
    assert "Farid" in read.client.get(f"{address}held-back.csv").content.decode()
    listed = read.client.get("/register/").content.decode()
    assert address in listed and "Not committed yet" not in listed


def test_nothing_of_the_file_stays_once_it_is_committed(
    read: SimpleNamespace, work: Callable[[], None]
) -> None:
    commit(read, work)
    (folder,) = staging.home().iterdir()
    assert {path.name for path in folder.iterdir()} == {"about.json", "key.json"}


def test_asking_twice_commits_once(
    read: SimpleNamespace, work: Callable[[], None], cast: SimpleNamespace
) -> None:
    read.client.post(f"{read.address}commit/")
    read.client.post(f"{read.address}commit/")
    work()
    assert len(queries.batches(cast.registrar)) == 1


def test_the_same_list_again_adds_nothing_and_says_so(
    read: SimpleNamespace,
    work: Callable[[], None],
    cast: SimpleNamespace,
    site: str,
    tmp_path: Path,
) -> None:
    batch = commit(read, work)
    again = upload(read.client, workbook(tmp_path), site).url
    work()
    text = read.client.get(again).content.decode()
    assert "3 rows were committed before" in text and "Commit the" not in text
    read.client.post(f"{again}commit/")
    work()
    assert "Nothing new in this list" in read.client.get(again).content.decode()
    assert queries.people(cast.caseworker, on=TODAY).count == 3 and batch


def test_a_list_that_may_name_somebody_known_says_whom_without_merging(
    read: SimpleNamespace, work: Callable[[], None], cast: SimpleNamespace, site: str, tmp_path: Path
) -> None:
    commit(read, work)
    again = upload(read.client, workbook(tmp_path), site, sender="Another office").url
    work()
    text = read.client.get(again).content.decode()
    assert "may be the same as" in text and "3 rows ready" in text


def test_a_batch_is_taken_back_after_a_question(
    read: SimpleNamespace, work: Callable[[], None], cast: SimpleNamespace
) -> None:
    address = commit(read, work)
    assert "Take 3 people out of the register?" in read.client.get(f"{address}undo/").content.decode()
    at_work = read.client.post(f"{address}undo/").url
    assert "<progress" in read.client.get(at_work).content.decode()
    work()
    assert read.client.get(f"{at_work}progress/").headers["HX-Redirect"] == at_work
    assert "3 people were taken out" in read.client.get(at_work).content.decode()
    assert queries.people(cast.caseworker, on=TODAY).count == 0
    assert read.client.get(address).status_code == 404


def test_taking_back_is_refused_with_what_stands_in_the_way(
    read: SimpleNamespace, work: Callable[[], None], cast: SimpleNamespace
) -> None:
    address = commit(read, work)
    person = queries.people(cast.registrar, on=TODAY, text="safiya").rows[0].ref
    read.client.post(
        f"/people/{person}/identity/claims/",
        {
            "attribute": "birth",
            "stated": "2014",
            "source": "clinic",
            "note": "card",
            "said_on": "2018-02-10",
            "standing": "supported",
            "version": 1,
        },
    )
    at_work = read.client.post(f"{address}undo/").url
    work()
    text = read.client.get(at_work).content.decode()
    assert "something rests on it" in text and person in text and "claims added since" in text
    assert queries.people(cast.caseworker, on=TODAY).count == 3


def test_an_undo_job_is_shown_only_under_its_own_batch(
    read: SimpleNamespace, work: Callable[[], None]
) -> None:
    address = commit(read, work)
    job = read.client.post(f"{address}undo/").url.split("/")[-2]
    assert read.client.get(f"/register/B-22222B/undo/{job}/").status_code == 404


def test_a_list_can_be_dropped_before_it_is_committed(read: SimpleNamespace) -> None:
    assert "arrivals.xlsx" in read.client.get("/register/").content.decode()
    assert read.client.post(f"{read.address}discard/").url == "/register/"
    assert read.client.get(read.address).status_code == 404


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (("list.xlsx", b"%PDF-1.4 no list"), "no list in a form that can be read"),
        (("list.csv", b"a,b\n1,2\n"), "reads as a list of people"),
    ],
)
def test_a_file_that_is_no_list_ends_in_a_clear_message(
    file: tuple[str, bytes], told: str, signed_in: Client_, site: str, work: Callable[[], None]
) -> None:
    client = signed_in("registrar")
    address = upload(client, file[1], site, name=file[0]).url
    work()
    text = client.get(address).content.decode()
    assert told in text and "Upload again" in text


def test_another_account_does_not_see_a_staged_list(read: SimpleNamespace, signed_in: Client_) -> None:
    other = signed_in("supervisor")
    for part in ("", "progress/", "held-back.csv"):
        assert other.get(f"{read.address}{part}").status_code == 404
    for part in ("columns/", "commit/", "discard/"):
        assert other.post(f"{read.address}{part}").status_code == 404
    assert "arrivals.xlsx" not in other.get("/register/").content.decode()


@pytest.mark.parametrize("token", ["x", "..", "0" * 32, "%2e%2e", "a" * 33])
def test_an_address_of_no_staged_list_is_not_found(token: str, signed_in: Client_, site: str) -> None:
    assert signed_in("registrar").get(f"/register/staged/{token}/").status_code == 404


@pytest.mark.parametrize("role", ["caseworker", "administrator", "monitor", "rules_editor"])
def test_the_register_is_not_there_for_whoever_brings_in_no_lists(
    role: str, read: SimpleNamespace, work: Callable[[], None], signed_in: Client_
) -> None:
    batch = commit(read, work)
    client = signed_in(role)
    for address in ("/register/", "/register/new/", batch, f"{batch}held-back.csv", f"{batch}undo/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{batch}undo/").status_code == 404
    assert client.post("/register/new/", {}).status_code == 404


def test_a_batch_nobody_has_is_not_found(signed_in: Client_, site: str) -> None:
    assert signed_in("registrar").get("/register/B-22222B/").status_code == 404


def test_an_office_that_is_not_fit_to_go_live_refuses_lists(
    read: SimpleNamespace, signed_in: Client_, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amana.apps.accounts import commands, viewers

    monkeypatch.setattr("amana.web.access.factor_owed", lambda request: False)
    commands.open_office(
        name_en="Office",
        name_ar="مكتب",
        demonstration=False,
        stands_on=TODAY,
        pack="iraq_2018",
        by=viewers.installer(),
        at=AT,
    )
    for answer in (
        read.client.get("/register/new/"),
        upload(read.client, workbook(tmp_path), site),
        read.client.post(f"{read.address}commit/"),
    ):
        assert answer.status_code == 403 and "fit to take in lists yet" in answer.content.decode()


@pytest.fixture
def quick_worker(monkeypatch: pytest.MonkeyPatch, work: Callable[[], None]) -> list[UUID]:
    """A worker that is done before the page that asked for the work has answered."""
    asked: list[UUID] = []

    def enqueue_and_run(**given: Any) -> UUID:
        asked.append(commands.enqueue(**given))
        work()
        return asked[-1]

    monkeypatch.setattr(asking, "enqueue", enqueue_and_run)
    return asked


def test_a_batch_committed_before_the_page_answers_is_not_forgotten(
    read: SimpleNamespace, quick_worker: list[UUID]
) -> None:
    answer = read.client.post(f"{read.address}commit/")
    kept = staging.load(read.address.split("/")[3])
    assert kept.commit_job == str(quick_worker[0]) and kept.batch
    assert read.client.get(answer.headers["Location"]).headers["Location"] == f"/register/{kept.batch}/"


def test_a_list_read_before_the_page_answers_is_laid_out_at_once(
    signed_in: Client_, site: str, quick_worker: list[UUID], tmp_path: Path
) -> None:
    client = signed_in("registrar")
    answer = upload(client, workbook(tmp_path), site)
    assert "Columns, as guessed" in client.get(answer.headers["Location"]).content.decode()
