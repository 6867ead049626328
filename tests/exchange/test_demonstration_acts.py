"""What was done to the invented children: each act shows as what it is, and nothing shows without an act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from amana.exchange.demonstration import STANDS_ON, office
from amana.web.session.demonstration import ACCOUNTS

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
SIGN_INS = [office.SignIn(each.role, each.name, each.email) for each in ACCOUNTS]
NOBODY = "nobody to act: no caseworker or no supervisor"


def quiet(*_: object) -> None:
    """Nobody watches."""


def told() -> Mapping[str, Mapping[str, int]]:
    """What the safeguards find in everybody, as of the day the office stands at."""
    from amana.casework.sweep import look

    return look(office.operator(), STANDS_ON).counts.standing


@pytest.mark.django_db
def test_a_breach_shows_where_an_act_was_done_and_the_list_alone_shows_none_of_separation() -> None:
    office.open_demonstration(SIGN_INS, at=AT)
    office.take_in(office.write(120, 1), at=AT, progress=quiet)
    by_the_list = told()
    assert not {"S06", "S07", "S08", "S09"} & by_the_list.keys(), "the protocol alone is no act"
    said = office.record_acts(1, at=AT)
    moved = int(said.split(" moved by age alone")[0])
    assert moved
    after = told()
    # One more is planned, and so stays stopped.
    assert {name: after[name]["breach"] for name in ("S06", "S08", "S09")} == dict.fromkeys(
        ("S06", "S08", "S09"), moved + 1
    )
    for name in ("S01", "S02", "S18"):
        assert after[name]["breach"] == 1, name
    assert office.record_acts(1, at=AT) == "recorded before"


@pytest.mark.django_db
def test_without_people_who_may_act_nothing_is_done_to_anybody() -> None:
    office.open_demonstration((), at=AT)
    office.take_in(office.write(30, 1), at=AT, progress=quiet)
    assert office.record_acts(1, at=AT) == NOBODY


@pytest.mark.django_db
def test_the_smallest_office_has_its_acts_too() -> None:
    office.open_demonstration(SIGN_INS, at=AT)
    office.take_in(office.write(12, 1), at=AT, progress=quiet)
    assert "assessed" in office.record_acts(1, at=AT)
    assert "people" in office.look_at_everybody(at=AT, progress=quiet)
