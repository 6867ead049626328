"""The forms that record what others decided: a court, or another body whose decision is taken down as
reported.

A reported decision may lack reasons, views or grounds: what is missing is shown as missing, never filled in.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.determinations import codes
from amana.apps.determinations.contents import PanelMember
from amana.web.determinations.base_form import (
    CaseForm,
    day_field,
    lines,
    long_text,
    radio_field,
    short_text,
    ticks_field,
)
from amana.web.determinations.parts import HEARD, view_told
from amana.web.determinations.words import (
    consulate_words,
    decides_words,
    effect_words,
    ground_words,
    judicial_words,
    label_words,
    not_heard_words,
    place_words,
    said,
    yes_no,
)
from amana.web.law.form_fields import choice_field


class JudicialForm(CaseForm):
    """A decision of a court on this person."""

    topics_of = (
        ("which", gettext_lazy("Which decision it is"), "", ("kind", "court", "number", "decided_on")),
        ("says", gettext_lazy("What it says"), "", ("summary", "source", "review_available")),
    )
    past_days = ("decided_on",)

    kind = choice_field(gettext_lazy("Kind"), needed=gettext_lazy("Choose the kind of decision."))
    court = short_text(gettext_lazy("Court"), needed=gettext_lazy("Write which court decided."))
    number = short_text(
        gettext_lazy("Number of the decision"), gettext_lazy("As it stands on the paper."), most=60
    )
    decided_on = day_field(gettext_lazy("Decided on"), needed=gettext_lazy("Write the day of the decision."))
    summary = long_text(
        gettext_lazy("What it says"),
        gettext_lazy("In plain words; never an accusation that no judge has made."),
        needed=gettext_lazy("Write what the decision says."),
    )
    source = short_text(
        gettext_lazy("Where it was read"),
        gettext_lazy("The paper, or who told it, and when."),
        needed=gettext_lazy("Write where it was read, or who told it."),
    )
    corrects = forms.CharField(required=False, widget=forms.HiddenInput, max_length=12)
    review_available = radio_field(
        gettext_lazy("Can it be contested or reviewed?"),
        needed=gettext_lazy("Say whether it can be contested or reviewed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = judicial_words()
        self.offer("kind", {code: said(words, code) for code in codes.JUDICIAL_KINDS}, blank=True)
        self.offer("review_available", yes_no())


class ReportedForm(CaseForm):
    """A decision on this person by another body, as it was reported to the office."""

    topics_of = (
        ("who", gettext_lazy("Who decided, and how it is known"), "", ("body", "source", "decided_on")),
        ("what", gettext_lazy("What was decided"), "", ("decides", "effect", "place_kind")),
        (
            "why",
            gettext_lazy("What was given for it"),
            gettext_lazy("Leave empty what was not given: that it is missing is what will be shown."),
            ("authors", "grounds", "reasons", "citations", "child_heard", "child_text", "label_used"),
        ),
        (
            "leaving",
            gettext_lazy("If the child left, and how it can be contested"),
            "",
            ("care_identified", "consulate", "appeal_route"),
        ),
    )
    past_days = ("decided_on",)

    body = short_text(gettext_lazy("Who decided"), needed=gettext_lazy("Write which body decided."))
    source = short_text(
        gettext_lazy("How it is known"),
        gettext_lazy("The paper, or who told it, and when."),
        needed=gettext_lazy("Write how it is known."),
        most=300,
    )
    decided_on = day_field(
        gettext_lazy("Decided on"), gettext_lazy("Year, month, day; leave empty where it is not known.")
    )
    decides = radio_field(gettext_lazy("The decision"), needed=gettext_lazy("Choose what was decided."))
    effect = radio_field(
        gettext_lazy("What it does to the child"), needed=gettext_lazy("Choose what it does to the child.")
    )
    place_kind = choice_field(gettext_lazy("Kind of place"))
    authors = long_text(
        gettext_lazy("Who signed it"),
        gettext_lazy("One name a line; empty where none is named."),
        rows=2,
    )
    grounds = ticks_field(gettext_lazy("The grounds given"))
    reasons = long_text(gettext_lazy("The reasons given"))
    citations = long_text(
        gettext_lazy("The texts named"), gettext_lazy("One on each line, as that body wrote it."), rows=2
    )
    child_heard = choice_field(gettext_lazy("Was the child heard?"))
    child_text = long_text(gettext_lazy("What the child said or showed"), rows=2)
    label_used = choice_field(
        gettext_lazy("What it called the person"),
        gettext_lazy("Quoted only, so that it shows as a breach; nobody here is ever called so."),
    )
    care_identified = choice_field(gettext_lazy("Was the care ready?"))
    consulate = choice_field(gettext_lazy("The consulate, for a foreign child"))
    appeal_route = long_text(gettext_lazy("Where it can be contested"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places, reasons, unsaid = place_words(), not_heard_words(), {"": _("not reported")}
        not_heard = {code: reasons[code] for code in codes.CHILD_NOT_HEARD}
        self.offer("decides", decides_words())
        self.offer("effect", effect_words())
        self.offer("place_kind", {**unsaid, **{code: places[code] for code in codes.REPORTED_PLACE_KINDS}})
        self.offer("grounds", ground_words())
        self.offer("child_heard", {**unsaid, HEARD: _("was heard"), **not_heard})
        self.offer("label_used", {"": _("nothing of the kind"), **label_words()})
        self.offer("care_identified", {**unsaid, **yes_no()})
        self.offer("consulate", {**unsaid, **consulate_words()})

    def clean(self) -> dict[str, Any]:
        """A child that was heard said or showed something."""
        cleaned = super().clean()
        if cleaned.get("child_heard") == HEARD:
            self.need(cleaned, "child_text", _("Write what was said or shown."))
        return cleaned

    def told(self) -> dict[str, Any]:
        """What was reported, as the command takes it."""
        told = self.cleaned_data
        same = ("body", "source", "decided_on", "decides", "effect", "place_kind", "reasons", "label_used")
        also = ("consulate", "appeal_route", "token")
        return {
            **{name: told[name] for name in (*same, *also)},
            "panel": tuple(PanelMember("other", name) for name in lines(told["authors"])),
            "grounds": tuple(told["grounds"]),
            "citations": lines(told["citations"]),
            "child_view": view_told(told, "child") if told["child_heard"] else None,
            "care_identified": {"yes": True, "no": False}.get(told["care_identified"]),
        }
