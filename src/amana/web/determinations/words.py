"""Words and marks for the codes of assessments, determinations, court decisions and appeals.

Each function returns code -> words in the order in which forms offer them. Refuses nothing: `said` shows a
code that has no words here as it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from amana.apps.determinations.states import State
from amana.web.people.marks import Mark


def said(words: Mapping[str, str], code: str) -> str:
    """The words of one code."""
    return words.get(code, code)


def kind_words() -> dict[str, str]:
    """What sort of record it is."""
    return {
        "assessment": _("Best-interests assessment"),
        "determination": _("Best-interests determination"),
        "outcome": _("Determination on what the protocol says"),
        "care_refusal": _("Refusal of care"),
        "reported": _("Decision of another body, as reported"),
    }


def stage_words() -> dict[str, str]:
    """Which assessment it is."""
    return {"first": _("the first assessment"), "periodic": _("a later one: looking again")}


def decides_words() -> dict[str, str]:
    """What a determination decides."""
    return {
        "stays_with_mother": _("the child stays with the mother"),
        "separation": _("the child leaves the mother"),
        "care_placement": _("where a child without a caring parent is cared for"),
        "no_change": _("everything stays as it is"),
        "care_refused": _("care is refused"),
        "return": _("the child may return, once the gate of that country is open"),
    }


def place_words() -> dict[str, str]:
    """Kinds of place; the last two only another body may have named."""
    return {
        "family": _("a family"),
        "state_home": _("state home"),
        "camp": _("camp or site"),
        "other": _("another place"),
        "detention": _("place of detention"),
        "juvenile": _("juvenile facility"),
    }


def option_words() -> dict[str, str]:
    """Ways of care that are weighed against each other, the family first."""
    return {
        "stays_with_mother": _("Stays with the mother where she is"),
        "mother_released": _("With the mother, her custody ended or changed"),
        "kinship": _("With relatives"),
        "foster": _("With another family"),
        "kafala": _("Kafala"),
        "state_home": _("State home"),
        "independent_living": _("Living on one's own, with support"),
        "other": _("Another way"),
    }


def function_words() -> dict[str, str]:
    """Professions on a panel."""
    return {
        "child_protection": _("child protection"),
        "social_work": _("social work"),
        "psychology": _("psychology"),
        "health": _("health"),
        "law": _("law"),
        "education": _("education"),
        "guardian": _("guardian of the child"),
        "community": _("community or religious elder"),
        "other": _("other profession"),
    }


def not_heard_words() -> dict[str, str]:
    """The reasons that may stand in place of a view."""
    return {
        "infant": _("not heard: too small to show a view"),
        "declined": _("not heard: did not want to speak"),
        "harmful": _("not heard: being asked would have done harm"),
        "unknown": _("not heard: not recorded who it is"),
        "dead": _("not heard: dead"),
        "unreachable": _("not heard: could not be reached"),
    }


def ground_words() -> dict[str, str]:
    """What a determination rests on. Those that never carry one alone are offered, so that they are told."""
    return {
        "best_interests": _("the child's best interests, weighed one by one"),
        "caregiver_absent": _("no parent here is able to care"),
        "safety": _("danger where the child is"),
        "medical": _("health"),
        "own_wish": _("the child's own wish"),
        "own_acts": _("the person's own acts, found by a judge"),
        "age_threshold": _("the age alone"),
        "protocol": _("the protocol says so"),
        "family_tie": _("a relative's acts or membership"),
        "nationality": _("nationality"),
        "suspicion": _("suspicion without a charge"),
    }


NEVER_ALONE: Final = frozenset({"age_threshold", "protocol", "family_tie", "nationality", "suspicion"})
"""Grounds that carry no decision against a child by themselves: marked wherever they stand."""


def consulate_words() -> dict[str, str]:
    """What was done about the consulate of a foreign child."""
    return {
        "consulted": _("the consulate was consulted"),
        "mother_refused": _("not asked: the mother refused"),
        "protection_flag": _("not asked: the child may need protection from that state"),
    }


def stance_words() -> dict[str, str]:
    """What a determination does with what the protocol says."""
    return {
        "adopt": _("adopts what the protocol says"),
        "not_adopt": _("does not adopt what the protocol says"),
        "depart": _("departs from what the protocol says"),
    }


def judicial_words() -> dict[str, str]:
    """Kinds of decision of a court."""
    return {
        "separation_order": _("Order on separating a child from a parent"),
        "placement_order": _("Order on where the child is cared for"),
        "custody_order": _("Order of custody for the person's own acts"),
        "guardian": _("Appointment of a guardian"),
        "charge": _("Judicial charge for the person's own acts"),
        "review": _("Review of an earlier decision"),
    }


def body_words() -> dict[str, str]:
    """Who decides an appeal, or made a reported decision."""
    return {"court": _("a court"), "panel": _("a panel"), "authority": _("another authority")}


def effect_words() -> dict[str, str]:
    """What a decision does to the child."""
    return {
        "adverse": _("takes care, family or liberty from the child"),
        "protective": _("protects the child"),
        "neutral": _("neither"),
    }


def label_words() -> dict[str, str]:
    """What a deciding body called the person, quoted and never taken over."""
    return {"suspect": _("“suspect”"), "terrorist": _("“terrorist”")}


def appellant_words() -> dict[str, str]:
    """Who contests a determination."""
    return {
        "child": _("the child"),
        "mother": _("the mother"),
        "father": _("the father"),
        "guardian": _("the guardian"),
        "counsel": _("counsel"),
        "other": _("somebody else"),
    }


def appeal_words() -> dict[str, str]:
    """How an appeal ended, for the determination."""
    return {
        "upheld": _("the determination stands"),
        "overturned": _("the determination is set aside"),
    }


def yes_no() -> dict[str, str]:
    """A plain question."""
    return {"yes": _("yes"), "no": _("no")}


def state_marks() -> dict[str, Mark]:
    """The badge of each state: icon and words, never colour alone."""
    return {
        State.REQUESTED: Mark("due", _("waits for a second person"), "clock"),
        State.APPROVED: Mark("ok", _("approved, in force"), "check"),
        State.RECORDED: Mark("acc", _("recorded"), "document"),
        State.UNDER_APPEAL: Mark("due", _("under appeal, suspended"), "scales"),
        State.UPHELD: Mark("ok", _("upheld on appeal, in force"), "check"),
        State.REJECTED: Mark("", _("rejected"), "cross"),
        State.WITHDRAWN: Mark("", _("withdrawn"), "back"),
        State.OVERTURNED: Mark("", _("set aside on appeal"), "scales"),
        State.SUPERSEDED: Mark("", _("another took its place"), "back"),
    }


def state_mark(state: str, kind: str = "", *, holds: bool = False) -> Mark:
    """The badge of one state; `holds`: what it decides holds. What another body decided is never marked as if
    this office stood by it.
    """
    if state == State.UNDER_APPEAL and holds:
        return Mark("due", _("under appeal, holds meanwhile"), "scales")
    if state == State.RECORDED and kind == "reported":
        return Mark("unk", _("as reported"), "document")
    return state_marks().get(state, Mark("", state, "minus"))


def meanwhile(holds: bool) -> str:
    """What an appeal against a determination leaves in force until it is decided."""
    if holds:
        return _(
            "It protects the child, so it holds until the appeal is decided: the child stays as it says. "
            "Nobody is moved on it meanwhile."
        )
    return _(
        "Until the appeal is decided it is suspended: nobody is moved on it, and the child stays in the care "
        "it has today."
    )
