"""The pages of papers in real Chromium: kept, looked at, withdrawn, in both languages and at both widths."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from chromium import LANGUAGES, Visit
from PIL import Image, ImageDraw
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from small_family import settle

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {"en": "Birth certificate, names the mother.", "ar": "شهادة ميلاد تذكر اسم الأم."}


def scan() -> bytes:
    page, out = Image.new("RGB", (900, 1200), "white"), io.BytesIO()
    ImageDraw.Draw(page).text((100, 100), "Certificate", fill="black", font_size=60)
    page.save(out, "JPEG", quality=60)
    return out.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_paper_is_kept_looked_at_and_withdrawn(
    visit_as: Callable[..., Visit], cast: SimpleNamespace, settings: Any, tmp_path: Path, lang: str
) -> None:
    settings.PAPERS = tmp_path / "papers"
    ref = settle(cast.registrar).yusuf
    visit = visit_as("caseworker")
    page = visit.page
    page.goto(f"{visit.base}/people/{ref}/papers/new/?lang={lang}")
    visit.check_widths(lang, "papers-new")
    program = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x00" * 99}
    page.set_input_files("#id_file", program)
    page.select_option("#id_target", "person:C4")
    page.fill("#id_words", WORDS[lang])
    page.check("input[name=others][value=no]")
    visit.press("main form button.bt-p")
    expect(page.locator("main [role=alert]").first).to_be_visible()
    expect(page.locator("#id_words")).to_have_value(WORDS[lang])
    visit.complaints.clear()  # Chromium tells of every answer above 400
    visit.check_widths(lang, "papers-refused")
    page.set_input_files("#id_file", {"name": "scan.jpg", "mimeType": "image/jpeg", "buffer": scan()})
    visit.press("main form button.bt-p")
    expect(page.locator("img.paper")).to_have_js_property("complete", True)
    assert page.locator("img.paper").evaluate("each => each.naturalWidth") > 500
    visit.check_widths(lang, "papers-show")
    with page.expect_download() as given:
        page.locator("a[href$='/file/']").click()
    assert given.value.suggested_filename.startswith(ref) and given.value.suggested_filename.endswith(".jpg")
    visit.complaints.clear()  # and of a download as a page that was not loaded
    visit.press("a[href$='/withdraw/']")
    page.fill("#id_why", "It belongs to his brother.")
    visit.press("main form button.bt-p")
    expect(page.locator("main [role=status]")).to_be_visible()
    visit.check_widths(lang, "papers")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_is_told_and_found(visit_as: Callable[..., Visit], cast: SimpleNamespace, lang: str) -> None:
    ref = settle(cast.registrar).yusuf
    visit = visit_as("caseworker")
    page = visit.page
    page.goto(f"{visit.base}/contacts/{ref}/?lang={lang}")
    page.fill("#id_who", "Nilufar")
    page.fill("#id_phone", "+964 770 123 4567")
    visit.press("main form button.bt-p")
    visit.check_widths(lang, "contacts")
    page.goto(f"{visit.base}/contacts/")
    page.fill("#id_phone", "0770 123 4567")
    visit.press("main form button.bt-p")
    expect(page.locator(f"main a[href='/contacts/{ref}/']")).to_be_visible()
    visit.check_widths(lang, "contacts-found")
