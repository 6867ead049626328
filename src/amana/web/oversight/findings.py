"""The findings of one safeguard, line by line: who, where, since when, until when, and what is missing.

Whoever sees people gets names that lead to the case; the monitor gets pseudonyms and no reference. A finding
about no person (a stored column, say) is told by what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import Viewer
from amana.apps.oversight.queries import FindingLine, WaiverView
from amana.apps.registry.queries import lines as person_lines
from amana.casework.oversight import WAIVABLE
from amana.core.dates import DateSpan
from amana.core.policy import Pack
from amana.web.openings.reasoned import or_folded
from amana.web.oversight.words import MARKS, lasting
from amana.web.people.marks import Mark
from amana.web.people.names import Name, names
from amana.wording.findings import due_span_in_words, verdict_in_words
from amana.wording.languages import day_in_words, one_of
from amana.wording.verdicts import needs_in_words


@dataclass(frozen=True)
class WaiverLine:
    """A waiver as it stays on show: ground, who, from when until when; `running` while it holds, else how it
    ended before its day, if it did.
    """

    ground: str
    made: str
    until: str
    by: str
    running: bool
    ended: str
    reason: str


@dataclass(frozen=True)
class Row:
    """One finding. `begun`: since when it is so, or of what is planned the day it is planned for; `found`:
    when it was found; `until` and `ended` when it was over and why, empty while it stands. `name` None: told
    by `pseudonym`, or by `about` where no person is concerned; `planned`: of an act that is planned and not
    done.
    """

    id: int
    name: Name | None
    address: str
    pseudonym: str
    about: str
    place: str
    begun: str
    lasting: str
    found: str
    until: str
    ended: str
    planned: bool
    mark: Mark
    due: str
    possible: str
    needs: str
    waivers: tuple[WaiverLine, ...]
    may_waive: bool
    may_end: bool


def finding_rows(
    viewer: Viewer,
    found: Sequence[FindingLine],
    *,
    pack: Pack,
    places: Mapping[str, str],
    on: date,
    waivable: bool,
) -> tuple[Row, ...]:
    """The findings in their order; people are read once, whatever their number."""
    refs = [line.person for line in found if line.person]
    people = person_lines(viewer, refs) if refs else {}
    return tuple(
        _row(
            line,
            names(people[line.person])[0] if line.person and line.person in people else None,
            pack=pack,
            place=places.get(line.facility, ""),
            on=on,
            waivable=waivable and viewer.may("oversight.waive"),
        )
        for line in found
    )


def _row(
    line: FindingLine,
    name: Name | None,
    *,
    pack: Pack,
    place: str,
    on: date,
    waivable: bool,
) -> Row:
    return Row(
        id=line.id,
        name=name,
        address=reverse("case:safeguards-show", args=[line.person]) if name else "",
        pseudonym=line.pseudonym,
        about="" if line.person or line.pseudonym else line.key.partition(":")[2] or line.key,
        place=place,
        begun=day_in_words(line.begun_on),
        lasting="" if line.planned or line.until else lasting(line.begun_on, on),
        found=day_in_words(line.since),
        until=day_in_words(line.until) if line.until else "",
        ended=ended_in_words(line.ended),
        planned=line.planned,
        mark=verdict_mark(line.verdict),
        due=due_of(line, line.until or on),
        possible=possible_in_words(line.possible),
        needs=needs_in_words(line.needs, pack.watch) if pack.watch and line.needs else "",
        waivers=tuple(waiver_line(each, on) for each in line.waivers),
        may_waive=waivable and can_be_waived(line),
        may_end=waivable and line.waiver is not None,
    )


def ended_in_words(ended: str) -> str:
    """Why an episode is over; empty while it stands."""
    return {"facts": _("the facts changed"), "law": _("the law changed")}.get(ended, "")


def can_be_waived(line: FindingLine) -> bool:
    """Whether there is something to waive: a question is asked and a duty in time is done; what is broken or
    to be looked at may rest for a while, once.
    """
    return line.verdict in WAIVABLE and line.person is not None and line.until is None and line.waiver is None


def possible_in_words(possible: Sequence[str]) -> str:
    """What an open answer may come to; empty where it is not open."""
    return one_of(verdict_in_words(each) for each in possible) if len(possible) > 1 else ""


def verdict_mark(verdict: str) -> Mark:
    """The badge of one verdict."""
    kind, icon = MARKS.get(verdict, ("", "minus"))
    return Mark(kind, verdict_in_words(verdict), icon)


def due_of(line: FindingLine, on: date) -> str:
    """Until when a stored finding is due, in words; empty where no clock runs."""
    if line.due_earliest is None and line.due_latest is None:
        return ""
    due = due_span_in_words(DateSpan(line.due_earliest, line.due_latest), on)
    return due_if_owed(due, line.verdict)


def due_if_owed(due: str, verdict: str) -> str:
    """The same of an open answer, which may come to no duty at all."""
    if due and verdict == "undetermined":
        return _("if it is owed at all: %(due)s") % {"due": due}
    return due


def waiver_line(waiver: WaiverView, on: date) -> WaiverLine:
    """A waiver in words; what it says is folded for whoever has yet to say why she reads it."""
    return WaiverLine(
        ground=or_folded(lambda: waiver.ground),
        made=day_in_words(waiver.since),
        until=day_in_words(waiver.until),
        by=waiver.by_name or (_(ROLES[waiver.by_role].title) if waiver.by_role in ROLES else ""),
        running=waiver.running(on),
        ended=day_in_words(waiver.ended_on) if waiver.ended_on else "",
        reason=or_folded(lambda: waiver.ended_reason) if waiver.ended else "",
    )
