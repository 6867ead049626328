"""The printed pack: a lawyer needs no code to read it, and nothing of the pack is left out."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.utils import translation

from amana.apps.decisions.packs import find_pack, shipped_packs
from amana.core.dates import parse_edtf
from amana.core.errors import InvalidDate
from amana.exchange.pack_table import as_html, as_workbook
from amana.wording.pack_table import pack_table

CODE = re.compile(
    r"IS (?:NOT )?KNOWN|\bBETWEEN\b|\bAND\b|\bage_at\b|\bdays_since\b|[<>]=?|:\w+_\w+|event:"
    r"|\b(?:true|false|null)\b|\b(?:IRQ|PSE)\b|\w+/[\w-]+[\]\)]"
)
LANGUAGES = ("en", "ar")
EVERY = [(name, language) for name in shipped_packs() for language in LANGUAGES]
HANDLES = {"Rule", "القاعدة", "Values", "القيم"}
"""Columns that hold what an author writes: names of rules, and the values of a fact."""


def cells(name: str, language: str) -> list[str]:
    """Every cell of a document except those that show what to write."""
    with translation.override(language):
        table = pack_table(find_pack(name))
    return [
        cell
        for section in table.sections
        for row in section.rows
        for heading, cell in zip(section.headings, row, strict=True)
        if heading not in HANDLES
    ]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_no_cell_holds_code(name: str, language: str) -> None:
    shown = {cell: found.group() for cell in cells(name, language) if (found := CODE.search(cell))}
    assert not shown


@pytest.mark.parametrize("name", shipped_packs())
def test_no_name_of_a_fact_outcome_or_parameter_is_shown_in_place_of_its_words(name: str) -> None:
    pack = find_pack(name)
    outcomes = {outcome for decision in pack.decisions.values() for outcome in decision.outcomes}
    idents = {each for each in {*pack.facts, *outcomes, *pack.parameters} if "_" in each}
    told = set(re.findall(r"\w+", "\n".join(cells(name, "en"))))
    assert not idents & told


@pytest.mark.parametrize("name", shipped_packs())
def test_no_day_is_told_in_a_notation(name: str) -> None:
    for cell in cells(name, "en"):
        for word in re.findall(r"\S+", cell):
            if re.match(r"\d{4}(?:-\d|[~?%]|/)", word.strip("().,")):
                with pytest.raises(InvalidDate):
                    parse_edtf(word.strip("().,"))


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_how_far_it_was_reviewed_stands_first(name: str, language: str) -> None:
    with translation.override(language):
        table = pack_table(find_pack(name))
    assert table.status and table.lines
    if language == "en":
        assert table.status == "Status: not yet reviewed by counsel. Nothing here is legal advice."


@pytest.mark.parametrize("name", shipped_packs())
def test_every_rule_gap_reading_event_question_and_cited_text_is_in_the_document(name: str) -> None:
    pack = find_pack(name)
    with translation.override("en"):
        table = pack_table(pack)
    told = "\n".join(cell for section in table.sections for row in section.rows for cell in row)
    expected = [*(rule.reason["en"] for rule in pack.rules.values())]
    expected += [gap.title["en"] for gap in pack.gaps] + [each.text["en"] for each in pack.questions]
    expected += [each.label["en"] for each in pack.parameters.values()]
    expected += [each.title["en"] for each in pack.events.values()]
    expected += [pack.source(rule.source).title["en"] for rule in pack.rules.values()]
    assert not [words for words in expected if words not in told]


def test_a_value_that_changes_is_told_with_the_period_of_each() -> None:
    told = "\n".join(cells("iraq_moj_statement", "en"))
    assert re.search(r"3: until the day of “The justice ministry's.*between 4 October 2022", told)
    assert re.search(r"2: from the day of “The justice ministry's", told)


def test_what_is_inherited_says_from_which_pack() -> None:
    with translation.override("en"):
        table = pack_table(find_pack("iraq_moj_statement"))
    rules = table.sections[0]
    assert rules.headings[-1] == "Inherited from"
    origin = {row[0]: row[-1] for row in rules.rows}
    assert origin["adult"] == "iraq_2018"
    assert origin["infant-with-mother"] == "this pack\ntakes the place of that of iraq_2018"


def test_a_pack_that_compares_two_uncertain_dates_says_that_it_is_not_exact() -> None:
    with translation.override("en"):
        table = pack_table(find_pack("iraq_juvenile"))
    assert sum("not exact where two uncertain dates are compared" in line for line in table.lines) == 2


def test_an_answer_that_is_never_acted_on_says_so_beside_its_meaning() -> None:
    with translation.override("en"):
        table = pack_table(find_pack("iraq_2018"))
    meanings = next(each for each in table.sections if each.title.startswith("What the answers mean"))
    limits = {row[0]: row[2] for row in meanings.rows}
    assert limits["state home"] == "only where the facts behind it are supported or better"
    assert [label for label, limit in limits.items() if limit.startswith("never")] == [
        "no placement: protection review (the protocol reports that detention is possible)"
    ]


def test_each_question_stands_beside_the_rule_it_is_about() -> None:
    with translation.override("en"):
        rules = pack_table(find_pack("iraq_2018")).sections[0]
    row = next(row for row in rules.rows if row[0] == "state-home-1980")
    assert "Open questions: Q1, Q2, Q3" in row[6]


def test_the_packs_own_note_stands_before_its_tables() -> None:
    found = pack_table(find_pack("iraq_moj_statement"))
    assert any(line.startswith("The statement lowers an age that protects.") for line in found.lines)


def test_rule_and_conflict_name_each_other() -> None:
    with translation.override("en"):
        found = pack_table(find_pack("iraq_2018"))
    rule = next(row for row in found.sections[0].rows if row[0] == "state-home-foreign")
    assert "What stands against it: K1, K3" in rule[6]
    conflicts = next(each for each in found.sections if each.title == "What stands against it")
    struck = {row[0]: row[1] for row in conflicts.rows}
    assert struck["K1"] == "state-home-1980\nstate-home-foreign\nthe answer “state home”"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_printed_page_says_whose_it_is_how_far_reviewed_and_its_number(language: str) -> None:
    with translation.override(language):
        pack = find_pack("iraq_2018")
        page = as_html(pack_table(pack))
    (line,) = re.findall(r'@bottom-left\{content:"([^"]*)"', page)
    assert pack.title[language] in line and pack.hash[:12] in line
    assert "counter(page)" in page


def test_sheet_names_end_with_a_whole_word() -> None:
    with translation.override("ar"):
        table = pack_table(find_pack("iraq_2018"))
        book = openpyxl.load_workbook(io.BytesIO(as_workbook(table)))
    titles = " ".join(section.title for section in table.sections).replace(":", " ").split()
    for sheet in book.worksheets[1:]:
        assert set(sheet.title.split()[1:]) <= set(titles)
        assert "  " not in sheet.title
