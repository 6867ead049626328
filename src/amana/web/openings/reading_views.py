"""Alarms about accounts that read more people than their work comes to, for those who watch: in counts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.viewers import NotForYou
from amana.apps.guards import reading
from amana.apps.guards.commands import OpeningRefused
from amana.apps.guards.openings import REVIEW
from amana.apps.guards.reading import STOP, AlarmView
from amana.web.access import access
from amana.web.clock import now
from amana.web.openings.forms import reason_field
from amana.web.openings.words import minute, official_words, refusal_words
from amana.web.people.marks import Mark
from amana.web.requests import OfficeRequest


@dataclass(frozen=True)
class AlarmLine:
    """One alarm as the page shows it."""

    id: UUID
    who: str
    what: str
    at: str
    mark: Mark
    owed: bool
    seen_by: str
    reason: str


class SeeToForm(forms.Form):
    """What came of it."""

    reason = reason_field(
        gettext_lazy("What came of it"),
        gettext_lazy("Of the official and her work. Nobody in the office’s care is named here."),
    )


@access(REVIEW)
@require_safe
def alarm_list(request: OfficeRequest) -> HttpResponse:
    """Alarms, those nobody has seen to first."""
    return render(request, "openings/alarms.html", {"rows": _lines(request, reading.alarms(request.viewer))})


@access(REVIEW, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def alarm_see_to(request: OfficeRequest, alarm: UUID) -> HttpResponse:
    """Say what came of an alarm."""
    viewer = request.viewer
    found = reading.alarm(viewer, alarm)
    if found is None:
        raise NotForYou(viewer.role, REVIEW)
    form = SeeToForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            reading.see_to(alarm, reason=form.cleaned_data["reason"], by=viewer, at=now())
            return redirect("openings:alarm-list")
        except OpeningRefused as refused:
            form.add_error(refused.field or None, refusal_words(refused))
    (line,) = _lines(request, (found,))
    context = {"form": form, "row": line}
    return render(request, "openings/alarm_form.html", context, status=422 if form.errors else 200)


def _lines(request: OfficeRequest, found: tuple[AlarmView, ...]) -> list[AlarmLine]:
    people = {each.actor for each in found} | {each.seen_by for each in found if each.seen_by}
    names = accounts.names(people, request.viewer)
    return [
        AlarmLine(
            id=each.id,
            who=official_words(names.get(each.actor, str(each.actor)[:8]), each.role),
            what=_what(each),
            at=minute(each.at),
            mark=_mark(each),
            owed=each.seen_at is None,
            seen_by=names.get(each.seen_by, "") if each.seen_by else "",
            reason=each.reason,
        )
        for each in found
    ]


def _what(each: AlarmView) -> str:
    told = {"n": f"{each.people:,}", "bound": f"{each.bound:,}"}
    if "T" in each.window:
        return (
            ngettext(
                "%(n)s person read within an hour; the bound is %(bound)s.",
                "%(n)s people read within an hour; the bound is %(bound)s.",
                each.people,
            )
            % told
        )
    return (
        ngettext(
            "%(n)s person read within a day; the bound is %(bound)s.",
            "%(n)s people read within a day; the bound is %(bound)s.",
            each.people,
        )
        % told
    )


def _mark(each: AlarmView) -> Mark:
    if each.seen_at is not None:
        return Mark("ok", _("seen to"), "check")
    if each.step == STOP:
        return Mark("breach", _("had to prove anew who sits there"), "warn")
    return Mark("due", _("to be seen to"), "clock")
