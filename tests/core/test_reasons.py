"""A reason is a sentence: what counts as one, in Arabic as in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.reasons import LEAST_LETTERS, LEAST_WORDS, in_words


@pytest.mark.parametrize(
    "text",
    [
        "Her mother cares for her.",
        "  Both were heard\nand want to stay  ",
        "أمها ترعاها كل يوم في الموقع",
        "أُمُّها تَرعاها كلَّ يومٍ في الموقع",
        "Мать заботится о ребёнке",
    ],
)
def test_a_sentence_is_a_reason_in_any_script(text: str) -> None:
    assert in_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "ok",
        "ok ok ok ok ok ok ok ok ok",
        "OK ok Ok approved approved",
        "xxxxxxxxxxxxxxxxxxxxxxxx",
        "x y z",
        "reviewed and ok",
        "12 34 56 78 90 12 34 56",
        "... --- ... --- ... --- ...",
        "M-QRGUEB 2018-02-15 12:30",
        "نعم",
        "نعــــــــــــــــــم لا هو",
    ],
)
def test_a_letter_a_code_or_one_word_over_and_over_is_no_reason(text: str) -> None:
    assert not in_words(text)


@given(st.text(st.characters(categories=["Nd", "Po", "Pd", "Sm", "Zs", "Mn", "Lm"]), max_size=200))
def test_digits_signs_and_marks_never_make_a_reason(text: str) -> None:
    assert not in_words(text)


@given(
    st.lists(st.text("abcdefghاأبتثж", min_size=1, max_size=8), max_size=8), st.text("0123. ,;-", max_size=9)
)
def test_what_is_added_to_a_reason_never_takes_it_away(words: list[str], added: str) -> None:
    text = " ".join(words)
    asked = len(set(words)) >= LEAST_WORDS and sum(map(len, words)) >= LEAST_LETTERS
    assert in_words(text) is asked
    assert in_words(f"{text} {added}") is asked
