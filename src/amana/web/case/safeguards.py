"""The safeguards of one person: what stands, what would clear it and until when, and what was found before.

Judged live from the records, condition by condition, as the law stands today. A finding decides nothing about
anyone; each says which act would clear it and where that is done. What found nothing is folded, and never
called well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.apps.accounts.viewers import Viewer
from amana.apps.oversight.answers import FindingLine, Watched
from amana.core.dates import DateSpan
from amana.core.facts import FactRow
from amana.core.policy import Explanation, Pack
from amana.core.safeguards import Occasion, explain_finding
from amana.core.truth import Truth
from amana.web.case.answer import Ask, Condition, asks, fact_lines, rule_block
from amana.web.case.remedies import Act, acts
from amana.web.case.standing import anchor
from amana.web.law.safeguards import record_in_words
from amana.web.oversight.findings import (
    WaiverLine,
    due_if_owed,
    ended_in_words,
    possible_in_words,
    verdict_mark,
    waiver_line,
)
from amana.web.oversight.words import OPEN, ORDER, Norm, heavier_first, norm
from amana.web.people.marks import Mark
from amana.wording.ages import birth_in_words
from amana.wording.findings import due_in_words
from amana.wording.languages import day_in_words, pick
from amana.wording.verdicts import needs_in_words

CALM: Final = "no_breach_found"


@dataclass(frozen=True)
class Found:
    """One finding that stands: `about` names the record, `planned` an act not yet done; `conditions` with
    their truth; `asks` what would settle it where it is open; `due` by when, if at all.
    """

    anchor: str
    norm: Norm
    verdict: str
    mark: Mark
    due: str
    about: str
    planned: bool
    possible: str
    needs: str
    conditions: tuple[Condition, ...]
    asks: tuple[Ask, ...]
    acts: tuple[Act, ...]
    waiver: WaiverLine | None

    @property
    def unfolded(self) -> bool:
        """Whether its conditions stand open on the page: where something is broken."""
        return self.verdict in OPEN


@dataclass(frozen=True)
class Quiet:
    """A check that found nothing."""

    id: str
    title: str
    about: str


@dataclass(frozen=True)
class Group:
    """The findings of one verdict, under its heading."""

    verdict: str
    words: str
    found: tuple[Found, ...]


@dataclass(frozen=True)
class Episode:
    """Something found before: since when it was so, when it was found and when it was over, and why; `late`:
    of an overdue duty by when it was due and how late it was when it ended; `planned`: of an act that was
    planned and not done then.
    """

    id: str
    title: str
    mark: Mark
    planned: bool
    begun: str
    late: str
    found: str
    until: str
    ended: str
    waivers: tuple[WaiverLine, ...]


def groups(
    viewer: Viewer, watched: Sequence[Watched], row: FactRow, *, pack: Pack, on: date
) -> tuple[Group, ...]:
    """What stands, the worst first; inside a verdict the heaviest norm first."""
    standing = [each for each in watched if each.finding.verdict != CALM]
    ordered = sorted(standing, key=lambda each: (heavier_first(each.safeguard.weight), each.safeguard.id))
    found: dict[str, list[Found]] = {}
    for each in ordered:
        found.setdefault(str(each.finding.verdict), []).append(_found(viewer, each, row, pack=pack, on=on))
    words = group_words()
    return tuple(Group(each, words[each], tuple(found[each])) for each in ORDER if each in found)


def group_words() -> dict[str, str]:
    """The headings, by verdict."""
    return {
        "breach": _("Breaches"),
        "overdue": _("Overdue"),
        "warn": _("To look at"),
        "duty_open": _("Due"),
        "undetermined": _("Undetermined: what to ask"),
    }


def quiet(watched: Iterable[Watched], pack: Pack) -> tuple[Quiet, ...]:
    """The checks that found nothing, by id."""
    calm = [each for each in watched if each.finding.verdict == CALM]
    return tuple(
        Quiet(each.safeguard.id, pick(each.safeguard.title), occasion_in_words(each.occasion, pack))
        for each in sorted(calm, key=lambda each: (each.safeguard.id, each.occasion.key))
    )


def _found(viewer: Viewer, each: Watched, row: FactRow, *, pack: Pack, on: date) -> Found:
    finding, safeguard = each.finding, each.safeguard
    explained = explain_finding(pack, safeguard.id, row, each.occasion)
    watch = pack.watch or pack
    verdict = str(finding.verdict)
    return Found(
        anchor=anchor(safeguard.id, each.occasion.key),
        norm=norm(safeguard, pack, on),
        verdict=verdict,
        mark=verdict_mark(verdict),
        due=due_if_owed(due_in_words(finding, on), verdict),
        about=occasion_in_words(each.occasion, pack),
        planned=is_planned(each.occasion),
        possible=possible_in_words(finding.possible),
        needs=needs_in_words(finding.needs, watch) if finding.needs else "",
        conditions=tuple(_conditions(explained, watch, verdict)),
        asks=asks(explained, watch),
        acts=tuple(acts(viewer, safeguard.remedy, each.occasion)),
        waiver=waiver_line(each.waiver, on) if each.waiver else None,
    )


def _conditions(explained: Explanation, watch: Pack, verdict: str) -> Iterator[Condition]:
    """The conditions of the rule that speaks; of an open answer those of the harshest that may speak."""
    lines = fact_lines(explained, watch)
    speaking = [rule for rule in explained.rules if rule.holds is not Truth.FALSE]
    ordered = sorted(speaking, key=lambda rule: (rule.outcome != verdict, ORDER.index(rule.outcome)))
    if ordered:
        for each in rule_block(ordered[0], lines, watch, explained.decision).conditions:
            yield _plain(each)


def _plain(condition: Condition) -> Condition:
    """What makes a breach is true and is not well: it stands without the mark of what is well."""
    parts = tuple(_plain(part) for part in condition.parts)
    if condition.kind != "t":
        return replace(condition, parts=parts)
    return replace(condition, kind="n", icon="warn", parts=parts)


def occasion_in_words(occasion: Occasion, pack: Pack) -> str:
    """What record is meant: its kind and its first day on record; empty for the person alone."""
    if occasion.kind == "person":
        return ""
    known = pack.records.get(occasion.kind)
    days = [occasion.values.get(fact) for fact in known.facts] if known else []
    day = next((value for value in days if isinstance(value, DateSpan)), None)
    words = record_in_words(occasion.kind, pack)
    if day is None:
        return words
    return _("%(record)s, %(day)s") % {"record": words, "day": birth_in_words(day)}


def is_planned(occasion: Occasion) -> bool:
    """Whether the act is planned and not done."""
    state = occasion.values.get("separation_state")
    return isinstance(state, frozenset) and "planned" in state


def episodes(lines: Iterable[FindingLine], pack: Pack, on: date) -> tuple[Episode, ...]:
    """What was found before and is over, in the order given; findings of safeguards that no pack knows any
    more keep their id.
    """
    return tuple(_episode(line, pack, on) for line in lines if line.until is not None)


def _episode(line: FindingLine, pack: Pack, on: date) -> Episode:
    known = pack.safeguards.get(line.safeguard)
    return Episode(
        id=line.safeguard,
        title=pick(known.title) if known else line.safeguard,
        mark=verdict_mark(line.verdict),
        planned=line.planned,
        begun=day_in_words(line.begun_on),
        late=_late_when_cleared(line),
        found=day_in_words(line.since),
        until=day_in_words(line.until) if line.until else "",
        ended=ended_in_words(line.ended),
        waivers=tuple(waiver_line(each, on) for each in line.waivers),
    )


def _late_when_cleared(line: FindingLine) -> str:
    """By when an overdue duty was due and how late it was when it ended; empty of all else."""
    if line.verdict != "overdue" or line.until is None or line.due_latest is None:
        return ""
    days = (line.until - line.due_latest).days
    told = {"day": day_in_words(line.due_latest), "days": days}
    return (
        ngettext(
            "due %(day)s, %(days)s day late when it ended",
            "due %(day)s, %(days)s days late when it ended",
            days,
        )
        % told
    )
