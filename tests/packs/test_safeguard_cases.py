"""Worked cases of safeguards: tried on every engine, and enough of them; the document and the difference
tell safeguards in every form.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import translation

from amana.apps.accounts.roles import ROLES
from amana.apps.decisions.packs import find_pack
from amana.cli import amana
from amana.core.dates import DateSpan
from amana.core.safeguards import ACTS, TOLD, SafeguardVerdict
from amana.exchange.pack_check import check_pack
from amana.wording import findings
from amana.wording.pack_table import pack_table

HEAD = """id: camp
title: {en: Camp, ar: مخيم}
jurisdiction: IRQ
status: unreviewed
extends: [iraq_2018]
"""
SAFEGUARD = """id: O01
title: {en: A camp is looked at again, ar: إعادة النظر في المخيم}
asks: {en: Somebody looks again., ar: ينظر أحدهم ثانية.}
clears: {en: A review., ar: مراجعة.}
watches: stay
severity: duty
applies: "age < 18 AND place_kind = 'camp'"
duty: {when: "last_review IS NOT KNOWN", start: stay_since, clock: 30}
basis: [gac/67]
remedy: [{act: review_placement}]
alerts: [caseworker]
"""
HEADINGS = "ref,on,safeguard,birth,place_kind,stay_since,last_review,verdict,due,needs,why"
CASES = [
    "last-day,2018-01-31,O01,2012,camp,2018-01-01,,duty_open,2018-01-31,,the last day in time",
    "day-after,2018-02-01,O01,2012,camp,2018-01-01,,overdue,2018-01-31,,one day late",
    "reviewed,2018-02-01,O01,2012,camp,2018-01-01,2018-01-20,no_breach_found,,,looked at",
    "age-open,2018-02-01,O01,,camp,2018-01-01,,undetermined,,age,nobody knows the age",
    "month,2018-02-15,O01,2012,camp,2018-01,,undetermined,2018-01-31/2018-03-02,stay_since,some day",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack with one safeguard of its own."""
    (tmp_path / "camp" / "safeguards").mkdir(parents=True)
    (tmp_path / "camp" / "pack.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "camp" / "safeguards" / "camp.yaml").write_text(SAFEGUARD, encoding="utf-8")
    write_cases(tmp_path / "camp", CASES)
    return tmp_path / "camp"


def write_cases(folder: Path, cases: list[str]) -> None:
    table = "\n".join([HEADINGS, *cases, ""])
    (folder / "safeguards" / "camp.csv").write_text(table, encoding="utf-8")


def reasons(folder: Path, engines: tuple[str, ...] = ("python",)) -> list[tuple[str, str]]:
    """The id and reason of every fault."""
    return [(fault.id, fault.reason) for fault in check_pack(folder, engines).faults]


def test_sound_cases_are_tried_on_every_engine(folder: Path) -> None:
    checked = check_pack(folder, ("python", "sqlite", "duckdb"))
    assert not checked.faults
    assert (checked.safeguard_cases, checked.engines) == (5, ("python", "sqlite", "duckdb"))


@pytest.mark.parametrize(
    ("place", "old", "new", "reason"),
    [
        (0, "duty_open", "overdue", "It expects overdue; the answer is duty_open."),
        (1, "2018-01-31,,one", "2018-01-30,,one", "It expects due 2018-01-30; it is due 2018-01-31."),
        (3, ",age,", ",sex,", "It expects undetermined, needs sex; the answer is undetermined, needs age."),
        (2, ",,,looked", ",2018-01-31,,looked", "it is due on no day that is known"),
    ],
)
def test_a_case_that_comes_out_otherwise_is_told_once_for_all_engines(
    folder: Path, place: int, old: str, new: str, reason: str
) -> None:
    cases = [*CASES]
    cases[place] = cases[place].replace(old, new)
    write_cases(folder, [*cases, CASES[0].replace("last-day", "again")])
    found = dict(reasons(folder, ("python", "sqlite")))[CASES[place].partition(",")[0]]
    assert found.startswith("On python, sqlite: ")
    assert reason in found


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("O01", "O02", "“O02” is no safeguard of the pack that watches anything"),
        ("O01", "S10", "“S10” is no safeguard of the pack that watches anything"),
        ("duty_open", "breach", "“O01” never finds “breach”"),
        ("2018-01-31,O01", "31.1.2018,O01", "is no day"),
    ],
)
def test_a_case_that_can_not_be_read_is_told(folder: Path, old: str, new: str, reason: str) -> None:
    write_cases(folder, [CASES[0].replace(old, new), *CASES[1:]])
    assert any(reason in said for _, said in reasons(folder))


def test_too_few_cases_and_verdicts_that_no_case_gives_are_faults(folder: Path) -> None:
    write_cases(folder, CASES[:2])
    assert set(reasons(folder)) == {
        ("O01", "It has 2 worked cases; 5 are the least."),
        ("O01", "No worked case comes out as undetermined, no_breach_found."),
    }


def test_the_check_counts_safeguards_and_their_cases(folder: Path) -> None:
    said = CliRunner().invoke(amana, ["packs", "check", str(folder)]).output
    assert "5 worked cases of safeguards on python" in said
    record = json.loads(CliRunner().invoke(amana, ["packs", "check", str(folder), "--json"]).output)
    (pack,) = record["packs"]
    assert "O01" in pack["safeguards"]
    assert pack["safeguard_cases"] == 5


@pytest.mark.parametrize("form", ["md", "html", "json"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_document_prints_safeguards_with_clock_basis_and_what_clears(
    folder: Path, form: str, lang: str
) -> None:
    said = CliRunner().invoke(amana, ["packs", "table", str(folder), "--format", form, "--lang", lang]).output
    for words in ("O01", "30", {"en": "A camp is looked at again", "ar": "إعادة النظر في المخيم"}[lang]):
        assert words in said


def test_the_workbook_has_a_sheet_of_safeguards(folder: Path) -> None:
    out = folder.parent / "camp.xlsx"
    done = CliRunner().invoke(amana, ["packs", "table", str(folder), "--format", "xlsx", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 1000


def test_waiting_safeguards_and_records_are_printed_where_they_are_written() -> None:
    with translation.override("en"):
        titles = [section.title for section in pack_table(find_pack("international")).sections]
        above = [section.title for section in pack_table(find_pack("iraq_2018")).sections]
    assert {"Safeguards", "Safeguards that wait for records", "What safeguards read"} <= set(titles)
    assert "Safeguards" in above
    assert "Safeguards that wait for records" not in above


@pytest.mark.parametrize("language", ["en", "ar"])
def test_kinds_of_record_facts_and_codes_are_printed_as_an_author_writes_them(language: str) -> None:
    pack = find_pack("international")
    with translation.override(language):
        (rows,) = [section.rows for section in pack_table(pack).sections if "place_kind" in str(section.rows)]
    told = "\n".join(cell for row in rows for cell in row)
    assert pack.watch is not None
    for kind in pack.records.values():
        for written in (
            kind.id,
            *kind.facts,
            *(code for name in kind.facts for code in pack.watch.facts[name].values),
        ):
            assert written in told


def test_a_difference_tells_an_added_safeguard_in_words(folder: Path) -> None:
    said = CliRunner().invoke(amana, ["packs", "diff", "iraq_2018", str(folder)]).output
    row = next(line for line in said.splitlines() if "O01" in line)
    for words in ("added", "A camp is looked at again", "owed within 30 days"):
        assert words in row


def test_a_changed_safeguard_is_told_key_by_key_in_words(folder: Path) -> None:
    other = folder.parent / "later"
    other.mkdir()
    (other / "safeguards").mkdir()
    (other / "pack.yaml").write_text(HEAD.replace("id: camp", "id: later"), encoding="utf-8")
    changed = SAFEGUARD.replace("clock: 30", "clock: 10").replace("review_placement", "assess")
    (other / "safeguards" / "camp.yaml").write_text(changed, encoding="utf-8")
    said = CliRunner().invoke(amana, ["packs", "diff", str(folder), str(other)]).output
    owed, done = [line for line in said.splitlines() if line.startswith("| changed | O01")]
    assert "owed within 30 days" in owed and "owed within 10 days" in owed
    assert "review the placement" in done and "assess the child's best interests" in done


def test_every_act_and_every_role_has_words() -> None:
    with translation.override("en"):
        words = {act: findings.act_in_words(act) for act in ACTS}
        told = {role: str(ROLES[role].title) for role in TOLD}
        assert findings._roles() == told
    assert all(said != act for act, said in words.items())
    assert len(set(words.values())) == len(ACTS)


def test_verdicts_have_words_and_none_says_that_all_is_well() -> None:
    with translation.override("en"):
        said = [findings.verdict_in_words(verdict) for verdict in SafeguardVerdict]
    assert said == ["no breach found", "duty open", "overdue", "breach", "warning", "undetermined"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2018-02-15", "2018-02-15", "due today"),
        ("2018-02-16", "2018-02-16", "due in 1 day"),
        ("2018-02-18", "2018-02-18", "due in 3 days"),
        ("2018-01-05", "2018-01-05", "41 days late"),
        ("2018-02-14", "2018-02-14", "1 day late"),
        ("2018-01-05", "2018-02-14", "1 to 41 days late"),
        ("2018-02-10", "2018-02-20", "due between 10 February 2018 and 20 February 2018"),
        ("", "2018-02-20", "due on 20 February 2018 or earlier"),
        ("2018-02-20", "", "due on 20 February 2018 or later"),
        ("", "", ""),
    ],
)
def test_the_day_something_is_owed_by_is_told_from_a_day(first: str, last: str, said: str) -> None:

    on = date(2018, 2, 15)
    span = DateSpan(*(date.fromisoformat(day) if day else None for day in (first, last)))
    with translation.override("en"):
        assert findings.due_span_in_words(span, on) == said
        assert findings.due_span_in_words(None, on) == ""
