"""The safeguards of a pack for reading: what each asks, on what ground, by which clock, and what it watches.

Beside the conflicts of a pack stands which safeguards watch each and how many breaches are open now, so that
the law page tells the truth about what is done under a rule. Counts are of findings; whoever sees no person
is told them in fives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.apps.accounts.viewers import Viewer
from amana.apps.oversight import queries
from amana.casework.impact import STEP, told
from amana.core.policy import Pack
from amana.core.safeguards import Safeguard
from amana.web.law.limits import conflicts_shown
from amana.web.oversight.words import Norm, heavier_first, norm
from amana.wording.findings import applies_in_words, broken_in_words
from amana.wording.languages import listed, pick
from amana.wording.record_kinds import record_kind_in_words


@dataclass(frozen=True)
class SafeguardEntry:
    """One safeguard: to what it `applies`, part by part, and when it is `broken` (of a duty each clock);
    `records` those it waits for, if any; `conflicts` as (id, address on the pack's page).
    """

    norm: Norm
    alive: bool
    watches: str
    records: str
    applies: tuple[str, ...]
    broken: tuple[str, ...]
    conflicts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Watcher:
    """A safeguard that watches a conflict; not `alive`: it waits for records. `title` is empty where the pack
    doesn't declare it.
    """

    id: str
    title: str
    alive: bool


@dataclass(frozen=True)
class Watch:
    """Who watches one conflict, and how many breaches are open now (in words; empty: not counted here)."""

    by: tuple[Watcher, ...]
    open: str
    breached: bool


def safeguard_entries(pack: Pack, on: date) -> tuple[SafeguardEntry, ...]:
    """Every safeguard of the pack, the heaviest norm first."""
    ordered = sorted(pack.safeguards.values(), key=lambda each: (heavier_first(each.weight), each.id))
    return tuple(safeguard_entry(each, pack, on) for each in ordered)


def safeguard_entry(safeguard: Safeguard, pack: Pack, on: date) -> SafeguardEntry:
    """One safeguard in words, with the clocks in force on that day."""
    shown = {each.id for each in conflicts_shown(pack)}
    page = reverse("law:pack-show", args=[pack.id])
    return SafeguardEntry(
        norm=norm(safeguard, pack, on),
        alive=safeguard.alive,
        watches=record_in_words(safeguard.watches, pack) if safeguard.watches else "",
        records=listed(record_in_words(kind, pack) for kind in safeguard.needs_records),
        applies=tuple(applies_in_words(safeguard, pack)),
        broken=tuple(broken_in_words(safeguard, pack)),
        conflicts=tuple(
            (id, f"{page}#conflict-{id}" if id in shown else page) for id in safeguard.conflicts_with
        ),
    )


def record_in_words(kind: str, pack: Pack) -> str:
    """The name of a kind of record."""
    return record_kind_in_words(kind, pack)


def open_counts(viewer: Viewer) -> Mapping[str, int]:
    """Safeguard -> breaches open now, to be told by `watches`."""
    return queries.open_by_safeguard(viewer)


def watches(pack: Pack, counts: Mapping[str, int] | None, coarse: bool) -> Mapping[str, Watch]:
    """Conflict -> who watches it; `counts` None: this pack is not applied here, so nothing is counted.
    `coarse`: each sum is told in fives, and none below.
    """
    return {each.id: _watch(each.watched_by, pack, counts, coarse) for each in pack.conflicts}


def _watch(ids: tuple[str, ...], pack: Pack, counts: Mapping[str, int] | None, coarse: bool) -> Watch:
    by = tuple(_watcher(id, pack) for id in ids)
    if counts is None or not any(each.alive for each in by):
        return Watch(by, "", False)
    count = sum(counts.get(id, 0) for id in ids)
    count = told(count) if coarse else count
    return Watch(by, _open_in_words(count, coarse), count > 0)


def _watcher(id: str, pack: Pack) -> Watcher:
    known = pack.safeguards.get(id)
    return Watcher(id, pick(known.title) if known else "", known is not None and known.alive)


def _open_in_words(count: int, coarse: bool) -> str:
    if coarse and not count:
        return _("fewer than %(count)s breaches and overdue duties now") % {"count": STEP}
    if coarse:
        return _("about %(count)s breaches and overdue duties now") % {"count": count}
    if not count:
        return _("no breach found")
    words = ngettext(
        "%(count)s breach or overdue duty now", "%(count)s breaches and overdue duties now", count
    )
    return words % {"count": count}
