"""What the protocol says of a person, and whether anybody may act on it.

An answer that may never be acted on is shown as the review it calls for, and no stance towards it is offered.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations.answers import DeterminationView
from amana.web.case.head import Opened
from amana.web.determinations import words
from amana.web.people.marks import Mark, marks


@dataclass(frozen=True)
class Protocol:
    """The stored answer: its marks, the day it was taken as of, and the stance taken towards it, if any."""

    marks: tuple[Mark, ...]
    on: str
    stance: str


def protocol_of(case: Opened, stance: str) -> Protocol | None:
    """The answer that stands, with a stance; None where no stance is taken or nothing has been decided."""
    if not stance or case.decision is None:
        return None
    told = words.said(words.stance_words(), stance).capitalize()
    return Protocol(marks(case.decision, office_pack()), case.decision.on.isoformat(), told)


def protocol_taken(viewer: Viewer, each: DeterminationView) -> Protocol | None:
    """The stored answer that a determination takes a stance towards; None where it takes none."""
    answered = [one for one in decisions.history(viewer, each.person) if one.id == each.decision_id]
    if not each.stance or not answered:
        return None
    told = words.said(words.stance_words(), each.stance).capitalize()
    return Protocol(marks(answered[0], office_pack()), answered[0].on.isoformat(), told)


def answer_of(case: Opened) -> Protocol | None:
    """The answer that stands, without a stance."""
    if case.decision is None:
        return None
    return Protocol(marks(case.decision, office_pack()), case.decision.on.isoformat(), "")


def cannot_act_words() -> dict[str, str]:
    """Why nobody can act on an answer, by the codes of `casework.determine.CANNOT_ACT`."""
    return {
        "superseded": _("It is no longer the answer that stands. Look at the case again."),
        "undetermined": _(
            "The answer is undetermined: a fact that it hangs on is not known. Ask for that fact; "
            "until then nothing is done to the child on this answer."
        ),
        "invalid": _("Facts contradict each other, so there is no answer. Settle the claims first."),
        "gap": _(
            "No rule speaks for this person. A gap in the law is no ground for anything: "
            "care and family unity continue."
        ),
        "never_actionable": _(
            "What the texts report here is never acted on. Due is a review for the child's protection; "
            "only a judge's order on the person's own acts opens custody."
        ),
        "merely_claimed": _(
            "The answer is harsh and rests on a fact that is merely claimed. Have the claim supported first."
        ),
        "unreviewed_law": _(
            "No lawyer has reviewed the office's law yet. It informs, and supports no stay and no move."
        ),
    }


def stance_about() -> dict[str, str]:
    """What each stance means, beside its words."""
    return {
        "adopt": _("The determination decides the same, for reasons of this child's own."),
        "not_adopt": _("What the texts allow is not done; the child stays in the care it has today."),
        "depart": _("Something else is better for this child, and the reasons say why."),
    }
