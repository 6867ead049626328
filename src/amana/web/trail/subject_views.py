"""One person's part of the trail, for whoever may erase in it: who saw her, what kinds of things were
written, never what they said; and asking for an erasure, which a second person confirms.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit import queries as audit
from amana.apps.retention import codes
from amana.casework.erase import GROUNDS, MAY, ErasureRefused, ask_erasure, erasable
from amana.core.errors import BadReference
from amana.core.reference import check_reference
from amana.web.access import access
from amana.web.case.history import actors, entry_lines, seen_lines
from amana.web.case.references import at_person
from amana.web.clock import now, today_of
from amana.web.determinations.base_form import long_text, ticks_field
from amana.web.people.search import mistyped
from amana.web.requests import OfficeRequest
from amana.web.retention.words import counted_words, erasure_refusal, part_words
from amana.web.trail.words import grounds

SHOWN = 50


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
    """What is to be erased, why, and that it is meant."""

    parts = ticks_field(
        gettext_lazy("What is to be erased"), needed=gettext_lazy("Choose what is to be erased.")
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the ground.")},
    )
    words = long_text(
        gettext_lazy("Why"),
        gettext_lazy("In a sentence, for whoever confirms it. Kept sealed."),
        needed=gettext_lazy("Say why, in words."),
        rows=3,
    )
    meant = forms.BooleanField(
        label=gettext_lazy("It can't be taken back, and it is to be erased."),
        error_messages={"required": gettext_lazy("Say that it is to be erased.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words, parts = grounds(), part_words()
        self.fields["ground"].choices = [(each, words[each]) for each in GROUNDS]  # type: ignore[attr-defined]
        self.fields["parts"].choices = [(each, parts[each]) for each in codes.PARTS]  # type: ignore[attr-defined]
        self.initial.setdefault("parts", [codes.WORDS])


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
    """Ask to erase what is kept in words about a person; a second person confirms."""
    told = _told(request, ref)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("ground", "words", "parts")}
        try:
            erasure = ask_erasure(ref, **said, by=request.viewer, at=now(), on=today_of(request))
            return redirect("retention:erasure-show", erasure)
        except ErasureRefused as refused:
            form.add_error("words" if refused.code == "reason" else None, erasure_refusal(refused))
    return render(request, "trail/subject.html", {**told, "form": form}, status=422 if form.is_bound else 200)


def _told(request: OfficeRequest, ref: str) -> dict[str, Any]:
    """What the trail holds of a person. Raises `NotForYou` where it holds nothing."""
    viewer = request.viewer
    entries, seen = audit.changes(ref, viewer), audit.looked(ref, viewer)
    if not entries:
        viewer.trail.clear()
        raise NotForYou(viewer.role, MAY)
    names = accounts.names(actors((*entries, *seen)), viewer)
    found, told = erasable(ref, by=viewer, on=today_of(request)), counted_words()
    shown_above = (codes.WORDS, codes.ORIGINALS)
    return {
        "ref": ref,
        "entries": entry_lines(entries, names, {}),
        "seen": seen_lines(seen[:SHOWN], names),
        "more_seen": len(seen) - SHOWN,
        "erasable": found,
        "would_go": [
            (told[part], count) for part, count in found.counts.items() if count and part not in shown_above
        ],
    }
