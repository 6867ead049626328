"""An allegation in Chromium: taken from a case, sealed, unlocked with a key file, read and taken in hand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from chromium import LANGUAGES, Visit

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from alleged import HERS, WORDS, telling, watched
from small_family import AT, settle

from amana.apps.audit import custody_session
from amana.core import envelopes

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "a long enough passphrase"


@pytest.fixture
def family(cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A family, and a monitor whose key counts; its passphrase is stretched less."""
    monkeypatch.setattr(envelopes, "SCRYPT_N", 2**10)
    watched(cast)
    yield settle(cast.registrar)
    custody_session.forget()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_taken_from_a_case_and_shown_no_more(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str
) -> None:
    visit = visit_as("caseworker")
    page = visit.page
    page.goto(f"{visit.base}/people/{family.yusuf}/?lang={lang}")
    visit.press("form[action='/allegations/new/'] button")
    assert page.url == f"{visit.base}/allegations/new/"
    for name, code in (("told_by", "person"), ("agreed", "agrees"), ("kind", "ill_treatment")):
        page.check(f"input[name={name}][value={code}]")
    visit.check_widths(lang, "allegation-take")
    visit.press("main form.stack button.bt-p")
    assert page.locator("[role=alert]").count() == 1
    assert page.input_value("input[name=person]") == family.yusuf
    visit.complaints.clear()
    page.fill("textarea[name=words]", WORDS)
    visit.press("main form.stack button.bt-p")
    assert page.url == f"{visit.base}/allegations/"
    visit.check_widths(lang, "allegation-taken")
    assert "cable" not in page.content()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_monitor_unlocks_her_key_reads_it_and_takes_it_in_hand(
    visit_as: Callable[..., Visit],
    family: SimpleNamespace,
    cast: SimpleNamespace,
    tmp_path: Path,
    lang: str,
) -> None:
    from amana.casework import allegations

    ref = allegations.take(family.yusuf, telling(), by=cast.caseworker, at=AT)
    (tmp_path / "hers.key").write_text(envelopes.write_key(HERS, WORD))
    visit = visit_as("monitor")
    page = visit.page
    page.goto(f"{visit.base}/allegations/?lang={lang}")
    visit.check_widths(lang, "allegation-list")
    page.goto(f"{visit.base}/keys/unlock/?lang={lang}")
    page.set_input_files("input[name=file]", tmp_path / "hers.key")
    page.fill("input[name=passphrase]", WORD)
    visit.check_widths(lang, "key-unlock")
    visit.press("main form button.bt-p")
    page.goto(f"{visit.base}/allegations/{ref}/?lang={lang}")
    assert "with a cable on the stairs" in page.inner_text("main")
    visit.check_widths(lang, "allegation-read")
    visit.press(f"form[action='/allegations/{ref}/acknowledge/'] button")
    assert page.locator(f"form[action='/allegations/{ref}/acknowledge/']").count() == 0
