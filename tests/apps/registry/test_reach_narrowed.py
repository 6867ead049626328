"""A row of reach that names classes opens those, and every way of asking for people says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from amana.apps.accounts.viewers import NotForYou, Viewer, ward_circle
from amana.apps.audit.recording import recording
from amana.apps.registry import reach
from amana.apps.registry.models import Person
from amana.apps.registry.reach import (
    Held,
    among,
    batch_within,
    how_many,
    people_of,
    require_all,
    require_reach,
)
from amana.apps.registry.relations import Reach
from amana.core.need_to_know import Level
from small_office import AT, TODAY, settle

ID = UUID(int=7)
WARD = frozenset({"C1", "C5"})


def held(role: str, classes: frozenset[str] | None) -> Held:
    return Held(Viewer(ID, ID, role), "P-222222", classes)


OPEN: list[tuple[str, frozenset[str] | None, str, bool, bool, bool]] = [
    ("caseworker", None, "C1", True, False, True),
    ("caseworker", None, "C6", False, False, True),
    ("caseworker", WARD, "C1", True, False, True),
    ("caseworker", WARD, "C2", False, False, False),
    ("caseworker", frozenset({"C6"}), "C6", False, False, True),
    ("guardian", WARD, "C5", True, True, True),
    ("guardian", WARD, "C6", False, False, False),
    ("guardian", None, "C5", False, False, True),
    ("guardian", None, "C1", True, False, True),
    ("administrator", None, "C1", False, False, True),
]
"""Role, classes that the reach names, class asked for; whether it reads, names and opens it."""


@pytest.mark.parametrize("told", OPEN)
def test_what_is_open_is_open_to_the_role_and_named_by_the_reach(
    told: tuple[str, frozenset[str] | None, str, bool, bool, bool],
) -> None:
    role, classes, cls, reads, names, opens = told
    one = held(role, classes)
    assert (one.reads(cls), one.names(cls), one.opens(cls)) == (reads, names, opens)
    assert (one.sees(cls) >= Level.READ) is reads
    assert one.reads() and one.opens()
    if reads:
        one.require(cls)
    else:
        with pytest.raises(NotForYou):
            one.require(cls)


def test_a_flag_is_known_where_no_more_is_open() -> None:
    assert held("caseworker", None).knows("C1") and not held("administrator", None).knows("C1")
    assert not held("caseworker", WARD).knows("C2")
    assert held("data_protection", None).sees("C1") is Level.EXISTS
    assert not held("data_protection", None).knows("C1")


@pytest.fixture
def refs(cast: SimpleNamespace, tmp_path: Path, db: None) -> list[str]:
    settle(cast.registrar, tmp_path, people=12)
    return sorted(Person.objects.values_list("ref", flat=True))[:3]


def ward_of(cast: SimpleNamespace, rows: list[tuple[str, str, int | None]]) -> Viewer:
    """A guardian who reaches these people: reference, classes, and days from today after which it is over."""
    circle = ward_circle(cast.guardian.user_id)
    with recording(cast.operator, AT):
        for ref, classes, days in rows:
            until = None if days is None else TODAY + timedelta(days=days)
            Reach(
                person_id=ref, circle=circle, since=TODAY, until=until, classes=classes, source="ward"
            ).save()
    return replace(cast.guardian, circles=(circle,), day=TODAY, trail=[])


def shown(viewer: Viewer, *classes: str) -> list[str]:
    return sorted(Person.objects.filter(reach.within(viewer, classes=classes)).values_list("ref", flat=True))


@pytest.mark.parametrize("few", [400, 0])
def test_every_way_of_asking_narrows_alike(
    refs: list[str], cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(reach, "FEW", max(few, 1))
    one, two, three = refs
    ward = ward_of(cast, [(one, "C1;C2;C4", None), (two, "", 0), (three, "C1", 0)])
    assert shown(ward) == shown(ward, "C1") == refs
    assert shown(ward, "C1", "C2") == sorted([one, two])
    assert shown(ward, "C5") == []
    assert among(ward, [*refs, "P-222222"]) == set(refs)
    assert among(ward, refs, ["C1", "C2"]) == {one, two}
    assert among(ward, refs, ["C6"]) == frozenset()
    assert how_many(ward) == 3 == people_of(ward).count()
    require_reach(ward, one, opens=["C2"]), require_reach(ward, two, opens=["C2"])
    for ref, classes in ((three, ["C2"]), ("P-222222", [])):
        with pytest.raises(NotForYou):
            require_reach(ward, ref, opens=classes)
    with pytest.raises(NotForYou):
        require_reach(ward, one, "people.register")
    require_all(ward, refs)
    with pytest.raises(NotForYou):
        require_all(ward, [*refs, "P-222222"])
    with pytest.raises(NotForYou):
        require_all(replace(ward, scopes=frozenset()), refs)


def test_what_ended_yesterday_is_over_and_without_a_day_nothing_that_ends_is_open(
    refs: list[str], cast: SimpleNamespace
) -> None:
    one, two, three = refs
    ward = ward_of(cast, [(one, "", None), (two, "", 0), (three, "", -1)])
    assert shown(ward) == sorted([one, two]) and among(ward, refs) == {one, two}
    blind = replace(ward, day=None)
    assert shown(blind) == [one] and how_many(blind) == 1
    for viewer in (replace(ward, circles=()), cast.monitor, cast.administrator):
        assert shown(viewer) == [] and among(viewer, refs) == frozenset() and how_many(viewer) == 0
        with pytest.raises(NotForYou):
            require_reach(viewer, one)


def test_somebody_reached_twice_is_counted_once(refs: list[str], cast: SimpleNamespace) -> None:
    ward = ward_of(cast, [(refs[0], "C1", None), (refs[0], "C2", None), (refs[1], "C1", None)])
    assert how_many(ward) == 2 and require_reach(ward, refs[0]).classes == {"C1", "C2"}
    assert shown(ward, "C1", "C2") == [] or shown(ward, "C1", "C2") == [refs[0]]


def test_the_demonstrations_command_line_reaches_everybody_there_is(
    refs: list[str], cast: SimpleNamespace
) -> None:
    everybody = Person.objects.count()
    assert (
        how_many(cast.operator) == everybody == len(shown(cast.operator)) == len(shown(cast.operator, "C6"))
    )
    assert among(cast.operator, [*refs, "P-222222"]) == set(refs)
    assert require_reach(cast.operator, refs[0]).classes is None
    with pytest.raises(NotForYou):
        require_reach(cast.operator, "P-222222")


def test_a_list_is_seen_by_who_committed_it_lately_and_by_who_reaches_somebody_of_it(
    refs: list[str], cast: SimpleNamespace
) -> None:
    from amana.apps.registry.models import Batch

    def seen(viewer: Viewer) -> int:
        return Batch.objects.filter(batch_within(viewer)).count()

    nobodys = replace(cast.registrar, circles=())
    assert seen(cast.operator) == seen(ward_of(cast, [(refs[0], "C1", None)])) == 1
    assert seen(replace(nobodys, day=TODAY)) == 1
    assert seen(replace(nobodys, day=TODAY + timedelta(days=31))) == seen(replace(nobodys, day=None)) == 0
    assert seen(replace(cast.other_caseworker, day=TODAY)) == 0
