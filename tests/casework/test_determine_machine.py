"""Random people do random things with a child's determinations: whatever the order, nothing is in force
without a second person, nothing of an open answer is acted on, and what has ended stays ended.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from determined import acting, assessed, complete, family, reported, separation
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registered import TODAY

from amana.apps.accounts.viewers import NotForYou
from amana.apps.decisions.models import Decision
from amana.apps.determinations.models import Approval, Determination
from amana.apps.determinations.states import ENDED, TABLE, State
from amana.casework import amend, determine
from amana.casework.determine import DeterminationRefused

__all__ = ["family"]
pytestmark = pytest.mark.django_db

WHO = st.sampled_from(["caseworker", "supervisor", "operator", "registrar"])
ACTS = (
    *("ask", "part", "act", "replace", "approve", "reject", "withdraw", "appeal", "uphold", "overturn"),
    *("assess", "report", "doubt"),
)
STEP = st.tuples(
    st.sampled_from(ACTS),
    WHO,
    st.integers(0, 5),
    st.sampled_from(["Anora", "Farid"]),
)
WHY = {"reason": "Said at the meeting.", "seen_version": None}


def one_step(step: tuple[str, str, int, str], family: dict[str, str], cast: Any) -> None:
    """Try it; whatever is refused is refused."""
    what, role, which, name = step
    by, person = getattr(cast, role), family[name]
    refs = list(Determination.objects.order_by("asked_at", "pk").values_list("ref", flat=True))
    ref = refs[which % len(refs)] if refs else "D-222222"
    doing: dict[str, Any] = {
        "ask": lambda: determine.ask_determination(person, **complete(), **acting(by)),
        "part": lambda: determine.ask_determination(person, **separation(), **acting(by)),
        "act": lambda: determine.act_on(
            person,
            decision_id=Decision.objects.get(person=person, superseded_at=None).pk,
            stance="adopt",
            **complete(),
            **acting(by),
        ),
        "replace": lambda: determine.ask_determination(person, **complete(supersedes=ref), **acting(by)),
        "approve": lambda: determine.approve(ref, **WHY, **acting(by)),
        "reject": lambda: determine.reject(ref, **WHY, **acting(by)),
        "withdraw": lambda: determine.withdraw(ref, **WHY, **acting(by)),
        "appeal": lambda: determine.appeal(
            ref, lodged_by="child", lodged_on=TODAY, ground="She wants to stay there.", **acting(by)
        ),
        "assess": lambda: assessed(person, by),
        "report": lambda: reported(person, by, decides="separation"),
        "doubt": lambda: amend.add_claim(
            person=person,
            attribute="birth",
            stated="2012/2015",
            source="statement",
            note="an aunt",
            said_on=TODAY,
            **acting(by),
        ),
    }
    for outcome, act in (("upheld", "uphold"), ("overturned", "overturn")):
        ended = {
            "outcome": outcome,
            "body": "panel",
            "decided_on": TODAY,
            "reasons": "Both were heard again.",
        }
        doing[act] = lambda ended=ended: determine.decide_appeal(ref, **ended, **acting(by))
    with suppress(DeterminationRefused, NotForYou), transaction.atomic():
        doing[what]()


def require_invariants(before: dict[str, str]) -> dict[str, str]:
    """What holds whatever was tried; the states now."""
    now: dict[str, str] = {}
    for row in Determination.objects.prefetch_related("approvals"):
        now[row.ref] = row.state
        steps = {step.step: step for step in row.approvals.all()}
        own = row.kind not in ("assessment", "reported")
        assert ("requested" in steps) is own
        if own and row.state not in ("requested", "withdrawn", "rejected"):
            assert steps["approved"].by != row.asked_by
            assert steps["approved"].role in ("supervisor", "operator")
        if row.state == State.REQUESTED:
            assert set(steps) == {"requested"}
        was = before.get(row.ref)
        if was in ENDED:
            assert row.state == was
        if was is not None and row.state != was:
            assert row.state in TABLE[State(was)].values()
    assert not Approval.objects.exclude(step__in=["requested", "approved", "rejected", "withdrawn"]).exists()
    return now


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=5, max_size=14))
def test_whatever_people_do_no_one_decides_alone(family, cast, steps) -> None:
    with transaction.atomic():
        states: dict[str, str] = {}
        for step in steps:
            acted_before = set(Determination.objects.exclude(stance="").values_list("ref", flat=True))
            open_ = set(
                Decision.objects.filter(superseded_at=None, outcome="undetermined").values_list(
                    "person", flat=True
                )
            )
            one_step(step, family, cast)
            acted = Determination.objects.exclude(stance="").exclude(ref__in=acted_before)
            assert not open_ & set(acted.values_list("person_id", flat=True))
            states = require_invariants(states)
        transaction.set_rollback(True)


def test_every_permission_together_is_still_one_person(family, operator) -> None:
    ref = determine.ask_determination(family["Anora"], **complete(), **acting(operator))
    for again in range(3):
        with suppress(DeterminationRefused):
            determine.approve(ref, **WHY, **acting(operator))
        assert Determination.objects.get(ref=ref).state == "requested", again
