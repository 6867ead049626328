"""Reading decisions: current, undetermined with what to ask, coming reviews, counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registered import TODAY
from small_lists import a_list, day, one_family, row, year

from amana.apps.accounts.viewers import NotForYou
from amana.apps.decisions import queries
from amana.apps.registry.models import Person

pytestmark = pytest.mark.django_db


def name(ref: str) -> str:
    return str(Person.objects.get(ref=ref).name_latin)


def test_the_standing_decision_is_read_with_rules_and_citations(committed, caseworker) -> None:
    committed(one_family())
    ref = Person.objects.get(name_latin="Anora Rahimova").ref
    found = queries.current(caseworker, ref)
    assert found is not None
    assert (found.outcome, found.shown, found.rules, found.needs) == (
        "with_mother", "with_mother", ("infant-with-mother",), (),
    )  # fmt: skip
    assert found.citations
    assert queries.history(caseworker, ref) == (found,)
    assert queries.current(caseworker, "P-222222") is None


def test_an_outcome_that_never_acts_shows_as_a_protection_review(committed, caseworker) -> None:
    committed(one_family())
    ref = Person.objects.get(name_latin="Rustam Rahimov").ref
    found = queries.current(caseworker, ref)
    assert found is not None
    assert found.shown == "protection_review"
    listed = queries.outcomes(caseworker)
    assert "protection_review" in listed
    assert "reported_detention_possible" not in listed


def test_open_outcomes_are_listed_with_what_to_ask_for(committed, caseworker) -> None:
    committed(
        a_list(
            row(2, "A Mother", "wife_mother", birth=day("1985-01-01")),
            row(3, "Three Or Four", "son", birth=year(2014)),
            row(4, "No Age", "daughter"),
            row(5, "Infant Alone", "daughter", "2", birth=day("2016-01-01")),
        )
    )
    page = queries.undetermined(caseworker)
    asked = {name(each.ref): each.needs for each in page.rows}
    assert asked == {"Three Or Four": ("age",), "No Age": ("age",), "Infant Alone": ("mother_present",)}
    assert page.counts == {("age",): 2, ("mother_present",): 1}
    narrowed = queries.undetermined(caseworker, needs="age", limit=1)
    assert (narrowed.count, len(narrowed.rows)) == (2, 1)
    rest = queries.undetermined(caseworker, needs="age", after=str(narrowed.after))
    assert len(rest.rows) == 1
    assert rest.after is None


def test_birthdays_of_the_next_90_days_are_named_by_their_review(committed, caseworker) -> None:
    committed(
        a_list(
            row(2, "A Mother", "wife_mother", birth=day("1985-01-01")),
            row(3, "Four In March", "daughter", birth=day("2014-03-09")),
            row(4, "Fifteen In April", "son", birth=day("2003-04-02")),
            row(5, "Four In June", "daughter", birth=day("2014-06-09")),
            row(6, "Four At Any Time", "son", birth=year(2014)),
        )
    )
    page = queries.coming(caseworker, on=TODAY)
    assert [(name(each.ref), each.review, each.cause) for each in page.rows] == [
        ("Four In March", "contact_and_assessment_review", "age:4"),
        ("Fifteen In April", "protection_review", "age:15"),
        ("Four At Any Time", "contact_and_assessment_review", "age:4"),
    ]
    assert page.rows[0].earliest == page.rows[0].latest == date(2018, 3, 9)
    assert (page.rows[0].before, page.rows[0].after) == (("with_mother",), ("state_home",))
    assert queries.coming(caseworker, on=TODAY, days=30).count == 2
    first = queries.coming(caseworker, on=TODAY, limit=1)
    assert [name(each.ref) for each in queries.coming(caseworker, on=TODAY, after=str(first.next)).rows] == [
        "Fifteen In April",
        "Four At Any Time",
    ]


def test_facts_and_nations_are_read_for_lists(committed, caseworker) -> None:
    committed(
        a_list(
            row(2, "Two Papers", "other", nationality=frozenset({"IRQ", "UZB"})),
            row(3, "None Known", "other", nationality=frozenset()),
        )
    )
    assert queries.nations(caseworker) == ("IRQ", "UZB", "unknown")
    ref = Person.objects.get(name_latin="Two Papers").ref
    found = queries.facts(caseworker, [ref])[ref]
    assert (found.birth, found.nationality, found.mother_present) == (None, {"IRQ", "UZB"}, None)


@pytest.mark.parametrize("role", ["monitor", "rules_editor", "administrator", "outsider"])
def test_roles_without_cases_read_no_decision(cast: Any, role: str) -> None:
    viewer = getattr(cast, role)
    for read in (
        lambda: queries.current(viewer, "P-222222"),
        lambda: queries.history(viewer, "P-222222"),
        lambda: queries.facts(viewer, []),
        lambda: queries.undetermined(viewer),
        lambda: queries.coming(viewer, on=TODAY),
        lambda: queries.outcomes(viewer),
        lambda: queries.nations(viewer),
    ):
        with pytest.raises(NotForYou):
            read()
