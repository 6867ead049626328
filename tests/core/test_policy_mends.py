"""A refused condition says what to write instead, as a beginner would need it."""

from __future__ import annotations

import pytest
from small_pack import faults, files, rule

MENDS = {
    "AGE BETWEEN 4 AND 14": "Did you mean age? Names are written in small letters.",
    "Birth > '2005-01-01'": "Did you mean birth?",
    "agee > 3": "Did you mean age?",
    "sibling > 3": "Did you mean siblings?",
    "weather = 'fine'": "ill, alone, siblings, arrived, seen_by_doctor, age; or declare",
    "female AND age < 3": "write it in single quotes: 'female'",
    "birth > 2005-01-01": "Write a day in single quotes: '2005-01-01'.",
    "birth > 2005-1-1": "Write a day in single quotes: '2005-01-01'.",
    "birth > 2005/01/01": "Write a day in single quotes: '2005-01-01'.",
    'birth > "2005-01-01"': "Write a day in single quotes",
    "birth > arival": "or the name of another date fact",
    "sex = female": "Write codes in single quotes: 'female'.",
    'sex = "female"': "Write codes in single quotes: 'female'.",
    "nationality IN (tur, RUS)": "Write codes in single quotes: 'TUR'.",
    "sex = 'Female'": "Write 'female': small and capital letters differ.",
    "sex = 'boy'": "Use one of: female, male.",
    "nationality = 'tur'": "Write 'TUR': small and capital letters differ.",
    "nationality = 'TUR, RUS'": "IN ('TUR', 'RUS')",
    "nationality = 'TUR;RUS'": "IN ('TUR', 'RUS')",
    "nationality = 'Turkey'": "ISO-3166-1-ALPHA-3 such as 'TUR'; of several, IN ('TUR', 'RUS')",
    "nationality = ('TUR', 'RUS')": "IN ('TUR', 'RUS')",
    "nationality IN :ours": "Write the values in brackets: IN (:ours).",
    "nationality IN TUR": "Write the values in brackets: IN ('TUR').",
    "age > three": "Write a whole number or a :parameter.",
    "siblings > three": "Write a whole number or a :parameter.",
    "age > 3.5": "Write a whole number",
}


@pytest.mark.parametrize(("when", "mend"), MENDS.items())
def test_a_refused_condition_says_what_to_write_instead(when: str, mend: str) -> None:
    content = files([rule("child", when, "home")])
    content["parameters.yaml"]["ours"] = {"value": ["IRQ", "PSE"], "label": {"en": "ours", "ar": "ours"}}
    told = [fault.mend for fault in faults(content) if fault.id == "child"]
    assert mend in told[0]


def test_a_day_without_quotes_is_told_as_it_was_written() -> None:
    (found,) = [
        fault for fault in faults(files([rule("child", "birth > 2005-01-01", "home")])) if fault.id == "child"
    ]
    assert "“2005-01-01” is no value to compare with" in found.reason
