"""The life of a determination: the table is total, and what is in force was decided by a second person."""

from __future__ import annotations

import pytest

from amana.apps.determinations.states import (
    ENDED,
    IN_FORCE,
    NEEDS_SECOND_PERSON,
    TABLE,
    Act,
    State,
    after,
)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_the_table_answers_for_every_state_and_act(state: State, act: Act) -> None:
    assert set(TABLE) == set(State)
    assert set(TABLE[state]) == set(Act)
    assert after(state, act) is None or isinstance(after(state, act), State)


def test_every_state_is_reached_or_is_where_a_record_begins() -> None:
    reached = {state for acts in TABLE.values() for state in acts.values() if state}
    assert reached | {State.REQUESTED, State.RECORDED} == set(State)


def test_only_approving_what_waits_leads_to_approved() -> None:
    ways = [(state, act) for state in State for act in Act if after(state, act) is State.APPROVED]
    assert ways == [(State.REQUESTED, Act.APPROVE)]


def test_a_requested_determination_gets_past_waiting_by_approval_alone() -> None:
    """Whatever is in force and was not recorded as another's has an approval behind it."""
    seen, frontier = {State.REQUESTED}, [State.REQUESTED]
    while frontier:
        state = frontier.pop()
        for act in set(Act) - {Act.APPROVE}:
            following = after(state, act)
            if following and following not in seen:
                seen.add(following)
                frontier.append(following)
    assert seen == {State.REQUESTED, State.REJECTED, State.WITHDRAWN}
    assert NEEDS_SECOND_PERSON.isdisjoint({State.REQUESTED, State.WITHDRAWN, State.RECORDED})


def test_what_has_ended_never_comes_back() -> None:
    assert {State.REJECTED, State.WITHDRAWN, State.OVERTURNED, State.SUPERSEDED} == ENDED
    assert not ENDED & IN_FORCE


def test_while_an_appeal_runs_nothing_is_in_force() -> None:
    assert State.UNDER_APPEAL not in IN_FORCE
    assert after(State.UNDER_APPEAL, Act.UPHOLD) in IN_FORCE
