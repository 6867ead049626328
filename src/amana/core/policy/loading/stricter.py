"""A safeguard that is written anew over one of a pack beneath may only be made stricter. Faults are
collected, never raised here.

Whoever stands on a pack can't withdraw its safeguards, and can't tame them under their own id either: what
was found is found still, what was stopped is stopped, and whoever was told is told. Conditions are compared
as they are written, not by what they mean: the inherited one stays, and more may be added with OR.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from amana.core.policy.loading.schema import Entry
from amana.core.policy.model import STRENGTHS, InForce
from amana.core.policy.nodes import All, Any, Node, Not
from amana.core.safeguards.model import Clock, Conditions, Duty, Safeguard

if TYPE_CHECKING:
    from amana.core.policy.model import Pack

MEND = (
    "A safeguard of a pack beneath may only be made stricter: keep what it says and add to it, or write one "
    "of your own under another id."
)


def check_stricter(
    entries: Iterable[Entry], safeguards: Mapping[str, Safeguard], extends: Sequence[Pack]
) -> None:
    """Every safeguard of the pack's own against those of its id beneath; each point that it loosens is a
    fault.
    """
    for entry in entries:
        mine = safeguards.get(entry.ident)
        if entry.pack or mine is None:
            continue
        told = dict.fromkeys(
            (pack.origin("safeguards", entry.ident) or pack.id, what)
            for pack in extends
            if entry.ident in pack.safeguards
            for what in loosened(pack.safeguards[entry.ident], mine)
        )
        for pack, what in told:
            entry.fault(f"It stands in place of that of “{pack}” and is looser: {what}.", MEND)


def loosened(old: Safeguard, new: Safeguard) -> Iterator[str]:
    """What the new one lets pass that the old one doesn't, one point each, in words."""
    if old.blocks and not new.blocks:
        yield "it no longer blocks (blocks: true)"
    if new.waivable and not old.waivable:
        yield "it may be waived (waivable: false)"
    for key, kept in (("alerts", old.alerts), ("conflicts_with", old.conflicts_with)):
        if gone := [each for each in kept if each not in getattr(new, key)]:
            yield f"{key} no longer names {', '.join(gone)}"
    if _strength(new.weight) > _strength(old.weight):
        yield f"it rests on lighter texts (basis: {', '.join(each.id for each in old.basis)})"
    if new.in_force not in (old.in_force, InForce()):
        yield "it is in force at other times (in_force)"
    if new.severity != old.severity and (old.severity, new.severity) != ("warn", "breach"):
        yield f"its severity was {old.severity}"
    if old.alive:
        yield from _watching(old, new)


def _strength(weight: str) -> int:
    return STRENGTHS.index(weight) if weight in STRENGTHS else len(STRENGTHS)


def _watching(old: Safeguard, new: Safeguard) -> Iterator[str]:
    """What of those that watch something."""
    for key in ("watches", "judged_on", "counts_from"):
        if getattr(new, key) != getattr(old, key):
            yield f"{key} was {getattr(old, key) or 'not said'}"
    if old.age_in_doubt == "youngest" != new.age_in_doubt:
        yield "doubt about age no longer counts for the child (age_in_doubt: youngest)"
    was, now = old.conditions, new.conditions
    if was is None or now is None:
        return
    if not follows(was.applies, now.applies):
        yield f"it may apply to fewer (applies: {old.applies})"
    if was.breach is not None and now.breach is not None and not follows(was.breach, now.breach):
        yield f"it may find less (breach: {old.breach})"
    if old.severity == new.severity == "duty" and not _as_soon(old.duties, new.duties, was, now):
        yield "a clock starts, runs or ends otherwise (duty)"


def _as_soon(old: Sequence[Duty], new: Sequence[Duty], was: Conditions, now: Conditions) -> bool:
    """Whether every clock counts for the same, from the same day, and runs no longer."""
    if len(old) != len(new):
        return False
    return all(
        before.start == after.start
        and (before.clock == after.clock or _most(after) <= _least(before))
        and _same(known.when, then.when)
        and _no_sooner_done(known, then)
        for before, after, known, then in zip(old, new, was.clocks, now.clocks, strict=True)
    )


def _least(duty: Duty) -> int:
    return min(days for _, days in duty.days)


def _most(duty: Duty) -> int:
    return max(days for _, days in duty.days)


def _no_sooner_done(old: Clock, new: Clock) -> bool:
    return new.done is None or (old.done is not None and follows(new.done, old.done))


def _same(old: Node | None, new: Node | None) -> bool:
    return old is new or (old is not None and new is not None and _bare(old) == _bare(new))


def follows(old: Node, new: Node) -> bool:
    """Whether the new condition surely holds wherever the old one does, by the form of both: sound, and not
    complete.
    """
    if _bare(old) == _bare(new):
        return True
    if isinstance(old, Any):
        return all(follows(child, new) for child in old.children)
    if isinstance(new, All):
        return all(follows(old, child) for child in new.children)
    wider = isinstance(new, Any) and any(follows(old, child) for child in new.children)
    return wider or (isinstance(old, All) and any(follows(child, new) for child in old.children))


def _bare(node: Node) -> Node:
    """The condition without the words it was written in."""
    if isinstance(node, Not):
        return Not("", _bare(node.child))
    if isinstance(node, All | Any):
        return type(node)("", tuple(map(_bare, node.children)))
    return replace(node, text="")
