"""The pages of moves: what stops a move is on the page with what clears it, and nothing typed is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from saying_why import saying_why
from small_family import AT, TODAY, settle

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from moved import planned, separated_by, urgent

from amana.apps.audit.models import AuditEntry
from amana.apps.placements.commands import add_facility
from amana.apps.placements.models import PlannedMove, Stay, StayGround, UrgentMove
from amana.apps.placements.queries import facilities
from amana.apps.registry.models import Person

pytestmark = pytest.mark.django_db

Client_ = Callable[..., Any]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    """A mother with children of 3 or 4, 8, 16 and 16 at a place of detention; a state home elsewhere."""
    found = settle(cast.registrar)
    homes = {place.kind: place.ref for place in facilities(cast.registrar)}
    found.home = homes["state_home"]
    return found


def plan_data(family: SimpleNamespace, person: str, **what: Any) -> dict[str, Any]:
    return {
        "facility": family.home,
        "planned_for": "2018-02-20",
        "grounds": ["age_threshold"],
        "reason": "He will be nine in the spring.",
        "consulate": "",
        "apart_reason": "",
        "version": str(Person.objects.get(ref=person).version),
        **what,
    }


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_plan_leads_to_a_page_that_says_what_stops_it_and_what_clears_it(family, signed_in) -> None:
    client = signed_in("caseworker")
    sent = client.post(f"/people/{family.yusuf}/moves/new/", plan_data(family, family.yusuf))
    plan = PlannedMove.objects.get()
    assert sent.status_code == 302 and sent.url == f"/people/{family.yusuf}/moves/{plan.ref}/"
    text = text_of(client.get(sent.url))
    assert "Nobody has moved" in text and "The move stops here: 4 safeguards stand in its way." in text
    assert "What would clear it" in text and "No separation without a determination" in text
    assert f"/people/{family.yusuf}/determinations/new/" in text


def test_an_attempt_is_refused_with_422_and_kept_in_the_trail(family, signed_in, cast) -> None:
    mref = planned(family.yusuf, family.home, cast.caseworker)
    client = signed_in("caseworker")
    answer = client.post(f"/people/{family.yusuf}/moves/{mref}/carry-out/", {"moved_on": "2018-02-15"})
    assert answer.status_code == 422
    assert "Nobody was moved and nothing was changed" in text_of(answer) and 'role="alert"' in text_of(answer)
    assert Stay.objects.get(person=family.yusuf, until=None).facility_id == family.place
    assert AuditEntry.objects.filter(subject=family.yusuf, kind="move.stopped").count() == 1


def test_once_all_is_clear_it_is_carried_out(family, signed_in, cast) -> None:
    mref = planned(family.yusuf, family.home, cast.caseworker)
    separated_by(family.yusuf, cast)
    client = signed_in("caseworker")
    page = text_of(client.get(f"/people/{family.yusuf}/moves/{mref}/"))
    assert "No safeguard stands in its way" in page
    answer = client.post(
        f"/people/{family.yusuf}/moves/{mref}/carry-out/", {"moved_on": "2018-02-15"}, follow=True
    )
    assert "Carried out" in text_of(answer) and "Withdraw the plan" not in text_of(answer)
    assert Stay.objects.get(person=family.yusuf, until=None).facility_id == family.home


def test_custody_is_refused_in_words_beside_the_place_and_nothing_typed_is_lost(
    family, signed_in, cast
) -> None:
    jail = add_facility(name_en="Reformatory", name_ar="", kind="juvenile", by=cast.registrar, at=AT)
    sent = plan_data(family, family.rustam, facility=jail, reason="typed at length")
    answer = signed_in("caseworker").post(f"/people/{family.rustam}/moves/new/", sent)
    assert answer.status_code == 422 and not PlannedMove.objects.exists()
    assert "judicial order on the person&#x27;s own acts" in text_of(answer)
    assert "typed at length" in text_of(answer) and 'href="#id_facility"' in text_of(answer)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"facility": ""}, "Choose the place."),
        ({"planned_for": "20/02/2018"}, "year, month, day"),
        ({"planned_for": "2018-01-01"}, "today or a later day"),
        ({"grounds": []}, "Tick every ground"),
        ({"reason": ""}, "Say why"),
        ({"version": "7"}, "changed this case meanwhile"),
        ({"consulate": "perhaps"}, "Select a valid choice"),
    ],
)
def test_a_plan_that_can_not_be_kept_says_what_is_wrong(family, signed_in, what, said) -> None:
    answer = signed_in("caseworker").post(
        f"/people/{family.yusuf}/moves/new/", plan_data(family, family.yusuf, **what)
    )
    assert answer.status_code == 422 and said in text_of(answer)
    assert not PlannedMove.objects.exists()


def test_a_plan_is_completed_and_withdrawn_with_a_reason(family, signed_in, cast) -> None:
    mref = planned(family.yusuf, family.home, cast.caseworker)
    page = f"/people/{family.yusuf}/moves/{mref}/"
    client = signed_in("caseworker")
    known = {"planned_for": "2018-03-01", "care_identified": "on", "consulate": "consulted"}
    assert "Recorded." in text_of(client.post(page + "complete/", {**known, "apart_reason": ""}, follow=True))
    assert PlannedMove.objects.get().care_identified is True
    assert client.post(page + "withdraw/", {"reason": " "}).status_code == 422
    told = text_of(
        client.post(page + "withdraw/", {"reason": "The child stays with her mother."}, follow=True)
    )
    assert "Withdrawn. Nobody was moved." in told and "The child stays with her mother." in told


def test_the_supervisor_withdraws_a_plan_and_carries_none_out(family, signed_in, cast) -> None:
    mref = planned(family.yusuf, family.home, cast.caseworker)
    page = f"/people/{family.yusuf}/moves/{mref}/"
    client = saying_why(signed_in("supervisor"))
    text = text_of(client.get(page))
    assert "Withdraw the plan" in text and "Carry out the move" not in text
    assert client.post(page + "carry-out/", {"moved_on": "2018-02-15"}).status_code == 404
    assert client.post(page + "withdraw/", {"reason": "A determination decides it now."}).status_code == 302


def test_a_plan_of_somebody_else_is_not_found_under_this_name(family, signed_in, cast) -> None:
    mref = planned(family.yusuf, family.home, cast.caseworker)
    client = signed_in("caseworker")
    for address in (f"/people/{family.safiya}/moves/{mref}/", f"/people/{family.yusuf}/moves/M-222222/"):
        assert client.get(address).status_code == 404
    for role in ("registrar", "monitor", "administrator"):
        assert signed_in(role).get(f"/people/{family.yusuf}/moves/{mref}/").status_code == 404


def test_an_urgent_move_is_recorded_told_reviewed_and_ended(family, signed_in, cast) -> None:
    hospital = add_facility(name_en="Hospital", name_ar="", kind="other", by=cast.registrar, at=AT)
    client, page = signed_in("caseworker"), f"/people/{family.yusuf}/moves/urgent/"
    sent = {
        "ground": "medical",
        "reason": "High fever since the night.",
        "facility": hospital,
        "moved_on": "2018-02-15",
        "with_family": "not_possible",
        "alone_reason": "The ambulance had one place only.",
        "monitor_told_on": "",
        "guardian_told_on": "",
        "version": str(Person.objects.get(ref=family.yusuf).version),
    }
    assert client.post(page, {**sent, "ground": ""}).status_code == 422
    unsaid = client.post(page, {**sent, "alone_reason": ""})
    assert unsaid.status_code == 422 and 'href="#id_alone_reason"' in text_of(unsaid)
    answer = client.post(page, sent, follow=True)
    assert "ends within 72 hours" in text_of(answer)
    move = UrgentMove.objects.get()
    assert client.post(f"{page}{move.ref}/told/", {"monitor_told_on": ""}).status_code == 422
    assert client.post(f"{page}{move.ref}/told/", {"monitor_told_on": "2018-02-15"}).status_code == 302
    assert client.post(f"{page}{move.ref}/review/", {"review": "upheld", "reason": "x"}).status_code == 404
    supervisor = saying_why(signed_in("supervisor"))
    assert "Review it as a second person" in text_of(supervisor.get(f"{page}{move.ref}/"))
    done = supervisor.post(
        f"{page}{move.ref}/review/", {"review": "upheld", "reason": "The site has no doctor; it was needed."}
    )
    assert done.status_code == 302
    over = {
        "ended_on": "2018-02-15",
        "returned_to": family.place,
        "reason": "She is well again and back with them.",
    }
    assert client.post(f"{page}{move.ref}/end/", over).status_code == 302
    for address in (f"{page}{move.ref}/", f"/people/{family.yusuf}/moves/"):
        text = text_of(client.get(address))
        assert "the guardian was not told" in text and "reviewed and over" not in text
    client.post(f"{page}{move.ref}/told/", {"guardian_told_on": "2018-02-15"})
    text = text_of(client.get(f"{page}{move.ref}/"))
    assert "reviewed and over" in text and "The ambulance had one place only." in text
    assert Stay.objects.get(person=family.yusuf, until=None).facility_id == family.place


def test_a_move_that_happened_is_recorded_with_the_grounds_reported(family, signed_in) -> None:
    sent = {
        "facility": family.home,
        "moved_on": "2018-02-10",
        "source": "the state home",
        "grounds": ["age_threshold"],
        "decided_by": "authority",
        "version": str(Person.objects.get(ref=family.yusuf).version),
    }
    client = signed_in("registrar")
    page = f"/people/{family.yusuf}/moves/happened/"
    assert client.post(page, {**sent, "moved_on": "2018-03-01"}).status_code == 422
    assert client.post(page, {**sent, "moved_on": "2017-01-01"}).status_code == 422
    assert client.post(page, sent).status_code == 302
    told = StayGround.objects.get()
    assert (told.grounds, told.decided_by) == ("age_threshold", "authority")
    stay = Stay.objects.get(person=family.yusuf, until=None)
    assert (stay.since, stay.source) == (date(2018, 2, 10), "statement:the state home")


def test_the_tab_lists_plans_urgent_moves_and_stays(family, signed_in, cast) -> None:
    hospital = add_facility(name_en="Hospital", name_ar="", kind="other", by=cast.registrar, at=AT)
    plan = planned(family.yusuf, family.home, cast.caseworker)
    move = urgent(family.safiya, hospital, cast.caseworker)
    client = signed_in("caseworker")
    text = text_of(client.get(f"/people/{family.yusuf}/moves/"))
    assert plan in text and "planned, not done" in text and "Site A" in text and "Plan a move" in text
    assert move in text_of(client.get(f"/people/{family.safiya}/moves/"))
    assert "Plan a move" not in text_of(signed_in("supervisor").get(f"/people/{family.yusuf}/moves/"))
    assert signed_in("registrar").get(f"/people/{family.yusuf}/moves/").status_code == 404


def test_the_page_says_who_goes_along_and_who_would_stay_behind(family, signed_in, cast) -> None:
    hospital = add_facility(name_en="Hospital", name_ar="", kind="other", by=cast.registrar, at=AT)
    client = signed_in("caseworker")
    alone = planned(family.dilnoza, hospital, cast.caseworker, grounds=("medical",))
    text = text_of(client.get(f"/people/{family.dilnoza}/moves/{alone}/"))
    assert "would stay behind" in text and "Safiya" in text
    together = planned(family.yusuf, hospital, cast.caseworker, together=True, grounds=("safety",))
    text = text_of(client.get(f"/people/{family.yusuf}/moves/{together}/"))
    assert "They move together" in text and "Dilnoza" in text


def test_a_decision_that_the_child_stays_asks_to_withdraw_the_plan(family, signed_in, cast) -> None:
    from determined import acting, complete

    from amana.casework import determine

    mref = planned(family.yusuf, family.home, cast.caseworker)
    asked = determine.ask_determination(family.yusuf, **complete(), **acting(cast.caseworker))
    determine.approve(
        asked,
        reason="She cares well for him.",
        seen_version=Person.objects.get(ref=family.yusuf).version,
        **acting(cast.supervisor, TODAY),
    )
    text = text_of(saying_why(signed_in("supervisor")).get(f"/people/{family.yusuf}/moves/{mref}/"))
    assert "decides that the child stays with the mother." in text


def test_the_plan_of_a_mother_asks_what_becomes_of_her_children_and_nothing_of_a_child(
    family, signed_in, cast
) -> None:
    hospital = add_facility(name_en="Hospital", name_ar="", kind="other", by=cast.registrar, at=AT)
    client, page = signed_in("caseworker"), f"/people/{family.dilnoza}/moves/new/"
    text = text_of(client.get(page))
    for asked in ("What becomes of her children", "Care of children who stay is arranged"):
        assert asked in text
    for childs in (
        "Consulate of a foreign child",
        "Why brothers or sisters",
        "the child&#x27;s best interests",
    ):
        assert childs not in text
    sent = plan_data(family, family.dilnoza, facility=hospital, grounds=["safety"])
    unsaid = client.post(page, sent)
    assert unsaid.status_code == 422 and "Choose what becomes of the children." in text_of(unsaid)
    assert client.post(page, {**sent, "children": "together"}).status_code == 302
    plan = PlannedMove.objects.get()
    assert plan.together is True
    text = text_of(client.get(f"/people/{family.dilnoza}/moves/{plan.ref}/"))
    assert "Consulate of a foreign child" not in text
    known = {"planned_for": "2018-03-01", "care_identified": "on"}
    address = f"/people/{family.dilnoza}/moves/{plan.ref}/complete/"
    assert client.post(address, known).status_code == 302
    assert PlannedMove.objects.get().care_identified is True


def test_what_would_clear_a_plan_is_done_on_its_page_and_no_consulate_is_asked_of_behind_a_closed_gate(
    family, signed_in, cast
) -> None:
    mref = planned(family.yusuf, family.home, cast.caseworker)
    page = f"/people/{family.yusuf}/moves/{mref}/"
    text = text_of(signed_in("caseworker").get(page))
    assert f'href="{page}#known-title"' in text and f'href="{page}#withdraw-title"' in text
    assert "Withdraw the plan</a>" in text and "Bring the child back" not in text
    assert "whether the consulate may be consulted" not in text


def test_a_move_found_not_needed_is_never_marked_as_well(family, signed_in, cast) -> None:
    from determined import acting

    from amana.casework import moves

    hospital = add_facility(name_en="Hospital", name_ar="", kind="other", by=cast.registrar, at=AT)
    told = {"monitor_told_on": TODAY, "guardian_told_on": TODAY}
    mref = urgent(family.yusuf, hospital, cast.caseworker, **told)
    moves.review_urgent(
        mref, review="not_upheld", reason="A doctor was there that night.", **acting(cast.supervisor)
    )
    moves.end_urgent(
        mref,
        ended_on=TODAY,
        returned_to=family.place,
        reason="He is back with his mother.",
        **acting(cast.caseworker),
    )
    text = text_of(signed_in("caseworker").get(f"/people/{family.yusuf}/moves/urgent/{mref}/"))
    assert "found not needed" in text and "reviewed and over" not in text
