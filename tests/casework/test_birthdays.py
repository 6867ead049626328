"""The next deciding birthday: the same as the explanation's, and named by the review it calls for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amana.apps.decisions.packs import find_pack
from amana.casework.birthdays import Answers, decisive_ages, review_for
from amana.core.dates import DateSpan
from amana.core.facts import FactRow
from amana.core.policy import decide, explain

ON = date(2018, 2, 15)
PACK = find_pack("iraq_2018")


def facts(birth: DateSpan | None, **others: object) -> FactRow:
    values = {"sex": frozenset({"male"}), "nationality": frozenset({"TJK"}), "mother_present": True, **others}
    return FactRow("P-1", ON, {"birth": birth, **values})  # type: ignore[dict-item]


def span(earliest: str, latest: str) -> DateSpan:
    return DateSpan(date.fromisoformat(earliest), date.fromisoformat(latest))


days = st.dates(date(1998, 1, 1), ON)
spans = st.one_of(
    st.tuples(days, days).map(lambda pair: DateSpan(min(pair), max(pair))),
    days.map(DateSpan.day),
    days.map(lambda day: DateSpan(None, day)),
    days.map(lambda day: DateSpan(day, None)),
    st.none(),
)
rows = st.builds(
    facts,
    spans,
    sex=st.sampled_from([None, frozenset({"male"}), frozenset({"female"}), frozenset({"male", "female"})]),
    mother_present=st.sampled_from([True, False, None]),
)


@given(rows)
@settings(max_examples=150, deadline=None)
def test_next_birthday_is_the_first_the_explanation_names(row: FactRow) -> None:
    named = [change for change in explain(PACK, "placement", row).changes if change.cause.startswith("age:")]
    found = Answers(PACK).next_birthday(row)
    if row.values["birth"] is None:
        assert found is None
    else:
        assert found == min(named, key=lambda change: (int(change.cause[4:]),), default=None)


@given(rows)
@settings(max_examples=150, deadline=None)
def test_a_remembered_verdict_is_the_verdict(row: FactRow) -> None:
    answers = Answers(PACK)
    answers.next_birthday(row)
    assert answers.verdict(row) == decide(PACK, "placement", row)


def test_the_pack_reads_a_birth_by_completed_ages_alone() -> None:
    assert set(decisive_ages(PACK) or ()) >= {4, 15, 18}


@pytest.mark.parametrize(
    ("birth", "sex", "cause", "review"),
    [
        (span("2014-03-09", "2014-03-09"), "female", "age:4", "contact_and_assessment_review"),
        (span("2003-04-02", "2003-04-02"), "male", "age:15", "protection_review"),
        (span("2003-04-02", "2003-04-02"), "female", "age:15", "protection_review"),
        (span("2000-04-02", "2000-04-02"), "female", "age:18", "placement_review"),
    ],
)
def test_each_birthday_is_named_by_its_review(birth: DateSpan, sex: str, cause: str, review: str) -> None:
    change = Answers(PACK).next_birthday(facts(birth, sex=frozenset({sex})))
    assert change is not None
    assert (change.cause, review_for(PACK, change)) == (cause, review)


def test_a_birthday_that_may_have_passed_already_runs_from_tomorrow() -> None:
    change = Answers(PACK).next_birthday(facts(span("2014-01-01", "2014-12-31")))
    assert change is not None
    assert (change.earliest, change.latest) == (date(2018, 2, 16), date(2018, 12, 31))
    assert change.possible_after == ("state_home",)


def test_an_adult_has_no_deciding_birthday() -> None:
    assert Answers(PACK).next_birthday(facts(span("1980-01-01", "1999-12-31"))) is None
