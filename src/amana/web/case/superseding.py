"""Why a decision took the place of the one before: a new text of law, a new list, a new fact, a later day.

Whoever adopts a text sees no person and decides on none, so is not named as having decided a case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amana.apps.decisions.changed_queries import NewText
from amana.apps.decisions.queries import DecisionView
from amana.wording.languages import as_told, as_written, listed

Texts = Mapping[str, NewText]


@dataclass(frozen=True)
class Ground:
    """Why one decision superseded another. `text`: the proposal that made the new text of law, if one did."""

    new_law: bool
    text: NewText | None
    batch: str
    new_fact: bool


def grounds(decided: Sequence[DecisionView], texts: Texts) -> dict[int, Ground]:
    """Decision id -> why it superseded the one before; the decisions newest first, as `history` has them."""
    found: dict[int, Ground] = {}
    for place, each in enumerate(decided):
        before = next((old for old in decided[place + 1 :] if old.decision == each.decision), None)
        if before is None:
            continue
        new_law = each.pack_hash != before.pack_hash
        found[each.id] = Ground(
            new_law=new_law,
            text=texts.get(each.pack_hash) if new_law else None,
            batch=each.batch if each.batch != before.batch else "",
            new_fact=each.facts != before.facts,
        )
    return found


def superseded_by(decided: Sequence[DecisionView]) -> dict[int, int]:
    """Decision id -> id of the decision that superseded it."""
    found: dict[int, int] = {}
    newer: dict[str, int] = {}
    for each in decided:
        if each.superseded_at and each.decision in newer:
            found[each.id] = newer[each.decision]
        newer[each.decision] = each.id
    return found


def ground_in_words(ground: Ground) -> str:
    """The reasons, the law first."""
    told = []
    if ground.new_law:
        told.append(
            _("a new text of law: %(text)s") % {"text": text_in_words(ground.text)}
            if ground.text
            else _("a new text of law")
        )
    if ground.batch:
        told.append(_("a new list, %(batch)s") % {"batch": as_written(ground.batch)})
    elif ground.new_fact:
        told.append(_("a new fact"))
    return listed(told or [_("computed again as of a later day")])


def anew_in_words(ground: Ground) -> str:
    """What was done under a new text, as the trail tells it."""
    if ground.text is None:
        return _("answer computed anew under a new text of law")
    told = _("answer computed anew under %(text)s, adopted by the policy approver")
    return told % {"text": text_in_words(ground.text)}


def text_in_words(text: NewText) -> str:
    """A new text by the title and the reference of its proposal."""
    return _("“%(title)s” (%(ref)s)") % {"title": as_told(text.title), "ref": as_written(text.ref)}
