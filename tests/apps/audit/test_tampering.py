"""Every edit, deletion, swap and truncation is found; a chain written anew with its key against an anchor.

2,000 tries, or as many as AMANA_TAMPER_TRIES says. Goal S5: none passes.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from tampered import CHAINS, KEY, LENGTH, WITHOUT_KEY, Tampering, Trail, truncate, write_anew_with_the_key

from amana.apps.audit.stored import verify
from amana.core.trail import Tally

TRIES = int(os.environ.get("AMANA_TAMPER_TRIES") or 2000)
EACH = -(-TRIES // (len(WITHOUT_KEY) + 1))
ENDS = {"truncate", "delete_and_link_anew"}
"""Ways that may take nothing but an end, which only an anchor tells."""


@contextmanager
def tampered(trail: Trail, by: Tampering, chance: random.Random) -> Iterator[None]:
    """Tampered with, and put back."""
    trail.run("BEGIN")
    by(trail, chance)
    yield
    trail.run("ROLLBACK")


@pytest.mark.parametrize("by", WITHOUT_KEY, ids=lambda each: each.__name__)
def test_without_the_key_nothing_can_be_changed_unfound(by: Tampering) -> None:
    chance = random.Random(by.__name__)
    trail = Trail(chance)
    anchor = trail.anchor()
    assert trail.faults(anchor) == set()
    for number in range(EACH):
        with tampered(trail, by, chance):
            assert trail.faults(anchor), f"{by.__name__}, try {number}"
            # The anchor is needed only where an end was cut off: all else shows by the key.
            if by.__name__ not in ENDS:
                assert trail.faults(), f"{by.__name__}, try {number}, without anchor"
    assert trail.faults(anchor) == set()


def test_a_chain_written_anew_with_the_key_shows_against_an_anchor_alone() -> None:
    chance = random.Random("with the key")
    trail = Trail(chance)
    anchor = trail.anchor()
    for number in range(EACH):
        with tampered(trail, write_anew_with_the_key, chance):
            assert trail.faults() <= {"index"}
            assert "anchor" in trail.faults(anchor), f"try {number}"


def test_what_came_after_the_last_anchor_can_be_rolled_back_unfound() -> None:
    """The limit, which the documentation states: an end that no anchor covers."""
    chance = random.Random("rollback")
    trail = Trail(chance)
    anchor = trail.anchor()
    trail.add(1, "P-LATER", "claim.added")
    (id,) = trail.one("SELECT max(id) FROM audit_readentry")
    trail.drop(id)
    trail.chain_anew(1)
    assert trail.faults(anchor) == set()


@pytest.mark.parametrize("left", range(LENGTH))
def test_each_end_that_is_cut_off_shows_against_the_anchor(left: int) -> None:
    class Cut(random.Random):
        def randrange(self, *_: object) -> int:  # type: ignore[override]
            return left

    trail = Trail(random.Random(left))
    anchor = trail.anchor()
    truncate(trail, Cut(left))
    assert "anchor" in trail.faults(anchor)


def test_without_the_key_links_and_digests_are_still_found_but_no_payload() -> None:
    trail = Trail(random.Random(1))
    trail.run("UPDATE audit_readpayload SET nonce = ?", "0" * 32)
    assert trail.faults(key=None) == set() and trail.faults(key=KEY) == {"payload"}
    trail.run("UPDATE audit_readentry SET kind = 'x' WHERE id = 3")
    assert trail.faults(key=None) == {"changed"}


def test_an_anchor_of_a_chain_that_is_gone_whole_is_missed() -> None:
    trail = Trail(random.Random(2))
    anchor = trail.anchor()
    for (id,) in trail.database.execute("SELECT id FROM audit_readentry WHERE chain = 3").fetchall():
        trail.drop(id)
    trail.run("DELETE FROM audit_readchain WHERE chain = 3")
    assert set(anchor) == set(CHAINS)
    assert trail.faults() == set() and trail.faults(anchor) == {"anchor"}


def test_an_entry_put_beside_another_of_the_same_number_is_found() -> None:
    trail = Trail(random.Random(3))
    trail.run(
        "INSERT INTO audit_readentry SELECT NULL, chain, sequence, previous, at, actor, kind, subject, "
        '"commitment", digest FROM audit_readentry WHERE id = 4'
    )
    assert "missing" in trail.faults()


def test_a_trail_that_grows_while_it_is_verified_shows_no_fault() -> None:
    trail, grown = Trail(random.Random(4)), iter(range(20))

    def ask(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Between any two statements somebody appends."""
        number = next(grown, None)
        if number is not None:
            trail.add(1 + number % 3, f"P-NEW{number}", "claim.added")
        return trail.database.execute(statement, parameters).fetchall()

    tally = Tally()
    assert list(verify(ask, trail.tables, key=KEY, kept=trail.anchor(), tally=tally)) == []
    assert tally.entries > len(CHAINS) * LENGTH
