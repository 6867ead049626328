"""What an appeal suspends and what holds meanwhile: what protects is not ended by contesting it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from determined import acting, approved, ask, family, separation
from hypothesis import given
from hypothesis import strategies as st
from registered import TODAY

from amana.apps.determinations import codes, queries
from amana.apps.determinations.holding import holding
from amana.apps.determinations.models import Determination
from amana.apps.determinations.states import IN_FORCE, STATES, State, holds
from amana.apps.placements.separation.decided import decided
from amana.casework import determine

__all__ = ["approved", "ask", "family"]

ANY = (
    st.sampled_from(STATES),
    st.sampled_from(("", *codes.DECIDES)),
    st.sampled_from(("", *codes.EFFECTS)),
)


@given(*ANY)
def test_an_appeal_never_gives_force_and_suspends_whatever_parts_or_harms(
    state: str, decides: str, effect: str
) -> None:
    held = holds(state, decides, effect)
    assert held or state not in IN_FORCE
    if state == State.UNDER_APPEAL:
        harms = decides in (codes.SEPARATION, codes.REFUSED) or effect not in ("protective", "neutral")
        assert held is not harms
    elif state not in IN_FORCE:
        assert not held


def lodge(ref: str, caseworker) -> None:
    ground = "The site wants the child elsewhere."
    determine.appeal(ref, lodged_by="other", lodged_on=TODAY, ground=ground, **acting(caseworker))


@pytest.mark.django_db
def test_contesting_that_a_child_stays_does_not_end_it(approved, family, caseworker) -> None:
    ref = approved("Farid")
    lodge(ref, caseworker)
    view = queries.determination(caseworker, ref)
    assert (view.state, view.in_force, view.holds) == ("under_appeal", False, True)
    assert Determination.objects.filter(holding(), ref=ref).exists()
    assert queries.latest_review(caseworker, family["Farid"]) == view.decided_on
    (one,) = decided([family["Farid"]], TODAY)[family["Farid"]].determined
    assert one.in_force(TODAY) and not one.carries(TODAY)


@pytest.mark.django_db
def test_contesting_a_separation_suspends_it(approved, family, caseworker) -> None:
    ref = approved("Farid", **separation())
    lodge(ref, caseworker)
    view = queries.determination(caseworker, ref)
    assert (view.state, view.in_force, view.holds) == ("under_appeal", False, False)
    assert not Determination.objects.filter(holding(), ref=ref).exists()
    (one,) = decided([family["Farid"]], TODAY)[family["Farid"]].determined
    assert not one.in_force(TODAY) and not one.carries(TODAY)


@pytest.mark.django_db
def test_what_holds_while_contested_ends_when_it_is_set_aside(approved, family, caseworker) -> None:
    ref = approved("Farid")
    lodge(ref, caseworker)
    later = TODAY + timedelta(days=3)
    ended = {"outcome": "overturned", "body": "court", "decided_on": later}
    determine.decide_appeal(ref, reasons="The court heard the child.", **ended, **acting(caseworker, later))
    assert not queries.determination(caseworker, ref).holds
    assert family["Farid"] not in decided([family["Farid"]], date(2018, 12, 1))
