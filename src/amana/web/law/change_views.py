"""Putting a change of law forward: choose what changes, say it, see what would follow, then store it.

A proposal may hold several changes that belong together (an age that ends one rule and begins another);
those said so far wait in the session and hold no person's data.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amana.apps.decisions.office_pack import office_pack
from amana.apps.decisions.proposing import ProposalRefused, edit_of, plain_edit
from amana.casework import proposals
from amana.core.policy import Pack
from amana.core.policy.editing.edits import Edit, EditRefused
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.law.again import SO_FAR, drop, initial_of, waiting
from amana.web.law.change_base import ChangeForm
from amana.web.law.change_forms import RuleForm, change_form
from amana.web.law.edits import edit_told
from amana.web.law.faults import place_faults
from amana.web.law.impact import ImpactPage, impact_page
from amana.web.law.rule_language import rule_language
from amana.web.law.shown import shown
from amana.web.law.subjects import END, PARAMETER, Subject, events, rules, subject_named, thresholds
from amana.web.law.values import periods
from amana.web.requests import OfficeRequest

MOST_TOGETHER = 10


@access("law.propose")
@require_http_methods(["GET", "HEAD", "POST"])
def change_add(request: OfficeRequest) -> HttpResponse:
    """Choose what changes (`?what=` names it), say it, look at what would follow, put it forward."""
    pack, today = office_pack(), today_of(request)
    subject = subject_named(request.GET.get("what", ""), pack, today)
    if subject is None:
        return _choose(request, pack)
    if request.method != "POST":
        again = waiting(request)
        earlier = initial_of(again) if again and again.subject == subject.key else None
        return _show(request, subject, change_form(subject, pack, None, today, earlier))
    form = change_form(subject, pack, request.POST, today)
    if not form.is_valid():
        return _show(request, subject, form)
    edit = edit_told(subject, form.cleaned_data, pack, form.decision if isinstance(form, RuleForm) else "")
    return _act(request, subject, form, (*_so_far(request), edit))


def _act(request: OfficeRequest, subject: Subject, form: ChangeForm, edits: Sequence[Edit]) -> HttpResponse:
    """Store, keep for another change beside it, or show what would follow; faults go back to the form."""
    told: QueryDict = request.POST
    try:
        day = day_to_weigh(edits, today_of(request))
        impact = impact_page(proposals.preview(request.viewer, edits, day, at=now()), edits)
        if "more" in told and len(edits) < MOST_TOGETHER:
            request.session[SO_FAR] = [plain_edit(each) for each in edits]
            return redirect("law:change-add")
        if "store" in told:
            ref = proposals.propose(
                edits,
                title=form.cleaned_data["title"],
                reason=form.cleaned_data["why"],
                by=request.viewer,
                at=now(),
                replaces=again.ref if (again := waiting(request)) else "",
            )
            drop(request)
            return redirect("law:change-show", ref)
    except EditRefused as refused:
        place_faults(form, refused.faults)
    except ProposalRefused as refused:
        form.add_error(None, str(refused))
    else:
        return _show(request, subject, form, impact=impact, edit=edits[-1])
    return _show(request, subject, form)


def _show(
    request: OfficeRequest,
    subject: Subject,
    form: ChangeForm,
    *,
    impact: ImpactPage | None = None,
    edit: Edit | None = None,
) -> HttpResponse:
    """The form, and above it what would follow once that was asked for."""
    pack, today = form.pack, today_of(request)
    rule = pack.rules.get(subject.target)
    parameter = pack.parameters.get(subject.target) if subject.kind == PARAMETER else None
    context: dict[str, Any] = {
        "subject": subject,
        "heading": _heading(subject),
        "form": form,
        "impact": impact,
        "shown": shown(edit, pack) if edit else None,
        "periods": periods(parameter, pack, today) if parameter and parameter.changes else (),
        "written": rule.when if rule else "",
        "ends": subject.kind == END,
        "asks_condition": isinstance(form, RuleForm),
        "language": rule_language(pack, today),
        "so_far": [shown(each, pack).says for each in _so_far(request)],
        "again": waiting(request),
        "more_possible": len(_so_far(request)) + 1 < MOST_TOGETHER,
    }
    return render(request, "law/change_form.html", context, status=422 if form.errors else 200)


def _choose(request: OfficeRequest, pack: Pack) -> HttpResponse:
    """What can be changed; a form sent here drops the changes said so far."""
    if request.method == "POST":
        drop(request)
        return redirect("law:change-add")
    groups: list[dict[str, Any]] = [
        {
            "title": _("A threshold or a list"),
            "about": _("a number or a list that rules name"),
            "subjects": thresholds(pack, today_of(request)),
        },
        {
            "title": _("A rule"),
            "about": _("replace one, end one, or add one"),
            "subjects": rules(pack),
            "adds": bool(pack.decisions),
        },
        {
            "title": _("A day on which law changes"),
            "about": _("what is known of it now"),
            "subjects": events(pack),
        },
    ]
    shown_groups = [group for group in groups if group["subjects"] or group.get("adds")]
    context = {
        "groups": shown_groups,
        "again": waiting(request),
        "so_far": [shown(each, pack).says for each in _so_far(request)],
    }
    return render(request, "law/change_choose.html", context)


def _heading(subject: Subject) -> str:
    """The question of the page."""
    told = {"what": subject.title}
    return {
        PARAMETER: _("Change a threshold: %(what)s") % told,
        "rule": _("Replace a rule: %(what)s") % told,
        END: _("End a rule: %(what)s") % told,
        "event": _("Correct a day: %(what)s") % told,
    }.get(subject.kind, _("Add a rule"))


def day_to_weigh(edits: Sequence[Edit], today: date) -> date:
    """The office's day, or the first day of the new text where that is still to come."""
    return max([today, *(edit.from_ for edit in edits if edit.from_)])


def _so_far(request: OfficeRequest) -> tuple[Edit, ...]:
    """The changes said so far."""
    return tuple(edit_of(each) for each in request.session.get(SO_FAR, ()))
