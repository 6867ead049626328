"""What each change of the trail changed: the value before beside the value after, where payloads stand.

Read from the trail alone, so that it also tells what the register no longer says. Fields stand in a table
with the class of data they are of; what the viewer's role doesn't read, and what no table names, isn't shown.
An outcome that may never be acted on stands as the review it calls for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.queries import TrailEntry
from amana.apps.decisions.office_pack import PLACEMENT
from amana.core.policy import INVALID, UNDETERMINED, Pack
from amana.web.case.forms import attribute_words
from amana.wording.languages import pick
from amana.wording.terms import standing_in_words

FIELDS: Final[Mapping[str, Mapping[str, tuple[Any, str]]]] = {
    "claim": {
        "stated": (gettext_lazy("what was said"), "attribute"),
        "standing": (gettext_lazy("standing"), "attribute"),
        "disputed": (gettext_lazy("disputed"), "attribute"),
        "reason": (gettext_lazy("reason"), "attribute"),
    },
    "decision": {
        "outcome": (gettext_lazy("answer of the protocol"), "C2"),
        "on": (gettext_lazy("as of"), "C2"),
        "pack": (gettext_lazy("pack"), "system"),
    },
    "stay": {
        "facility": (gettext_lazy("place"), "C2"),
        "from": (gettext_lazy("from"), "C2"),
        "until": (gettext_lazy("until"), "C2"),
    },
    "move": {
        "facility": (gettext_lazy("place"), "C2"),
        "on": (gettext_lazy("day"), "C2"),
        "safeguards": (gettext_lazy("stopped by"), "C4"),
        "review": (gettext_lazy("review"), "C4"),
    },
    "determination": {
        "kind": (gettext_lazy("kind"), "C4"),
        "on": (gettext_lazy("day"), "C4"),
    },
    "judicial": {
        "kind": (gettext_lazy("kind"), "C8"),
        "on": (gettext_lazy("day"), "C8"),
    },
    "waiver": {
        "safeguard": (gettext_lazy("safeguard"), "C4"),
        "until": (gettext_lazy("until"), "C4"),
    },
}
"""Noun of the kind of entry -> field of its payload -> its words and its class (`attribute`: the claim's)."""

ATTRIBUTES: Final[Mapping[str, str]] = {
    "name": "C1",
    "birth": "C1",
    "sex": "C1",
    "died": "C1",
    "nationality": "C3",
    "mother_died": "C4",
    "unable_to_care": "C4",
    "pregnant": "C7",
}
"""Attribute of a claim -> its class; any other attribute isn't shown."""


@dataclass(frozen=True)
class Difference:
    """One field that a change changed; `before` is empty where nothing was known before. `code`: the values
    are no words and read from left to right.
    """

    words: str
    before: str
    after: str
    code: bool = False


def differences(
    entries: Sequence[TrailEntry], viewer: Viewer, pack: Pack
) -> dict[int, tuple[Difference, ...]]:
    """What each of these entries (the newest first) changed, by its place among them."""
    known: dict[tuple[str, str], dict[str, Any]] = {}
    found = {}
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place]
        noun = entry.kind.partition(".")[0]
        payload = entry.payload or {}
        before = known.setdefault((noun, str(payload.get(noun, ""))), {})
        told = {name: value for name, value in payload.items() if name != noun}
        attribute = str(told.get("attribute") or before.get("attribute") or "")
        read = _read_by(viewer, noun, attribute)
        found[place] = tuple(_changed(read, before, told, pack))
        before.update(told)
    return found


def _read_by(viewer: Viewer, noun: str, attribute: str) -> dict[str, str]:
    """The fields of such an entry that the viewer reads, in words."""
    read = {}
    for name, (words, cls) in FIELDS.get(noun, {}).items():
        of = ATTRIBUTES.get(attribute, "") if cls == "attribute" else cls
        if of and viewer.reads(of):
            read[name] = f"{_attribute_words(attribute)}: {words}" if cls == "attribute" else str(words)
    return read


def _changed(
    read: Mapping[str, str], before: Mapping[str, Any], told: Mapping[str, Any], pack: Pack
) -> Iterator[Difference]:
    for name, label in read.items():
        if name not in told or before.get(name) == told[name]:
            continue
        yield Difference(
            label,
            _value(name, before[name], pack) if name in before else "",
            _value(name, told[name], pack),
            name in {"pack", "facility", "on", "from", "until", "safeguards"},
        )


def _attribute_words(attribute: str) -> str:
    words = {**attribute_words(), "name": _("name"), "pregnant": _("pregnant")}
    return words.get(attribute, attribute)


def _value(name: str, value: Any, pack: Pack) -> str:
    if name == "outcome":
        return _outcome(str(value), pack)
    if name == "standing":
        return standing_in_words(str(value))
    if name == "pack":
        return str(value)[:12]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)


def _outcome(id: str, pack: Pack) -> str:
    if id == UNDETERMINED:
        return _("undetermined")
    if id == INVALID:
        return pgettext("answer", "facts contradict each other")
    outcome = pack.decisions[PLACEMENT].outcomes.get(id)
    if outcome is None:
        return id
    return pick(outcome.label) if outcome.actionable else _("Protection review")
