"""One explanation for each rule, for the gaps and for the open answers, in each language, word for word.

After a deliberate change: AMANA_GOLDEN=write pytest tests/packs/test_golden.py, then read the difference in
review.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.utils import translation

from amana.apps.decisions.packs import find_pack
from amana.core.facts import Evidence, FactRow, Standing
from amana.core.policy import Case, Pack, contrast, explain, read_row
from amana.wording.branches import branches_in_words
from amana.wording.contrasts import contrast_lines
from amana.wording.explanations import explanation_lines, first_question_lines
from amana.wording.languages import pick

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "infant-with-mother": "age-3-last-day",
    "state-home-1980": "iraqi-before",
    "state-home-foreign": "age-4-first-day",
    "adolescent": "age-15-boy",
    "adult": "age-31-woman",
    "default-infant": "infant-without-mother",
    "default-girl": "age-15-girl",
    "undetermined-age": "3-or-4-with-mother",
    "undetermined-law": "turkish-in-window",
    "either-text": "iraqi-in-window",
    "undetermined-mother": "infant-mother-unknown",
    "undetermined-nationality": "child-nation-unknown-before-amendment",
    "undetermined-review": "adolescent-sex-unknown",
    "invalid": "born-after-as-of",
}


def row_of(case: Case, pack: Pack) -> FactRow:
    return read_row(pack, case.id, case.on, case.facts)


def explained_row(name: str) -> FactRow:
    pack = find_pack("iraq_2018")
    case = next(case for case in pack.cases if case.id == CASES[name])
    row = row_of(case, pack)
    evidence = {
        fact: Evidence(Standing.CLAIMED, source="mother's statement", stated=case.facts.get(fact, ""))
        for fact, value in row.values.items()
        if value is not None
    }
    return FactRow(row.ref, row.on, row.values, evidence)


def approved(name, language, told):
    file = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("AMANA_GOLDEN") == "write":
        file.write_text(told + "\n", encoding="utf-8")
    return file.read_text(encoding="utf-8") == told + "\n"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", CASES)
def test_an_explanation_reads_as_it_was_approved(name, language):
    pack = find_pack("iraq_2018")
    with translation.override(language):
        row = explained_row(name)
        branches = branches_in_words(pack, "placement", row)
        told = "\n".join(list(explanation_lines(explain(pack, "placement", row), pack, branches))[:-2])
    assert approved(name, language, told)


def test_every_rule_has_its_explanation():
    assert set(find_pack("iraq_2018").rules) <= set(CASES)


@pytest.mark.parametrize("name", ["default-infant", "default-girl", "undetermined-age", "undetermined-law"])
def test_every_open_answer_and_every_gap_says_what_happens_meanwhile(name):
    pack = find_pack("iraq_2018")
    assert explain(pack, "placement", explained_row(name)).interim


def test_every_undetermined_case_and_every_gap_has_interim_handling_with_a_source():
    pack = find_pack("iraq_2018")
    for case in pack.cases:
        if case.outcome in {"undetermined", "no_lawful_placement"}:
            views = explain(pack, "placement", row_of(case, pack)).interim
            assert views, case.id
            assert all(view.handling["en"] and view.handling["ar"] and view.source.id for view in views)


def test_a_coming_birthday_is_a_review_and_never_a_transfer():
    pack = find_pack("iraq_2018")
    with translation.override("en"):
        told = "\n".join(
            line
            for name in CASES
            for line in explanation_lines(explain(pack, "placement", explained_row(name)), pack)
        )
    assert "turns 4. Contact and assessment review." in told
    assert "turns 15. Protection review." in told
    assert "transfer" not in told.lower()


FIRST_QUESTIONS = [name for name in CASES if name.startswith("undetermined-")]
CONTRASTS = {
    "why-not-with-mother": ("state-home-foreign", "with_mother"),
    "why-not-state-home": ("undetermined-age", "state_home"),
    "why-not-state-home-in-window": ("undetermined-law", "state_home"),
    "why-not-protection-review": ("adult", "reported_detention_possible"),
    "why-not-a-child": ("adult", "not_a_child"),
    "why-not-the-gap": ("infant-with-mother", "no_lawful_placement"),
    "why-not-when-invalid": ("invalid", "state_home"),
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", CONTRASTS)
def test_why_not_another_answer_reads_as_it_was_approved(name, language):
    pack = find_pack("iraq_2018")
    case, outcome = CONTRASTS[name]
    row = explained_row(case)
    told = contrast(pack, "placement", row, outcome)
    with translation.override(language):
        lines = contrast_lines(told, explain(pack, "placement", row), pack)
        assert approved(name, language, "\n".join(lines))


def test_every_answer_is_asked_about_once_at_least():
    outcomes = set(find_pack("iraq_2018").decisions["placement"].outcomes)
    assert outcomes == {outcome for _case, outcome in CONTRASTS.values()}


@pytest.mark.parametrize("name", FIRST_QUESTIONS)
def test_every_open_answer_has_its_first_question(name):
    assert explain(find_pack("iraq_2018"), "placement", explained_row(name)).first_question


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_leads_to_an_outcome_never_acted_on_is_not_told(language):
    pack = find_pack("iraq_2018")
    with translation.override(language):
        row = explained_row("undetermined-review")
        told = " ".join(first_question_lines(explain(pack, "placement", row), pack))
        assert pick(pack.decisions["placement"].outcomes["reported_detention_possible"].label) not in told
        assert branches_in_words(pack, "placement", row) == ()
