"""What time alone changes, as announced, against deciding the same facts anew on every day of five years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from day_packs import a_row, built, provisions, small_pack
from random_facts import LEAP_BIRTHS, rows

from amana.apps.decisions.packs import find_pack
from amana.core.dates import DateSpan, clip
from amana.core.errors import PackFaults
from amana.core.facts import FactRow, FactValue
from amana.core.policy import Change, Pack, build_pack, decide, explain

DAY = timedelta(days=1)
YEARS = 5


@pytest.fixture(scope="module")
def pack() -> Pack:
    return find_pack("iraq_2018")


def as_known(row: FactRow) -> FactRow:
    """The row with its birth no later than its day, so that nobody is thought unborn on a later one."""
    span = row.values.get("birth")
    birth = clip(span if isinstance(span, DateSpan) else DateSpan(None, None), row.on)
    return replace(row, values={**row.values, "birth": birth})


def turning_days(pack: Pack, decision: str, row: FactRow, days: int) -> set[date]:
    """The later days on which something else is possible than on the day before."""
    known = as_known(row)
    outlook = [
        decide(pack, decision, replace(known, on=row.on + step * DAY)).possible for step in range(days + 1)
    ]
    return {row.on + step * DAY for step in range(1, days + 1) if outlook[step] != outlook[step - 1]}


def within(day: date, change: Change) -> bool:
    return change.earliest <= day and (change.latest is None or day <= change.latest)


def test_every_day_that_changes_what_is_possible_is_announced_and_no_other(pack: Pack) -> None:
    for row in rows(seed=5, count=120):
        if decide(pack, "placement", row).outcome == "invalid":
            continue
        changes = explain(pack, "placement", row).changes
        found = turning_days(pack, "placement", row, YEARS * 365)
        for day in found:
            assert any(within(day, change) for change in changes), (row, day)
        for change in changes:
            if change.latest and change.latest <= row.on + YEARS * 365 * DAY:
                assert found & {change.earliest, change.latest}, (row, change)


def test_changes_of_any_pack_are_announced() -> None:
    random = Random(53)
    met = 0
    while met < 25:
        rules = provisions(random)
        try:
            pack = built(rules, random.choice(["mar-01", "feb-28"]))
        except PackFaults:
            continue
        row = a_row(random, met)
        if decide(pack, "care", row).outcome == "invalid":
            continue
        met += 1
        changes = explain(pack, "care", row).changes
        for day in turning_days(pack, "care", row, 500):
            assert any(within(day, change) for change in changes), ([rule.entry for rule in rules], row, day)


@pytest.mark.parametrize("birth", LEAP_BIRTHS)
def test_a_leap_birth_turns_on_the_first_of_march_of_a_common_year(pack: Pack, birth: date) -> None:
    on = date(birth.year + 3, 6, 1)
    known: dict[str, FactValue] = {
        "birth": DateSpan.day(birth),
        "mother_present": True,
        "sex": frozenset({"male"}),
    }
    row = FactRow("leap", on, {**known, "nationality": frozenset({"IRQ"})})
    turns = {change.cause: change.earliest for change in explain(pack, "placement", row).changes}
    assert turns["age:4"] == date(birth.year + 4, 2, 29)
    assert turns["age:15"] == date(birth.year + 15, 3, 1)
    assert turns["age:18"] == date(birth.year + 18, 3, 1)


def test_a_birthday_within_the_law_window_is_not_told_as_a_change_of_law(pack: Pack) -> None:
    values: dict[str, FactValue] = {
        "birth": DateSpan.day(date(2013, 8, 28)),
        "nationality": frozenset({"PSE"}),
        "mother_present": True,
    }
    row = FactRow("x", date(2017, 8, 26), values)
    assert "law:amend-1980" not in {change.cause for change in explain(pack, "placement", row).changes}


@pytest.mark.parametrize("on", [date(1, 1, 1), date(1899, 12, 31), date(2016, 2, 29), date(9999, 12, 31)])
def test_any_day_of_the_calendar_can_be_asked_about(pack: Pack, on: date) -> None:
    known: list[dict[str, FactValue]] = [{}, {"birth": DateSpan.day(on)}, {"birth": DateSpan(None, on)}]
    for values in known:
        assert explain(pack, "placement", FactRow("x", on, values)).verdict.exact


def test_nothing_on_record_stays_nothing_on_record_when_time_goes_on() -> None:
    content = small_pack.files(
        [
            small_pack.rule("unseen", "seen_by_doctor IS NOT KNOWN AND age >= 3", "clinic"),
            small_pack.rule("late", "seen_by_doctor IS KNOWN AND days_since(seen_by_doctor) > 20", "home"),
        ],
        [small_pack.gap("rest", "age < 3 OR age >= 3")],
    )
    content["facts.yaml"]["seen_by_doctor"]["past"] = True
    (turn,) = explain(
        build_pack(content),
        "care",
        FactRow("x", date(2018, 2, 15), {"birth": DateSpan.day(date(2016, 1, 1))}),
    ).changes
    assert turn.earliest == date(2019, 1, 1)
    assert (turn.possible_before, turn.possible_after) == (("nothing",), ("clinic",))
