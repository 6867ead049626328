"""A safeguard that a newcomer adds by the written recipe, without any Python: found by the sweep, on the
board, on the case, among the tasks and on the law page, and agreed upon by every engine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
sys.path.insert(0, str(Path(__file__).parents[1] / "packs"))
from registered import AT, TODAY
from small_lists import SENDER, one_family
from written_commands import BLOCK, DOCS

from amana.exchange.engines import ENGINES
from amana.exchange.pack_check import check_pack

RECIPE = DOCS / "how-to" / "add-a-safeguard.md"
ADDED = "O01"
CHILDREN = 4
TITLE = {"en": "A camp is looked at again", "ar": "إعادة النظر في المخيم"}
CLEARS = {"en": "A review of the placement is on record.", "ar": "وجود مراجعة للإيواء في السجل."}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The pack that the recipe writes, and nothing but what it writes, in a folder of its own."""
    for block in BLOCK.finditer(RECIPE.read_text(encoding="utf-8")):
        kind, *rest = block["info"].split()
        if kind in ("yaml", "csv") and rest:
            file = tmp_path / rest[0]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["body"], encoding="utf-8")
    return tmp_path / "my_office"


@pytest.fixture
def office(db: None, written: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An office that is opened on that pack, where the folder lies."""
    from amana.apps.accounts import commands, queries, viewers

    monkeypatch.chdir(written.parent)
    commands.open_office(
        name_en="Office of its own",
        name_ar="مكتب بقانونه",
        demonstration=True,
        stands_on=TODAY,
        pack="./my_office",
        by=viewers.installer(),
        at=AT,
    )
    return queries.office()


@pytest.fixture
def cast(office: Any, add_cast: Callable[[], Any]) -> Any:
    """The people of that office."""
    return add_cast()


@pytest.fixture
def sweep(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, Any]]:
    """`amana sweep --on DAY` in that office, which has a family in a camp since 15 January."""
    from amana.apps.audit.keys import KEY_NAMES, key
    from amana.apps.placements.commands import add_facility
    from amana.casework import intake
    from amana.cli.sweep import command

    for name in KEY_NAMES:
        key(settings.HOME, name)
    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: cast.operator)
    camp = add_facility(name_en="Camp A", name_ar="المخيم أ", kind="camp", by=cast.registrar, at=AT)
    intake.commit(one_family(), facility=camp, sender=SENDER, by=cast.registrar, at=AT, on=TODAY)

    def swept(on: str) -> dict[str, Any]:
        done = CliRunner().invoke(command, ["--json", "--on", on])
        assert done.exit_code == 0, done.output
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return swept


def test_its_worked_cases_agree_on_every_engine(
    written: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    checked = check_pack(written, ENGINES)
    assert (checked.faults, checked.engines, checked.safeguard_cases) == ((), ENGINES, 5)


def test_what_the_recipe_writes_is_law_and_no_program(written: Path) -> None:
    assert {file.suffix for file in written.rglob("*") if file.is_file()} == {".yaml", ".csv"}


def test_the_sweep_counts_it_by_its_clock(sweep: Callable[[str], dict[str, Any]]) -> None:
    last_day, day_after = (line(sweep(on)) for on in ("2018-02-14", "2018-02-15"))
    assert (last_day["duty_open"], last_day["overdue"]) == (CHILDREN, 0)
    assert (day_after["duty_open"], day_after["overdue"], day_after["new"]) == (0, CHILDREN, CHILDREN)


def line(found: dict[str, Any]) -> dict[str, Any]:
    """What a sweep counts of it."""
    return next(each for each in found["safeguards"] if each["id"] == ADDED)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_board_case_tasks_and_law_page_show_it_in_its_words(
    sweep: Callable[[str], dict[str, Any]], signed_in: Callable[..., Any], lang: str
) -> None:
    from amana.apps.registry.models import Person

    sweep(str(TODAY))
    child = Person.objects.get(name_latin__startswith="Anora").ref
    client = signed_in("caseworker", lang)
    pages = {
        path: client.get(path)
        for path in (
            "/oversight/",
            f"/oversight/{ADDED}/",
            f"/people/{child}/safeguards/",
            "/law/my_office/",
            "/tasks/?whose=all",
        )
    }
    for path, answer in pages.items():
        assert answer.status_code == 200, path
        assert TITLE[lang] in answer.content.decode(), path
    for path in (f"/oversight/{ADDED}/", f"/people/{child}/safeguards/"):
        assert CLEARS[lang] in pages[path].content.decode(), path
    assert child in pages[f"/oversight/{ADDED}/"].content.decode()
    assert 'href="/law/my_office/"' in client.get("/law/").content.decode()
