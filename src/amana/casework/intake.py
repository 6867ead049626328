"""Commit a read list as one batch, in one transaction; take a batch back; say what the register already
knows of a list.

A row's identity is the hash of sender, listing date and what was read from it, so a list sent again, saved
again, put in another order or committed twice at one time adds nothing. Rows held back by an error,
duplicates and totals are kept with their original text, but nobody is registered from them. A mother link
needs exactly one committed wife or mother in the family; otherwise the mother stays unknown, never absent.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError

from amana.apps.accounts.queries import office
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.decisions import commands as decisions
from amana.apps.oversight.circles import outside
from amana.apps.placements import queries as places
from amana.apps.registry import commands as register
from amana.apps.registry import matching, undoing
from amana.apps.registry.numbering import draw
from amana.apps.registry.reach import among
from amana.casework import going_live
from amana.casework.caseload import take_in
from amana.casework.entering import Entry, Progress, quiet
from amana.casework.entries import COMMITTED, Listing, corrections_of, headings_of, search_text
from amana.casework.listing import ListRead, RowRead
from amana.casework.redecide import decide_behind
from amana.casework.snapshot import refresh
from amana.casework.sweep import sweep_people
from amana.casework.tasks import raise_tasks
from amana.core.errors import AmanaError


class IntakeRefused(AmanaError):
    """A list can't be committed as asked; the message says what is missing."""


@dataclass(frozen=True)
class BatchResult:
    """What a commit did. `batch` is None when the list adds nothing; `known_in` names the batches that hold
    its known rows.
    """

    batch: str | None
    rows: int
    added: int
    known: int
    warnings: int
    errors: int
    duplicates: int
    skipped: int
    families: int
    known_in: tuple[str, ...]


@dataclass(frozen=True)
class UndoResult:
    """`undone`, with the number of people removed; or refused, with what stands in the way."""

    undone: bool
    people: int
    obstacles: tuple[undoing.Obstacle, ...] = ()


@dataclass(frozen=True)
class PossibleMatch:
    """Somebody registered with the same folded name and a birth that may be the same. `ref` None: not the
    viewer's to see.
    """

    ref: str | None
    name_ar: str = ""
    name_latin: str = ""


@dataclass(frozen=True)
class Matches:
    """By row number: the person a known row was committed as, and people it may be. A hint to look, never a
    judgement.
    """

    known: Mapping[int, str | None]
    possible: Mapping[int, tuple[PossibleMatch, ...]]


def commit(
    list_read: ListRead,
    *,
    facility: str | None,
    sender: str,
    by: Viewer,
    at: datetime,
    on: date,
    file_name: str = "",
    progress: Progress = quiet,
) -> BatchResult:
    """Commit a list: all of it or nothing. `on` is the office's day, on which everybody is decided.

    `facility` None means the office's only place. Raises `NotForYou`, `IntakeRefused`, and `NotFit` in an
    office of real people that isn't fit to go live.
    """
    by.require("people.register")
    going_live.require(at)
    sender = " ".join(sender.split())
    if not sender:
        raise IntakeRefused(
            "Say who sent the list: a row is known again by its sender, its date and what it says."
        )
    listing = Listing(
        "", _place(facility, by), list_read.listed_on, at, headings_of(list_read), corrections_of(list_read)
    )
    what = _Asked(list_read, listing, sender, file_name, on)
    with _collecting_rarely():
        try:
            return _commit(what, by, progress)
        except IntegrityError:
            # Where writers don't queue, the same list may have been committed since its rows were looked for.
            return _commit(what, by, progress)


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """A long list is a million objects without cycles: looking through them at the usual pace is a third of
    the time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 1000)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@dataclass(frozen=True)
class _Asked:
    """A list to commit, checked; the listing has no batch yet."""

    list_read: ListRead
    listing: Listing
    sender: str
    file_name: str
    on: date


def _commit(what: _Asked, by: Viewer, progress: Progress) -> BatchResult:
    list_read, listed_on = what.list_read, what.list_read.listed_on
    signed = [(row, row.identity(what.sender, listed_on)) for row in list_read.rows]
    with recording(by, what.listing.at) as log:
        before = {
            row.number: row.earlier_identity(what.sender, listed_on)
            for row in list_read.rows
            if row.pregnant is not None
        }
        new, known, known_in = _unknown(signed, before)
        if not any(row.status in COMMITTED or row.status == "error" for row, _ in new):
            return _added_nothing(list_read, known, known_in)
        listing = replace(what.listing, batch=draw("B", 1)[0])
        entry = Entry(listing, what.sender, new, log)
        entry.register(len(list_read.rows), known, what.file_name, progress)
        take_in(entry.refs, batch=listing.batch, by=by, log=log)
        entry.decide(what.on, progress)
        result = _result(entry, list_read, known, known_in)
        log.entry(
            "batch.committed", listing.batch, {"added": result.added, "rows": result.rows, "known": known}
        )
    progress(result.added, result.added, "finish")
    return result


def undo(batch_ref: str, *, by: Viewer, at: datetime) -> UndoResult:
    """Take a batch back: refused, with the list, while anything outside it rests on its records; else
    nothing stays but the trail.

    Repeating it changes nothing. Raises `NotForYou`, also for a batch that never was.
    """
    by.require("people.register")
    if undoing.was_undone(batch_ref):
        return UndoResult(True, 0)
    register.require_batch(batch_ref, by)
    today = office().today(at.date())
    with recording(by, at) as log:
        in_the_way = undoing.obstacles(batch_ref)
        if in_the_way:
            return UndoResult(False, 0, undoing.as_told(by, in_the_way))
        joined = undoing.joined_families(batch_ref)
        concerned = outside(batch_ref)
        stand_again = decisions.take_back(batch_ref)
        people = undoing.remove(batch_ref, log)
        if joined:
            register.weigh_links(joined)
            _restore_facts([ref for _, ref, _, _ in matching.members(joined)])
        decide_behind(stand_again, log=log)
        sweep_people(concerned, on=today, log=log)
        raise_tasks(concerned, on=today, log=log)
        log.entry("batch.undone", batch_ref, {"people": people})
    return UndoResult(True, people)


def match(list_read: ListRead, viewer: Viewer, *, sender: str) -> Matches:
    """What the register knows of the list: rows committed before, and people who may be the same."""
    viewer.require("people.register")
    rows = [row for row in list_read.rows if row.status in COMMITTED]
    identities = {row.number: row.identity(" ".join(sender.split()), list_read.listed_on) for row in rows}
    committed = matching.committed_rows(identities.values())
    known = {number: committed[identity] for number, identity in identities.items() if identity in committed}
    new = [row for row in rows if row.number not in known]
    names = {row.number: search_text(row.name_latin, row.name_ar) for row in new}
    alike = matching.resembling(names.values())
    resembling = (each.ref for found in alike.values() for each in found)
    reached = among(viewer, (*known.values(), *resembling)) if viewer.may("people.see") else frozenset()
    possible: dict[int, tuple[PossibleMatch, ...]] = {}
    for row in new:
        found = [each for each in alike.get(names[row.number], ()) if each.may_be_born(row.birth)]
        if found:
            possible[row.number] = tuple(_shown(each, viewer, reached) for each in found)
    viewer.saw_all(ref for ref in known.values() if ref in reached)
    return Matches({number: ref if ref in reached else None for number, ref in known.items()}, possible)


def _shown(found: matching.Resembling, viewer: Viewer, reached: frozenset[str]) -> PossibleMatch:
    """Whom a row resembles; outside the viewer's reach only that there is somebody."""
    if found.ref not in reached:
        return PossibleMatch(None)
    viewer.saw(found.ref)
    return PossibleMatch(found.ref, found.name_ar, found.name_latin)


def _place(facility: str | None, by: Viewer) -> str:
    known = [place.ref for place in places.facilities(by)]
    if facility is None and len(known) == 1:
        return known[0]
    if facility not in known:
        raise IntakeRefused(
            f"Say at which place these people are. Places: {', '.join(known) or 'none is kept yet'}."
        )
    return facility


def _unknown(
    signed: Sequence[tuple[RowRead, str]], before: Mapping[int, str]
) -> tuple[list[tuple[RowRead, str]], int, tuple[str, ...]]:
    """The rows the register does not keep yet, the number it does, and the batches those stand in.

    A row that can be committed is known only where it was: one held back and since corrected is new.
    `before`: row number -> the identity by which earlier versions knew it, where that is another.
    """
    kept, batches = matching.known_rows({*(identity for _, identity in signed), *before.values()})
    new, known = [], 0
    for row, identity in signed:
        committed = row.status in COMMITTED
        keys = ((each, committed) for each in (identity, before.get(row.number, identity)))
        key = next((each for each in keys if kept[each] > 0), None)
        if key:
            kept[key] -= 1
            known += committed
        else:
            new.append((row, identity))
    return new, known, batches


def _added_nothing(list_read: ListRead, known: int, known_in: tuple[str, ...]) -> BatchResult:
    return BatchResult(None, len(list_read.rows), 0, known, 0, 0, 0, 0, 0, known_in)


def _result(entry: Entry, list_read: ListRead, known: int, known_in: tuple[str, ...]) -> BatchResult:
    count = entry.count
    return BatchResult(
        batch=entry.listing.batch,
        rows=len(list_read.rows),
        added=len(entry.people),
        known=known,
        warnings=count["warning"],
        errors=count["error"],
        duplicates=count["duplicate"],
        skipped=count["skipped"],
        families=len(entry.families),
        known_in=known_in,
    )


def _restore_facts(refs: Sequence[str]) -> None:
    """Facts of people who stay, each as of the day their row stood for."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for ref, on in decisions.facts_days(refs).items():
        by_day[on].append(ref)
    for on, some in by_day.items():
        for _ in refresh(some, on):
            pass
