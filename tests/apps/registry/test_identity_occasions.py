"""What the register tells the safeguards of changed identities: the day, the reason, and whether the trail
holds it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from determined import LATER, acting, family
from django.db import connection
from django.test.utils import CaptureQueriesContext
from registered import TODAY

from amana.apps.accounts.models import Office
from amana.apps.audit.recording import recording
from amana.apps.registry.models import Claim, KinLink, Person
from amana.apps.registry.occasions import provide
from amana.casework import amend
from amana.core.dates import DateSpan

__all__ = ["family"]
pytestmark = pytest.mark.django_db


def refute(ref: str, by: Any, attribute: str = "birth", judgement: Any = "refute") -> int:
    claim = Claim.objects.filter(person=ref, attribute=attribute).order_by("pk").first()
    judged = {"claim": claim.pk, "judgement": judgement, "reason": "Her sister's card."}
    amend.judge_claim(person=ref, **judged, **acting(by))
    return int(claim.pk)


def told(ref: str, on: date = TODAY) -> list[tuple[Any, ...]]:
    return [tuple(each.values.values()) for each in provide([ref], on)]


def test_a_refuted_claim_tells_its_day_its_reason_and_the_trail(family, caseworker) -> None:
    refute(family["Anora"], caseworker)
    assert told(family["Anora"]) == [(DateSpan.day(TODAY), True, True)]
    assert told(family["Farid"]) == []
    assert told(family["Anora"], TODAY - timedelta(days=1)) == []


def test_a_refuted_claim_that_counts_again_is_a_change_too(family, caseworker) -> None:
    refute(family["Anora"], caseworker)
    refute(family["Anora"], caseworker, judgement="support")
    assert len(told(family["Anora"])) == 2


@pytest.mark.parametrize("judgement", ["support", "confirm", "dispute"])
def test_a_judgement_that_changes_no_identity_is_none(family, caseworker, judgement) -> None:
    refute(family["Anora"], caseworker, judgement=judgement)
    assert told(family["Anora"]) == []


def test_what_was_changed_past_the_register_has_neither_reason_nor_trail(family, caseworker) -> None:
    with recording(caseworker, LATER):
        Claim.objects.filter(person=family["Anora"], attribute="name").update(standing="refuted")
        KinLink.objects.filter(child=family["Anora"]).update(standing="refuted")
    listed = Claim.objects.filter(person=family["Anora"]).first().on
    assert told(family["Anora"]) == [(DateSpan(listed, TODAY), False, False)] * 2


def test_an_office_that_stands_on_a_day_changed_everything_on_it(family, caseworker) -> None:
    with recording(caseworker, LATER):
        Office.objects.update(stands_on=TODAY - timedelta(days=3))
    refute(family["Anora"], caseworker)
    assert told(family["Anora"]) == [(DateSpan.day(TODAY - timedelta(days=3)), True, True)]


def test_any_number_of_people_takes_a_few_queries(family, caseworker) -> None:
    refs = list(Person.objects.values_list("ref", flat=True))
    for ref in refs:
        refute(ref, caseworker)
    with CaptureQueriesContext(connection) as queries:
        found = list(provide(refs, TODAY))
    assert len(found) == len(refs)
    assert len(queries) <= 6
