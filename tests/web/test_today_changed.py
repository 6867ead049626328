"""After a new text of law: whoever answers for a case is told of it, and the case says why it was decided."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from small_change import TITLE, WHY, shift

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.decisions.changed_queries import DAYS, changed_by_law
from amana.apps.decisions.models import Decision
from amana.apps.decisions.office_pack import never_actionable
from amana.casework import proposals
from amana.web.today.changed import AT_ONCE, changed_answers
from amana.worker.loop import Worker
from small_office import AT, TODAY, settle

BLOCK = "Answers that a new text of law changed"


def adopt(cast: SimpleNamespace) -> str:
    """Children leave the mother a year earlier; everybody is decided anew."""
    ref = proposals.propose(list(shift()), title=TITLE, reason=WHY, by=cast.rules_editor, at=AT)
    proposals.adopt(ref, reason="Read.", by=cast.policy_approver, at=AT + timedelta(hours=1))
    while Worker().work_once():
        pass
    return ref


@pytest.fixture
def settled(cast: SimpleNamespace, tmp_path: Path) -> None:
    settle(cast.registrar, tmp_path, people=60)


@pytest.fixture
def change(cast: SimpleNamespace, settled: None) -> str:
    return adopt(cast)


def moved() -> list[str]:
    """Whose outcome the law changed."""
    rows = Decision.objects.filter(supersedes__isnull=False).select_related("supersedes")
    return sorted({row.person_id for row in rows if row.outcome != row.supersedes.outcome})


def page(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


@pytest.mark.parametrize("role", ["caseworker", "supervisor"])
def test_whoever_answers_for_cases_is_told_whose_answer_a_new_text_changed(
    role: str, change: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    found = changed_answers(getattr(cast, role), TODAY)
    assert moved() and found.people == len(moved())
    assert [case.ref for case in found.cases] == moved()[:AT_ONCE]
    told = page(signed_in(role), "/")
    assert BLOCK in told and TITLE in told and change in told
    assert all(f'href="/people/{ref}/placement/"' in told for ref in moved()[:AT_ONCE])


@pytest.mark.parametrize("role", ["registrar", "monitor", "rules_editor", "policy_approver", "administrator"])
def test_nobody_else_is_told(role: str, change: str, cast: SimpleNamespace) -> None:
    viewer = getattr(cast, role)
    with pytest.raises(NotForYou):
        changed_by_law(viewer, on=TODAY)
    assert viewer.trail == []


def test_a_registrar_finds_no_changed_answers_on_the_page_of_the_day(
    change: str, signed_in: Callable[..., Client]
) -> None:
    assert BLOCK not in page(signed_in("registrar"), "/")


def test_before_any_change_of_law_the_block_is_not_there(
    settled: None, signed_in: Callable[..., Client]
) -> None:
    assert BLOCK not in page(signed_in("caseworker"), "/")


def test_no_outcome_is_named_beside_a_changed_answer(change: str, signed_in: Callable[..., Client]) -> None:
    told = page(signed_in("caseworker"), "/")
    block = told[told.index(BLOCK) : told.index("reviews-title")]
    named = {"state home", "with the mother", "detention", "protection review", *never_actionable()}
    assert "The answer changed: review the case" in block
    assert not any(outcome in block for outcome in named)


def test_whoever_is_listed_stands_in_the_read_log(change: str, cast: SimpleNamespace) -> None:
    changed_answers(cast.caseworker, TODAY)
    assert set(moved()[:AT_ONCE]) <= set(cast.caseworker.trail)


def test_the_pages_hold_everybody_once(change: str, cast: SimpleNamespace) -> None:
    seen, after = [], ""
    while True:
        found = changed_by_law(cast.caseworker, on=TODAY, after=after, limit=2)
        seen += [row.ref for row in found.rows]
        if not found.next:
            break
        after = found.next
    assert seen == moved()


def test_a_case_leaves_the_list_after_ninety_days_and_not_before(change: str, cast: SimpleNamespace) -> None:
    last = TODAY + timedelta(days=DAYS)
    assert changed_by_law(cast.caseworker, on=last).count == len(moved())
    assert changed_by_law(cast.caseworker, on=last + timedelta(days=1)).count == 0


def decided_again(by: Viewer, ref: str, **changes: object) -> None:
    """Another decision in place of the one that stands, from which it differs in these columns."""
    old = Decision.objects.get(person=ref, superseded_at__isnull=True)
    with recording(by, old.at + timedelta(hours=1)) as log:
        Decision.objects.filter(pk=old.pk).update(superseded_at=log.at)
        old.supersedes_id, old.at, old.pk = old.pk, log.at, None
        for column, value in changes.items():
            setattr(old, column, value)
        old.save(force_insert=True)


def test_a_case_leaves_the_list_when_it_is_decided_again_on_a_new_fact(
    change: str, cast: SimpleNamespace
) -> None:
    first, *others = moved()
    decided_again(cast.caseworker, first, facts={"birth": "2001"}, outcome="undetermined")
    assert [row.ref for row in changed_by_law(cast.caseworker, on=TODAY).rows] == others[:25]


def test_a_second_change_of_law_takes_nobody_off_the_list(change: str, cast: SimpleNamespace) -> None:
    expected = moved()
    decided_again(cast.caseworker, expected[0], pack_hash="f" * 64)
    assert [row.ref for row in changed_by_law(cast.caseworker, on=TODAY).rows] == expected[:25]


def test_the_history_says_which_text_superseded_a_decision_and_leads_to_it(
    change: str, signed_in: Callable[..., Client]
) -> None:
    told = page(signed_in("caseworker"), f"/people/{moved()[0]}/history/")
    assert f"a new text of law: “{TITLE}” ({change})" in told
    assert f'href="/law/changes/{change}/"' in told


def test_whoever_adopted_a_text_is_not_named_as_having_decided_the_case(
    change: str, signed_in: Callable[..., Client]
) -> None:
    told = page(signed_in("supervisor"), f"/people/{moved()[0]}/history/")
    trail = told[told.index('id="trail"') : told.index('id="seen"')]
    told = f"answer computed anew under “{TITLE}” ({change}), adopted by the policy approver</p>"
    entry = trail[trail.index(told) + len(told) :]
    entry = entry[: entry.index("</li>")]
    assert "Salma Idris" not in entry and "mut" not in entry


def test_the_timeline_tells_a_decision_under_a_new_text(
    change: str, signed_in: Callable[..., Client]
) -> None:
    told = page(signed_in("caseworker"), f"/people/{moved()[0]}/")
    assert f"Under “{TITLE}” ({change}) the protocol says: " in told


def test_a_new_fact_and_a_later_day_are_told_as_such(
    change: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    first, second, *_ = moved()
    decided_again(cast.caseworker, first, facts={"birth": "2001"})
    assert "a new fact" in page(signed_in("caseworker"), f"/people/{first}/history/")
    decided_again(cast.caseworker, second)
    assert "computed again as of a later day" in page(signed_in("caseworker"), f"/people/{second}/history/")
