"""One list on its way into the register, inside the transaction that commits it: records first, then facts
and decisions.

A mother link needs exactly one committed wife or mother in the family. Rows held back by an error,
duplicates and totals are kept with their original text, but nobody is registered from them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from amana.apps.audit.recording import Log
from amana.apps.placements import commands as placements
from amana.apps.registry import commands as register
from amana.apps.registry import matching
from amana.apps.registry.commands import MOTHER, WIFE_OR_MOTHER, Load, NewBatch, NewFamily, NewLink, NewRow
from amana.apps.registry.numbering import draw
from amana.casework.decide import decide_people
from amana.casework.entries import (
    CHILDREN,
    COMMITTED,
    PREGNANT,
    Listing,
    claims_of,
    health_of,
    person_of,
    stay_of,
)
from amana.casework.listing import RowRead
from amana.casework.snapshot import groups
from amana.core.facts import Standing

Progress = Callable[[int, int, str], None]
"""Told (done, total, step): step `register`, `decide` or `finish`."""


def quiet(done: int, total: int, step: str) -> None:
    """Progress nobody watches."""


def _reference(pair: tuple[RowRead, str]) -> str:
    return pair[1]


class Entry:
    """One list on its way into the register, inside the open transaction."""

    def __init__(self, listing: Listing, sender: str, rows: Sequence[tuple[RowRead, str]], log: Log) -> None:
        self.listing, self.sender, self.rows, self.log = listing, sender, rows, log
        self.people = [row for row, _ in rows if row.status in COMMITTED]
        self.count = Counter(row.status for row, _ in rows)
        self.refs = draw("P", len(self.people))
        labels = list(dict.fromkeys(row.family for row in self.people if row.family))
        self.joined = matching.known_families(sender, listing.listed_on, labels)
        fresh = [label for label in labels if label not in self.joined]
        self.families = dict(zip(fresh, draw("F", len(fresh)), strict=True))

    def family(self, row: RowRead) -> str | None:
        """The family a row belongs to."""
        return self.families.get(row.family) or self.joined.get(row.family)

    def register(self, total: int, known: int, file_name: str, progress: Progress) -> None:
        """Batch, families, people, claims, rows, mother links and stays."""
        progress(0, len(self.people), "register")
        listing = self.listing
        # By reference, so that the indexes grow at their ends; the order of the list shows in no number.
        pairs = sorted(zip(self.people, self.refs, strict=True), key=_reference)
        register.load(
            Load(
                self._batch(total, known, file_name),
                [
                    NewFamily(ref, label, self.sender, listing.listed_on, listing.batch)
                    for label, ref in self.families.items()
                ],
                [person_of(row, ref, self.family(row), listing) for row, ref in pairs],
                (claim for row, ref in pairs for claim in claims_of(row, ref, listing)),
                self._rows(),
            )
        )
        placements.load_stays(stay_of(row, ref, listing) for row, ref in pairs)
        register.link(self._mother_links())
        if self.joined:
            register.weigh_links(sorted(set(self.joined.values())))
        for row, ref in pairs:
            self.log.entry("person.registered", ref, {"batch": listing.batch, "row": row.number})

    def decide(self, on: date, progress: Progress) -> None:
        """Facts and decisions of everybody the list brought, and of those whose family it joined."""
        done = 0
        for group in groups(sorted(self.refs)):
            progress(done, len(self.refs), "decide")
            decide_people(group, on=on, log=self.log, batch=self.listing.batch, fresh=True)
            done += len(group)
        earlier = [
            ref for _, ref, _, batch in matching.members(self.joined.values()) if batch != self.listing.batch
        ]
        decide_people(earlier, on=on, log=self.log, batch=self.listing.batch)

    def _batch(self, total: int, known: int, file_name: str) -> NewBatch:
        count, listing = self.count, self.listing
        return NewBatch(
            listing.batch,
            self.sender,
            listing.listed_on,
            listing.facility,
            file_name,
            total,
            len(self.people),
            count["warning"],
            count["error"],
            count["duplicate"],
            count["skipped"],
            known,
            self.listing.corrected,
            self.log.by.audit_id,
            self.log.at,
        )

    def _rows(self) -> Iterable[NewRow]:
        refs = iter(self.refs)
        for row, identity in self.rows:
            person = next(refs) if row.status in COMMITTED else None
            if person is None and not any(row.original.values()):
                continue
            private = self.listing.headings.get(PREGNANT, ())
            messages = [
                {
                    "code": each.code,
                    "column": each.column,
                    "stated": "" if each.column in private else each.stated,
                }
                for each in row.messages
            ]
            original = {name: cell for name, cell in row.original.items() if name not in private}
            health = health_of(row, self.listing)
            yield NewRow(
                self.listing.batch, row.number, identity, row.status, messages, original, person, health
            )

    def _mother_links(self) -> Iterable[NewLink]:
        """A link to each son and daughter of a family that has exactly one committed wife or mother."""
        members: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row, ref in zip(self.people, self.refs, strict=True):
            if (family := self.family(row)) is not None:
                members[family].append((ref, row.relation))
        joined = sorted(set(self.joined.values()))
        for family, ref, relation, batch in matching.members(joined):
            if batch != self.listing.batch:
                members[family].append((ref, relation))
        linked = register.linked_children(joined) if joined else set()
        listing = self.listing
        for people in members.values():
            mothers = [ref for ref, relation in people if relation == WIFE_OR_MOTHER]
            if len(mothers) != 1:
                continue
            for ref, relation in people:
                if relation in CHILDREN and ref not in linked:
                    yield NewLink(
                        ref,
                        mothers[0],
                        MOTHER,
                        str(Standing.CLAIMED),
                        listing.source,
                        listing.listed_on,
                        listing.batch,
                    )
