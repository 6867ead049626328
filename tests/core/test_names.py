"""Folding and scripts: what is the same name to a search, and what must stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.names import fold, has_bidi_control, script_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إبن", "ابن"),
        ("آمنة", "امنه"),
        ("مُحَمَّد", "محمد"),
        ("مـحـمـد", "محمد"),
        ("مصطفى", "مصطفي"),
        ("علی", "علي"),
        ("کریم", "كريم"),
        ("Türkiye", "turkiye"),
        ("Al-Ḥusayn", "al husayn"),
        ("Qur'an", "Quran"),
        ("IŞIL", "isil"),
        ("Fëdor  Iwanow", "fedor iwanow"),
        ("Алёна", "алена"),
        ("١٢", "12"),
        ("۱۲", "12"),
    ],
)
def test_spellings_of_one_name_fold_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("پير", "بير"), ("چمن", "جمن"), ("گل", "كل"), ("ڤ", "ف"), ("Майя", "Маия")]
)
def test_letters_that_tell_names_apart_are_kept(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_a_folded_text_has_single_spaces_and_no_bidi_controls(text):
    folded = fold(text)
    assert folded == " ".join(folded.split()) and not has_bidi_control(folded)


@given(st.text(max_size=30))
def test_every_text_has_a_script(text):
    assert script_of(text) in {"arabic", "latin", "cyrillic", "other", "mixed", ""}
    assert (script_of(text) == "") == (not any(char.isalpha() for char in text))


def test_bidi_controls_are_found_wherever_they_stand():
    assert (
        has_bidi_control("Sa\u202ema")
        and has_bidi_control("\u200fسلمى")
        and not has_bidi_control("سلمى\u200c")
    )
