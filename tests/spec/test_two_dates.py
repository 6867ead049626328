"""Two uncertain dates compared: never fewer outcomes than the days allow, and said to be inexact where it may
be more.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date, timedelta
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest
from day_packs import COMPARE
from random_packs import OUTCOMES, Condition, Provision, judge

from amana.core.dates import DateSpan, LeapDay
from amana.core.errors import PackFaults
from amana.core.facts import FactRow, FactValue
from amana.core.policy import Pack, build_pack, decide, explain
from amana.exchange.sql_rows import Session, decide_in_batches

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))
import small_pack

ON = date(2018, 2, 15)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def pack() -> Pack:
    rules = [
        small_pack.rule("infant", "age_at(arrived) < 1", "home"),
        small_pack.rule("before", "birth > arrived", "clinic", exception_to=["infant"]),
        small_pack.rule("older", "age_at(arrived) >= 1 AND age >= 3", "clinic"),
    ]
    return small_pack.open_pack(rules)


def years(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def outcome(birth: date, arrived: date) -> str:
    """The rules in words: born after the arrival, clinic; arrived before one, home; from three, clinic."""
    if birth > arrived:
        return "clinic"
    if years(birth, arrived) < 1:
        return "home"
    return "clinic" if years(birth, ON) >= 3 else "nothing"


def span(random: Random) -> DateSpan:
    first = ON - random.randrange(30, 4 * 365) * DAY
    return DateSpan(first, first + random.choice([0, 3, 20, 90]) * DAY)


def days(found: DateSpan) -> list[date]:
    assert found.earliest and found.latest
    return [found.earliest + step * DAY for step in range((found.latest - found.earliest).days + 1)]


def test_two_dates_never_leave_out_an_outcome_and_say_where_they_are_inexact(pack: Pack) -> None:
    assert not pack.exact("care")
    random = Random(61)
    exact = inexact = 0
    for _ in range(800):
        birth = span(random)
        arrived = random.choice(
            [span(random), DateSpan.day(days(birth)[0] + random.randrange(-3, 400) * DAY)]
        )
        values: dict[str, FactValue] = {"birth": birth, "arrived": arrived}
        row = FactRow("x", ON, values)
        found = decide(pack, "care", row)
        really = {outcome(*pair) for pair in product(days(birth), days(arrived)) if pair[0] <= ON}
        assert really <= set(found.possible), row
        assert explain(pack, "care", row).exact == found.exact
        if found.exact:
            exact += 1
            assert really == set(found.possible), row
        else:
            inexact += 1
    assert exact >= 100 and inexact >= 30


LEAP_RULES = [
    *(
        small_pack.rule(f"at-{years}", f"age_at(arrived) = {years}", "home", "must")
        for years in (0, 1, 3, 4, 8)
    ),
    small_pack.rule("before", "birth > arrived OR arrived >= seen_by_doctor", "clinic"),
]
YEARS = (1896, 1900, 1904, 1999, 2000, 2001, 2004, 2012, 2015, 2016)


def leap_pack(reading: LeapDay) -> Pack:
    content = small_pack.files(LEAP_RULES, [small_pack.gap("rest", small_pack.EVERYBODY)])
    content["pack.yaml"]["leap_day_birthday"] = reading
    return build_pack(content)


def around_leap_day(random: Random) -> DateSpan | None:
    """A day at the end of February, known, nearly known, or open at an end."""
    first = date(random.choice(YEARS), 2, 27) + random.randrange(4) * DAY
    last = first + random.choice([0, 0, 0, 1, 2, 366]) * DAY
    return random.choice([DateSpan(first, last)] * 8 + [None, DateSpan(None, last), DateSpan(first, None)])


@pytest.mark.parametrize("reading", ["mar-01", "feb-28"])
def test_two_dates_about_leap_days_answer_alike_on_every_engine(reading: LeapDay, session: Session) -> None:
    leaping = leap_pack(reading)
    random = Random(29)
    rows = [
        FactRow(
            str(number),
            random.choice([ON, date(2016, 2, 29), date(2004, 2, 28)]),
            {name: around_leap_day(random) for name in ("birth", "arrived", "seen_by_doctor")},
        )
        for number in range(1_500)
    ]
    expected = [decide(leaping, "care", row) for row in rows]
    assert {verdict.exact for verdict in expected} == {True, False}
    for row, here, there in zip(
        rows, expected, decide_in_batches(session, leaping, "care", rows), strict=True
    ):
        assert there == here, row


def test_a_certain_pair_is_as_old_as_the_calendar_says(session: Session) -> None:
    leaping = leap_pack("feb-28")
    births = [date(2012, 2, 28), date(2012, 2, 29), date(2012, 3, 1)]
    arrivals = [date(2015, 2, 27), date(2015, 2, 28), date(2015, 3, 1), date(2016, 2, 28), date(2016, 2, 29)]
    rows = [
        FactRow(
            "x",
            ON,
            {
                "birth": DateSpan.day(birth),
                "arrived": DateSpan.day(arrived),
                "seen_by_doctor": DateSpan.day(ON),
            },
        )
        for birth, arrived in product(births, arrivals)
    ]
    found = [verdict.rules for verdict in decide_in_batches(session, leaping, "care", rows)]
    none, three, four = ("default",), ("at-3",), ("at-4",)
    assert found == [
        *(none, three, three, four, four),
        *(none, three, three, three, four),
        *(none, none, three, three, three),
    ]


def test_a_birth_after_the_as_of_date_is_invalid_by_its_own_name_though_only_a_pair_reads_it(
    session: Session,
) -> None:
    paired = small_pack.open_pack([small_pack.rule("infant", "age_at(arrived) < 1", "home")])
    late = FactRow("x", ON, {"birth": DateSpan.day(ON + DAY), "arrived": DateSpan.day(date(2018, 1, 1))})
    assert decide(paired, "care", late).needs == ("age",)
    assert list(decide_in_batches(session, paired, "care", [late])) == [decide(paired, "care", late)]


PAIR = ("birth", "arrived")
World = dict[str, date]


def pair_condition(random: Random) -> Condition:
    """A random comparison over one or two dates, as text and as what it means of two certain days."""
    sign, number = random.choice(list(COMPARE)), random.randrange(4)
    compare = COMPARE[sign]
    return random.choice(
        [
            (
                f"age_at(arrived) {sign} {number}",
                lambda world: compare(years(world["birth"], world["arrived"]), number),
            ),
            (f"birth {sign} arrived", lambda world: compare(world["birth"], world["arrived"])),
            (f"age {sign} {number}", lambda world: compare(years(world["birth"], ON), number)),
            (
                f"days_since(arrived) {sign} {90 * number}",
                lambda world: compare((ON - world["arrived"]).days, 90 * number),
            ),
        ]
    )


def pair_rules(random: Random) -> list[Provision]:
    """Two or three rules of two such comparisons each."""
    made = []
    for number in range(random.choice([2, 3])):
        (one, first), (other, second) = pair_condition(random), pair_condition(random)
        modality = random.choice(["may", "must", "must_not"])
        entry = small_pack.rule(
            f"r{number}", f"{one} AND {other}", random.choice(("home", "clinic")), modality
        )
        made.append(
            Provision(entry, lambda world, first=first, second=second: first(world) and second(world))
        )
    return made


def settles(results: list[tuple[World, str]], chosen: tuple[str, ...]) -> bool:
    """Whether every answer about these dates leaves one outcome, by trying every answer."""
    left: dict[tuple[date, ...], str] = {}
    return all(
        left.setdefault(tuple(world[name] for name in chosen), outcome) == outcome
        for world, outcome in results
    )


def needed(results: list[tuple[World, str]]) -> tuple[str, ...]:
    """The smallest set of dates that settles it."""
    subsets = (chosen for size in range(3) for chosen in combinations(PAIR, size))
    return next(chosen for chosen in subsets if settles(results, chosen))


def test_random_packs_of_two_dates_agree_with_every_pair_of_days() -> None:
    random = Random(83)
    exact = inexact = tried = 0
    asked: Counter[tuple[tuple[str, ...], bool, bool]] = Counter()
    more = 0
    while tried < 60:
        rules = pair_rules(random)
        try:
            made = small_pack.open_pack([rule.entry for rule in rules], outcomes=OUTCOMES)
        except PackFaults:
            continue
        tried += 1
        for _ in range(40):
            first = ON - random.randrange(30, 4 * 365) * DAY
            birth = DateSpan(first, first + random.choice([0, 1, 4, 20]) * DAY)
            begun = first + (365 * random.randrange(3) + random.randrange(-6, 7)) * DAY
            arrived = DateSpan(begun, begun + random.choice([0, 1, 4, 20]) * DAY)
            found = decide(made, "care", FactRow("x", ON, {"birth": birth, "arrived": arrived}))
            worlds = [{"birth": day, "arrived": at} for day in days(birth) for at in days(arrived)]
            results = [(world, judge(rules, world)[0]) for world in worlds]
            really = {outcome for _, outcome in results}
            assert really <= set(found.possible)
            if found.exact:
                assert really == set(found.possible)
            if len(really) > 1:
                smallest = needed(results)
                asked[smallest, birth.certain, arrived.certain] += 1
                named = {made.engines["care"].name_in_needs(name): name for name in PAIR}
                given = tuple(name for name in PAIR if name in {named[need] for need in found.needs})
                assert settles(results, given)
                more += given != smallest
                if birth.certain or arrived.certain:
                    assert given == smallest, ([rule.entry for rule in rules], birth, arrived)
            exact += found.exact
            inexact += not found.exact
    assert exact >= 300 and inexact >= 100
    assert asked[("birth",), False, True] >= 10 and asked[("arrived",), True, False] >= 10
    assert asked[PAIR, False, False] >= 50 and more <= 5, "of two open dates one may seldom be enough"


KNOWN, MEANT = DateSpan.day(date(2016, 6, 1)), DateSpan(date(2016, 1, 1), date(2016, 12, 31))
AFTERWARDS = DateSpan.day(date(2017, 6, 1))


@pytest.mark.parametrize("engine", ["python", "sqlite", "postgresql", "duckdb"])
def test_of_two_dates_the_one_that_is_a_single_day_is_never_asked_for(
    engine: str, request: pytest.FixtureRequest
) -> None:
    paired = small_pack.open_pack([small_pack.rule("infant", "age_at(arrived) < 1", "home")])
    wanted: dict[tuple[DateSpan | None, DateSpan | None], tuple[str, ...]] = {
        (MEANT, AFTERWARDS): ("age",),
        (None, AFTERWARDS): ("age",),
        (KNOWN, None): ("arrived",),
        (KNOWN, DateSpan(date(2017, 1, 1), None)): ("arrived",),
        (MEANT, DateSpan(date(2017, 1, 1), date(2017, 12, 31))): ("age", "arrived"),
        (None, None): ("age", "arrived"),
        (DateSpan(ON, None), DateSpan(None, None)): ("arrived",),
        (KNOWN, AFTERWARDS): (),
    }
    rows = [FactRow("x", ON, {"birth": birth, "arrived": arrived}) for birth, arrived in wanted]
    found = [decide(paired, "care", row) for row in rows]
    if engine != "python":
        found = list(decide_in_batches(request.getfixturevalue("sessions")[engine], paired, "care", rows))
    assert [verdict.needs for verdict in found] == list(wanted.values())


def test_a_date_against_the_birth_asks_for_the_age_where_the_rules_read_it() -> None:
    paired = small_pack.open_pack(
        [
            small_pack.rule("before", "birth > arrived", "clinic"),
            small_pack.rule("grown", "age >= 90", "clinic"),
        ]
    )
    row = FactRow("x", ON, {"birth": MEANT, "arrived": KNOWN})
    assert decide(paired, "care", row).needs == ("age",)


def test_beyond_the_cap_of_cells_a_date_that_is_a_single_day_is_not_asked_for_either() -> None:
    odd = ", ".join(str(2 * number + 1) for number in range(120))
    wide = small_pack.open_pack(
        [
            small_pack.rule("infant", "age_at(arrived) < 1", "home"),
            *(
                small_pack.rule(f"many-{place}", f"{measure} IN ({odd}) AND ill", "home")
                for place, measure in enumerate(("siblings", "days_since(arrived)", "age"))
            ),
        ]
    )
    assert not wide.engines["care"].finite
    values: dict[str, FactValue] = {"birth": MEANT, "arrived": AFTERWARDS, "ill": False, "siblings": 0}
    assert decide(wide, "care", FactRow("x", ON, values)).needs == ("age",)
