"""Of 20,000 generated situations none opens a gate with a condition that is not met.

AMANA_GATE_SITUATIONS says how many to try instead.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest
from gate_situations import GIVEN, opens, row, situations

from amana.apps.decisions.packs import find_pack
from amana.apps.determinations.gates import is_open
from amana.core.facts import Contradiction, FactRow
from amana.core.policy import decide

MANY = int(os.environ.get("AMANA_GATE_SITUATIONS") or 20_000)
DECISIONS = ("enquiry", "return")


def test_no_situation_opens_with_a_condition_that_is_not_met_and_none_stays_shut_with_all_met() -> None:
    pack, told = find_pack("gate"), Counter[str]()
    for number, situation in enumerate(situations(MANY)):
        step = DECISIONS[number % 2]
        found = is_open(decide(pack, step, row(situation)))
        assert found == opens(situation, step), (step, situation)
        told[f"{step} {'open' if found else 'closed'}"] += 1
    assert min(told.values()) >= MANY // 50 and len(told) == 4, told


@pytest.mark.parametrize("step", DECISIONS)
@pytest.mark.parametrize("fact", [*GIVEN, "until"])
def test_each_condition_alone_unknown_or_otherwise_keeps_the_gate_closed(step: str, fact: str) -> None:
    pack, shut = find_pack("gate"), 0
    for situation in situations(400, seed=7):
        if not opens(situation, step):
            continue
        unknown = {**situation, fact: None}
        found = is_open(decide(pack, step, row(unknown)))
        assert found == opens(unknown, step)
        shut += not found
    unread = {"enquiry": "determination", "return": "assessment"}[step]
    assert (shut > 0) == (fact != unread)


def test_a_contradiction_keeps_the_gate_closed() -> None:
    pack = find_pack("gate")
    best = next(each for each in situations(400, seed=7) if opens(each, "enquiry"))
    known = row(best)
    for name in pack.engines["enquiry"].read:
        broken = FactRow(known.ref, known.on, {**known.values, name: Contradiction("It can't be.")})
        assert not is_open(decide(pack, "enquiry", broken)), name
