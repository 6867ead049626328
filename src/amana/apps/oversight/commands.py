"""Writes of oversight, inside `recording`: episodes as a sweep finds them, waivers, questions of the monitor,
and the run of a sweep.

No entry of the trail tells of a single finding, which is derived; the run, every waiver and every question
are told, and no words of theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Q

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.audit.loading import insert
from amana.apps.audit.recording import Log
from amana.apps.audit.sealing import sealed_for
from amana.apps.oversight.episodes import Changes, Found, Standing
from amana.apps.oversight.models import Finding, Question, Sweep, Waiver

AT_ONCE = 2000
FOUND = Found._fields
ALTERED = FOUND[FOUND.index("verdict") + 1 :]
"""What may change of an episode while it goes on."""
NEW = (*FOUND, "since", "pack_hash")
"""Columns of an episode that begins."""


def standing(refs: Sequence[str]) -> list[Standing]:
    """The episodes that stand of these people."""
    return _episodes(_standing(refs))


def standing_of_nobody() -> list[Standing]:
    """The episodes that stand and concern no one person."""
    return _episodes(_columns(Q(person__isnull=True)))


@of_many
def _standing(refs: Whoever) -> Query:
    return _columns(Among("person_id", refs))


def _columns(whose: Q | Among) -> Query:
    rows = Finding.objects.filter(whose, until__isnull=True).order_by("id")
    return rows.values_list("id", "since", "pack_hash", *FOUND)


def _episodes(rows: Iterable[tuple[Any, ...]]) -> list[Standing]:
    return [Standing(row[0], row[1], row[2], Found(*row[3:])) for row in rows]


def keep(to_do: Changes, *, on: date, pack_hash: str, by_law: frozenset[int]) -> None:
    """Write what a sweep found: end, alter, confirm, begin. `by_law` are the numbers of those episodes that
    only the law ended.
    """
    for law in (False, True):
        ended = [each for each in to_do.end if (each.id in by_law) is law]
        _end(ended, on, Finding.Ended.LAW if law else Finding.Ended.FACTS)
    for numbers in _some(to_do.confirm):
        Finding.objects.filter(pk__in=numbers).update(pack_hash=pack_hash)
    _alter(to_do.alter, pack_hash)
    begun = [each._replace(begun_on=each.begun_on or on) for each in to_do.begin]
    insert(Finding, NEW, [(*each, on, pack_hash) for each in begun])


def _end(ended: Iterable[Standing], on: date, why: str) -> None:
    """End episodes; one begun later than `on` (a day that was looked at before) lasts no day."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for each in ended:
        by_day[max(on, each.since)].append(each.id)
    for day, numbers in by_day.items():
        for some in _some(numbers):
            Finding.objects.filter(pk__in=some).update(until=day, ended=why)


def _alter(altered: Sequence[tuple[int, Found]], pack_hash: str) -> None:
    """Write what else is known of episodes that go on, equal words of many at once."""
    by_words: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, found in altered:
        by_words[found[-len(ALTERED) :]].append(number)
    for words, numbers in by_words.items():
        said = dict(zip(ALTERED, words, strict=True))
        for some in _some(numbers):
            Finding.objects.filter(pk__in=some).update(**said, pack_hash=pack_hash)


def _some(numbers: Sequence[int]) -> Iterator[list[int]]:
    source = iter(numbers)
    while some := list(islice(source, AT_ONCE)):
        yield some


def hold_finding(number: int) -> Finding | None:
    """A finding, held until the open transaction ends; None where there is none."""
    found: Finding | None = Finding.objects.select_for_update().filter(pk=number).first()
    return found


def hold_waiver(number: int) -> Waiver | None:
    """A waiver, held until the open transaction ends; None where there is none."""
    found: Waiver | None = Waiver.objects.select_for_update().filter(pk=number).first()
    return found


def add_waiver(*, finding: Finding, ground: str, until: date, on: date, log: Log) -> int:
    """Keep a waiver of a finding that stands; its number."""
    made = Waiver.objects.create(
        person_id=finding.person_id,
        safeguard=finding.safeguard,
        key=finding.key,
        verdict=finding.verdict,
        ground=ground,
        made_on=on,
        until=until,
        by=log.by.audit_id,
        at=log.at,
    )
    log.entry(
        "waiver.made",
        str(finding.person_id),
        {
            "waiver": made.pk,
            "safeguard": finding.safeguard,
            "key": finding.key,
            "verdict": finding.verdict,
            "until": until,
        },
    )
    return int(made.pk)


def end_waiver(*, waiver: Waiver, reason: str, on: date, log: Log) -> None:
    """Take a waiver back before its day."""
    Waiver.objects.filter(pk=waiver.pk, ended_on__isnull=True).update(
        ended_on=on,
        ended_reason=sealed_for(waiver, "ended_reason", reason),
        ended_by=log.by.audit_id,
        ended_at=log.at,
    )
    payload = {"waiver": waiver.pk, "safeguard": waiver.safeguard}
    log.entry("waiver.ended", waiver.person_id, payload)


def hold_question(number: int) -> Question | None:
    """A question of the monitor, held until the open transaction ends; None where there is none."""
    found: Question | None = Question.objects.select_for_update().filter(pk=number).first()
    return found


def waits(finding: Finding) -> bool:
    """Whether a question about this occasion has no answer yet."""
    asked = Question.objects.filter(
        person=finding.person_id, safeguard=finding.safeguard, key=finding.key, answered_on__isnull=True
    )
    return bool(asked.exists())


def add_question(*, finding: Finding, text: str, due_on: date, on: date, log: Log) -> int:
    """Keep a question about a finding; its number."""
    made = Question.objects.create(
        person_id=finding.person_id,
        safeguard=finding.safeguard,
        key=finding.key,
        verdict=finding.verdict,
        finding=finding.pk,
        text=text,
        asked_on=on,
        due_on=due_on,
        by=log.by.audit_id,
        at=log.at,
    )
    payload = {"question": made.pk, "safeguard": finding.safeguard, "key": finding.key, "due": due_on}
    log.entry("question.asked", str(finding.person_id), payload)
    return int(made.pk)


def answer_question(*, question: Question, text: str, on: date, log: Log) -> None:
    """Keep the answer to a question that has none."""
    Question.objects.filter(pk=question.pk, answered_on__isnull=True).update(
        answer=sealed_for(question, "answer", text),
        answered_on=on,
        answered_by=log.by.audit_id,
        answered_at=log.at,
    )
    payload = {"question": question.pk, "safeguard": question.safeguard}
    log.entry("question.answered", question.person_id, payload)


class Run(NamedTuple):
    """A run of a sweep that is under way: its number, where it has come to, and what it counted so far."""

    id: int
    after: str
    people: int
    counts: Mapping[str, Mapping[str, int]]


def begin_sweep(*, on: date, pack_hash: str, nightly: bool, log: Log) -> Run:
    """Begin a run over everybody, or take up the one of this day and law that was interrupted."""
    begun = Sweep.objects.filter(on=on, pack_hash=pack_hash, nightly=nightly, finished_at__isnull=True)
    found = begun.order_by("-at", "-id").first()
    if found is not None:
        return Run(found.pk, found.after, found.people, found.counts)
    made = Sweep.objects.create(
        on=on, pack_hash=pack_hash, nightly=nightly, by=log.by.audit_id, at=log.at, counts={}
    )
    log.entry("sweep.begun", str(made.pk), {"on": on, "pack": pack_hash, "nightly": nightly})
    return Run(made.pk, "", 0, {})


def advance_sweep(run: int, *, after: str, people: int, counts: Mapping[str, Mapping[str, int]]) -> None:
    """Note how far a run has come, in the transaction that wrote the group."""
    Sweep.objects.filter(pk=run).update(after=after, people=people, counts=counts)


def finish_sweep(run: int, *, log: Log) -> None:
    """The run is through."""
    made = Sweep.objects.get(pk=run)
    Sweep.objects.filter(pk=run).update(finished_at=log.at)
    log.entry("sweep.made", str(run), {"on": made.on, "people": made.people, "counts": made.counts})


def last_night() -> date | None:
    """The day of the last nightly run that came to its end; None where there was none."""
    nights = Sweep.objects.filter(nightly=True, finished_at__isnull=False).order_by("-on")
    found: date | None = nights.values_list("on", flat=True).first()
    return found
