"""Decide people under the office's pack, store what is new, and explain one person's answer.

Decisions are taken in Python from the facts rows. Beside each stands the next birthday that may change the
possible outcomes, so that the page of the day is one indexed query; that birthday calls for a review and
never for a transfer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log
from amana.apps.decisions import commands, queries
from amana.apps.decisions.commands import NewDecision
from amana.apps.decisions.facts_table import plain_facts
from amana.apps.decisions.office_pack import PLACEMENT, office_pack
from amana.apps.decisions.versions import hold_law, keep_office_pack
from amana.apps.registry.reach import ANSWERS, require_reach
from amana.casework.birthdays import Answers, review_for
from amana.casework.snapshot import facts_on, refresh
from amana.core.facts import FactRow
from amana.core.policy import Explanation, Pack, explain


@dataclass(frozen=True)
class ExplainedPerson:
    """The explanation as of the day asked for, the facts it read, and the decision that stands in the
    register (None: nothing decided).
    """

    explanation: Explanation
    facts: FactRow
    stored: queries.DecisionView | None


def explain_person(viewer: Viewer, ref: str, on: date) -> ExplainedPerson:
    """Explain one person's placement as of `on`, from the dated records. Nothing is stored. Raises
    `NotForYou`.
    """
    require_reach(viewer, ref).require(*ANSWERS)
    viewer.saw(ref)
    row = facts_on([ref], on)[0]
    return ExplainedPerson(explain(office_pack(), PLACEMENT, row), row, queries.current(viewer, ref))


def decide_people(
    refs: Sequence[str],
    *,
    on: date,
    log: Log,
    batch: str | None = None,
    fresh: bool = False,
    new_law: bool = False,
) -> int:
    """Snapshot and decide these people as of `on` in the open transaction; how many decisions are new.

    `batch` is the list that caused it; `fresh` when none of them was decided before; `new_law` when nothing
    but the office's pack has changed. The pack's text is kept with the first decision under it.
    """
    hold_law()
    pack, stored = office_pack(), 0
    keep_office_pack(pack, log)
    deciding = Deciding(pack)
    for rows in refresh(refs, on, fresh=fresh):
        decided = [deciding.decision(row, log, batch) for row in rows]
        stored += commands.store_decisions(decided, log=log, fresh=fresh, new_law=new_law)
    return stored


class Deciding:
    """Decides many rows under one pack; equal facts on one day are decided once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.answers = Answers(pack)

    def decision(self, row: FactRow, log: Log, batch: str | None) -> NewDecision:
        """The decision to store for one facts row."""
        verdict, change = self.answers.verdict(row), self.answers.next_birthday(row)
        return NewDecision(
            person_id=row.ref,
            decision=PLACEMENT,
            on=row.on,
            pack=self.pack.id,
            pack_hash=self.pack.hash,
            facts=plain_facts(row),
            outcome=verdict.outcome,
            rule=";".join(verdict.rules),
            possible=";".join(verdict.possible),
            needs=";".join(verdict.needs),
            citations=";".join(verdict.citations),
            next_earliest=change.earliest if change else None,
            next_latest=change.latest if change else None,
            next_from=";".join(change.possible_before) if change else "",
            next_to=";".join(change.possible_after) if change else "",
            next_cause=change.cause if change else "",
            review=review_for(self.pack, change) if change else "",
            by=log.by.audit_id,
            at=log.at,
            batch_id=batch,
        )
