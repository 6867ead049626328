"""Pages stay light: at most 100 KiB compressed without fonts, 250 with."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

WITHOUT_FONTS, WITH_FONTS = 100 * 1024, 250 * 1024


def compressed(name: str) -> int:
    found = finders.find(name)
    assert found, name
    small = Path(found + ".br")
    return small.stat().st_size if small.exists() else len(gzip.compress(Path(found).read_bytes()))


def weigh(page: bytes) -> int:
    files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode()))
    return len(gzip.compress(page)) + sum(compressed(name) for name in files)


def fonts(*files: str) -> int:
    folder = Path(finders.find("vendor/plex/LICENSE.txt") or "").parent
    return sum((folder / f"ibm-plex-sans-{file}-normal.woff2").stat().st_size for file in files)


LETTERS = {
    "en": ("latin-400", "latin-500", "latin-600"),
    # An Arabic page also shows Latin digits and references; it makes do with two weights of each script.
    "ar": ("arabic-arabic-400", "arabic-arabic-600", "latin-400", "latin-600"),
}


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("address", ["/", "/law/", "/law/iraq_2018/", "/session/you/"])
def test_a_page_keeps_within_its_budget(address: str, lang: str, signed_in: Callable[..., Client]) -> None:
    weight = weigh(signed_in("supervisor").get(f"{address}?lang={lang}").content)
    assert weight <= WITHOUT_FONTS
    assert weight + fonts(*LETTERS[lang]) <= WITH_FONTS


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_style_sheets_travel_in_their_small_form(coding: str, office: object) -> None:
    sheet = "/static/vendor/tabler/tabler.min.css"
    answer = Client().get(sheet, headers={"accept-encoding": coding})
    assert answer.headers["Content-Encoding"] == coding
    assert int(answer.headers["Content-Length"]) < 80 * 1024


def test_pages_travel_compressed(signed_in: Callable[..., Client]) -> None:
    answer = signed_in("caseworker").get("/law/iraq_2018/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_scripts_travel_compressed_and_fonts_as_they_are(office: object) -> None:
    client = Client(headers={"accept-encoding": "gzip"})
    assert client.get("/static/django_htmx/htmx-4.min.js").headers["Content-Encoding"] == "gzip"
    font = client.get("/static/vendor/plex/ibm-plex-sans-latin-400-normal.woff2")
    assert font.status_code == 200 and "Content-Encoding" not in font.headers
