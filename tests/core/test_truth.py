"""Three-valued truth, as its tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.truth import Truth, all_of, any_of, negate

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
TRUTHS = st.sampled_from([T, F, U])

AND = {
    (T, T): T, (T, F): F, (T, U): U,
    (F, T): F, (F, F): F, (F, U): F,
    (U, T): U, (U, F): F, (U, U): U,
}  # fmt: skip
OR = {
    (T, T): T, (T, F): T, (T, U): T,
    (F, T): T, (F, F): F, (F, U): U,
    (U, T): T, (U, F): U, (U, U): U,
}  # fmt: skip


@pytest.mark.parametrize(("pair", "answer"), AND.items())
def test_and_follows_its_table(pair: tuple[Truth, Truth], answer: Truth) -> None:
    assert all_of(pair) is answer


@pytest.mark.parametrize(("pair", "answer"), OR.items())
def test_or_follows_its_table(pair: tuple[Truth, Truth], answer: Truth) -> None:
    assert any_of(pair) is answer


@pytest.mark.parametrize(("value", "answer"), [(T, F), (F, T), (U, U)])
def test_not_follows_its_table(value: Truth, answer: Truth) -> None:
    assert negate(value) is answer


def test_all_of_nothing_is_true_and_any_of_nothing_is_false() -> None:
    assert (all_of([]), any_of([])) == (T, F)


def test_unknown_never_passes_for_true() -> None:
    with pytest.raises(TypeError):
        bool(U)


@given(st.lists(TRUTHS))
def test_de_morgan_holds(values: list[Truth]) -> None:
    assert negate(all_of(values)) is any_of(negate(value) for value in values)


@given(st.lists(TRUTHS), st.lists(st.sampled_from([T, F]), min_size=20))
def test_learning_what_is_unknown_never_turns_a_definite_answer(
    values: list[Truth], learned: list[Truth]
) -> None:
    known = [found if value is U else value for value, found in zip(values, learned, strict=False)]
    before = all_of(values[: len(known)])
    assert before is U or all_of(known) is before
