"""Writes of facts rows and decisions, inside `recording`. A decision is superseded, never overwritten, and
only when its outcome, its facts or the pack changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from amana.apps.audit.among import Among
from amana.apps.audit.loading import insert
from amana.apps.audit.recording import Log
from amana.apps.decisions.facts_table import NewFacts, columns_of
from amana.apps.decisions.models import Decision, FactsRow
from amana.core.facts import FactRow


class NewDecision(NamedTuple):
    """Columns of a decision."""

    person_id: str
    decision: str
    on: date
    pack: str
    pack_hash: str
    facts: Mapping[str, str | bool | None]
    outcome: str
    rule: str
    possible: str
    needs: str
    citations: str
    next_earliest: date | None
    next_latest: date | None
    next_from: str
    next_to: str
    next_cause: str
    review: str
    by: UUID
    at: datetime
    batch_id: str | None
    supersedes_id: int | None = None


def store_facts(rows: Iterable[FactRow], *, fresh: bool = False) -> None:
    """Keep the facts rows in place of those these people had; `fresh` when none of them can have one."""
    new = [columns_of(row) for row in rows]
    if not fresh:
        FactsRow.objects.filter(Among("person_id", [row.person_id for row in new])).delete()
    insert(FactsRow, NewFacts._fields, new)


def store_decisions(
    decided: Sequence[NewDecision], *, log: Log, fresh: bool = False, new_law: bool = False
) -> int:
    """Keep the decisions that say something new, superseding those that stood; how many were kept.

    `fresh` when nothing can have been decided on these people; their registration then is the trail's entry.
    `new_law` when only the law changed: a decision then belongs to the list that the one before belonged to,
    so that the list can still be taken back.
    """
    if fresh:
        return insert(Decision, NewDecision._fields, decided)
    standing = _standing(decided)
    new: list[NewDecision] = []
    for each in decided:
        old = standing.get((each.person_id, each.decision))
        if old is not None and _same(old, each):
            continue
        if old is not None:
            each = each._replace(supersedes_id=old.pk)  # noqa: PLW2901  # the same decision, told what it follows
            if new_law:
                each = each._replace(batch_id=old.batch_id)  # noqa: PLW2901
        new.append(each)
        log.entry(
            "decision.stored",
            each.person_id,
            {"outcome": each.outcome, "pack": each.pack_hash, "on": each.on},
        )
    replaced = [each.supersedes_id for each in new if each.supersedes_id is not None]
    Decision.objects.filter(pk__in=replaced).update(superseded_at=log.at)
    return insert(Decision, NewDecision._fields, new)


def _standing(decided: Sequence[NewDecision]) -> dict[tuple[str, str], Decision]:
    refs = {each.person_id for each in decided}
    current = Decision.objects.filter(Among("person_id", refs), superseded_at__isnull=True)
    return {(row.person_id, row.decision): row for row in current}


def _same(old: Decision, new: NewDecision) -> bool:
    """Whether the same pack gave the same answer from the same facts; the coming birthday follows from
    these and the day.
    """
    return (old.outcome, old.pack_hash, old.facts, old.possible, old.needs, old.next_earliest) == (
        new.outcome,
        new.pack_hash,
        dict(new.facts),
        new.possible,
        new.needs,
        new.next_earliest,
    )


def take_back(batch: str) -> list[str]:
    """Remove what a batch caused to be decided, and let the decisions stand again that it superseded; the
    references of those whose decisions stand again, perhaps under an older law.
    """
    caused = Decision.objects.filter(batch=batch)
    replaced = list(
        caused.filter(supersedes__isnull=False)
        .exclude(supersedes__batch=batch)
        .values_list("supersedes_id", "person_id")
    )
    caused._raw_delete(caused.db)
    Decision.objects.filter(pk__in=[pk for pk, _ in replaced]).update(superseded_at=None)
    return [ref for _, ref in replaced]


def decided_otherwise(pack_hash: str, *, after: str, limit: int) -> list[str]:
    """References, in order, of people who stand decided under another pack than this one."""
    standing = Decision.objects.filter(superseded_at__isnull=True, person__gt=after)
    refs = standing.exclude(pack_hash=pack_hash).order_by("person").values_list("person_id", flat=True)
    return list(refs.distinct()[:limit])


def behind_law(refs: Iterable[str], pack_hash: str) -> list[str]:
    """Those of these references who stand decided under another pack than this one, in order."""
    standing = Decision.objects.filter(Among("person_id", refs), superseded_at__isnull=True)
    return sorted(set(standing.exclude(pack_hash=pack_hash).values_list("person_id", flat=True)))


def facts_days(refs: Iterable[str]) -> Mapping[str, date]:
    """Reference -> the day as of which the facts row of that person stands."""
    return dict(FactsRow.objects.filter(Among("person_id", refs)).values_list("person_id", "on"))
