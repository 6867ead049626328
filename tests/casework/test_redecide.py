"""Deciding everybody anew after a change of law: in groups, taken up where it stopped, never twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from law_changes import until_three
from registered import AT, TODAY
from small_lists import a_list, many, one_family, row

from amana.apps.accounts.viewers import NotForYou
from amana.apps.decisions.models import Decision
from amana.apps.decisions.office_pack import office_pack
from amana.apps.jobs.commands import JobRefused
from amana.apps.jobs.models import Job
from amana.casework import decide, intake, proposals, redecide
from amana.casework.proposals import ProposalRefused
from amana.worker import law
from amana.worker.loop import Worker

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


@pytest.fixture
def adopted(committed: Any, rules_editor: Any, policy_approver: Any) -> Job:
    """A change adopted over nine people, none of them decided anew yet."""
    committed(many(3))
    told = {"title": "Until three", "reason": "Said so.", "by": rules_editor, "at": AT}
    ref = proposals.propose(until_three(), **told)
    return Job.objects.get(pk=proposals.adopt(ref, reason="Agreed.", by=policy_approver, at=LATER))


def standing() -> dict[str, int]:
    hashes = list(Decision.objects.filter(superseded_at=None).values_list("pack_hash", flat=True))
    return {each: hashes.count(each) for each in set(hashes)}


def test_an_interrupted_run_is_taken_up_where_it_stopped(adopted, policy_approver, monkeypatch) -> None:
    monkeypatch.setattr(redecide, "AT_ONCE", 4)
    groups: list[int] = []

    def dies_in_the_second_group(refs: Any, **what: Any) -> int:
        groups.append(len(refs))
        if len(groups) == 2:
            raise OSError("the machine went off")
        return decide.decide_people(refs, **what)

    with monkeypatch.context() as dying:
        dying.setattr(redecide, "decide_people", dies_in_the_second_group)
        with pytest.raises(OSError, match="went off"):
            redecide.decide_anew(by=policy_approver, at=LATER, on=TODAY)
    assert sorted(standing().values()) == [4, 5]
    told: list[tuple[int, int, str]] = []
    done = redecide.decide_anew(
        by=policy_approver, at=LATER, on=TODAY, progress=lambda *each: told.append(each)
    )
    assert (done, standing()) == (5, {office_pack().hash: 9})
    assert told == [(0, 5, "decide"), (4, 5, "decide"), (5, 5, "decide")]
    assert Decision.objects.count() == 18


def test_the_worker_does_the_job_that_adoption_asks_for(adopted, policy_approver) -> None:
    assert proposals.proposals(policy_approver)[0].redeciding
    assert Worker().work_once()
    adopted.refresh_from_db()
    assert (adopted.state, adopted.result, adopted.done) == ("done", {"decided": 9}, 9)
    assert not proposals.proposals(policy_approver)[0].redeciding


def test_a_job_that_failed_can_be_asked_for_again(adopted, policy_approver) -> None:
    (asked,) = proposals.proposals(policy_approver)
    job = proposals.redecide(asked.ref, by=policy_approver, at=LATER)
    assert proposals.proposal(policy_approver, asked.ref).job == job != adopted.pk
    Job.objects.filter(pk=adopted.pk).delete()
    assert Worker().work_once()
    assert standing() == {office_pack().hash: 9}
    with pytest.raises(ProposalRefused):
        proposals.redecide(asked.ref, by=policy_approver, at=LATER)


def test_the_doctor_tells_of_people_decided_under_another_text(adopted, policy_approver) -> None:
    from amana.cli import doctor

    assert [(each.state, each.words[:8]) for each in doctor.decided()] == [("warning", "9 people")]
    assert Worker().work_once()
    assert [each.state for each in doctor.decided()] == ["well"]
    assert (doctor.pack().state, "changed since" in doctor.pack().words) == ("warning", False)


def test_a_job_for_a_text_that_is_no_longer_law_is_refused(adopted, policy_approver, monkeypatch) -> None:
    monkeypatch.setattr(law, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(law, "LOOK_AGAIN_SECONDS", 0.01)
    with pytest.raises(JobRefused, match="law_changed"):
        law.decide({"hash": "0" * 64}, by=policy_approver, at=LATER, progress=lambda *told: None)


def test_only_whoever_adopts_law_has_everybody_decided_anew(adopted, supervisor) -> None:
    with pytest.raises(NotForYou):
        redecide.decide_anew(by=supervisor, at=LATER, on=TODAY)


def test_a_decision_that_stands_again_after_the_law_changed_is_taken_anew(
    committed, registrar, rules_editor, policy_approver
) -> None:
    committed(one_family())
    second = committed(a_list(row(2, "Second Wife", "wife_mother"))).batch
    told = {"title": "Until three", "reason": "Said so.", "by": rules_editor, "at": AT}
    ref = proposals.propose(until_three(), **told)
    proposals.adopt(ref, reason="Agreed.", by=policy_approver, at=LATER)
    assert Worker().work_once()
    kept = Decision.objects.filter(batch=second).count()
    assert kept > 1
    assert intake.undo(second, by=registrar, at=LATER).undone
    assert set(standing()) == {office_pack().hash}
    assert not Decision.objects.filter(batch=second).exists()
    assert not proposals.proposal(policy_approver, ref).redeciding
