"""One proposal: what would follow, for whom to see; a second person adopts or refuses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from small_change import TITLE, WHY, gap_opened, shift

from amana.apps.accounts.roles import ROLES
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.models import PackVersion, Proposal
from amana.apps.decisions.office_pack import office_pack
from amana.apps.jobs.models import Job
from amana.apps.registry import queries as registry
from amana.casework import proposals
from amana.web.law.impact import impact_page
from amana.worker.loop import Worker
from small_office import AT, TODAY, settle

ROLES_THAT_WEIGH = ("registrar", "caseworker", "supervisor", "rules_editor", "policy_approver")


def work() -> None:
    while Worker().work_once():
        pass


@pytest.fixture
def people(cast: SimpleNamespace, tmp_path: Path) -> None:
    settle(cast.registrar, tmp_path, people=60)


@pytest.fixture
def ref(cast: SimpleNamespace, people: None) -> str:
    return proposals.propose(list(shift()), title=TITLE, reason=WHY, by=cast.rules_editor, at=AT)


def decide(client: Client, ref: str, cast: SimpleNamespace, **told: str) -> Any:
    seen = proposals.impact(cast.policy_approver, ref, TODAY, at=AT).base_hash
    return client.post(f"/law/changes/{ref}/decide/", {"reason": "Read.", "seen": seen, **told})


@pytest.mark.parametrize("role", ROLES_THAT_WEIGH)
def test_the_impact_is_told_in_counts_to_everyone_who_weighs_it(
    role: str, ref: str, signed_in: Callable[..., Client]
) -> None:
    page = signed_in(role).get(f"/law/changes/{ref}/").content.decode()
    assert "2 instead of 3, from 1 February 2018" in page and WHY in page
    assert re.search(r"\d+ (person|people) would go from “stays with the mother” to “state home”", page)
    assert "reported, not seen" in page and "put forward by: Rules editor" in page
    assert "Yusuf Karim" not in page or role == "rules_editor"


@pytest.mark.parametrize("role", ROLES_THAT_WEIGH)
def test_people_are_listed_only_for_those_who_see_people(
    role: str, ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    page = signed_in(role).get(f"/law/changes/{ref}/").content.decode()
    listed = set(re.findall(r"/people/(P-\w+)/", page))
    if role in {"rules_editor", "policy_approver"}:
        assert listed == set() and not re.search(r"P-[2-9A-Z]{6}", page)
    else:
        viewer = getattr(cast, role)
        assert listed and all(registry.person(viewer, each) for each in listed)


def test_the_words_of_the_impact_never_name_what_is_never_acted_on(ref: str, cast: SimpleNamespace) -> None:
    page = impact_page(proposals.impact(cast.caseworker, ref, TODAY, at=AT))
    told = " ".join((*page.matrix.columns, *(row.words for row in page.matrix.rows), *page.movements))
    assert "detention" not in told and "state home" in told


def test_rows_and_columns_of_the_matrix_add_up_to_everybody(ref: str, cast: SimpleNamespace) -> None:
    page = impact_page(proposals.impact(cast.caseworker, ref, TODAY, at=AT))
    assert (
        sum(row.total for row in page.matrix.rows)
        == sum(page.matrix.totals)
        == page.people
        == page.matrix.people
    )
    moved = sum(cell.count for row in page.matrix.rows for cell in row.cells if not cell.same)
    assert moved == page.moved > 0


def test_the_matrix_is_a_table_with_headings_both_ways(ref: str, signed_in: Callable[..., Client]) -> None:
    page = signed_in("policy_approver").get(f"/law/changes/{ref}/").content.decode()
    (table,) = re.findall(r'<table class="tb mx">.*?</table>', page, re.DOTALL)
    rows = table.count("<tr>") - 2
    assert table.count('<th scope="col"') >= 3 and table.count('<th scope="row">') == rows + 1
    assert "<caption>" in table and "<tfoot>" in table


@pytest.mark.parametrize(
    ("day", "status", "says"),
    [
        ("2018-01-31", 200, "No group of five people or more would get another answer"),
        ("2018-03-01", 200, "would go from"),
        ("", 200, "would go from"),
        ("tomorrow", 422, "Write the day as year, month, day"),
        ("0001-01-01", 422, "Write a day between"),
        ("9999-12-31", 422, "Write a day between"),
        ("<script>", 422, "Write the day as year, month, day"),
    ],
)
def test_the_count_is_as_of_the_day_asked_for(
    day: str, status: int, says: str, ref: str, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in("policy_approver").get(f"/law/changes/{ref}/", {"on": day})
    assert answer.status_code == status and says in answer.content.decode()
    assert b"<script>" not in answer.content.replace(b"<script src", b"")


def test_the_page_of_many_people_asks_the_database_no_more_than_that_of_few(
    ref: str, cast: SimpleNamespace, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    def asked() -> int:
        client = signed_in("policy_approver")
        client.get(f"/law/changes/{ref}/")
        with CaptureQueriesContext(connections["default"]) as queries:
            assert client.get(f"/law/changes/{ref}/").status_code == 200
        return len(queries)

    few = asked()
    (tmp_path / "more").mkdir()
    settle(cast.registrar, tmp_path / "more", people=300, seed=7)
    assert asked() <= few <= 25


def test_a_second_person_adopts_everybody_is_decided_anew_and_the_case_shows_it(
    ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    mover = proposals.impact(cast.caseworker, ref, TODAY, at=AT).movers[0]
    approver, before = signed_in("policy_approver"), office_pack().hash
    confirm = approver.get(f"/law/changes/{ref}/decide/").content.decode()
    assert "decisions already taken stand as they were taken" in confirm and "Nobody is moved" in confirm
    assert decide(approver, ref, cast, decision="adopt").status_code == 302
    page = approver.get(f"/law/changes/{ref}/").content.decode()
    assert 'hx-get="' in page and f"/law/changes/{ref}/progress/" in page and 'http-equiv="refresh"' in page
    assert office_pack().hash != before
    work()
    fragment = approver.get(f"/law/changes/{ref}/progress/", headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"] == f"/law/changes/{ref}/"
    current, old = decisions.history(cast.caseworker, mover.ref)[:2]
    assert current.outcome == mover.after.outcome and old.superseded_at and old.pack_hash == before
    listing = signed_in("caseworker").get("/law/").content.decode()
    assert TITLE in listing and "applied now" in listing and before[:6] in listing
    assert "2 instead of 3, from 1 February 2018" in listing
    assert signed_in("monitor").get(f"/law/versions/{before}/").status_code == 200
    assert "no longer applied" in signed_in("monitor").get(f"/law/versions/{before}/").content.decode()


def test_the_author_sees_only_withdraw_and_can_not_decide_by_hand_either(
    ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = signed_in("rules_editor")
    page = editor.get(f"/law/changes/{ref}/").content.decode()
    assert "Withdraw it" in page and "Adopt or refuse" not in page
    assert decide(editor, ref, cast, decision="adopt").status_code == 404
    both = replace(ROLES["rules_editor"], may=ROLES["rules_editor"].may | {"law.adopt"})
    monkeypatch.setitem(ROLES, "rules_editor", both)
    assert "Adopt or refuse" not in editor.get(f"/law/changes/{ref}/").content.decode()
    for decision in ("adopt", "refuse"):
        answer = decide(editor, ref, cast, decision=decision)
        assert answer.headers["Location"] == f"/law/changes/{ref}/"
    assert (
        Proposal.objects.get().state == "proposed" and not PackVersion.objects.filter(current=True).exists()
    )


def test_refusing_takes_a_reason_and_changes_no_law(
    ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    approver, before = signed_in("policy_approver"), office_pack().hash
    assert decide(approver, ref, cast, decision="refuse", reason=" ").status_code == 422
    assert decide(approver, ref, cast, decision="refuse", reason="The text was not seen.").status_code == 302
    page = approver.get(f"/law/changes/{ref}/").content.decode()
    assert "The text was not seen." in page and "refused" in page and office_pack().hash == before
    assert decide(approver, ref, cast, decision="adopt").status_code == 302
    assert Proposal.objects.get().state == "refused"


def test_its_author_withdraws_and_nobody_else(
    ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    assert (
        signed_in("policy_approver").post(f"/law/changes/{ref}/withdraw/", {"reason": "x"}).status_code == 404
    )
    editor = signed_in("rules_editor")
    assert editor.get(f"/law/changes/{ref}/withdraw/").status_code == 200
    assert editor.post(f"/law/changes/{ref}/withdraw/", {"reason": ""}).status_code == 422
    assert editor.post(f"/law/changes/{ref}/withdraw/", {"reason": "Too early."}).status_code == 302
    assert Proposal.objects.get().state == "withdrawn"
    assert "Withdraw it" not in editor.get(f"/law/changes/{ref}/").content.decode()


def test_nothing_is_adopted_while_a_gap_stands_in_its_way(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ref = proposals.propose(gap_opened(), title="A gap", reason="Tried.", by=cast.rules_editor, at=AT)
    approver = signed_in("policy_approver")
    page = approver.get(f"/law/changes/{ref}/decide/").content.decode()
    assert "be adopted while this stands in its way" in page and 'value="adopt"' not in page
    assert decide(approver, ref, cast, decision="adopt").status_code == 422
    assert Proposal.objects.get().state == "proposed"


def test_a_law_that_changed_since_it_was_looked_at_is_looked_at_again(
    ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    approver = signed_in("policy_approver")
    answer = decide(approver, ref, cast, decision="adopt", seen="0" * 64)
    page = answer.content.decode()
    assert answer.status_code == 422 and "The law changed since you looked" in page
    assert f'value="{office_pack().hash}"' in page
    assert Proposal.objects.get().state == "proposed"


@pytest.mark.parametrize(
    "told", [{}, {"decision": ""}, {"decision": "burn"}, {"decision": "adopt", "reason": ""}, {"seen": ""}]
)
def test_a_decision_that_says_too_little_is_asked_again(
    told: dict[str, str], ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    answer = decide(signed_in("policy_approver"), ref, cast, **told)
    assert answer.status_code == 422 and "There is a problem" in answer.content.decode()
    assert Proposal.objects.get().state == "proposed"


def test_deciding_asks_for_the_key_of_the_form(
    ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    for role, act in (("policy_approver", "decide"), ("rules_editor", "withdraw")):
        client = Client(enforce_csrf_checks=True)
        client.cookies = signed_in(role).cookies
        told = {"decision": "refuse", "reason": "x", "seen": "x"}
        assert client.post(f"/law/changes/{ref}/{act}/", told).status_code == 403
    assert Proposal.objects.get().state == "proposed"


def test_the_monitor_reads_the_law_and_its_texts_but_no_proposal(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("monitor")
    assert client.get(f"/law/changes/{ref}/").status_code == 404
    page = client.get("/law/").content.decode()
    assert TITLE not in page and "Texts this office has applied" in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_office_without_people_shows_that_nobody_would_move(
    language: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ref = proposals.propose(list(shift()), title=TITLE, reason=WHY, by=cast.rules_editor, at=AT)
    answer = signed_in("policy_approver", language).get(f"/law/changes/{ref}/")
    assert answer.status_code == 200 and b'class="tb mx"' not in answer.content
    if language == "en":
        assert "Nobody is registered yet" in answer.content.decode()


def test_the_text_of_a_future_day_is_weighed_on_its_first_day(
    cast: SimpleNamespace, people: None, signed_in: Callable[..., Client]
) -> None:
    later = [replace(edit, from_=date(2018, 6, 1)) for edit in shift()]
    ref = proposals.propose(later, title="Later", reason="x", by=cast.rules_editor, at=AT)
    page = signed_in("supervisor").get(f"/law/changes/{ref}/").content.decode()
    assert 'value="2018-06-01"' in page and "would go from" in page


def test_whoever_sees_no_person_is_told_fives_and_why(
    ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    exact = impact_page(proposals.impact(cast.supervisor, ref, TODAY, at=AT))
    told = impact_page(proposals.impact(cast.policy_approver, ref, TODAY, at=AT))
    assert told.coarse and not exact.coarse and told.people == exact.people
    counts = [cell.count for row in told.matrix.rows for cell in row.cells]
    counts += [each for line in told.beds for each in (line.before, line.after)]
    counts += [line.count for line in told.places] + [row.total for row in told.matrix.rows]
    assert all(count % 5 == 0 for count in counts)
    assert not set(re.findall(r"\d+ → \d+", " ".join(each.people for each in told.opened))) - {"5 → 5"}
    page = signed_in("policy_approver").get(f"/law/changes/{ref}/").content.decode()
    assert "because your role sees no person" in page and "&lt;5" in page
    assert (
        "because your role sees no person"
        not in signed_in("supervisor").get(f"/law/changes/{ref}/").content.decode()
    )


def test_work_that_stopped_can_be_asked_for_again_by_an_approver_only(
    ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    approver = signed_in("policy_approver")
    decide(approver, ref, cast, decision="adopt")
    Job.objects.update(state="failed")
    address = f"/law/changes/{ref}/decide-anew/"
    page = approver.get(f"/law/changes/{ref}/").content.decode()
    assert f'action="{address}"' in page and "Ask for it again" in page
    for role in ("rules_editor", "supervisor", "operator", "monitor"):
        assert signed_in(role).post(address).status_code == 404
    assert approver.get(address).status_code == 405 and Job.objects.count() == 1
    assert approver.post(address).headers["Location"] == f"/law/changes/{ref}/"
    work()
    assert Job.objects.filter(kind="law.decide", state="done").count() == 1
    assert "Ask for it again" not in approver.get(f"/law/changes/{ref}/").content.decode()
    jobs = Job.objects.count()
    assert approver.post(address).status_code == 302 and Job.objects.count() == jobs


def test_the_gap_a_change_describes_stands_beside_it(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    gap = {
        "id": "g",
        "decision": "placement",
        "when": "age = 3",
        "title": {"en": "Of <b>three", "ar": "ثلاثة"},
    }
    edit = gap_opened()
    edit = replace(edit, content={**edit.content, "gaps": [gap]})
    ref = proposals.propose(edit, title="<script>x", reason="<i>", by=cast.rules_editor, at=AT)
    page = signed_in("policy_approver").get(f"/law/changes/{ref}/").content.decode()
    assert "Of &lt;b&gt;three" in page and "age is 3" in page
    assert "<script>x" not in page and "<i>" not in page
