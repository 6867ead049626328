"""From a messy list to an explained answer, walked in real Chromium in both languages and at both widths."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from chromium import LANGUAGES, WIDTHS, Visit, press

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from small_family import AT

pytestmark = pytest.mark.django_db(transaction=True)

HEADINGS = (
    "الاسم الثلاثي",
    "Name (passport)",
    "المواليد",
    "Sex",
    "Nat.",
    "العائلة",
    "Relation",
    "درجة الخطورة",
)
PEOPLE = (
    ("ديلنوزا رشيدوفا", "Dilnoza Rashidova", "1987-05-02", "F", "TJK", "1", "wife", 3),
    ("صفية رشيدوفا", "Safiya Rashidova", "2013/2014", "أنثى", "طاجيكستان", "", "daughter", 5),
    ("يوسف رشيدوف", "Yusuf Rashidov", "٢٠٠٩", "M", "TJK", "", "son", 5),
    ("رستم رشيدوف", "Rustam Rashidov", "10/11/2001", "M", "RUS/TJK", "", "son", 5),
    ("فريد رشيدوف", "Farid Rashidov", "31/02/2012", "M", "Uyghur", "", "son", 5),
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "arrivals_feb.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Arrivals")
        for at, line in enumerate((("قائمة الوافدين",), HEADINGS, *PEOPLE, ("المجموع", 5))):
            sheet.write_row(at, 0, line)
    return path


@pytest.fixture
def site(cast: Any, settings: Any, tmp_path: Path) -> str:
    from amana.apps.placements.commands import add_facility

    settings.STAGED = tmp_path / "staged"
    return add_facility(name_en="Site A", name_ar="الموقع أ", kind="detention", by=cast.registrar, at=AT)


def work() -> None:
    from amana.worker.loop import Worker

    while Worker().work_once():
        pass


@pytest.mark.parametrize(("lang", "width"), [(lang, width) for lang in LANGUAGES for width in WIDTHS])
def test_a_list_is_brought_in_checked_committed_explained_and_taken_back(
    visit_as: Callable[..., Visit], site: str, workbook: Path, lang: str, width: int
) -> None:
    visit = visit_as("registrar")
    page = visit.page
    visit.check_page("/register/", lang, width, "register-empty")
    visit.press("main a[href='/register/new/']")
    visit.check_here(lang, width, "register-upload")

    page.fill("#id_sender", "")
    visit.press("main form button.bt-p")
    page.wait_for_selector("[role=alert]")
    visit.complaints.clear()
    visit.check_here(lang, width, "register-upload-wrong")

    page.set_input_files("#id_file", workbook)
    page.fill("#id_listed_on", "2018-01-15")
    page.fill("#id_sender", "Reception site A")
    visit.press("main form button.bt-p")
    page.wait_for_url("**/register/staged/*/")
    visit.check_here(lang, width, "register-reading")
    work()
    page.wait_for_selector("#columns-title")
    visit.check_here(lang, width, "register-check")
    assert page.locator("#rows-title").is_visible() and "31/02/2012" in page.content()
    visit.press("a[href='?rows=all']")
    visit.check_here(lang, width, "register-rows")
    assert page.locator("tbody tr[id^=r]").count() == 5

    page.select_option("#column-C", "remarks")
    visit.press("button[form=columns-form]")
    work()
    page.wait_for_selector("#columns-title")
    page.select_option("#column-C", "birth")
    visit.press("button[form=columns-form]")
    work()
    page.wait_for_selector("#columns-title")

    visit.press("form[action$='/commit/'] button.bt-p")
    work()
    page.wait_for_url("**/register/B-*/")
    visit.check_here(lang, width, "register-batch")
    batch = page.url.rstrip("/").split("/")[-1]

    visit.press("main a[href*='/people/?batch=']")
    visit.check_here(lang, width, "upload-people")
    name = "صفية رشيدوفا" if lang == "ar" else "Safiya Rashidova"
    visit.press(f"main a.nm:text-is('{name}')")
    visit.check_here(lang, width, "upload-case")
    assert page.locator(".settle").is_visible() and page.locator(".tv-u").first.is_visible()
    visit.press("a[href$='/placement/']")
    visit.check_here(lang, width, "upload-placement")
    assert page.locator("ol.proof li").count() >= 3

    visit.check_page(f"/register/{batch}/undo/", lang, width, "register-undo")
    visit.press("main form button.bt-p")
    work()
    page.wait_for_selector("[role=status]")
    page.wait_for_url("**/undo/*/")
    page.wait_for_selector("a[href='/register/'].bt-p")
    visit.check_here(lang, width, "register-undone")


def test_the_same_path_is_walked_without_javascript(
    chromium: Any, visit_as: Callable[..., Visit], site: str, workbook: Path
) -> None:
    visit = visit_as("registrar")
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(visit.page.context.cookies())
    page = context.new_page()
    page.goto(f"{visit.base}/register/new/?lang=en")
    page.set_input_files("#id_file", workbook)
    page.fill("#id_listed_on", "2018-01-15")
    page.fill("#id_sender", "Reception site A")
    press(page, "main form button.bt-p")
    work()
    # The page loads itself again every three seconds.
    page.wait_for_selector("#columns-title", timeout=10_000)
    press(page, "form[action$='/commit/'] button.bt-p")
    work()
    page.wait_for_url("**/register/B-*/", timeout=10_000)
    press(page, "main a[href*='/people/?batch=']")
    assert "Safiya Rashidova" in page.content()
    context.close()
