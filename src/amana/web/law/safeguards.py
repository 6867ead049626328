"""The safeguards of a pack for reading: what each asks, on what ground, by which clock, and what it watches.

Beside the conflicts of a pack stands which safeguards watch each and of how many people something is broken
now, so that the law page tells the truth about what is done under a rule. Each person counts once, breaches
and overdue duties apart; what each safeguard finds stands below. Whoever sees no person is told fives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.apps.accounts.viewers import Viewer
from amana.apps.oversight import broken
from amana.apps.oversight.answers import PeopleBroken
from amana.apps.oversight.queries import BAD
from amana.casework.impact import STEP, told
from amana.core.policy import Conflict, Pack
from amana.core.safeguards import Safeguard
from amana.web.law.limits import conflicts_shown
from amana.web.oversight.words import Norm, count_in_words, heavier_first, norm
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
    """Who watches one conflict, and of how many people something is broken now (in words; empty: not counted
    here); `apart`: what each safeguard finds of them.
    """

    by: tuple[Watcher, ...]
    open: str
    apart: tuple[str, ...]
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


@dataclass(frozen=True)
class OpenNow:
    """What is found now under the conflicts of a pack: by safeguard and verdict, and by conflict of how many
    people, each counted once.
    """

    findings: Mapping[str, Mapping[str, int]]
    people: Mapping[str, PeopleBroken]


def open_now(viewer: Viewer, pack: Pack) -> OpenNow:
    """What is found now, to be told by `watches`."""
    lines = broken.broken(viewer)
    found: dict[str, dict[str, int]] = {}
    for line in lines:
        verdicts = found.setdefault(line.safeguard, {})
        verdicts[line.verdict] = verdicts.get(line.verdict, 0) + line.findings
    finding = {each.id: tuple(sorted(found.keys() & set(each.watched_by))) for each in pack.conflicts}
    # Counting each person once goes over everybody found: only where something is, and the same set once.
    whom = {by: broken.people_broken(viewer, by, lines) for by in set(finding.values()) if by}
    return OpenNow(found, {id: whom[by] for id, by in finding.items() if by})


def watches(pack: Pack, found: OpenNow | None, coarse: bool) -> Mapping[str, Watch]:
    """Conflict -> who watches it; `found` None: this pack is not applied here, so nothing is counted.
    `coarse`: each count is told in fives, and none below.
    """
    return {each.id: _watch(each, pack, found, coarse) for each in pack.conflicts}


def _watch(conflict: Conflict, pack: Pack, found: OpenNow | None, coarse: bool) -> Watch:
    by = tuple(_watcher(id, pack) for id in conflict.watched_by)
    if found is None or not any(each.alive for each in by):
        return Watch(by, "", (), False)
    whom = found.people.get(conflict.id, PeopleBroken())
    if coarse:
        whom = PeopleBroken(told(whom.breach), told(whom.planned), told(whom.overdue))
    apart = tuple(
        words
        for id in conflict.watched_by
        if (words := _found_by(id, found.findings.get(id, {}), coarse)) and whom != PeopleBroken()
    )
    return Watch(by, _people_in_words(whom, coarse), apart, bool(whom.breach or whom.overdue))


def _watcher(id: str, pack: Pack) -> Watcher:
    known = pack.safeguards.get(id)
    return Watcher(id, pick(known.title) if known else "", known is not None and known.alive)


def _people_in_words(whom: PeopleBroken, coarse: bool) -> str:
    """“25 people in breach, 1 of them only planned · 772 people with something overdue”."""
    if not (whom.breach or whom.overdue):
        few = _("fewer than %(count)s people in breach or overdue") % {"count": STEP}
        return few if coarse else _("no breach found")
    said = []
    if whom.breach:
        words = ngettext("%(count)s person in breach", "%(count)s people in breach", whom.breach)
        said.append(words % {"count": whom.breach})
        if whom.planned:
            said[0] = _("%(people)s, %(planned)s of them only planned") % {
                "people": said[0],
                "planned": whom.planned,
            }
    if whom.overdue:
        words = ngettext(
            "%(count)s person with something overdue", "%(count)s people with something overdue", whom.overdue
        )
        said.append(words % {"count": whom.overdue})
    joined = " · ".join(said)
    return _("about %(people)s") % {"people": joined} if coarse else joined


def _found_by(id: str, counts: Mapping[str, int], coarse: bool) -> str:
    """What one safeguard finds, breaches and overdue apart; empty where it finds nothing to tell."""
    shown = {verdict: told(count) if coarse else count for verdict, count in counts.items()}
    words = [count_in_words(verdict, shown[verdict]) for verdict in BAD if shown.get(verdict)]
    return f"{id}: {', '.join(words)}" if words else ""
