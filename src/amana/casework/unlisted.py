"""Outcomes that may never be acted on, kept out of lists: each becomes a protection review.

No list, no forecast and no file is ever made by them; in counts they stand as reviews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from amana.apps.decisions.answers import PROTECTION_REVIEW
from amana.core.policy import Pack, Verdict
from amana.core.policy.compare import Moved, Mover


def never_acted_on(decision: str, *packs: Pack) -> frozenset[str]:
    """Outcomes of a decision that may never be acted on, under any of these packs."""
    return frozenset(
        name
        for pack in packs
        for name, outcome in pack.decisions[decision].outcomes.items()
        if not outcome.actionable
    )


def shown(outcome: str, hidden: frozenset[str]) -> str:
    """The outcome as lists and counts call it."""
    return PROTECTION_REVIEW if outcome in hidden else outcome


def veiled(verdict: Verdict, hidden: frozenset[str]) -> Verdict:
    """The verdict with every hidden outcome as a review, without the rules and citations that give it."""
    if hidden.isdisjoint((verdict.outcome, *verdict.possible)):
        return verdict
    possible = tuple(dict.fromkeys(shown(each, hidden) for each in verdict.possible))
    if verdict.outcome not in hidden:
        return replace(verdict, possible=possible)
    return replace(verdict, outcome=PROTECTION_REVIEW, possible=possible, rules=(), citations=())


def without_hidden(movers: Iterable[Mover], hidden: frozenset[str]) -> tuple[Mover, ...]:
    """Those who neither leave nor reach a hidden outcome, for a list; by reference."""
    found = (
        Mover(each.ref, veiled(each.before, hidden), veiled(each.after, hidden))
        for each in movers
        if hidden.isdisjoint((each.before.outcome, each.after.outcome))
    )
    return tuple(sorted(found, key=lambda each: each.ref))


def veiled_matrix(matrix: Iterable[Moved], hidden: frozenset[str]) -> tuple[Moved, ...]:
    """The counts, those of hidden outcomes made one with the reviews."""
    counts: Counter[tuple[str, str]] = Counter()
    ages: dict[tuple[str, str], Counter[int | None]] = {}
    for each in matrix:
        pair = shown(each.before, hidden), shown(each.after, hidden)
        counts[pair] += each.count
        ages.setdefault(pair, Counter()).update(dict(each.ages))
    return tuple(
        Moved(
            *pair, count, tuple(sorted(ages[pair].items(), key=lambda each: (each[0] is None, each[0] or 0)))
        )
        for pair, count in sorted(counts.items())
    )
