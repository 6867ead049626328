"""Episodes held against what is found: one verdict is one episode, and only what is found ends it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amana.apps.oversight.episodes import Found, Standing, SweepCounts, changes

DAY = date(2018, 2, 15)
LAW, NEW_LAW = "a" * 64, "b" * 64

found = st.builds(
    Found,
    person_id=st.sampled_from(["P-1", "P-2", None]),
    safeguard=st.sampled_from(["S06", "S11"]),
    key=st.sampled_from(["stay:1", "stay:2"]),
    verdict=st.sampled_from(["breach", "overdue", "duty_open", "undetermined"]),
    due_earliest=st.sampled_from([None, DAY, DAY + timedelta(5)]),
    due_latest=st.sampled_from([None, DAY + timedelta(5)]),
    needs=st.sampled_from(["", "birth"]),
    possible=st.just(""),
    facility=st.sampled_from(["", "S-1"]),
    begun_on=st.sampled_from([DAY, DAY - timedelta(20)]),
    planned=st.booleans(),
)
once = st.lists(found, unique_by=lambda each: each.place, max_size=8)


def stands(all_found: list[Found], law: str = LAW) -> list[Standing]:
    return [Standing(number, DAY, law, each) for number, each in enumerate(all_found, 1)]


@given(once, once)
def test_what_stands_after_is_what_is_found(before: list[Found], now: list[Found]) -> None:
    to_do = changes(stands(before), now, LAW)
    ended = {each.id for each in to_do.end}
    altered = dict(to_do.alter)
    after = [altered.get(each.id, each.found) for each in stands(before) if each.id not in ended]
    assert sorted([*after, *to_do.begin], key=repr) == sorted(now, key=repr)


@given(once)
def test_a_second_look_changes_nothing(now: list[Found]) -> None:
    to_do = changes(stands(now), now, LAW)
    assert not (to_do.begin or to_do.end or to_do.alter or to_do.confirm)


@given(once)
def test_a_new_law_that_finds_the_same_only_confirms(now: list[Found]) -> None:
    to_do = changes(stands(now), now, NEW_LAW)
    assert (len(to_do.confirm), to_do.begin, to_do.end, to_do.alter) == (len(now), [], [], [])


@given(once, once)
def test_nothing_ends_but_what_is_found_no_more_or_otherwise(before: list[Found], now: list[Found]) -> None:
    by_place = {each.place: each for each in now}
    for old in changes(stands(before), now, LAW).end:
        new = by_place.get(old.found.place)
        assert new is None or (new.verdict, new.due_earliest, new.due_latest) != (
            old.found.verdict,
            old.found.due_earliest,
            old.found.due_latest,
        )


def duty(earliest: date | None, latest: date | None, verdict: str = "duty_open") -> Found:
    return Found("P-1", "S11", "stay:1", verdict, earliest, latest, "", "", "")


def test_another_due_day_is_another_duty() -> None:
    to_do = changes(stands([duty(DAY, DAY)]), [duty(DAY + timedelta(90), DAY + timedelta(90))], LAW)
    assert (len(to_do.begin), len(to_do.end)) == (1, 1)


def test_a_due_day_that_is_only_known_better_is_the_same_duty() -> None:
    wide, narrow = duty(DAY, DAY + timedelta(30)), duty(DAY + timedelta(3), DAY + timedelta(3))
    to_do = changes(stands([wide]), [narrow], LAW)
    assert (to_do.begin, to_do.end, to_do.alter) == ([], [], [(1, narrow._replace(begun_on=DAY))])


def test_what_becomes_overdue_is_new_and_not_cleared() -> None:
    counts, late = SweepCounts(), duty(DAY, DAY, "overdue")
    counts.count(changes(stands([duty(DAY, DAY)]), [late], LAW), frozenset(), [late])
    assert (counts.new, counts.cleared, counts.standing) == ({"S11": 1}, {}, {"S11": {"overdue": 1}})


def test_an_interrupted_count_is_taken_up() -> None:
    counts = SweepCounts()
    counts.count(changes(stands([duty(DAY, DAY)]), [], LAW), frozenset({1}), [])
    again = SweepCounts()
    again.take_up(counts.plain())
    assert again.plain() == counts.plain() == {"S11": {"new": 0, "cleared": 1, "by_law": 1}}


def test_an_episode_without_a_day_on_record_counts_from_the_day_it_was_found() -> None:
    undated = duty(DAY, DAY, "breach")
    (standing,) = stands([undated._replace(begun_on=DAY)])
    to_do = changes([standing], [undated], LAW)
    assert not (to_do.begin or to_do.end or to_do.alter)


def test_a_day_of_the_act_that_becomes_known_is_written_into_the_episode() -> None:
    dated = duty(DAY, DAY, "breach")._replace(begun_on=DAY - timedelta(20))
    to_do = changes(stands([dated._replace(begun_on=DAY)]), [dated], LAW)
    assert to_do.alter == [(1, dated)]
