"""Uploads and what comes of them: no canary in a log, a job, a name or a file where it has no business."""

from __future__ import annotations

import csv
import io
import json
import logging
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from small_family import AT

from amana.apps.audit.logs import QuietFormatter
from amana.apps.audit.models import ReadEntry
from amana.apps.jobs.models import Job
from amana.apps.placements.commands import add_facility
from amana.exchange import staged_seal, staging
from amana.web.register.downloads import plain
from amana.worker.loop import Worker

HEADINGS = ("Name", "Birth", "Sex", "Nat.", "Family", "Threat level", "انتماء الأب", "Watch list")
CANARIES = ("CANARYTHREAT", "كناريالانتماء", "CANARYWATCH")
PEOPLE = (
    ("Canaryname Rashidova", "1987-05-02", "F", "TJK", "1", *CANARIES),
    ("Canaryerror Rashidov", "31/02/2012", "M", "TJK", "1", *CANARIES),
    ("=HYPERLINK(1)", "2012-03-01", "M", "TJK", "+1", *CANARIES),
)


def workbook(folder: Path) -> bytes:
    path = folder / "arrivals.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Arrivals")
        for at, line in enumerate((HEADINGS, *PEOPLE)):
            sheet.write_row(at, 0, line)
    return path.read_bytes()


READING = ("about.json", "reading.json", "rows.jsonl", "troubled.jsonl")


@pytest.fixture
def site(cast: SimpleNamespace, settings: Any, tmp_path: Path) -> Iterator[str]:
    settings.STAGED = tmp_path / "staged"
    yield add_facility(name_en="Site A", name_ar="الموقع أ", kind="detention", by=cast.registrar, at=AT)


def upload(client: Client, content: bytes, site: str, name: str = "arrivals.xlsx", kind: str = "") -> Any:
    told = {"listed_on": "2018-01-15", "sender": "Reception site A", "facility": site}
    file = SimpleUploadedFile(name, content, content_type=kind or "application/octet-stream")
    return client.post("/register/new/", {**told, "file": file})


def work() -> None:
    while Worker().work_once():
        pass


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """Everything logged, from the finest level up, as the office would write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(QuietFormatter("%(levelname)s %(name)s %(message)s"))
    root, loud = (
        logging.getLogger(),
        [logging.getLogger(name) for name in ("django", "amana", "django.request")],
    )
    before = [(each, each.level) for each in (root, *loud)]
    root.addHandler(handler)
    for each, _ in before:
        each.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    for each, level in before:
        each.setLevel(level)


def committed(client: Client, site: str, folder: Path) -> str:
    address = upload(client, workbook(folder), site).url
    work()
    client.get(address)
    client.post(f"{address}commit/")
    work()
    return str(client.get(address).url)


def everything_kept() -> str:
    """Every value of every row of every table of both databases, as one text."""
    kept = []
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            kept.append(repr(row))
    return "\n".join(kept)


def test_a_score_a_relatives_affiliation_or_a_watch_list_is_kept_nowhere(
    signed_in: Callable[..., Client], site: str, tmp_path: Path
) -> None:
    client = signed_in("registrar")
    address = upload(client, workbook(tmp_path), site).url
    work()
    pages = client.get(address).content.decode() + client.get(f"{address}?rows=all").content.decode()
    pages += client.get(f"{address}held-back.csv").content.decode()
    (folder,) = staging.home().iterdir()
    opened = (staged_seal.read(folder / name, staged_seal.key_of(folder)) for name in READING)
    read = b"".join(piece for pieces in opened for piece in pieces).decode()
    assert pages.count("Amana keeps no score") == 6 and "Canaryname" in read
    client.post(f"{address}commit/")
    work()
    batch = client.get(address).url
    pages += client.get(batch).content.decode() + client.get(f"{batch}held-back.csv").content.decode()
    kept = everything_kept()
    assert "Canaryname" in kept
    for canary in CANARIES:
        assert canary not in pages + read + kept
        assert not any(canary.encode() in path.read_bytes() for path in folder.iterdir())


def test_no_heading_brings_a_refused_column_back(
    signed_in: Callable[..., Client], site: str, tmp_path: Path
) -> None:
    client = signed_in("registrar")
    address = upload(client, workbook(tmp_path), site).url
    work()
    client.post(f"{address}columns/", {"column-F": "remarks", "column-G": "other", "column-H": "name"})
    work()
    text = client.get(f"{address}?rows=all").content.decode()
    assert not any(canary in text for canary in CANARIES)


def test_neither_log_nor_job_names_anybody(
    signed_in: Callable[..., Client], site: str, tmp_path: Path, said: io.StringIO, monkeypatch: Any
) -> None:
    client = signed_in("registrar")
    client.raise_request_exception = False
    batch = committed(client, site, tmp_path)
    client.get("/people/?q=Canaryname&age=Canaryname&after=Canaryname")
    client.get("/people/P-222222/?q=Canaryname")
    upload(client, b"Canaryname,Canaryname\n", site, name="Canaryname.csv")
    work()

    def break_with_a_name(*args: Any, **kwargs: Any) -> None:
        raise ValueError("Canaryname Rashidova already exists")

    monkeypatch.setattr("amana.web.people.views.cards", break_with_a_name)
    assert client.get("/people/?q=Canaryname").status_code == 500
    monkeypatch.setattr("amana.worker.imports.read_bytes", break_with_a_name)
    upload(client, workbook(tmp_path), site, name="Canaryname.xlsx")
    work()
    logged = said.getvalue()
    assert "ValueError" in logged and "broke" in logged and batch
    jobs = json.dumps([list(row) for row in Job.objects.values_list()], default=str)
    for told in (logged, jobs):
        assert "canary" not in told.casefold() and "رشيد" not in told


@pytest.mark.parametrize(
    "name",
    [
        "../../../../etc/passwd.xlsx", "..\\..\\windows\\system32\\x.xlsx", "/etc/cron.d/x.xlsx",
        "invoice\u202excod.xlsx", "a" * 300 + ".xlsx", "a\x00b.xlsx", "con.xlsx", ".xlsx.xlsx",
        "<script>alert(1)</script>.xlsx", '"; filename="x.html".xlsx',
    ],
)  # fmt: skip
def test_a_files_name_is_words_and_never_a_place(
    name: str, signed_in: Callable[..., Client], site: str, tmp_path: Path
) -> None:
    client = signed_in("registrar")
    answer = upload(client, workbook(tmp_path), site, name=name)
    assert answer.status_code in {302, 422}
    folders = list(staging.home().iterdir())
    assert len(folders) == (1 if answer.status_code == 302 else 0)
    for folder in folders:
        kept = staging.load(folder.name)
        assert {path.name for path in folder.iterdir()} == {"list.sealed", "about.json", "key.json"}
        assert len(kept.file_name) <= 255 and not set(kept.file_name) & set("/\\\x00\u202e")
    work()
    if folders:
        assert b"<script>alert" not in client.get(answer.url).content


def test_looking_at_a_list_on_its_way_in_and_downloading_it_are_logged_and_polling_is_not(
    signed_in: Callable[..., Client], site: str, tmp_path: Path
) -> None:
    client = signed_in("registrar")
    address = upload(client, workbook(tmp_path), site).url
    for _ in range(3):
        client.get(f"{address}progress/", headers={"HX-Request": "true", "X-Amana-Poll": "1"})
    assert not ReadEntry.objects.exists()
    work()
    client.get(address)
    client.get(f"{address}held-back.csv")
    kinds = list(ReadEntry.objects.order_by("pk").values_list("kind", "subjects__ref"))
    (folder,) = staging.home().iterdir()
    about = f"list:{folder.name}"
    assert kinds == [("register:list-check", about), ("register:list-held-back", about)]


def test_what_is_staged_is_its_owners_alone_on_the_disk(
    signed_in: Callable[..., Client], site: str, tmp_path: Path
) -> None:
    client = signed_in("registrar")
    upload(client, workbook(tmp_path), site)
    work()
    (folder,) = staging.home().iterdir()
    assert stat.S_IMODE(staging.home().stat().st_mode) == stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/x-php"])
def test_the_kind_a_browser_claims_changes_nothing(
    kind: str, signed_in: Callable[..., Client], site: str, tmp_path: Path
) -> None:
    client = signed_in("registrar")
    address = upload(client, workbook(tmp_path), site, kind=kind).url
    work()
    assert "Columns, as guessed" in client.get(address).content.decode()
    other = upload(client, b"<html><script>alert(1)</script></html>", site, name="page.xlsx", kind=kind).url
    work()
    assert "could not be read" in client.get(other).content.decode()


def test_a_download_is_text_for_every_spreadsheet(
    signed_in: Callable[..., Client], site: str, tmp_path: Path
) -> None:
    client = signed_in("registrar")
    answer = client.get(committed(client, site, tmp_path) + "held-back.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    cells = [cell for line in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in line]
    assert "'=HYPERLINK(1)" in cells and "'+1" in cells


@pytest.mark.parametrize(
    "cell",
    ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "\u200f=1", "\u202e=1", "\u00a0+1", "＝1", "＠x"],
)
def test_no_cell_begins_as_a_formula_whatever_stands_before_the_sign(cell: str) -> None:
    assert plain(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Amal", " Amal", "1987", "أمل", "\u200fأمل", "'=1", "a=1"])
def test_other_cells_stay_as_they_were_written(cell: str) -> None:
    assert plain(cell) == cell
