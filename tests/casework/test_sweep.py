"""Sweeps: what is found stands as an episode until facts, the day or the law end it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from determined import assessed, family
from law_changes import until_three
from registered import AT, TODAY
from small_lists import a_list as listed
from small_lists import day, many, one_family, row
from sweeping import episodes, kept, standing, whole

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.records import WriteOutsideCommand
from amana.apps.decisions.office_pack import office_pack
from amana.apps.jobs.models import Job
from amana.apps.oversight.models import Finding, Sweep
from amana.apps.placements.commands import add_facility
from amana.casework import amend, intake, occasions, proposals, sweep
from amana.casework.providers import TwoProviders
from amana.core.policy.editing.edits import Edit
from amana.core.safeguards import SafeguardVerdict
from amana.worker.loop import Worker

__all__ = ["family"]

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


@pytest.fixture
def swept(family: dict[str, str], registrar: Any) -> dict[str, str]:
    """The family, looked at: the children live with their detained mother, and nobody has assessed them."""
    sweep.sweep_all(on=TODAY, by=registrar, at=AT)
    return family


def test_what_is_found_is_kept_as_an_episode_since_the_day(swept) -> None:
    assert episodes(swept["Anora"], "S11") == [("overdue", TODAY, None, "")]
    found = Finding.objects.get(person=swept["Anora"], safeguard="S11")
    assert (found.due_earliest, found.due_latest) == (date(2018, 1, 29), date(2018, 1, 29))
    assert found.facility
    assert found.pack_hash == office_pack().hash
    assert not Finding.objects.filter(verdict=SafeguardVerdict.NO_BREACH).exists()


def test_a_second_sweep_changes_nothing(swept, registrar) -> None:
    before = list(Finding.objects.order_by("pk").values())
    report = sweep.sweep_all(on=TODAY, by=registrar, at=LATER)
    assert list(Finding.objects.order_by("pk").values()) == before
    assert (report.counts.new, report.counts.cleared) == ({}, {})
    assert report.counts.standing["S11"] == {"overdue": 4}
    assert report.counts.people == 5


def test_facts_end_a_finding_and_the_episode_stays(swept, caseworker) -> None:
    assessed(swept["Anora"], caseworker)
    (overdue, *rest) = episodes(swept["Anora"], "S11")
    assert overdue == ("overdue", TODAY, TODAY, "facts")
    assert [(verdict, until) for verdict, _, until, _ in rest] == [("duty_open", None)]
    assert episodes(swept["Farid"], "S11") == [("overdue", TODAY, None, "")]


def test_no_finding_is_written_or_ended_outside_a_command(swept) -> None:
    with pytest.raises(WriteOutsideCommand):
        Finding.objects.filter(person=swept["Anora"]).update(until=TODAY)
    with pytest.raises(WriteOutsideCommand):
        Finding.objects.filter(person=swept["Anora"]).delete()


def test_the_last_day_is_in_time_and_the_next_is_not(family, registrar) -> None:
    for days in (13, 14, 15, 16):
        sweep.sweep_all(on=date(2018, 1, 15) + timedelta(days), by=registrar, at=AT)
    assert episodes(family["Anora"], "S11") == [
        ("duty_open", date(2018, 1, 28), date(2018, 1, 30), "facts"),
        ("overdue", date(2018, 1, 30), None, ""),
    ]


def test_a_new_duty_of_the_same_verdict_is_an_episode_of_its_own(swept, caseworker, registrar) -> None:
    assessed(swept["Anora"], caseworker)
    later = TODAY + timedelta(60)
    sweep.sweep_all(on=later, by=registrar, at=LATER)
    assessed(swept["Anora"], caseworker, on=later, kind="periodic")
    found = [(verdict, since, until) for verdict, since, until, _ in episodes(swept["Anora"], "S11")]
    assert found == [
        ("overdue", TODAY, TODAY),
        ("duty_open", TODAY, later),
        ("duty_open", later, None),
    ]


def test_a_child_who_is_moved_away_is_a_breach_at_once_and_shows_at_her_new_place(
    swept, registrar, caseworker
) -> None:
    home = add_facility(name_en="Home", name_ar="دار", kind="state_home", by=registrar, at=AT)
    amend.move(
        person=swept["Farid"], facility=home, moved_on=TODAY, source="site", by=registrar, at=LATER, on=TODAY
    )
    found = {safeguard: verdict for (safeguard, _), verdict in standing(swept["Farid"]).items()}
    assert found["S06"] == "breach"
    assert {each.facility for each in Finding.objects.filter(person=swept["Farid"], until=None)} == {home}
    assert kept() == whole(TODAY)


def test_a_change_looks_at_the_children_the_mother_and_the_siblings_too(swept, registrar) -> None:
    home = add_facility(name_en="Home", name_ar="دار", kind="state_home", by=registrar, at=AT)
    amend.move(
        person=swept["Zarina"], facility=home, moved_on=TODAY, source="site", by=registrar, at=LATER, on=TODAY
    )
    assert kept() == whole(TODAY)
    assert any(safeguard == "S12" for safeguard, _ in standing(swept["Anora"]))


def test_an_interrupted_sweep_is_taken_up_where_it_stopped(family, registrar, monkeypatch) -> None:
    monkeypatch.setattr(sweep, "AT_ONCE", 2)
    see, groups = sweep.see, []

    def dies_in_the_second_group(pack: Any, refs: Any, on: date) -> Any:
        groups.append(refs)
        if len(groups) == 2:
            raise OSError("the machine went off")
        return see(pack, refs, on)

    with monkeypatch.context() as dying:
        dying.setattr(sweep, "see", dies_in_the_second_group)
        with pytest.raises(OSError, match="went off"):
            sweep.sweep_all(on=TODAY, by=registrar, at=AT)
    assert Sweep.objects.get().people == 2
    told: list[tuple[int, int, str]] = []
    report = sweep.sweep_all(on=TODAY, by=registrar, at=LATER, progress=lambda *each: told.append(each))
    assert told == [(2, 5, "sweep"), (4, 5, "sweep"), (5, 5, "sweep")]
    assert (Sweep.objects.count(), report.counts.people) == (1, 5)
    assert report.counts.new == {"S11": 4}
    assert kept() == whole(TODAY)


def test_the_run_is_in_the_trail_and_no_finding_is(swept) -> None:
    kinds = list(AuditEntry.objects.values_list("kind", flat=True))
    assert (kinds.count("sweep.begun"), kinds.count("sweep.made")) == (1, 1)
    assert not any("finding" in kind for kind in kinds)


def test_a_look_keeps_nothing_and_finds_what_a_sweep_would(family, registrar, caseworker) -> None:
    seen = sweep.look(caseworker, TODAY)
    assert not Finding.objects.exists()
    assert not seen.kept
    report = sweep.sweep_all(on=TODAY, by=registrar, at=AT)
    assert seen.counts.standing == report.counts.standing
    past = sweep.look(caseworker, date(2018, 1, 20))
    assert past.counts.standing["S11"] == {"duty_open": 4}


def test_a_case_shows_no_breach_found_as_well(swept, caseworker) -> None:
    said = {
        (each.safeguard.id, str(each.finding.verdict))
        for each in sweep.stand(caseworker, swept["Anora"], TODAY)
    }
    assert ("S11", "overdue") in said
    assert ("S12", "no_breach_found") in said


@pytest.mark.parametrize("role", ["registrar", "administrator", "monitor", "outsider"])
def test_a_case_is_shown_to_nobody_who_may_not_see_both_people_and_findings(swept, cast, role) -> None:
    with pytest.raises(NotForYou):
        sweep.stand(getattr(cast, role), swept["Anora"], TODAY)


@pytest.mark.parametrize("role", ["administrator", "outsider"])
def test_a_sweep_is_caused_by_whoever_works_on_cases_or_law_only(family, cast, role) -> None:
    with pytest.raises(NotForYou):
        sweep.sweep_all(on=TODAY, by=getattr(cast, role), at=AT)
    with pytest.raises(NotForYou):
        sweep.look(getattr(cast, role), TODAY)


def test_a_list_is_swept_by_its_job_and_asked_for_once(committed, registrar) -> None:
    batch = committed(many(3)).batch
    assert sweep.ask_for_sweep(batch, by=registrar, at=AT) == sweep.ask_for_sweep(
        batch, by=registrar, at=LATER
    )
    assert Worker().work_once()
    job = Job.objects.get()
    assert (job.kind, job.state, job.result) == ("oversight.sweep", "done", {"people": 9})
    assert kept() == whole(TODAY)


def test_a_list_is_swept_with_those_of_other_lists_whom_it_concerns(committed, registrar) -> None:
    rows = one_family().rows
    committed(listed(*rows[1:3]))
    later = committed(listed(rows[0])).batch
    assert sweep.sweep_list(later, on=TODAY, by=registrar, at=AT).people == 3


def test_taking_a_list_back_looks_again_at_those_who_stay(committed, registrar) -> None:
    rows = one_family().rows
    committed(listed(*rows[1:3]))
    second = committed(listed(rows[0])).batch
    sweep.sweep_all(on=TODAY, by=registrar, at=AT)
    assert intake.undo(second, by=registrar, at=LATER).undone
    assert kept() == whole(TODAY)


def test_a_new_law_that_finds_the_same_goes_on_with_the_episode(swept, rules_editor, policy_approver) -> None:
    before = episodes(swept["Anora"], "S11")
    adopt(until_three(), rules_editor, policy_approver)
    assert episodes(swept["Anora"], "S11") == before
    assert set(Finding.objects.filter(until=None).values_list("pack_hash", flat=True)) == {office_pack().hash}


def test_what_only_the_law_ended_is_shown_as_ended_by_the_law(
    swept, rules_editor, policy_approver, caseworker, monkeypatch
) -> None:
    assessed(swept["Farid"], caseworker)
    edit = Edit("parameter", "first_assessment_days", date(2018, 2, 1), LONGER)
    adopt(edit, rules_editor, policy_approver)
    (overdue, now) = episodes(swept["Anora"], "S11")
    assert (overdue[0], overdue[2], overdue[3]) == ("overdue", TODAY, "law")
    assert (now[0], now[2]) == ("duty_open", None)
    assert episodes(swept["Farid"], "S11")[0][3] == "facts"


LONGER = {
    "value": 365,
    "source": "later-statement",
    "reading": {"en": "A year.", "ar": "سنة."},
    "instrument": {
        "id": "later-statement",
        "title": {"en": "A later statement", "ar": "تصريح لاحق"},
        "kind": "reported-practice",
        "standing": "reported",
        "where_read": "an invented newspaper",
    },
}


def adopt(edit: Edit, editor: Any, approver: Any) -> None:
    """Adopt a change, and let the worker decide and sweep."""
    ref = proposals.propose(edit, title="A change", reason="Said so.", by=editor, at=AT)
    proposals.adopt(ref, reason="Agreed.", by=approver, at=LATER)
    assert Worker().work_once()


def test_a_kind_of_occasion_with_two_providers_is_refused(monkeypatch) -> None:
    import amana.apps.audit.occasions as theirs

    monkeypatch.setattr(theirs, "KINDS", ("field", "stay"))
    occasions.providers.cache_clear()
    try:
        with pytest.raises(TwoProviders, match="'stay'"):
            occasions.providers()
    finally:
        occasions.providers.cache_clear()


def test_a_person_without_facts_is_looked_at_all_the_same(committed, registrar) -> None:
    committed(listed(row(2, "Nobody Known", "other"), row(3, "A Child", "other", birth=day("2016-01-02"))))
    sweep.sweep_all(on=TODAY, by=registrar, at=AT)
    assert kept() == whole(TODAY)


def test_a_column_that_ranks_people_is_found_and_none_exists(swept, registrar, monkeypatch) -> None:
    import amana.apps.audit.occasions as stored

    assert not Finding.objects.filter(safeguard="S03").exists()
    real = stored.declared_columns

    def with_one_more(models: Any) -> Any:
        yield from real(models)
        yield "registry.Person.threat_level", None

    monkeypatch.setattr(stored, "declared_columns", with_one_more)
    sweep.sweep_all(on=TODAY, by=registrar, at=LATER)
    found = Finding.objects.get(safeguard="S03", until=None)
    assert (found.person_id, found.key, found.verdict) == (
        None,
        "field:registry.Person.threat_level",
        "breach",
    )
    monkeypatch.setattr(stored, "declared_columns", real)
    sweep.sweep_all(on=TODAY, by=registrar, at=LATER + timedelta(hours=1))
    assert not Finding.objects.filter(safeguard="S03", until=None).exists()


def test_what_is_found_says_since_when_it_is_so_and_not_since_when_somebody_looked(swept, cast) -> None:
    moved = TODAY - timedelta(20)
    place = add_facility(name_en="Home", name_ar="", kind="state_home", by=cast.registrar, at=AT)
    amend.move(
        person=swept["Anora"], facility=place, moved_on=moved, source="site",
        by=cast.registrar, at=AT, on=TODAY,
    )  # fmt: skip
    apart = Finding.objects.get(person=swept["Anora"], safeguard="S06", until=None)
    assert (apart.since, apart.begun_on, apart.planned) == (TODAY, moved, False)
    late = Finding.objects.get(person=swept["Farid"], safeguard="S11", until=None)
    assert (late.since, late.begun_on) == (TODAY, date(2018, 1, 29))


def test_a_child_is_held_alone_since_the_mother_left_and_not_since_the_child_came(swept, cast) -> None:
    moved = TODAY - timedelta(10)
    place = add_facility(name_en="Hospital", name_ar="", kind="other", by=cast.registrar, at=AT)
    amend.move(
        person=swept["Zarina"], facility=place, moved_on=moved, source="site",
        by=cast.registrar, at=AT, on=TODAY,
    )  # fmt: skip
    held = Finding.objects.get(person=swept["Farid"], safeguard="S12", until=None)
    assert (held.verdict, held.begun_on) == ("breach", moved)
