"""Places: adding one, and where people are on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from registered import AT, TODAY
from small_lists import a_list, one_family, row

from amana.apps.accounts.viewers import NotForYou
from amana.apps.placements import queries
from amana.apps.placements.commands import PlaceRefused, add_facility
from amana.apps.registry.models import Person
from amana.casework import amend
from amana.core.reference import check_reference

pytestmark = pytest.mark.django_db


def test_a_place_gets_a_reference_and_shows_in_both_languages(site, caseworker) -> None:
    (place,) = queries.facilities(caseworker)
    assert (check_reference(place.ref), place.name_en, place.name_ar) == (site, "Site A", "الموقع أ")


@pytest.mark.parametrize("what", [{"kind": "fortress"}, {"name_en": "  "}])
def test_a_place_of_no_kind_or_name_is_refused(registrar, what) -> None:
    place = {"name_en": "Site", "name_ar": "", "kind": "camp", **what}
    with pytest.raises(PlaceRefused):
        add_facility(**place, by=registrar, at=AT)


def test_where_people_are_follows_their_stays(committed, caseworker, registrar) -> None:
    committed(a_list(row(2, "Moved", "other", arrived=date(2018, 1, 3)), *one_family().rows[:1]))
    other = add_facility(name_en="Site B", name_ar="", kind="camp", by=registrar, at=AT)
    refs = dict(Person.objects.values_list("name_latin", "ref"))
    amend.move(
        person=refs["Moved"],
        facility=other,
        moved_on=date(2018, 2, 1),
        source="roll call",
        by=caseworker,
        at=AT,
        on=TODAY,
    )
    for day, name in ((date(2018, 1, 31), "Site A"), (date(2018, 2, 1), "Site B")):
        assert queries.where(caseworker, refs.values(), day)[refs["Moved"]].facility.name_en == name
    assert refs["Moved"] not in queries.where(caseworker, refs.values(), date(2018, 1, 2))
    assert [stay.facility.name_en for stay in queries.stays(caseworker, refs["Moved"])] == [
        "Site B",
        "Site A",
    ]


@pytest.mark.parametrize("role", ["monitor", "rules_editor", "administrator", "outsider"])
def test_roles_without_cases_see_no_place(cast: Any, role: str) -> None:
    viewer = getattr(cast, role)
    reads = [lambda: queries.where(viewer, [], TODAY), lambda: queries.stays(viewer, "P-222222")]
    for read in reads if role == "monitor" else [*reads, lambda: queries.facilities(viewer)]:
        with pytest.raises(NotForYou):
            read()


def test_the_monitor_knows_the_places_and_nobody_in_them(site, monitor) -> None:
    (place,) = queries.facilities(monitor)
    assert place.ref == site
