"""Acting on what the protocol says: adopt it, don't adopt it, or depart from it. Each is a determination.

Where nobody can act the page says plainly why, and what is to be done instead; it names no outcome that may
never be acted on.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.accounts.viewers import Viewer
from amana.apps.registry import queries as register
from amana.casework import determine
from amana.core.facts import Standing
from amana.web.access import access
from amana.web.case.head import Opened
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.determinations import words
from amana.web.determinations.filling import opened
from amana.web.determinations.list_views import Offer
from amana.web.determinations.protocol import answer_of, cannot_act_words, stance_about
from amana.web.determinations.show_views import Act
from amana.web.requests import OfficeRequest
from amana.wording.languages import pick


@access("determinations.write")
@require_safe
@at_person
def protocol_act(request: OfficeRequest, ref: str) -> HttpResponse:
    """The answer that stands, and what may be done with it; or why nobody can act on it."""
    case = opened(request, ref)
    decision = case.decision.id if case.decision else None
    code = determine.cannot_act(request.viewer, ref, decision, today_of(request))
    context: dict[str, Any] = {"head": case.head, "protocol": answer_of(case)}
    if case.decision is None:
        context["why_not"] = _("Nothing has been decided for this person yet.")
    elif code:
        context["why_not"] = words.said(cannot_act_words(), code)
    else:
        context["stances"] = _stances(case)
    context["instead"] = _instead(ref, code)
    if code == "merely_claimed":
        context["claimed"] = _claimed(request.viewer, ref)
    return render(request, "determinations/act.html", context)


def _claimed(viewer: Viewer, ref: str) -> tuple[Act, ...]:
    """Each fact that carries the answer and is merely claimed, with the address of what claims it: the first
    claim on it, or the page where such a fact is recorded.
    """
    first: dict[str, int] = {}
    for claim in register.claims(viewer, ref):
        if claim.standing == Standing.CLAIMED:
            first.setdefault(claim.attribute, claim.id)
    identity, placement = (
        reverse(f"case:{page}", args=[ref]) for page in ("identity-show", "placement-show")
    )
    return tuple(
        Act(pick(fact.label), f"{identity}#claim-{first[fact.name]}" if fact.name in first else placement)
        for fact in determine.merely_claimed(viewer, ref)
    )


def _stances(case: Opened) -> tuple[Offer, ...]:
    new, about = reverse("determinations:determination-add", args=[case.person.ref]), stance_about()
    number = case.decision.id if case.decision else 0
    return tuple(
        Offer(f"{new}?{urlencode({'stance': code, 'decision_id': number})}", told.capitalize(), about[code])
        for code, told in _stance_words().items()
    )


def _stance_words() -> dict[str, str]:
    return {
        "adopt": _("adopt what the protocol says"),
        "not_adopt": _("do not adopt what the protocol says"),
        "depart": _("depart from what the protocol says"),
    }


def _instead(ref: str, code: str) -> tuple[Act, ...]:
    """What is open instead: ask for facts, look at the claims, assess the child's own interests."""
    case = "identity-show" if code in ("undetermined", "invalid", "merely_claimed") else "placement-show"
    told = _("Look at the claims") if case == "identity-show" else _("Read the proof")
    assess = reverse("determinations:assessment-add", args=[ref])
    return (Act(told, reverse(f"case:{case}", args=[ref])), Act(_("Assess the child's interests"), assess))
