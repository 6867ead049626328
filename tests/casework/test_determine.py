"""Determinations of best interests: what they say, who approves them, and what may follow."""

from __future__ import annotations

from typing import Any

import pytest
from determined import acting, approved, ask, assessed, complete, family, judged, reported, separation
from registered import TODAY

from amana.apps.determinations import queries
from amana.casework import determine

__all__ = ["approved", "ask", "family"]
pytestmark = pytest.mark.django_db


def test_a_determination_waits_for_a_second_person_and_is_then_in_force(
    ask, family, caseworker, supervisor
) -> None:
    ref = ask("Farid")
    view = queries.determination(caseworker, ref)
    assert (view.state, view.in_force_from, view.mine, view.may_decide) == ("requested", None, True, False)
    assert queries.determination(supervisor, ref).may_decide
    determine.approve(ref, reason="Well weighed.", seen_version=view.version, **acting(supervisor))
    view = queries.determination(caseworker, ref)
    assert (view.state, view.in_force_from) == ("approved", TODAY)
    assert [step.step for step in view.approvals] == ["requested", "approved"]


def test_all_that_is_said_is_read_back(ask, caseworker, family) -> None:
    said = separation()
    view = queries.determination(caseworker, ask("Farid", **said))
    assert {key: getattr(view, key) for key in said} == said
    assert (view.kind, view.effect, view.stance, view.person) == (
        "determination",
        "adverse",
        "",
        family["Farid"],
    )


def test_an_assessment_is_in_force_when_made_and_waits_for_nobody(family, caseworker) -> None:
    ref = assessed(family["Anora"], caseworker)
    view = queries.determination(caseworker, ref)
    assert (view.kind, view.stage, view.state, view.approvals) == ("assessment", "first", "recorded", ())
    assert queries.latest_review(caseworker, family["Anora"]) == TODAY


def test_what_another_body_decided_may_lack_everything(family, caseworker) -> None:
    view = queries.determination(caseworker, reported(family["Farid"], caseworker))
    assert (view.reasons, view.grounds, view.child_view, view.author_given) == ("", (), None, False)


def test_a_court_decision_is_recorded(family, caseworker) -> None:
    ref = judged(family["Rustam"], caseworker)
    (view,) = queries.judicial(caseworker, family["Rustam"])
    assert (view.ref, view.kind) == (ref, "charge")
