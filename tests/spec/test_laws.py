"""Laws that hold for every row: knowing more never overturns, needs are few and enough, boundaries lie on
the day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_facts import LEAP_BIRTHS, rows

from amana.apps.decisions.packs import find_pack
from amana.core.dates import DateSpan, birthday
from amana.core.facts import AllOf, FactRow, FactValue
from amana.core.policy import UNDETERMINED, Pack, build_pack, decide
from amana.core.policy.views import Verdict

ONE_DAY = timedelta(days=1)
ASKED = {"age": "birth", "sex": "sex", "nationality": "nationality", "mother_present": "mother_present"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return find_pack("iraq_2018")


def narrowed(random: Random, name: str, value: FactValue, on: date) -> FactValue:
    """The same fact known better."""
    if name == "birth":
        span = value if isinstance(value, DateSpan) else DateSpan(None, None)
        latest = min(span.latest or on, on)
        earliest = span.earliest or latest - timedelta(days=25 * 365)
        days = sorted(
            earliest + timedelta(days=random.randrange((latest - earliest).days + 1)) for _ in range(2)
        )
        return DateSpan(days[0], days[1])
    if name == "mother_present":
        return random.random() < 0.5 if value is None else value
    codes = sorted(value) if isinstance(value, frozenset) else ["male", "female"]
    if name == "nationality" and value is None:
        codes = ["IRQ", "PSE", "TUR", "XXA"]
    if isinstance(value, AllOf):
        return value
    return frozenset(random.sample(codes, random.randrange(1, len(codes) + 1)))


def answered(random: Random, row: FactRow, name: str) -> FactRow:
    """The row with one fact fully known, within what was known of it."""
    value = narrowed(random, name, row.values.get(name), row.on)
    if isinstance(value, DateSpan):
        assert value.earliest is not None
        value = DateSpan.day(value.earliest)
    if isinstance(value, frozenset) and name == "sex":
        value = frozenset([min(value)])
    if isinstance(value, frozenset) and len(value) > 1:
        value = AllOf(value)
    return replace(row, values={**row.values, name: value})


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_knowing_more_never_turns_a_definite_outcome(pack: Pack, seed: int) -> None:
    random = Random(seed)
    row = next(iter(rows(seed, 1)))
    before = decide(pack, "placement", row)
    if before.outcome == "invalid":
        return
    name = random.choice(list(ASKED.values()))
    better = replace(row, values={**row.values, name: narrowed(random, name, row.values.get(name), row.on)})
    after = decide(pack, "placement", better)
    assert set(after.possible) <= set(before.possible)
    if before.definite:
        assert after.outcome == before.outcome


def undetermined(pack: Pack, count: int) -> list[tuple[FactRow, Verdict]]:
    judged = ((row, decide(pack, "placement", row)) for row in rows(seed=7, count=count))
    return [(row, verdict) for row, verdict in judged if verdict.outcome == UNDETERMINED]


def test_every_answer_to_what_is_needed_settles_the_case(pack: Pack) -> None:
    random = Random(8)
    for row, verdict in undetermined(pack, 600):
        if any(name.startswith("law:") for name in verdict.needs):
            continue
        for _ in range(5):
            settled = row
            for name in verdict.needs:
                settled = answered(random, settled, ASKED[name])
            assert decide(pack, "placement", settled).definite, (row, verdict)


BANDS = {
    4: ("with_mother", "state_home"),
    15: ("state_home", "reported_detention_possible"),
    18: ("reported_detention_possible", "not_a_child"),
}
BIRTHS = [date(2000, 1, 1), date(2003, 2, 28), date(2003, 12, 31), date(2004, 3, 1), *LEAP_BIRTHS]


def with_leap_day(leap_day: str) -> Pack:
    from amana.apps.decisions.packs import pack_folder, read_pack_files

    files = dict(read_pack_files(pack_folder("iraq_2018")))
    files["pack.yaml"] = {**files["pack.yaml"], "leap_day_birthday": leap_day}
    return build_pack(files, [find_pack("international")])


@pytest.mark.parametrize("leap_day", ["mar-01", "feb-28"])
@pytest.mark.parametrize("age", BANDS)
def test_the_outcome_changes_on_the_birthday_and_on_no_other_day(leap_day: str, age: int) -> None:
    pack = with_leap_day(leap_day)
    for birth in BIRTHS:
        day = birthday(birth, age, "mar-01" if leap_day == "mar-01" else "feb-28")
        known = {"birth": DateSpan.day(birth), "sex": frozenset({"male"}), "mother_present": True}
        known["nationality"] = frozenset({"IRQ"})
        outcomes = [
            decide(pack, "placement", FactRow("x", on, known)).outcome
            for on in (day - ONE_DAY, day, day + ONE_DAY)
        ]
        before, after = BANDS[age]
        assert outcomes == [before, after, after], (birth, age)


@pytest.mark.parametrize("age", BANDS)
def test_a_birth_one_day_off_the_boundary_stands_on_its_own_side(pack: Pack, age: int) -> None:
    for on in (date(2016, 2, 28), date(2016, 2, 29), date(2018, 2, 28), date(2018, 3, 1), date(2018, 6, 30)):
        leap = (on.month, on.day) == (2, 29)
        edge = date(on.year - age, on.month, 28 if leap and (on.year - age) % 4 else on.day)
        before, after = BANDS[age]
        found = [at(pack, on, edge + step * ONE_DAY) for step in (-1, 0, 1)]
        assert found == [after, after, before], (on, age)
        assert at(pack, on, edge, edge + ONE_DAY) == UNDETERMINED


def at(pack: Pack, on: date, earliest: date, latest: date | None = None) -> str:
    values: dict[str, FactValue] = {
        "birth": DateSpan(earliest, latest or earliest),
        "sex": frozenset({"male"}),
        "nationality": frozenset({"IRQ"}),
        "mother_present": True,
    }
    return decide(pack, "placement", FactRow("x", on, values)).outcome
