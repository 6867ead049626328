"""One person's part of the trail, for whoever may erase in it: who saw her, what kinds of things were
written, never what they said; and the erasure with its ground.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit import queries as audit
from amana.casework.erase import GROUNDS, MAY, ErasureRefused, erasable, erase
from amana.core.errors import BadReference
from amana.core.reference import check_reference
from amana.web.access import access
from amana.web.case.history import actors, entry_lines, seen_lines
from amana.web.case.references import at_person
from amana.web.clock import now
from amana.web.people.search import mistyped
from amana.web.requests import OfficeRequest
from amana.web.trail.words import grounds

SHOWN = 50
ERASED = "trail.erased"
"""Said once, on the page after an erasure: how much went."""


class FindForm(forms.Form):
    """The reference that somebody asks about."""

    ref = forms.CharField(
        label=gettext_lazy("Reference"),
        help_text=gettext_lazy("Such as P-7K3QXM. Asking is written into the trail, too."),
        max_length=40,
        error_messages={"required": gettext_lazy("Write the reference of a person.")},
        widget=forms.TextInput(attrs={"class": "fi", "dir": "ltr", "autocomplete": "off"}),
    )

    def clean_ref(self) -> str:
        """The reference in its one form."""
        typed = self.cleaned_data["ref"]
        try:
            return check_reference(typed)
        except BadReference as error:
            raise forms.ValidationError(mistyped(typed)) from error


class EraseForm(forms.Form):
    """Why it is erased, and that it is meant."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the ground.")},
    )
    meant = forms.BooleanField(
        label=gettext_lazy("It can't be taken back, and it is to be erased."),
        error_messages={"required": gettext_lazy("Say that it is to be erased.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = grounds()
        self.fields["ground"].choices = [(each, words[each]) for each in GROUNDS]  # type: ignore[attr-defined]


@access(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def subject_find(request: OfficeRequest) -> HttpResponse:
    """Ask for one person by reference."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect("trail:subject-show", form.cleaned_data["ref"])
    return render(request, "trail/find.html", {"form": form}, status=422 if form.is_bound else 200)


@access(MAY)
@require_safe
@at_person
def subject_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """Who saw a person and what was written of her, without a word of it."""
    return render(request, "trail/subject.html", {**_told(request, ref), "form": EraseForm()})


@access(MAY, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def erasure_make(request: OfficeRequest, ref: str) -> HttpResponse:
    """Erase what the trail holds in words about a person."""
    told = _told(request, ref)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            count = erase(ref, ground=form.cleaned_data["ground"], by=request.viewer, at=now())
            request.session[ERASED] = _("Erased: %(count)s. The entries stand and still verify.") % {
                "count": count
            }
            return redirect("trail:subject-show", ref)
        except ErasureRefused as refused:
            form.add_error(None, _why(refused))
    return render(request, "trail/subject.html", {**told, "form": form}, status=422 if form.is_bound else 200)


def _told(request: OfficeRequest, ref: str) -> dict[str, Any]:
    """What the trail holds of a person. Raises `NotForYou` where it holds nothing."""
    viewer = request.viewer
    entries, seen = audit.changes(ref, viewer), audit.looked(ref, viewer)
    if not entries:
        viewer.trail.clear()
        raise NotForYou(viewer.role, MAY)
    names = accounts.names(actors((*entries, *seen)), viewer)
    return {
        "ref": ref,
        "entries": entry_lines(entries, names, {}),
        "seen": seen_lines(seen[:SHOWN], names),
        "more_seen": len(seen) - SHOWN,
        "erasable": erasable(ref, by=viewer),
        "recorded": request.session.pop(ERASED, ""),
    }


def _why(refused: ErasureRefused) -> str:
    return {
        "ground": _("Choose the ground."),
        "nothing": _("The trail holds no words about this person any more."),
        "needed": _(
            "A legal hold, a breach, an overdue duty or an appeal stands here, for which the trail is "
            "evidence. Erase when it has ended."
        ),
    }[refused.code]
