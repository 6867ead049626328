"""One edit of a pack in words: what it says now, what it shall say, since when and by which text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from amana.core.policy import Pack
from amana.core.policy.editing.edits import Edit
from amana.core.policy.expression import read_condition
from amana.web.law.citations import Source, source_of
from amana.web.law.sentences import SentenceLine, sentence_lines
from amana.web.law.subjects import rule_in_words
from amana.web.law.values import present_value, value_text
from amana.wording.conditions import rule_condition_in_words
from amana.wording.languages import as_written, day_in_words, pick
from amana.wording.law import event_in_words, outcome_in_words
from amana.wording.terms import modality_in_words, source_standing_in_words, weight_in_words


@dataclass(frozen=True)
class Shown:
    """An edit for reading. `read_as` is a condition in words, `written` the same as typed; `gaps` are
    those it describes, `sentences` those that tell of a changed threshold.
    """

    says: str
    target: str
    now: str
    since: str
    read_as: str
    written: str
    source: Source | None
    where_read: str
    gaps: tuple[tuple[str, str], ...]
    reading: str
    sentences: tuple[SentenceLine, ...]


def shown(edit: Edit, pack: Pack) -> Shown:
    """The edit in words; `pack` is the text it changes."""
    written = str(edit.content.get("when", ""))
    source, where = _source(edit.content, pack)
    return Shown(
        says=_SAYS[edit.kind](edit, pack),
        target=edit.target,
        now=_now(edit, pack),
        since=day_in_words(edit.from_) if edit.from_ else "",
        read_as=condition_in_words(written, pack),
        written=written,
        source=source,
        where_read=where,
        gaps=tuple(_gaps(edit, pack)),
        reading=pick(edit.content.get("reading")),
        sentences=sentence_lines(edit, pack),
    )


def _gaps(edit: Edit, pack: Pack) -> Iterator[tuple[str, str]]:
    """Title and condition of each gap that the edit describes."""
    for gap in edit.content.get("gaps") or ():
        written = str(gap.get("when", ""))
        yield pick(gap.get("title")), condition_in_words(written, pack) or as_written(written)


def condition_in_words(written: str, pack: Pack) -> str:
    """A condition as typed, read back in words; empty where it can't be read."""
    node, _refusals = read_condition(written, pack.facts, pack.parameters) if written else (None, [])
    return rule_condition_in_words(node, pack.facts) if node is not None else ""


def _value(edit: Edit, pack: Pack) -> str:
    parameter, value = pack.parameters.get(edit.target), edit.content.get("value", "")
    return _("%(threshold)s: %(value)s instead of %(before)s, from %(day)s.") % {
        "threshold": pick(parameter.label) if parameter else as_written(edit.target),
        "value": as_written(value_text(tuple(value) if isinstance(value, list) else value)),
        "before": as_written(_before(edit, pack)) if parameter else "—",
        "day": day_in_words(edit.from_) if edit.from_ else "—",
    }


def _before(edit: Edit, pack: Pack) -> str:
    """The value that the new one ends."""
    return present_value(pack.parameters[edit.target], pack, edit.from_ or date.max)


def _added(edit: Edit, pack: Pack) -> str:
    return _("A new rule from %(day)s: %(rule)s.") % {"day": _day(edit), "rule": _rule(edit, pack)}


def _replaced(edit: Edit, pack: Pack) -> str:
    told = {"old": as_written(edit.target), "day": _day(edit), "rule": _rule(edit, pack)}
    return _("The rule %(old)s ends and another takes its place from %(day)s: %(rule)s.") % told


def _ended(edit: Edit, pack: Pack) -> str:
    return _("The rule %(old)s ends on %(day)s, with nothing in its place.") % {
        "old": as_written(edit.target),
        "day": _day(edit),
    }


def _event(edit: Edit, pack: Pack) -> str:
    return _("What is known of a day: %(event)s. It is now held to be %(on)s.") % {
        "event": event_in_words(edit.target, pack),
        "on": as_written(str(edit.content.get("on", ""))),
    }


_SAYS = {
    "parameter": _value,
    "rule_added": _added,
    "rule_replaced": _replaced,
    "rule_ended": _ended,
    "event": _event,
}


def _rule(edit: Edit, pack: Pack) -> str:
    old = pack.rules.get(edit.target)
    decision = str(edit.content.get("decision") or (old.decision if old else next(iter(pack.decisions))))
    written = str(edit.content.get("when", ""))
    return _("%(condition)s: %(force)s, %(outcome)s") % {
        "condition": condition_in_words(written, pack) or as_written(written),
        "force": modality_in_words(str(edit.content.get("modality", ""))),
        "outcome": outcome_in_words(str(edit.content.get("outcome", "")), pack, decision),
    }


def _day(edit: Edit) -> str:
    return day_in_words(edit.from_) if edit.from_ else "—"


def _now(edit: Edit, pack: Pack) -> str:
    if edit.kind == "parameter" and edit.target in pack.parameters:
        return _before(edit, pack)
    if edit.kind == "event" and edit.target in pack.events:
        return as_written(pack.events[edit.target].on)
    return rule_in_words(pack.rules[edit.target], pack) if edit.target in pack.rules else ""


def _source(content: Mapping[str, Any], pack: Pack) -> tuple[Source | None, str]:
    """The text the edit rests on: one the pack knows, or the new one it brings."""
    cited, new = str(content.get("source", "")), content.get("instrument")
    if new and new.get("id") == cited.partition("/")[0]:
        standing, weight = str(new.get("standing", "")), str(new.get("weight", new.get("kind", "")))
        told = Source(
            id=cited,
            title=pick(new.get("title")),
            article="",
            says="",
            standing=source_standing_in_words(standing),
            seen=False,
            weight=weight_in_words(weight),
            weight_class="",
        )
        return told, str(new.get("where_read", ""))
    known = cited.partition("/")[0] in pack.sources
    return (source_of(pack, cited) if known else None), str(content.get("where_read", ""))
