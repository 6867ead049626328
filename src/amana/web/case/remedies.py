"""What would clear a finding, as acts, each with the page on which it is done.

An act that is not this viewer's is told without a link, so that she knows whom to ask. An act that discloses
anything to a country never has a link. None that stands behind the gate of a country, nor the question to the
mother that leads there, is told at all unless the record says that the gate is open. What would clear a plan
is done on the page of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.placements.moves import queries as moves
from amana.core.safeguards import DISCLOSING, Occasion, Remedy
from amana.wording.findings import act_in_words

IDENTITY: Final = ("case:identity-show", "people.amend")
ASSESS: Final = ("determinations:assessment-add", "determinations.write")
DETERMINE: Final = ("determinations:determination-add", "determinations.write")
COURT: Final = ("determinations:judicial-add", "determinations.write")
DECISIONS: Final = ("determinations:case-list", "determinations.see")
MOVES: Final = ("moves:case-list", "determinations.see")
WITHDRAW: Final = "withdraw_plan"
"""What reunites a mother with a child who has not left her yet."""

PLACES: Final = {
    "establish_fact": IDENTITY,
    "assess": ASSESS,
    "review_placement": ASSESS,
    "make_determination": DETERMINE,
    "consider_family_care": DETERMINE,
    "find_family_care": DETERMINE,
    "settle_age_in_favour": DETERMINE,
    "restore_care": DETERMINE,
    "seek_judge": COURT,
    "appoint_guardian": COURT,
    "give_reasons": DECISIONS,
    "hear_child": DECISIONS,
    "correct_grounds": DECISIONS,
    "remove_label": DECISIONS,
    "identify_care": MOVES,
    "ask_mother_about_consulate": MOVES,
    "reunite_with_mother": MOVES,
    "reunite_siblings": MOVES,
    "move_out_of_custody": MOVES,
    "record_reason": MOVES,
    "tell_monitor": MOVES,
    "tell_guardian": MOVES,
    "review_urgent_move": MOVES,
    "end_urgent_move": MOVES,
}
"""Act -> the page on which it is done, under the person's reference, and the permission that page asks."""


ASKS_FIRST: Final = "ask_mother_about_consulate"
"""Leads to a disclosure: asked only where one may follow."""

ON_PLAN: Final = {"identify_care": "known-title", ASKS_FIRST: "known-title", WITHDRAW: "withdraw-title"}
"""Act -> where it is done on the page of a plan."""


@dataclass(frozen=True)
class Act:
    """One act in words; `address` empty where it is done outside this office or by somebody else."""

    words: str
    address: str


def acts(viewer: Viewer, remedies: Sequence[Remedy], occasion: Occasion) -> Iterator[Act]:
    """The acts in the order of the pack; each once."""
    may_disclose = occasion.values.get("gate_open") is True
    gated = {remedy.act for remedy in remedies if remedy.only_if} | DISCLOSING | {ASKS_FIRST}
    plan = occasion.key.removeprefix("plan:") if occasion.key.startswith("plan:") else ""
    for act in dict.fromkeys(remedy.act for remedy in remedies):
        if act in gated and not may_disclose:
            continue
        if plan and act == "reunite_with_mother":
            yield Act(_("withdraw the plan"), _on_plan(viewer, WITHDRAW, plan))
        elif plan and act in ON_PLAN:
            yield Act(act_in_words(act), _on_plan(viewer, act, plan))
        else:
            yield Act(act_in_words(act), _address(viewer, act, occasion.person))


def _on_plan(viewer: Viewer, act: str, ref: str) -> str:
    """The form on the page of the plan, which stands under the reference of whom it moves."""
    if not viewer.may(moves.SEE):
        return ""
    plan = moves.plan(viewer, ref)
    return reverse("moves:plan-show", args=[plan.person, plan.ref]) + f"#{ON_PLAN[act]}"


def _address(viewer: Viewer, act: str, ref: str) -> str:
    place = PLACES.get(act)
    if place is None or act in DISCLOSING or not ref:
        return ""
    view, permission = place
    return reverse(view, args=[ref]) if viewer.may(permission) else ""
