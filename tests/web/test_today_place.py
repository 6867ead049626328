"""The day of whoever keeps a place: her own people, who comes and goes by plan, and nothing beyond it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from small_family import AT, TODAY, settle

from amana.apps.accounts import teams, viewers
from amana.apps.accounts.queries import viewer as viewer_of
from amana.apps.accounts.viewers import NotForYou
from amana.apps.placements import place_day
from amana.apps.placements.queries import facilities
from amana.casework import moves

WHY = "The boy needs the care that is found there."


@pytest.fixture
def at_work(cast: SimpleNamespace) -> SimpleNamespace:
    """Two families at Site A, kept by the facility manager; State home 2 is kept by nobody."""
    found = settle(cast.registrar)
    places = {place.name_en: place.ref for place in facilities(cast.supervisor)}
    found.site, found.home = places["Site A"], places["State home 2"]
    keep(cast, found.site)
    return found


def keep(cast: SimpleNamespace, *sites: str) -> Any:
    user = cast.facility_manager.user_id
    teams.place(user_id=user, team=None, sites=sites, by=viewers.installer(), at=AT)
    return viewer_of(user)


def planned(cast: SimpleNamespace, ref: str, facility: str, days: int = 3, **what: Any) -> str:
    told = {"grounds": ["medical"], "reason": WHY, **what}
    when = TODAY + timedelta(days=days)
    return moves.plan_move(
        ref, facility=facility, planned_for=when, **told, by=cast.caseworker, at=AT, on=TODAY
    )


def shown(client: Client, query: str = "") -> str:
    answer = client.get(f"/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_her_people_stand_by_age_and_by_name_with_the_mother_who_is_here(
    at_work: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    page = shown(signed_in("facility_manager"))
    for told in ("Site A", "Roll call", "Safiya Rashidova", "Dilnoza Rashidova", "Children from 4 to 14"):
        assert told in page, told
    row = re.search(r"Safiya Rashidova.*?</tr>", page, re.S)
    assert row and "Dilnoza Rashidova" in row[0] and "3 or 4" in row[0]
    assert "keeps no calendar of hearings" in page and "Undetermined" not in page
    assert not re.search("Tajikistan|F-[2-9A-Z]{6}|apart by age|Protection", page.partition("<main")[2])


def test_who_leaves_is_told_with_the_day_and_never_where_to_or_why(
    at_work: SimpleNamespace, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    planned(cast, at_work.yusuf, at_work.home)
    page = shown(signed_in("facility_manager"))
    assert "To leave" in page and "2018-02-18" in page and at_work.yusuf in page
    assert WHY not in page and "State home 2" not in page


def test_a_plan_on_the_ground_of_danger_is_not_told_to_the_place_that_is_left(
    at_work: SimpleNamespace, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    planned(cast, at_work.yusuf, at_work.home, grounds=["medical", "safety"])
    page = shown(signed_in("facility_manager"))
    assert "To leave" not in page and "No move of the next 7 days is known here" in page


def test_who_comes_is_a_number_until_she_is_here(
    at_work: SimpleNamespace, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    planned(cast, at_work.yusuf, at_work.home)
    keep(cast, at_work.home)
    page = shown(signed_in("facility_manager"))
    assert "To come" in page and "1 person · 1 may be a child" in page and "Nobody stays here today." in page
    assert at_work.yusuf not in page and "Yusuf" not in page


def test_a_plan_beyond_the_next_days_does_not_stand_yet(
    at_work: SimpleNamespace, cast: SimpleNamespace
) -> None:
    planned(cast, at_work.yusuf, at_work.home, days=place_day.DAYS + 1)
    assert not place_day.day_of(keep(cast, at_work.site), at_work.site, TODAY).departures


def test_a_place_that_she_does_not_keep_is_not_there(at_work: SimpleNamespace, cast: SimpleNamespace) -> None:
    keeper = keep(cast, at_work.site)
    for viewer, ref in ((keeper, at_work.home), (keeper, "S-222222"), (cast.supervisor, at_work.site)):
        with pytest.raises(NotForYou):
            place_day.day_of(viewer, ref, TODAY)
    with pytest.raises(NotForYou):
        place_day.kept(cast.statistician)


def test_of_several_places_the_one_asked_for_stands_and_a_foreign_one_is_as_none(
    at_work: SimpleNamespace, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    keep(cast, at_work.site, at_work.home)
    client = signed_in("facility_manager")
    assert "Nobody stays here today." in shown(client, f"?place={at_work.home}")
    assert shown(client, "?place=S-222222").count("Rashidova") == shown(client).count("Rashidova") > 0


def test_who_keeps_no_place_is_told_who_names_them(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    assert "You keep no place yet" in shown(signed_in("facility_manager"))


def test_whoever_is_on_the_page_is_noted_as_seen_and_of_the_counts_nobody(
    at_work: SimpleNamespace, cast: SimpleNamespace
) -> None:
    keeper = keep(cast, at_work.site)
    day = place_day.day_of(keeper, at_work.site, TODAY)
    assert day.people == 8 and (day.mothers, day.with_mother) == (1, 4) and not keeper.trail
