"""Ages, births, dates and lists in words, in both languages."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from amana.apps.decisions.packs import find_pack
from amana.core.dates import DateSpan, parse_edtf
from amana.core.policy.compare import ConflictChange, GapChange, compare
from amana.wording.ages import age_in_words, birth_in_words, years_in_words
from amana.wording.comparison import comparison_lines, conflict_line
from amana.wording.languages import as_written, day_in_words, month_in_words, pick, state_in_words
from amana.wording.law import in_force_in_words

ON = date(2018, 2, 15)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("birth", "words"),
    [
        ("2013-10/2014-06", "3 or 4"),
        ("2010-05-05", "7"),
        ("2008/2013", "4 to 10"),
        ("../1999-12-31", "18 or older"),
        ("2014-06-01/..", "3 or younger"),
        ("2017-05-20", "8 months"),
        ("2017-05/2017-09", "4 to 9 months"),
        ("2018-02-01", "under 1 month"),
        ("2017-01-10", "13 months"),
        ("2015-06/2016-12", "1 or 2"),
        ("2018-02", "under 1 month"),
    ],
)
def test_an_age_is_told_as_wide_as_it_is_known(birth, words):
    assert age_in_words(parse_edtf(birth), ON) == words


def test_an_unknown_birth_has_no_age():
    assert age_in_words(None, ON) == "age not known"
    assert age_in_words(DateSpan(None, None), ON) == "age not known"


def test_a_range_from_zero_is_told_by_its_upper_end():
    assert years_in_words(0, 3) == "3 or younger"


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("2014-05-05", "5 May 2014"),
        ("2014-05", "May 2014"),
        ("2014", "2014"),
        ("2013/2014", "2013 or 2014"),
        ("2011/2014", "between 2011 and 2014"),
        ("2014~", "about 2014"),
        ("2014-05~", "about May 2014"),
        ("2014?", "about 2014"),
        ("2013-03/2014-06", "between March 2013 and June 2014"),
        ("2013-03-02/2014-06-07", "between 2 March 2013 and 7 June 2014"),
        ("../2000-03-01", "1 March 2000 or earlier"),
        ("2010-01-01/..", "1 January 2010 or later"),
    ],
)
def test_a_birth_is_told_no_more_exactly_than_it_is_known(stated, words):
    assert birth_in_words(parse_edtf(stated), stated) == words


def test_an_unknown_birth_is_said_to_be_unknown():
    assert birth_in_words(None) == "not known"


def test_arabic_months_are_those_of_iraq_with_latin_digits():
    with translation.override("ar"):
        assert day_in_words(date(2018, 1, 15)) == "15 كانون الثاني 2018"
        assert month_in_words(date(2014, 5, 1)) == "أيار 2014"


def test_states_have_names_and_stateless_is_one_of_them():
    assert state_in_words("TJK") == "Tajikistan"
    assert state_in_words("XXA") == "stateless"
    with translation.override("ar"):
        assert state_in_words("TUR") == "تركيا"


def test_a_text_missing_in_a_language_falls_back_to_english():
    with translation.override("ar"):
        assert pick({"en": "only here"}) == "only here"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("", "", "no day stated"),
        ("2018-01-15", "", "from 15 January 2018"),
        ("", "2017-07/2018-01", "until a day between July 2017 and January 2018"),
        ("2018-02", "2019", "from a day in February 2018 until a day in 2019"),
        ("../2018-02-01", "", "from 1 February 2018 or earlier"),
    ],
)
def test_time_in_force_is_told_in_words(start, end, words):
    assert in_force_in_words(start, end) == words


def test_ids_inside_arabic_sentences_keep_their_direction():
    assert as_written("crc/9") == "crc/9"
    with translation.override("ar"):
        assert as_written("crc/9") == "\u2066crc/9\u2069"


@pytest.mark.parametrize(
    ("stood", "stands", "before", "after", "title"),
    [
        (True, True, 3, 1, "Gaps narrowed"),
        (True, False, 3, 0, "Gaps closed"),
        (True, True, 1, 3, "Gaps widened"),
        (False, True, 0, 3, "Gaps opened"),
    ],
)
def test_a_gap_that_still_stands_is_narrowed_or_widened(
    stood: bool, stands: bool, before: int, after: int, title: str
) -> None:
    pack = find_pack("iraq_2018")
    gap = GapChange(pack.gaps[0], before, after, before, after, stood, stands)
    found = compare(pack, pack, "placement", [], on=date(2018, 2, 15))
    lines = list(comparison_lines(replace(found, gaps=(gap,)), (), pack, pack, "placement"))
    assert [line for line in lines if line.startswith("Gaps")] == [title]


def test_a_conflict_is_told_with_what_it_stands_against() -> None:
    conflict = next(each for each in find_pack("iraq_2018").conflicts if each.id == "K1")
    told = conflict_line(ConflictChange(conflict, 0, 2, stood=True, stands=True))
    assert "At 4 the child leaves the mother on age alone. No individual assessment" in told
