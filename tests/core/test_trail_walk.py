"""The walk over a chain and the ranges by which an erasure names what went."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amana.core.trail import (
    GENESIS,
    REASONS,
    ChainFault,
    Met,
    Ranges,
    Said,
    Tally,
    commitment,
    cover,
    digest,
    named_by,
    public_part,
    walk,
)

numbers = st.sets(st.tuples(st.integers(1, 3), st.integers(1, 40)), max_size=40)


def ranges(of: set[tuple[int, int]]) -> Ranges:
    made = Ranges()
    for chain, sequence in sorted(of):
        made.add(chain, sequence)
    return made


@given(numbers, numbers, numbers)
def test_what_no_erasure_names_is_what_is_left(
    gone: set[tuple[int, int]], one: set[tuple[int, int]], other: set[tuple[int, int]]
) -> None:
    named = ranges(one)
    named.add_all(ranges(other))
    assert len(ranges(gone)) == len(gone)
    assert set(ranges(gone).without(named)) == gone - one - other


def test_neighbours_are_told_as_one_range() -> None:
    made = ranges({(1, 4), (1, 5), (1, 6), (1, 8), (2, 7)})
    assert made.by_chain == {1: [(4, 6), (8, 8)], 2: [(7, 7)]}


def test_what_an_erasure_named_is_read_back_and_nonsense_names_nothing() -> None:
    assert named_by('{"entries":{"1":[[4,6]]},"count":3}').by_chain == {1: [(4, 6)]}
    for body in ("", "[]", "{}", '{"entries":3}', '{"entries":{"x":[[1,2]]}}', '{"entries":{"1":[[1]]}}'):
        assert len(named_by(body)) == 0


def entry(sequence: int, previous: str) -> Met:
    return Met(1, sequence, previous, f"{sequence:064x}", True, True)


def test_a_chain_that_grows_while_it_is_walked_is_no_fault() -> None:
    """Its head is asked when all its entries have come."""
    first = entry(1, GENESIS)
    grown = [first, entry(2, first.digest)]
    heads = iter([(2, grown[1].digest)])
    assert list(walk(1, iter(grown), lambda: next(heads), {}, Tally())) == []


def test_an_entry_of_another_chain_is_a_changed_one() -> None:
    strayed = Met(2, 1, GENESIS, "a" * 64, True, True)
    found = list(walk(1, [strayed], lambda: (1, "a" * 64), {}, Tally()))
    assert found == [ChainFault(1, 1, "changed")]


def test_anchors_that_contradict_each_other_are_a_fault_whatever_the_chain_says() -> None:
    first = entry(1, GENESIS)
    kept = {1: {first.digest, "b" * 64}}
    assert [each.reason for each in walk(1, [first], lambda: (1, first.digest), kept, Tally())] == ["anchor"]


def test_each_reason_is_told_in_words() -> None:
    for reason, words in REASONS.items():
        assert str(ChainFault(3, 7, reason)) == f"chain 3, entry 7: {words}"


text = st.text(max_size=12)


@given(text, text, text, st.binary(min_size=32, max_size=32), st.data())
def test_no_two_entries_look_alike(
    subject: str, kind: str, body: str, key: bytes, data: st.DataObject
) -> None:
    """Moving a character from one column to the next changes commitment and digest."""

    def both(kind: str, subject: str, body: str) -> tuple[str, str]:
        said = Said(1, 1, GENESIS, "2018-02-15T09:00:00+00:00", "x", kind, subject)
        committed = commitment(key, "0" * 32, said, public_part(said), body)
        return committed, digest(GENESIS, cover(subject, committed), public_part(said))

    joined = kind + subject + body
    one, two = sorted(data.draw(st.tuples(*[st.integers(0, len(joined))] * 2)))
    other = joined[:one], joined[one:two], joined[two:]
    same = other == (kind, subject, body)
    assert (both(*other) == both(kind, subject, body)) == same
    if not same:
        assert both(*other)[0] != both(kind, subject, body)[0]
