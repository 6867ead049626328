"""What a pack stands on: the packs it extends, what it inherits from them and what it withdraws, and the open
questions for counsel.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amana.core.policy import CounselQuestion, Pack
from amana.web.law.packs import title_of
from amana.wording.languages import listed, pick

PLACES = {
    "rules": "rule",
    "events": "event",
    "conflicts": "conflict",
    "gaps": "gap",
    "parameters": "parameter",
}
"""Kind of entry -> what begins the anchor of one on the page."""


@dataclass(frozen=True)
class Beneath:
    """One pack that this one extends, and how much of each kind comes from it."""

    id: str
    title: str
    gives: str


@dataclass(frozen=True)
class QuestionLine:
    """One open question for counsel, why it is open, and what it is about: (id, anchor or empty)."""

    id: str
    text: str
    why: str
    about: tuple[tuple[str, str], ...]


def beneath(pack: Pack) -> tuple[Beneath, ...]:
    """The packs extended, each with what comes from it."""
    counts: dict[str, Counter[str]] = {id: Counter() for id in pack.extends}
    for kind, entries in pack.entries.items():
        for each in entries.values():
            if each.pack in counts:
                counts[each.pack][kind] += 1
    words = kind_words()
    return tuple(
        Beneath(
            id,
            title_of(id),
            listed(
                _("%(kind)s: %(count)s") % {"kind": words[kind], "count": count}
                for kind, count in found.items()
                if kind in words
            ),
        )
        for id, found in counts.items()
    )


def withdrawn(pack: Pack) -> tuple[tuple[str, str, str], ...]:
    """(what sort of entry, its id, the pack it would have come from) for everything taken out."""
    words = kind_words()
    found = []
    for place, origin in pack.withdrawn.items():
        kind, _slash, ident = place.partition("/")
        found.append((words.get(kind, kind), ident, origin))
    return tuple(found)


def question_lines(pack: Pack) -> tuple[QuestionLine, ...]:
    """The open questions for counsel."""
    return tuple(_question(each, pack) for each in pack.questions)


def _question(question: CounselQuestion, pack: Pack) -> QuestionLine:
    about = tuple((id, _anchor(id, pack)) for id in question.about)
    return QuestionLine(question.id, pick(question.text), pick(question.why), about)


def _anchor(id: str, pack: Pack) -> str:
    """Where on the page the thing stands that a question is about."""
    for kind, begins in PLACES.items():
        if id in pack.entries.get(kind, {}):
            return f"{begins}-{id}"
    return ""


def kind_words() -> dict[str, str]:
    """What the entries of a pack are called."""
    return {
        "rules": _("rules"),
        "parameters": _("thresholds"),
        "facts": _("facts"),
        "decisions": _("decisions"),
        "events": _("days of change"),
        "sources": _("texts"),
        "gaps": _("gaps"),
        "conflicts": _("conflicts"),
        "questions": _("questions"),
    }
