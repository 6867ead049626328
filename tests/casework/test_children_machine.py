"""Children's cases led through any order of acts (`children_machine`): 300 cases of 30 steps; on PostgreSQL
30, since the acts are the same and their statements few, and it keeps every savepoint of a case.

`AMANA_CASES=20000 AMANA_STEPS=50 AMANA_SEED=7` walks more, for once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from children_machine import Office, machine_of, open_office

USUAL = 30 if os.environ.get("AMANA_TEST_ON") == "postgresql" else 300
CASES, STEPS = int(os.environ.get("AMANA_CASES") or USUAL), int(os.environ.get("AMANA_STEPS") or 30)
HALVES = 2
LEAD = settings(
    max_examples=CASES // HALVES,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    # A failing case is told by its steps; shrinking would take minutes of transactions.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def opened(cast: Any) -> Office:
    """The office that every case begins with."""
    return open_office(cast)


@pytest.mark.django_db
@pytest.mark.parametrize("half", range(HALVES))
def test_no_order_of_acts_hurts_a_child_without_a_reason_on_record(opened: Office, half: int) -> None:
    machine = seed(int(os.environ.get("AMANA_SEED") or 1) + half)(machine_of(opened))
    run_state_machine_as_test(machine, settings=LEAD)
