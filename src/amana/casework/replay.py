"""Replay a stored decision: under the pack and the facts of its day, and under the office's present pack.

The first must give what was stored; the second shows what a later text, perhaps one in force since before,
makes of the same day and the same facts. Nothing is stored and no old decision is touched.
"""

from __future__ import annotations

from dataclasses import dataclass

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.decisions import queries
from amana.apps.decisions.answers import DecisionView
from amana.apps.decisions.facts_table import row_of_plain
from amana.apps.decisions.office_pack import office_pack, text_of
from amana.apps.registry.reach import ANSWERS, require_reach
from amana.core.facts import FactRow
from amana.core.policy import Pack, Verdict, decide


@dataclass(frozen=True)
class Replay:
    """A stored decision and what two packs say to its facts on its day.

    `pack_then` and `then` are None where the text of its pack is not found; `same` then is None too. `now`
    is None where the office's pack no longer takes that decision. `differs`: the office's present pack
    answers otherwise than was stored.
    """

    stored: DecisionView
    facts: FactRow
    pack_then: Pack | None
    pack_now: Pack
    then: Verdict | None
    now: Verdict | None
    same: bool | None
    differs: bool


def replay(viewer: Viewer, ref: str, decision_id: int) -> Replay:
    """Replay one stored decision on a person. Raises `NotForYou` where it is none of hers, `SpoiltPack`."""
    found = next((each for each in _history(viewer, ref) if each.id == decision_id), None)
    if found is None:
        raise NotForYou(viewer.role, "people.see")
    return _replay(found)


def replay_all(viewer: Viewer, ref: str) -> tuple[Replay, ...]:
    """Replay every stored decision on a person, newest first. Raises `NotForYou`, `SpoiltPack`."""
    return tuple(_replay(each) for each in _history(viewer, ref))


def _history(viewer: Viewer, ref: str) -> tuple[DecisionView, ...]:
    require_reach(viewer, ref).require(*ANSWERS)
    return queries.history(viewer, ref)


def _replay(stored: DecisionView) -> Replay:
    row = row_of_plain(stored.ref, stored.on, stored.facts)
    text, pack_now = text_of(stored.pack_hash), office_pack()
    pack_then = text.pack if text else None
    then = decide(pack_then, stored.decision, row) if pack_then else None
    now = decide(pack_now, stored.decision, row) if stored.decision in pack_now.decisions else None
    return Replay(
        stored=stored,
        facts=row,
        pack_then=pack_then,
        pack_now=pack_now,
        then=then,
        now=now,
        same=None if then is None else _as_stored(then, stored),
        differs=now is None or not _as_stored(now, stored, grounds=False),
    )


def _as_stored(verdict: Verdict, stored: DecisionView, *, grounds: bool = True) -> bool:
    """Whether a verdict says what was stored; `grounds`: rules and citations as well."""
    answer = (verdict.outcome, verdict.possible, verdict.needs) == (
        stored.outcome,
        stored.possible,
        stored.needs,
    )
    reasons = (verdict.rules, verdict.citations) == (stored.rules, stored.citations)
    return answer and (reasons or not grounds)
