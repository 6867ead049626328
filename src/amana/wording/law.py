"""Rules, sources and dated law in words: force, time in force, citation with article, standing and weight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from django.utils.translation import gettext as _

from amana.core.dates import parse_edtf
from amana.core.errors import InvalidDate
from amana.core.policy import INVALID, UNDETERMINED, Pack, Rule, RuleView, SourceRef
from amana.wording.ages import birth_in_words
from amana.wording.languages import as_written, pick
from amana.wording.terms import source_standing_in_words, weight_in_words

_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d\d)?")
AnyRule = TypeVar("AnyRule", Rule, RuleView)


def outcome_in_words(outcome: str, pack: Pack, decision: str) -> str:
    """The name of an outcome; *undetermined* and *invalid* by their own words."""
    if outcome == UNDETERMINED:
        return _("undetermined")
    if outcome == INVALID:
        return _("invalid")
    known = pack.decisions[decision].outcomes.get(outcome)
    return pick(known.label) if known else outcome


def in_reading_order(rules: Iterable[AnyRule], pack: Pack, decision: str) -> list[AnyRule]:
    """Rules by the order in which the decision lists their outcomes, then by id."""
    places = {outcome: place for place, outcome in enumerate(pack.decisions[decision].outcomes)}
    return sorted(rules, key=lambda rule: (places.get(rule.outcome, len(places)), rule.id))


def event_in_words(event: str, pack: Pack) -> str:
    """What happens on an event's day, as the pack tells it."""
    known = pack.events.get(event.removeprefix("law:").removeprefix("event:"))
    return pick(known.title) if known and known.title else event


def in_force_in_words(from_: str, until: str) -> str:
    """When a rule is in force. An end is EDTF, told as a day or as the stretch in which it lies; other
    texts stay.
    """
    from_, until = _end_in_words(from_), _end_in_words(until)
    if from_ and until:
        return _("from %(start)s until %(end)s") % {"start": from_, "end": until}
    if from_:
        return _("from %(start)s") % {"start": from_}
    if until:
        return _("until %(end)s") % {"end": until}
    return _("no day stated")


def _end_in_words(end: str) -> str:
    try:
        span = parse_edtf(end) if end else None
    except InvalidDate:
        return end
    if span is None or span.certain or span.earliest is None or span.latest is None:
        return birth_in_words(span) if span else ""
    if _YEAR_OR_MONTH.fullmatch(end):
        return _("a day in %(when)s") % {"when": birth_in_words(span)}
    return _("a day %(when)s") % {"when": birth_in_words(span)}


def citation_in_words(source: SourceRef) -> str:
    """Title and article of a text, what was seen of it and what it weighs."""
    named = pick(source.title)
    if source.article:
        named = _("%(title)s, %(article)s") % {"title": named, "article": as_written(source.article)}
    return _("%(text)s (%(weight)s; %(standing)s)") % {
        "text": named,
        "weight": weight_in_words(source.weight),
        "standing": source_standing_in_words(source.standing),
    }
