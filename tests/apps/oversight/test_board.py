"""The board and its findings: counts that add up, pages in order, and nobody's reference for the monitor."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from registered import AT, TODAY

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.keys import make_missing
from amana.apps.audit.recording import recording
from amana.apps.oversight import queries
from amana.apps.oversight.answers import PeopleBroken
from amana.apps.oversight.broken import Broken, broken, people_broken
from amana.apps.oversight.models import Finding
from amana.apps.oversight.people_filters import FILTERS
from amana.apps.oversight.pseudonyms import pseudonym
from amana.apps.registry import queries as register
from amana.apps.registry.filters import FilterRefused
from amana.casework.sweep import sweep_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def swept(family: dict[str, str], registrar: Any) -> dict[str, str]:
    """A mother and four children in detention, looked at: four assessments are overdue."""
    sweep_all(on=TODAY, by=registrar, at=AT)
    return family


def test_the_board_counts_by_safeguard_and_says_since_when(swept, supervisor) -> None:
    board = queries.board(supervisor, on=TODAY)
    assert (board.swept_on, board.people) == (TODAY, 5)
    line = next(each for each in board.lines if each.safeguard == "S11")
    assert (line.overdue, line.total, line.waived, line.oldest) == (4, 4, 0, date(2018, 1, 29))
    assert line.overdue_since == date(2018, 1, 29)


def test_an_office_nobody_looked_at_has_an_empty_board_and_no_weeks(family, supervisor) -> None:
    board = queries.board(supervisor, on=TODAY)
    assert (board.lines, board.swept_on, board.people) == ((), None, 0)
    assert queries.history(supervisor, TODAY) == ()


def test_the_board_is_narrowed_by_place_weight_owner_and_days(swept, supervisor) -> None:
    (place,) = queries.places(supervisor)
    asked = {"on": TODAY}
    assert queries.board(supervisor, facility=place.ref, **asked).lines
    assert not queries.board(supervisor, facility="S-NOWHERE", **asked).lines
    assert queries.board(supervisor, owner="caseworker", **asked).lines
    assert not queries.board(supervisor, weight="no such weight", **asked).lines
    assert queries.board(supervisor, due_within=0, **asked).lines
    assert not queries.board(supervisor, due_within=-30, **asked).lines


def test_pages_of_findings_hold_each_once_in_order(swept, supervisor) -> None:
    seen, after = [], ""
    while True:
        page = queries.findings(supervisor, safeguard="S11", on=TODAY, after=after, limit=3)
        assert page.count == 4
        seen += [row.id for row in page.rows]
        if page.next is None:
            break
        after = page.next
    assert seen == sorted(seen)
    assert len(set(seen)) == 4
    with pytest.raises(queries.NoSuchPage):
        queries.findings(supervisor, safeguard="S11", on=TODAY, after="nonsense")


def test_the_monitor_sees_pseudonyms_and_never_a_reference(swept, monitor) -> None:
    rows = queries.findings(monitor, safeguard="S11", on=TODAY).rows
    assert {row.person for row in rows} == {None}
    assert len({row.pseudonym for row in rows}) == 4
    told = repr(rows) + repr(monitor.trail)
    assert not any(ref in told for ref in swept.values())
    assert [row.pseudonym for row in queries.findings(monitor, safeguard="S11", on=TODAY).rows] == [
        row.pseudonym for row in rows
    ]
    assert {row.key for row in rows} == {"stay"}


def test_a_pseudonym_is_stable_keyed_and_no_reference(swept, tmp_path, settings) -> None:
    ref = swept["Anora"]
    first = pseudonym(ref)
    assert first == pseudonym(ref) != pseudonym(swept["Farid"])
    assert len(first) > len(ref)
    make_missing(tmp_path)
    settings.HOME = tmp_path
    assert pseudonym(ref) != first


def test_whoever_sees_people_gets_references_and_the_read_log_says_so(swept, supervisor) -> None:
    supervisor.trail.clear()
    rows = queries.findings(supervisor, safeguard="S11", on=TODAY).rows
    assert sorted(supervisor.trail) == sorted(row.person for row in rows)


@pytest.mark.parametrize("role", ["registrar", "administrator", "rules_editor", "outsider"])
def test_the_board_is_for_those_who_may_see_it(swept, cast, role) -> None:
    viewer = getattr(cast, role)
    reads = (
        lambda: queries.board(viewer, on=TODAY),
        lambda: queries.findings(viewer, safeguard="S11", on=TODAY),
        lambda: queries.finding(viewer, Finding.objects.first().pk, on=TODAY),
        lambda: queries.of_person(viewer, swept["Anora"], on=TODAY),
        lambda: queries.history(viewer, TODAY),
        lambda: queries.waivers(viewer),
        lambda: queries.last_sweep(viewer),
        lambda: queries.places(viewer),
    )
    for read in reads:
        with pytest.raises(NotForYou):
            read()
    assert queries.open_of(viewer, list(swept.values()), on=TODAY) == {}


def test_the_monitor_sees_no_one_person_s_findings(swept, monitor) -> None:
    with pytest.raises(NotForYou):
        queries.of_person(monitor, swept["Anora"], on=TODAY)
    with pytest.raises(NotForYou):
        queries.waivers(monitor, person=swept["Anora"])


def test_a_finding_that_is_none_is_not_for_anybody(swept, supervisor) -> None:
    with pytest.raises(NotForYou):
        queries.finding(supervisor, 10**9, on=TODAY)


def test_lists_show_what_stands_without_a_second_read_entry(swept, supervisor) -> None:
    supervisor.trail.clear()
    found = queries.open_of(supervisor, [swept["Anora"], swept["Zarina"]], on=TODAY)
    assert {ref: [line.safeguard for line in lines] for ref, lines in found.items()} == {
        swept["Anora"]: ["S11"]
    }
    assert supervisor.trail == []


def test_the_law_page_has_counts_and_the_administrator_none(swept, rules_editor, administrator) -> None:
    lines = broken(rules_editor)
    assert lines == (Broken("S11", "overdue", False, 4, 4),)
    assert people_broken(rules_editor, ["S11", "S12"], lines) == PeopleBroken(0, 0, 4)
    for read in (lambda: broken(administrator), lambda: people_broken(administrator, [], ())):
        with pytest.raises(NotForYou):
            read()


def test_a_person_counts_once_however_many_safeguards_find_a_breach(swept, supervisor, registrar) -> None:
    first, second = swept["Anora"], swept["Farid"]
    said = {"verdict": "breach", "since": TODAY, "begun_on": TODAY, "pack_hash": "0" * 64}
    with recording(registrar, AT):
        for safeguard in ("S06", "S07", "S08"):
            Finding.objects.create(person_id=first, safeguard=safeguard, key="move:1", **said)
            Finding.objects.create(person_id=second, safeguard=safeguard, key="plan:1", planned=True, **said)
        Finding.objects.create(person_id=first, safeguard="S06", key="plan:2", planned=True, **said)
    lines = broken(supervisor)
    assert people_broken(supervisor, ["S06", "S07", "S08"], lines) == PeopleBroken(2, 1, 0)
    assert people_broken(supervisor, ["S08", "S11"], lines) == PeopleBroken(2, 1, 4)


def test_one_count_tells_of_how_many_people_without_counting_again(swept, supervisor, registrar) -> None:
    said = {"verdict": "breach", "planned": True, "since": TODAY, "begun_on": TODAY, "pack_hash": "0" * 64}
    with recording(registrar, AT):
        for key in ("plan:1", "plan:2"):
            Finding.objects.create(person_id=swept["Anora"], safeguard="S06", key=key, **said)
    lines = broken(supervisor)
    assert lines[0] == Broken("S06", "breach", True, 2, 1)
    with CaptureQueriesContext(connection) as asked:
        assert people_broken(supervisor, ["S06", "S11"], lines) == PeopleBroken(1, 1, 4)
    assert len(asked) == 0


def test_the_weeks_behind_count_what_stood_on_each_day(swept, supervisor, registrar) -> None:
    later = TODAY + timedelta(weeks=2)
    sweep_all(on=later, by=registrar, at=AT)
    weeks = queries.history(supervisor, later, weeks=12)
    assert [counts for _, *counts in weeks] == [[0, 4], [0, 4], [0, 4]]
    assert [day for day, *_ in weeks] == [TODAY, TODAY + timedelta(weeks=1), later]


def test_people_are_looked_for_by_a_breach_or_an_overdue_duty_and_by_no_doubt(swept, supervisor) -> None:
    page = register.people(supervisor, on=TODAY, filters={"finding": ["overdue"]})
    assert page.count == 4
    with pytest.raises(FilterRefused):
        register.people(supervisor, on=TODAY, filters={"finding": ["undetermined"]})
    assert [each.name for each in FILTERS] == ["finding"]


def test_what_tasks_follow_from_is_read_in_two_queries(swept, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        found = queries.current_of(list(swept.values()), on=TODAY)
    assert {(each.safeguard, each.verdict, each.waived) for each in found} == {("S11", "overdue", False)}
