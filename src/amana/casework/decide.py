"""Decide people under the office's pack, store what is new, and explain one person's answer.

Decisions are taken in Python from the facts rows. Beside each stands the next birthday that may change the
possible outcomes, so that the page of the day is one indexed query; that birthday calls for a review and
never for a transfer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log
from amana.apps.decisions import commands, queries
from amana.apps.decisions.answers import CONTACT_REVIEW, PLACEMENT_REVIEW, PROTECTION_REVIEW
from amana.apps.decisions.commands import NewDecision
from amana.apps.decisions.facts_table import plain_facts
from amana.apps.decisions.office_pack import PLACEMENT, office_pack
from amana.apps.registry import queries as register
from amana.casework.snapshot import facts_on, refresh
from amana.core.facts import FactRow
from amana.core.policy import Change, Explanation, Pack, Verdict, decide, explain

BIRTHDAY = "age:"


@dataclass(frozen=True)
class ExplainedPerson:
    """The explanation as of the day asked for, and the decision that stands in the register (None: nothing
    decided).
    """

    explanation: Explanation
    stored: queries.DecisionView | None


def explain_person(viewer: Viewer, ref: str, on: date) -> ExplainedPerson:
    """Explain one person's placement as of `on`, from the dated records. Nothing is stored. Raises
    `NotForYou`.
    """
    register.person(viewer, ref)
    row = facts_on([ref], on)[0]
    return ExplainedPerson(explain(office_pack(), PLACEMENT, row), queries.current(viewer, ref))


def decide_people(
    refs: Sequence[str], *, on: date, log: Log, batch: str | None = None, fresh: bool = False
) -> int:
    """Snapshot and decide these people as of `on` in the open transaction; how many decisions are new.

    `batch` is the list that caused it; `fresh` when none of them was decided before.
    """
    pack, stored = office_pack(), 0
    deciding = Deciding(pack)
    for rows in refresh(refs, on, fresh=fresh):
        decided = [deciding.decision(row, log, batch) for row in rows]
        stored += commands.store_decisions(decided, log=log, fresh=fresh)
    return stored


class Deciding:
    """Decides many rows under one pack; equal facts on one day are decided once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._known: dict[object, tuple[Verdict, Change | None]] = {}

    def decision(self, row: FactRow, log: Log, batch: str | None) -> NewDecision:
        """The decision to store for one facts row."""
        facts = plain_facts(row)
        key = (row.on, *facts.values())
        if key not in self._known:
            self._known[key] = decide(self.pack, PLACEMENT, row), self._next_birthday(row)
        verdict, change = self._known[key]
        return NewDecision(
            person_id=row.ref,
            decision=PLACEMENT,
            on=row.on,
            pack=self.pack.id,
            pack_hash=self.pack.hash,
            facts=facts,
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

    def _next_birthday(self, row: FactRow) -> Change | None:
        return next_birthday(explain(self.pack, PLACEMENT, row).changes)


def next_birthday(changes: Iterable[Change]) -> Change | None:
    """The first change that a birthday brings."""
    birthdays = [change for change in changes if change.cause.startswith(BIRTHDAY)]
    return min(birthdays, key=lambda change: (change.earliest, change.latest or date.max), default=None)


def review_for(pack: Pack, change: Change) -> str:
    """Which review a coming birthday calls for.

    Where custody may come to be reported as possible, or a home that may be given now no longer may: a
    protection review. Where an outcome that parts a child from her mother may begin: a contact and
    assessment review. Else a placement review.
    """
    outcomes = pack.decisions[PLACEMENT].outcomes
    before, after = set(change.possible_before), set(change.possible_after)
    begins = [outcomes[id] for id in after - before if id in outcomes]
    if any(outcome.actionable == "never" for outcome in begins):
        return PROTECTION_REVIEW
    if any(outcome.harsh for outcome in begins):
        return CONTACT_REVIEW
    default = pack.decisions[PLACEMENT].default
    return PROTECTION_REVIEW if default in after - before else PLACEMENT_REVIEW
