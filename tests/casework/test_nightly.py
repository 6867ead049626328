"""The night: whoever the day concerns is decided anew, all are looked at; a second night does nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from law_changes import until_three
from registered import AT, TODAY
from small_lists import a_list, day, many, one_family, row
from sweeping import kept, whole

from amana.apps.accounts.viewers import NotForYou
from amana.apps.decisions.models import Decision
from amana.apps.jobs.models import Job
from amana.apps.oversight.models import Sweep
from amana.apps.registry.models import Person
from amana.casework import nightly, proposals
from amana.casework.nightly import NIGHT_ID, night
from amana.core.dates import DateSpan
from amana.worker.loop import Worker
from amana.worker.oversight import ask_for_night

pytestmark = pytest.mark.django_db

FOURTH = date(2018, 3, 10)


@pytest.fixture
def nears_four(committed: Any) -> str:
    """A boy whose fourth birthday is on 10 March 2018, with his mother."""
    committed(
        a_list(
            row(2, "Zarina", "wife_mother", birth=day("1987-05-02")),
            row(3, "Ilyas", "son", birth=day("2014-03-10")),
        )
    )
    return Person.objects.get(name_latin="Ilyas").ref


def a_night(on: date) -> int:
    return nightly.run(on=on, by=night(), at=AT + (on - TODAY)).decided


def decision(person: str) -> Decision:
    return Decision.objects.get(person=person, superseded_at=None)


def test_nobody_is_decided_before_the_day_and_the_birthday_decides(nears_four) -> None:
    assert [a_night(FOURTH - timedelta(back)) for back in (2, 1)] == [0, 0]
    assert decision(nears_four).outcome == "with_mother"
    assert a_night(FOURTH) == 1
    assert (decision(nears_four).outcome, decision(nears_four).on) == ("state_home", FOURTH)
    assert kept() == whole(FOURTH)


def test_a_day_that_was_missed_is_made_up_for(nears_four) -> None:
    assert a_night(FOURTH + timedelta(9)) == 1
    assert decision(nears_four).outcome == "state_home"


def test_a_second_night_of_a_day_decides_nobody_and_keeps_nothing_new(nears_four) -> None:
    a_night(FOURTH)
    decided = list(Decision.objects.order_by("pk").values())
    assert a_night(FOURTH) == 0
    assert list(Decision.objects.order_by("pk").values()) == decided


def test_an_uncertain_birthday_decides_on_its_first_and_last_day_and_not_each_night(committed) -> None:
    committed(
        a_list(
            row(2, "Zarina", "wife_mother", birth=day("1987-05-02")),
            row(3, "Ilyas", "son", birth=DateSpan(date(2014, 3, 1), date(2014, 3, 31))),
        )
    )
    ilyas = Person.objects.get(name_latin="Ilyas").ref
    nights = [date(2018, 2, 28) + timedelta(days) for days in range(34)]
    decided = [on for on in nights if a_night(on)]
    assert decided == [date(2018, 3, 1), date(2018, 3, 31)]
    outcomes = Decision.objects.filter(person=ilyas).order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["with_mother", "undetermined", "state_home"]


def test_a_day_on_which_law_changes_decides_everybody_once(committed, rules_editor, policy_approver) -> None:
    committed(many(3))
    change = date(2018, 3, 1)
    ref = proposals.propose(
        until_three(from_=change), title="Until three", reason="Said so.", by=rules_editor, at=AT
    )
    proposals.adopt(ref, reason="Agreed.", by=policy_approver, at=AT)
    assert Worker().work_once()
    assert a_night(change - timedelta(1)) == 0
    assert a_night(change) == 9
    assert a_night(change + timedelta(1)) == 0


def test_an_interrupted_night_is_done_over(committed, monkeypatch) -> None:
    committed(one_family())
    with monkeypatch.context() as dying:
        dying.setattr(nightly, "sweep_all", None)
        with pytest.raises(TypeError):
            a_night(TODAY)
    assert nightly.due(TODAY)
    a_night(TODAY)
    assert not nightly.due(TODAY)
    assert nightly.due(TODAY + timedelta(1))


def test_a_whole_sweep_by_hand_is_no_night(committed, operator) -> None:
    from amana.casework.sweep import sweep_all

    committed(one_family())
    sweep_all(on=TODAY, by=operator, at=AT)
    assert nightly.due(TODAY)


def test_a_worker_asks_for_one_night_and_does_it(committed) -> None:
    committed(one_family())
    assert ask_for_night(AT)
    assert not ask_for_night(AT)
    assert Worker().work_once()
    job = Job.objects.get()
    assert (job.kind, job.state, job.by) == ("oversight.night", "done", NIGHT_ID)
    assert job.result == {"decided": 0, "people": 5}
    assert Sweep.objects.get().nightly
    assert not ask_for_night(AT + timedelta(days=1)), "this office stands still"


def test_without_an_office_there_is_no_night(db) -> None:
    assert not ask_for_night(AT)


def test_a_night_asked_for_twice_is_worked_once(committed) -> None:
    committed(one_family())
    ask_for_night(AT)
    ask_for_night(AT + timedelta(hours=1))
    assert Worker().work_once()
    assert Worker().work_once()
    assert sorted(Job.objects.values_list("result__people", flat=True)) == [0, 5]


def test_the_machine_at_night_may_see_nobody(committed) -> None:
    assert not night().may("people.see")
    assert not night().may("oversight.waive")


def test_only_whoever_sees_the_board_has_a_night_run(committed, administrator) -> None:
    with pytest.raises(NotForYou):
        nightly.run(on=TODAY, by=administrator, at=AT)
