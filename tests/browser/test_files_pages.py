"""Files of people and retention: every page in both languages and widths."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from chromium import LANGUAGES, WIDTHS, Visit

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from small_family import settle

from amana.casework import exporting, legal_holds
from amana.casework.erase import ask_erasure
from amana.casework.exporting import Wish
from amana.web.clock import now

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = Wish(
    ("ref", "name_ar", "age"), {"group": ("children",)}, "xlsx", "court", "Juvenile court", "hearing",
    "The court asks who will come.",
)  # fmt: skip


@pytest.fixture
def asked(cast: SimpleNamespace) -> SimpleNamespace:
    """A family, a file that waits and one that is ready, a hold and an erasure that wait."""
    family = settle(cast.supervisor)
    on = cast.supervisor.day
    acts: dict[str, Any] = {"at": now(), "on": on}
    people = exporting.count(ROWS, by=cast.supervisor, on=on)
    for token in ("a" * 32, "b" * 32):
        ident = exporting.ask(ROWS, people=people, by=cast.supervisor, token=token, **acts)
    exporting.answer(
        ident, yes=True, people=people, reason="It is listed for Monday.", by=cast.other_supervisor, **acts
    )
    said = {
        "ground": "court",
        "words": "The court asked for the papers.",
        "review_on": on + timedelta(days=9),
    }
    legal_holds.place_legal_hold(family.yusuf, **said, by=cast.caseworker, **acts)
    erasure = ask_erasure(
        family.safiya, ground="request", parts=("words",), words="Her guardian asked for it.",
        by=cast.data_protection, **acts,
    )  # fmt: skip
    return SimpleNamespace(family=family, ready=ident, erasure=erasure)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_and_retention_hold_every_rule(
    visit_as: Callable[..., Visit], asked: SimpleNamespace, lang: str
) -> None:
    for width in WIDTHS:
        visit = visit_as("supervisor")
        visit.check_page("/exports/", lang, width, "files")
        visit.check_page(f"/exports/{asked.ready}/", lang, width, "file-ready")
        visit.check_page("/exports/new/", lang, width, "file-new")
        visit.check_page(f"/retention/erasures/{asked.erasure}/", lang, width, "erasure")
        officer = visit_as("data_protection")
        officer.check_page("/exports/", lang, width, "files-officer")
        officer.check_page("/retention/", lang, width, "retention")
        officer.check_page(f"/retention/people/{asked.family.yusuf}/", lang, width, "retention-person")
        officer.check_page("/retention/periods/", lang, width, "retention-period")
