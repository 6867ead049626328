"""The tabs of a case that are read: overview, family, placement and history."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amana.apps.accounts import queries as accounts
from amana.apps.audit import queries as audit
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.changed_queries import adopted_texts
from amana.apps.decisions.law_queries import may_weigh
from amana.apps.decisions.office_pack import office_pack
from amana.apps.placements import queries as placements
from amana.apps.registry.reach import ANSWERS
from amana.casework.decide import explain_person
from amana.core.need_to_know import Withheld
from amana.web.access import access
from amana.web.case.answer import answer
from amana.web.case.contrast import no_such_answer, other_answers, why_not
from amana.web.case.differences import differences
from amana.web.case.family import FamilyPage, family_page, link_lines
from amana.web.case.happened import happened
from amana.web.case.head import Opened, open_case
from amana.web.case.history import actors, decided_anew, entry_lines, seen_lines, stored_lines
from amana.web.case.known import closed, together
from amana.web.case.proof import proof_steps
from amana.web.case.references import at_person
from amana.web.case.standing import standing
from amana.web.case.steps import deciding_steps, moving_steps
from amana.web.case.superseding import grounds
from amana.web.case.timeline import stay_lines, timeline
from amana.web.clock import office_of, today_of
from amana.web.people.marks import marks
from amana.web.requests import OfficeRequest

SHOWN = 50


def _opened(request: OfficeRequest, ref: str, tab: str) -> Opened:
    return open_case(request.viewer, ref, today_of(request), office_pack(), tab)


def _family(request: OfficeRequest, case: Opened) -> FamilyPage | None:
    if isinstance(case.person.family, Withheld) or not case.person.family:
        return None
    viewer, on = request.viewer, today_of(request)
    return family_page(viewer, case.person.family, case.person.ref, on, office_pack())


@access("people.see")
@require_safe
@at_person
def person_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """The case at a glance: what the protocol says, what stands against it, the family, what happened."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    context: dict[str, Any]
    case = _opened(request, ref, "person-show")
    if not case.answers:
        stays = stay_lines(placements.stays(viewer, ref))
        context = {
            "head": case.head,
            "family": _family(request, case),
            "together": together(viewer, ref),
            "stays": stays,
            "closed": closed(case.held),
        }
        return render(request, "case/known.html", context)
    explained = explain_person(viewer, ref, on)
    stored, verdict = explained.stored, explained.explanation.verdict
    decided = decisions.history(viewer, ref)
    why = grounds(decided, adopted_texts(viewer))
    context = {
        "head": case.head,
        "answer": answer(explained.explanation, explained.facts, pack),
        "marks": marks(verdict, pack),
        "standing": standing(case.findings, pack, on),
        "stored_differs": stored is not None and stored.outcome != verdict.outcome,
        "stored_on": stored.on.isoformat() if stored else "",
        "family": _family(request, case),
        "timeline": timeline(
            case.person,
            placements.stays(viewer, ref),
            decided,
            why,
            happened(case.held, pack, on),
            pack=pack,
            here=office_of(request),
            on=on,
        ),
    }
    return render(request, "case/overview.html", context)


@access("people.see")
@require_safe
@at_person
def family_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """The family: drawing, list, and every parent link with its source and standing."""
    case = _opened(request, ref, "family-show")
    case.held.require("C4")
    family = _family(request, case)
    links = link_lines(request.viewer, family.links) if family else ()
    return render(request, "case/family.html", {"head": case.head, "family": family, "links": links})


@access("people.see")
@require_safe
@at_person
def placement_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """The proof: steps, facts, rules condition by condition, what would change it, why not another
    answer (`?why_not=` tells one whole), stays.
    """
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    case = _opened(request, ref, "placement-show")
    explained = explain_person(viewer, ref, on)
    explanation, facts = explained.explanation, explained.facts
    laid_out = answer(explanation, facts, pack)
    asked = request.GET.get("why_not", "").strip()
    told = why_not(asked, explanation, facts, pack) if asked else None
    context: dict[str, Any] = {
        "head": case.head,
        "answer": laid_out,
        "marks": marks(explanation.verdict, pack),
        "steps": tuple(proof_steps(explanation, pack, laid_out)),
        "others": tuple(other_answers(explanation, facts, pack)),
        "why_not": told,
        "refused": no_such_answer(asked) if asked and not told else "",
        "stays": stay_lines(placements.stays(viewer, ref)),
        "deciding": deciding_steps(case.held),
        "moving": moving_steps(case.held),
    }
    return render(request, "case/placement.html", context, status=422 if context["refused"] else 200)


@access("people.see")
@require_safe
@at_person
def history_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """Stored answers of the protocol, and what was changed, for those who may see the trail."""
    viewer = request.viewer
    case = _opened(request, ref, "history-show")
    case.held.require(*ANSWERS)
    may_audit = viewer.may("audit.see")
    entries = audit.changes(ref, viewer) if may_audit else ()
    seen = audit.looked(ref, viewer) if may_audit else ()
    names = accounts.names(actors((*entries, *seen)), viewer) if may_audit else {}
    decided = decisions.history(viewer, ref)
    why = grounds(decided, adopted_texts(viewer))
    context: dict[str, Any] = {
        "head": case.head,
        "here": office_of(request),
        "stored": stored_lines(decided, office_pack(), why),
        "may_weigh": may_weigh(viewer),
        "may_audit": may_audit,
        "entries": entry_lines(
            entries, names, decided_anew(decided, why), differences(entries, viewer, office_pack())
        ),
        "seen": seen_lines(seen[:SHOWN], names),
        "more_seen": len(seen) - SHOWN,
    }
    return render(request, "case/history.html", context)
