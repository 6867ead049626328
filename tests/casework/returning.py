"""The gate of a country for invented people: what opens it, with less to type."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from determined import acting, assessed
from registered import TODAY

from amana.casework import consent, disclose, protection
from amana.casework.gate import GateView, gate

NATION = "TJK"
UNTIL = TODAY + timedelta(days=90)
WELL_TAKEN: dict[str, Any] = {
    "own_word": True,
    "with_counsel": True,
    "with_interpreter": True,
    "unheard": True,
    "counsel": "Rana Aziz",
    "language": "tg",
    "words": "I want my brother told where I am.",
}


def said_yes(ref: str, viewer: Any, giver: str = "person", purpose: str = "enquiry", **what: Any) -> str:
    """A consent taken as it must be, but for what is said otherwise; its id."""
    told = {**WELL_TAKEN, "until": UNTIL, "taken_on": TODAY, **what}
    if giver == "guardian":
        told.setdefault("child_said", "heard")
    return consent.give(ref, NATION, purpose, giver, **told, **acting(viewer))


def said_no(ref: str, viewer: Any, giver: str = "person", purpose: str = "enquiry", **what: Any) -> str:
    """A refusal, taken as it must be; its id."""
    told = {**WELL_TAKEN, "taken_on": TODAY, **what}
    return consent.refuse(ref, NATION, purpose, giver, **told, **acting(viewer))


def screened(ref: str, viewer: Any, **what: Any) -> str:
    """A screening that found no fear and no claim, but for what is said otherwise; its id."""
    told = {"done": True, "fear": False, "claim": "none", "screened_on": TODAY, **what}
    return protection.record_screening(ref, NATION, **told, **acting(viewer))


def dossier(ref: str, cast: SimpleNamespace, step: str = "enquiry") -> str:
    """A dossier that the caseworker prepared and the supervisor released; its id."""
    made = disclose.prepare(ref, NATION, step, **acting(cast.caseworker))
    disclose.release(ref, UUID(made), **acting(cast.supervisor))
    return made


def opened(ref: str, cast: SimpleNamespace, *, child: bool = False, step: str = "enquiry") -> None:
    """Everything that opens the gate for one person and step, in the order in which an office does it."""
    screened(ref, cast.caseworker)
    purpose = "enquiry" if step == "enquiry" else "return"
    said_yes(ref, cast.caseworker, "guardian" if child else "person", purpose)
    if child:
        assessed(ref, cast.caseworker)
    dossier(ref, cast, step)


def seen(ref: str, viewer: Any, step: str = "enquiry", on: date = TODAY) -> GateView:
    """The gate as this viewer sees it."""
    return gate(viewer, ref, NATION, step, on)


def conditions(view: GateView) -> dict[str, str]:
    """Condition -> `true`, `false` or `unknown`."""
    return {each.name: each.truth.value for each in view.conditions}


def tell(ref: str, viewer: Any, step: str = "enquiry", **what: Any) -> disclose.Disclosure:
    """Tell the country by letter."""
    told = {"channel": "letter", "recipient": "Embassy in Baghdad", **what}
    return disclose.disclose(ref, NATION, told.pop("channel"), step=step, **told, **acting(viewer))
