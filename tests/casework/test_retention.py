"""Periods: set with a basis, never invented; the night proposes and erases nothing."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from determined import family
from registered import AT, TODAY

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditPayload
from amana.apps.audit.recording import recording
from amana.apps.placements.models import Stay
from amana.apps.retention import codes
from amana.apps.retention import queries as retention
from amana.casework import legal_holds
from amana.casework.nightly import night
from amana.casework.retention import PeriodRefused, part_periods, propose_due, set_period

__all__ = ["family"]
pytestmark = pytest.mark.django_db
BASIS = "Decision 3 of the office of 1 January 2018."
MUCH_LATER = TODAY + timedelta(days=3 * 365)


def set_all(by: Any, months: int = 24) -> None:
    for cls in codes.CLASSES:
        set_period(cls, months, BASIS, by=by, at=AT, on=TODAY)


def leave(family: dict[str, str], by: Any) -> None:
    """Everybody's stay ends today."""
    with recording(by, AT):
        Stay.objects.filter(person__in=family.values()).update(until=TODAY)


def due(on: Any, officer: Any) -> set[str]:
    propose_due(on=on, by=night(), at=AT)
    return {each.person for each in retention.due(officer)}


def test_without_a_period_everything_is_kept(family: dict[str, str], cast: SimpleNamespace) -> None:
    leave(family, cast.operator)
    assert due(MUCH_LATER, cast.data_protection) == set()
    for cls in codes.CLASSES[:-1]:
        set_period(cls, 1, BASIS, by=cast.data_protection, at=AT, on=TODAY)
    assert due(MUCH_LATER, cast.data_protection) == set(family.values())
    assert {each.parts for each in retention.due(cast.data_protection)} == {(codes.WORDS,)}
    # Rows as sent may tell of school, too, and whatever the register says goes only with them.


def test_a_period_begins_when_somebody_stays_nowhere_and_nothing_happens_any_more(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    set_all(cast.data_protection)
    assert due(MUCH_LATER, cast.data_protection) == set()
    leave(family, cast.operator)
    assert due(TODAY + timedelta(days=700), cast.data_protection) == set()
    before = AuditPayload.objects.filter(entry__subject__in=family.values()).count()
    assert due(MUCH_LATER, cast.data_protection) == set(family.values())
    assert AuditPayload.objects.filter(entry__subject__in=family.values()).count() == before


def test_whatever_keeps_the_records_keeps_them_from_being_due(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    set_all(cast.data_protection)
    leave(family, cast.operator)
    legal_holds.place_legal_hold(
        family["Farid"], ground="evidence", words="She spoke of blows.", review_on=TODAY, by=cast.caseworker,
        at=AT, on=TODAY,
    )  # fmt: skip
    assert due(MUCH_LATER, cast.data_protection) == set(family.values()) - {family["Farid"]}


@pytest.mark.parametrize(
    ("cls", "months", "basis", "field"),
    [
        ("C6", 12, BASIS, "cls"),
        ("C10", 12, BASIS, "cls"),
        ("C1", 0, BASIS, "months"),
        ("C1", 1201, BASIS, "months"),
        ("C1", 12, "", "basis"),
        ("C1", 12, "law", "basis"),
        ("C1", None, "x", "basis"),
    ],
)
def test_a_period_needs_a_basis_in_words(
    cast: SimpleNamespace, cls: str, months: int | None, basis: str, field: str
) -> None:
    with pytest.raises(PeriodRefused) as refused:
        set_period(cls, months, basis, by=cast.data_protection, at=AT, on=TODAY)
    assert refused.value.field == field and not retention.periods()


def test_a_period_taken_away_keeps_the_class_again(cast: SimpleNamespace) -> None:
    set_period("C1", 12, BASIS, by=cast.data_protection, at=AT, on=TODAY)
    set_period("C1", None, "The decision was taken back.", by=cast.data_protection, at=AT, on=TODAY)
    assert retention.periods() == {}


@pytest.mark.parametrize("role", ["supervisor", "caseworker", "administrator", "monitor"])
def test_only_data_protection_sets_periods_and_sees_what_is_due(cast: SimpleNamespace, role: str) -> None:
    other = getattr(cast, role)
    for act in (
        lambda: set_period("C1", 12, BASIS, by=other, at=AT, on=TODAY),
        lambda: retention.due(other),
        lambda: retention.schedule(other),
        lambda: retention.standing_holds(other, TODAY),
    ):
        with pytest.raises(NotForYou):
            act()


def test_the_longest_period_of_its_classes_counts() -> None:
    periods = dict.fromkeys(codes.CLASSES, 12) | {"C4": 60}
    assert part_periods(periods) == dict.fromkeys(codes.PARTS, 60)
    assert part_periods({"C2": 12}) == {}
