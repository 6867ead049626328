"""The engine agrees with a brute-force oracle that tries every completion."""

from __future__ import annotations

import pytest
from placement_oracle import answer
from random_facts import rows

from amana.apps.decisions.packs import find_pack
from amana.core.facts import FactRow
from amana.core.policy import Verdict, decide

ROWS = 5_000


def parts(verdict: Verdict) -> dict[str, object]:
    return {
        "outcome": verdict.outcome,
        "rules": verdict.rules,
        "possible": verdict.possible,
        "needs": verdict.needs,
        "citations": verdict.citations,
    }


@pytest.fixture(scope="module")
def judged() -> list[tuple[FactRow, Verdict]]:
    pack = find_pack("iraq_2018")
    return [(row, decide(pack, "placement", row)) for row in rows(seed=1980, count=ROWS)]


def test_engine_agrees_with_every_completion_on_random_rows(judged: list[tuple[FactRow, Verdict]]) -> None:
    for row, verdict in judged:
        assert parts(verdict) == answer(row), row


def test_random_rows_meet_every_kind_of_answer(judged: list[tuple[FactRow, Verdict]]) -> None:
    outcomes = {verdict.outcome for _, verdict in judged}
    assert outcomes == {
        "with_mother",
        "state_home",
        "reported_detention_possible",
        "not_a_child",
        "no_lawful_placement",
        "undetermined",
        "invalid",
    }
    assert any("law:amend-1980" in verdict.needs for _, verdict in judged)
    assert any(set(verdict.rules) == {"state-home-1980", "state-home-foreign"} for _, verdict in judged)


def test_every_answer_is_exact(judged: list[tuple[FactRow, Verdict]]) -> None:
    assert all(verdict.exact for _, verdict in judged)
