"""What a new day brings: decisions that it has overtaken are taken anew, everybody is looked at, tasks and
reminders follow. Once a day, by the worker.

A day overtakes a decision where law changed on it, where a deciding birthday came, or where the records say
something else as of it. Group by group, each in its own transaction; safe to repeat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.decisions.behind import Taken, taken
from amana.apps.decisions.facts_table import plain_facts, row_of_plain
from amana.apps.decisions.office_pack import PLACEMENT, office_pack
from amana.apps.oversight import circles, commands
from amana.apps.oversight.turns import take_every_turn
from amana.casework.birthdays import AGE, CAUSE
from amana.casework.decide import decide_people
from amana.casework.entering import Progress, quiet
from amana.casework.reminders import remind
from amana.casework.retention import propose_due
from amana.casework.snapshot import facts_on
from amana.casework.sweep import AT_ONCE, SweepReport, sweep_all
from amana.core.dates import DateSpan, next_birthdays
from amana.core.policy import BIRTH, Pack

NIGHT_ID = UUID("00000000-0000-4000-8000-000000000002")
NIGHT_JOB = "oversight.night"


@dataclass(frozen=True)
class NightReport:
    """What a night did: how many were decided anew, what the sweep came to, how many mails went out."""

    decided: int
    sweep: SweepReport
    reminded: int


def night() -> Viewer:
    """The machine at night. It has the least role that may look at the board, and no account signs in as it;
    the trail knows it by a fixed id.
    """
    return Viewer(NIGHT_ID, NIGHT_ID, "monitor")


def due(today: date) -> bool:
    """Whether no night has come to its end for this day of the office, or a later one."""
    last = commands.last_night()
    return last is None or last < today


def run(*, on: date, by: Viewer, at: datetime, progress: Progress = quiet) -> NightReport:
    """Decide whom the day concerns, propose what has passed its period, look at everybody, raise tasks,
    remind. Raises `NotForYou`.
    """
    by.require("oversight.see")
    decided = decide_overtaken(on=on, by=by, at=at, progress=progress)
    propose_due(on=on, by=by, at=at)
    report = sweep_all(on=on, by=by, at=at, progress=progress, nightly=True)
    return NightReport(decided, report, remind(on=on, by=by, at=at))


def decide_overtaken(*, on: date, by: Viewer, at: datetime, progress: Progress = quiet) -> int:
    """Decide those anew, as of `on`, whose decision the days since it have overtaken; how many they were.
    Raises `NotForYou`.
    """
    by.require("oversight.see")
    pack, total, last = office_pack(), circles.how_many(), commands.last_night()
    law, done, decided, after = law_days(pack), 0, 0, ""
    progress(0, total, "decide")
    while refs := circles.people_after(after, AT_ONCE):
        with recording(by, at) as log:
            take_every_turn()
            behind = overtaken(refs, on=on, since=last, pack=pack, law=law)
            if behind:
                decide_people(behind, on=on, log=log)
        done, decided, after = done + len(refs), decided + len(behind), refs[-1]
        progress(done, max(done, total), "decide")
    return decided


def overtaken(
    refs: list[str], *, on: date, since: date | None, pack: Pack, law: frozenset[date]
) -> list[str]:
    """Those of these people whose decision the day has overtaken: `since` is the day of the last night, which
    saw to all days up to its own.
    """
    known = {row.ref: plain_facts(row) for row in facts_on(refs, on)}
    return [
        each.person
        for each in taken(refs)
        if each.on < on and (known[each.person] != each.facts or any(_between(each, since, on, law, pack)))
    ]


def law_days(pack: Pack) -> frozenset[date]:
    """The days on which the pack's law changes for decisions, or may change: first and last possible days."""
    engine = pack.engines[PLACEMENT]
    spans = [event.span for event in engine.events.values()]
    ends = [day for span in spans for day in (span.earliest, span.latest) if day is not None]
    return frozenset((*engine.certain_days, *ends))


def _between(each: Taken, since: date | None, on: date, law: Iterable[date], pack: Pack) -> Iterator[bool]:
    """For every day that may change the decision: whether it came after it, and after the last night."""
    begun = max(each.on, since) if since else each.on
    for day in (*law, *_birthdays(each, pack)):
        yield begun < day <= on


def _birthdays(each: Taken, pack: Pack) -> list[date]:
    """The first and the last day on which the next deciding birthday may fall. The kept first day is never
    before the day after the decision, so it is counted from the birth again.
    """
    age = each.next_cause.removeprefix(CAUSE)
    birth = row_of_plain(each.person, each.on, each.facts).values.get(BIRTH)
    if not (each.next_cause.startswith(f"{AGE}:") and age.isdecimal() and isinstance(birth, DateSpan)):
        return [day for day in (each.next_earliest, each.next_latest) if day is not None]
    days = next_birthdays(birth, int(age), pack.leap_day)
    return [day for day in (days.earliest, days.latest) if day is not None]
