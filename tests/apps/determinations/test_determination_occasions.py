"""What determinations tell the safeguards: codes, flags and days of each that is in force or asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from determined import (
    CANARY,
    acting,
    approved,
    ask,
    assessed,
    family,
    judged,
    reported,
    separation,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from registered import TODAY

from amana.apps.determinations.models import Determination
from amana.apps.determinations.occasions import KINDS, occasion_key, provide
from amana.apps.registry.models import Person
from amana.casework import determine
from amana.casework.determine import PanelMember, View
from amana.core.dates import DateSpan
from amana.core.facts import AllOf
from amana.core.safeguards import Occasion

__all__ = ["approved", "ask", "family"]
pytestmark = pytest.mark.django_db


def told(ref: str, on: date = TODAY) -> dict[str, Any]:
    """The values of one determination; empty where it provides no occasion."""
    person = Determination.objects.get(ref=ref).person_id
    found = {each.key: each.values for each in provide([person], on)}
    return dict(found.get(occasion_key(ref), {}))


def test_one_that_waits_tells_all_that_safeguards_ask(ask) -> None:
    ref = ask("Farid", **separation(grounds=("safety", "family_tie")))
    assert told(ref) == {
        "determined_on": DateSpan.day(TODAY),
        "determination_kind": frozenset({"determination"}),
        "effect": frozenset({"adverse"}),
        "grounds": AllOf({"safety", "family_tie"}),
        "reasons_given": True,
        "citations_given": True,
        "author_given": True,
        "child_view": frozenset({"heard"}),
        "charge_on_record": None,
        "age_settled": True,
        "harsher_branch": False,
        "label_used": None,
    }
    assert isinstance(told(ref)["grounds"], AllOf)


def test_what_another_body_left_out_shows_as_left_out(family, caseworker) -> None:
    values = told(reported(family["Farid"], caseworker, label_used="terrorist"))
    assert (values["reasons_given"], values["citations_given"], values["author_given"]) == (False,) * 3
    assert (values["grounds"], values["child_view"], values["effect"]) == (None, None, None)
    assert values["determined_on"] == DateSpan(None, TODAY)
    assert values["label_used"] == {"terrorist"}


def test_what_another_body_gave_shows_as_given(family, caseworker) -> None:
    said = {
        "decided_on": date(2018, 2, 1),
        "reasons": "Because the panel says so.",
        "citations": ("their own order",),
        "panel": (PanelMember("other", "the chair"),),
        "child_view": View(False, "", "declined"),
    }
    values = told(reported(family["Farid"], caseworker, **said))
    assert values["reasons_given"] and values["citations_given"] and values["author_given"]
    assert values["child_view"] == {"reason_for_none"}
    assert values["determined_on"] == DateSpan.day(date(2018, 2, 1))


def test_an_assessment_decides_nothing(family, caseworker) -> None:
    values = told(assessed(family["Anora"], caseworker))
    assert (values["determination_kind"], values["effect"]) == ({"assessment"}, {"neutral"})
    assert (values["harsher_branch"], values["grounds"], values["reasons_given"]) == (False, None, True)


def test_the_first_charge_that_stands_is_told(family, caseworker) -> None:
    person = family["Rustam"]
    ref = reported(person, caseworker, label_used="suspect")
    assert told(ref)["charge_on_record"] is None
    wrong = judged(person, caseworker, "charge", decided_on=date(2018, 1, 1))
    assert told(ref)["charge_on_record"] == DateSpan.day(date(2018, 1, 1))
    judged(person, caseworker, "charge", decided_on=date(2018, 1, 20), corrects=wrong)
    judged(person, caseworker, "review", decided_on=date(2018, 1, 2))
    assert told(ref)["charge_on_record"] == DateSpan.day(date(2018, 1, 20))


def test_a_day_before_it_was_made_knows_nothing_of_it(ask) -> None:
    assert told(ask("Farid"), TODAY - timedelta(days=1)) == {}


@pytest.mark.parametrize("end", ["reject", "withdraw", "overturn", "supersede"])
def test_what_ended_provides_no_occasion_from_that_day_on(ask, caseworker, supervisor, end: str) -> None:
    ref = ask("Farid")
    later, why = TODAY + timedelta(days=10), {"reason": "Said at the meeting.", "seen_version": None}
    if end in ("reject", "withdraw"):
        getattr(determine, end)(ref, **why, **acting(supervisor if end == "reject" else caseworker, later))
    else:
        determine.approve(ref, **why, **acting(supervisor))
        lodged = {"lodged_by": "child", "lodged_on": later, "ground": "She wants to stay there."}
        if end == "overturn":
            determine.appeal(ref, **lodged, **acting(caseworker, later))
            assert told(ref, later)
            ended = {
                "outcome": "overturned",
                "body": "court",
                "decided_on": later,
                "reasons": "The court agreed with her.",
            }
            determine.decide_appeal(ref, **ended, **acting(caseworker, later))
        else:
            determine.approve(ask("Farid", supersedes=ref), **why, **acting(supervisor, later))
    assert told(ref, later) == {}
    assert told(ref, later - timedelta(days=1))


def test_no_text_is_in_an_occasion(family, caseworker, ask) -> None:
    ask("Farid", **separation())
    assessed(family["Farid"], caseworker)
    reported(family["Farid"], caseworker, reasons=CANARY, citations=(CANARY,))
    judged(family["Farid"], caseworker)
    occasions = list(provide([family["Farid"]], TODAY))
    assert len(occasions) == 3
    assert CANARY not in repr(occasions)
    plain = DateSpan | frozenset | bool | None
    assert all(isinstance(value, plain) for each in occasions for value in each.values.values())


def test_any_number_of_people_takes_two_queries(family, caseworker) -> None:
    refs = list(Person.objects.values_list("ref", flat=True))
    for ref in refs:
        assessed(ref, caseworker)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = list(provide(refs, TODAY))
    assert (len(found), len(queries)) == (len(refs), 2)
    assert {type(each) for each in found} == {Occasion}
    assert {each.kind for each in found} == set(KINDS)
