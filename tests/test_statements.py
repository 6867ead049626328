"""Which tests the second database may spare: none whose statements nobody else sends."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import statements
from statements import Recorder, Sent, read, shape, spared

SUITES = st.lists(
    st.tuples(st.floats(0, 9), st.frozensets(st.sampled_from("abcdefgh"), min_size=1), st.booleans()),
    max_size=12,
)


def suite(drawn: list[tuple[float, frozenset[str], bool]]) -> tuple[list[Sent], set[str]]:
    sent = [Sent(f"t{at}", seconds, shapes) for at, (seconds, shapes, _) in enumerate(drawn)]
    return sent, {f"t{at}" for at, (_, _, always) in enumerate(drawn) if always}


@given(SUITES)
def test_every_statement_that_any_test_sends_is_sent_by_one_that_runs(drawn) -> None:
    sent, always = suite(drawn)
    left = spared(sent, always)
    assert not left & always
    ran = [each for each in sent if each.test not in left]
    assert frozenset().union(*(each.shapes for each in ran)) == frozenset().union(
        *(each.shapes for each in sent)
    )


@given(SUITES)
def test_no_test_runs_again_without_a_statement_of_its_own(drawn) -> None:
    sent, always = suite(drawn)
    left = spared(sent, always)
    ran = [each for each in sent if each.test not in left]
    for each in ran:
        others = frozenset().union(*(one.shapes for one in ran if one is not each))
        assert each.test in always or each.shapes - others


def test_of_two_that_send_the_same_the_slower_is_spared() -> None:
    same = frozenset({"SELECT 1"})
    assert spared([Sent("slow", 9.0, same), Sent("quick", 0.1, same)], set()) == {"slow"}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("SELECT a FROM b WHERE c IN (%s, %s)", "SELECT a FROM b WHERE c IN (%s)", True),
        ("INSERT INTO a (b, c) VALUES (%s, %s), (%s, %s)", "INSERT INTO a (b, c) VALUES (%s, %s)", True),
        ("RELEASE SAVEPOINT s1_x3", "RELEASE SAVEPOINT s1_x4", True),
        ("SELECT a FROM b WHERE c = %s", "SELECT a FROM b WHERE d = %s", False),
        ("SELECT a FROM b WHERE c IN (%s)", "SELECT a FROM b WHERE NOT c IN (%s)", False),
        ("SELECT a FROM b ORDER BY c", "SELECT a FROM b ORDER BY c DESC", False),
    ],
)
def test_only_how_many_values_and_rows_there_are_makes_no_other_statement(one, other, alike) -> None:
    assert (shape(one) == shape(other)) is alike


def test_what_a_process_wrote_down_is_read_back(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "statements.7.jsonl")
    walk = recorder.pytest_runtest_protocol(SimpleNamespace(nodeid="tests/web/a.py::b"))
    next(walk)
    recorder.now |= {"SELECT 1", "SELECT 2"}
    with pytest.raises(StopIteration):
        walk.send(None)
    recorder.pytest_sessionfinish()
    (found,) = read(tmp_path)
    assert (found.test, found.shapes) == ("tests/web/a.py::b", {"SELECT 1", "SELECT 2"})


@pytest.mark.parametrize(
    ("test", "fixtures", "always"),
    [
        ("tests/web/test_a.py::test_b", ("cast", "db"), False),
        ("tests/web/test_a.py::test_b", ("transactional_db",), True),
        ("tests/apps/registry/test_a.py::test_b", ("cast", "db"), True),
        ("tests/casework/test_a.py::test_b", ("db",), True),
    ],
)
def test_below_the_pages_and_with_transactions_of_its_own_a_test_always_runs(test, fixtures, always) -> None:
    item = SimpleNamespace(nodeid=test, fixturenames=fixtures, get_closest_marker=lambda name: None)
    assert statements.runs_always(item) is always


def test_a_run_that_was_killed_leaves_no_record(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "statements.7.jsonl")
    recorder.lines.append(json.dumps({"a": [1, []]}))
    assert read(tmp_path) == []
