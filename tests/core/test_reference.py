"""References: one form, every single error and every swap found."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.errors import BadReference
from amana.core.reference import ALPHABET, PREFIXES, check_reference, new_reference

references = st.builds(
    lambda prefix, seed: new_reference(prefix, random.Random(seed)),
    st.sampled_from(sorted(PREFIXES)),
    st.integers(),
)


@given(references)
def test_a_new_reference_is_accepted_as_it_stands(reference: str) -> None:
    assert check_reference(reference) == reference


@given(references, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(reference: str, place: int, other: str) -> None:
    plain = reference.replace("-", "")
    if plain[place] == other:
        return
    with pytest.raises(BadReference):
        check_reference(plain[:place] + other + plain[place + 1 :])


@given(references, st.integers(0, 6), st.integers(0, 6))
def test_every_swap_of_two_characters_is_found(reference: str, one: int, two: int) -> None:
    plain = list(reference.replace("-", ""))
    if plain[one] == plain[two]:
        return
    plain[one], plain[two] = plain[two], plain[one]
    with pytest.raises(BadReference):
        check_reference("".join(plain))


@pytest.mark.parametrize(
    "written", ["p-7k3qxm", " P 7K3QXM ", "\u2066P-7K3QXM\u2069", "P\u20117K3QXM", "P-٧K٣QXM"]
)
def test_case_spaces_and_direction_marks_are_forgiven(written: str) -> None:
    assert check_reference(written) == "P-7K3QXM"


@pytest.mark.parametrize("written", ["", "P-", "7K3QXM", "X-7K3QXM", "P-7K3QXMM", "P-7K3QX", "محمد"])
def test_what_has_another_form_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(BadReference, match="P-7K3QXM"):
        check_reference(written)


@pytest.mark.parametrize("character", "ILO01")
def test_a_character_outside_the_alphabet_is_named(character: str) -> None:
    with pytest.raises(BadReference, match=character):
        check_reference(f"P-7K3Q{character}M")


def test_an_unknown_prefix_is_refused() -> None:
    with pytest.raises(BadReference, match="prefix"):
        new_reference("Q", random.Random(1))
