"""Appeals against a determination: that one was lodged, and how it ended.

An appeal is never held against the child or the family. While it runs, what protects goes on holding; what
parts a child or harms is suspended.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amana.apps.accounts.viewers import Viewer
from amana.apps.determinations.codes import APPEAL_BODIES
from amana.apps.determinations.states import State, holds
from amana.casework import determine
from amana.casework.determine_records import own_capacity
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.determinations.closing_forms import AppealForm, AppealOutcomeForm, OwnAppealForm
from amana.web.determinations.filling import Asking, acting, fill, one, sent
from amana.web.determinations.show_views import one_of, title_of
from amana.web.determinations.words import meanwhile
from amana.web.requests import OfficeRequest

PANEL = "panel"


@access("determinations.appeal")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def appeal_add(request: OfficeRequest, ref: str, dref: str) -> HttpResponse:
    """That the child, a parent or another contests it; a guardian or counsel contests it herself."""
    each, today = one_of(request, ref, dref), today_of(request)
    capacity = own_capacity(request.viewer, ref)
    form = (OwnAppealForm if capacity else AppealForm)(sent(request), today=today)
    known = {"lodged_by": capacity, "lodged_on": today} if capacity else {}
    if not form.is_bound and (not each.in_force or each.kind == "assessment"):
        return redirect(one(ref, dref))
    asking = Asking(
        heading=_("Lodge an appeal") if capacity else _("Record an appeal"),
        about=meanwhile(holds(State.UNDER_APPEAL, each.decides, each.effect)),
        action=_("Lodge the appeal") if capacity else _("Record the appeal"),
        back=one(ref, dref),
        said="appealed",
        more={"dref": dref, "title": title_of(each)},
    )

    def record() -> str:
        said = {**form.cleaned_data, **known}
        names = ("lodged_by", "lodged_on", "ground", "token")
        determine.appeal(dref, **{name: said[name] for name in names}, **acting(request))
        return one(ref, dref)

    return fill(request, ref, form, asking, record)


@access("determinations.see")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def appeal_decide(request: OfficeRequest, ref: str, dref: str, appeal: int) -> HttpResponse:
    """How an appeal ended; one that this office's own panel decided is recorded by who may approve."""
    each = one_of(request, ref, dref)
    lodged = next((known for known in each.appeals if known.id == appeal), None)
    bodies = _bodies(request.viewer)
    if lodged is None or not bodies:
        raise Http404
    if not lodged.open:
        return redirect(one(ref, dref))
    form = AppealOutcomeForm(sent(request), today=today_of(request), bodies=bodies)
    asking = Asking(
        heading=_("Record how the appeal ended"),
        about=_("Whoever asked for it, sat on its panel or approved it can't decide its appeal."),
        action=_("Record how it ended"),
        back=one(ref, dref),
        said="appeal_decided",
        more={"dref": dref, "title": title_of(each)},
    )

    def record() -> str:
        said = form.cleaned_data
        names = ("outcome", "body", "decided_on", "reasons")
        determine.decide_appeal(dref, **{name: said[name] for name in names}, **acting(request))
        return one(ref, dref)

    return fill(request, ref, form, asking, record)


def _bodies(viewer: Viewer) -> tuple[str, ...]:
    """Whose decisions on an appeal this viewer may record."""
    needed = dict.fromkeys(APPEAL_BODIES, "write") | {PANEL: "approve"}
    return tuple(body for body, may in needed.items() if viewer.may(f"determinations.{may}"))
