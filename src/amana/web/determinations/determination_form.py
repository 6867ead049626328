"""The form of a best-interests determination: what is decided, by whom, against which options, on what
grounds, and how it can be contested.

What a determination must say stands in `apps.determinations.contents` alone: the form asks it for every
fault and puts each beside its field. Nothing asked for here moves anybody, and a second person approves it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from amana.apps.determinations import codes
from amana.apps.determinations.asking import faults_of
from amana.apps.determinations.contents import Asked
from amana.core.policy import Pack
from amana.web.determinations.base_form import (
    day_field,
    lines,
    long_text,
    radio_field,
    ticks_field,
)
from amana.web.determinations.faults import place_faults
from amana.web.determinations.option_fields import OptionsForm, options_told
from amana.web.determinations.panel_fields import PanelForm, panel_told
from amana.web.determinations.parts import VIEWS, ViewsForm, citation_choices, view_told
from amana.web.determinations.words import (
    consulate_words,
    decides_words,
    ground_words,
    place_words,
    said,
    yes_no,
)
from amana.web.law.form_fields import choice_field


class DeterminationForm(OptionsForm, PanelForm, ViewsForm):
    """A best-interests determination, as asked for."""

    topics_of = (
        ("what", gettext_lazy("What is decided"), "", ("decides", "place_kind", "decided_on")),
        PanelForm.topic,
        (
            "heard",
            gettext_lazy("Who was heard"),
            gettext_lazy("Each of the three: what was said, or the reason why there is nothing on record."),
            VIEWS,
        ),
        OptionsForm.topic,
        (
            "rests",
            gettext_lazy("On what it rests"),
            "",
            ("evidence", "grounds", "reasons", "citations"),
        ),
        (
            "leaving",
            gettext_lazy("If the child leaves the mother or the place"),
            gettext_lazy("Needed before anybody is moved. Leave empty where the child stays."),
            ("care_identified", "consulate", "exception_until"),
        ),
        (
            "after",
            gettext_lazy("How it can be contested, and when to look again"),
            "",
            ("appeal_route", "appeal_until", "review_on"),
        ),
    )

    decides = radio_field(gettext_lazy("The decision"), needed=gettext_lazy("Choose what is decided."))
    place_kind = choice_field(
        gettext_lazy("Kind of place where the child is cared for"),
        gettext_lazy("Only where the child leaves the mother, or has no parent here who is able to care."),
    )
    decided_on = day_field(gettext_lazy("Decided on"), needed=gettext_lazy("Write the day of the decision."))
    evidence = long_text(
        gettext_lazy("The evidence"),
        gettext_lazy("One on each line: which paper or statement, by whom, of which day."),
        needed=gettext_lazy("Write on which evidence it rests."),
    )
    grounds = ticks_field(
        gettext_lazy("The grounds"),
        gettext_lazy(
            "Tick every ground that carried it, also one that should not have. "
            "What rests on a family tie or on age alone shows as a breach."
        ),
        needed=gettext_lazy("Tick the grounds on which it rests."),
    )
    reasons = long_text(
        gettext_lazy("The reasons"),
        gettext_lazy("Why this is best for this child. Those concerned read it."),
        needed=gettext_lazy("Write the reasons."),
        rows=6,
    )
    citations = ticks_field(
        gettext_lazy("The texts it rests on"), needed=gettext_lazy("Tick at least one text it rests on.")
    )
    care_identified = radio_field(gettext_lazy("Is the care ready: a named person or home that agreed?"))
    consulate = choice_field(
        gettext_lazy("The consulate, for a foreign child"),
        gettext_lazy("Nothing is sent from here. Where the state is feared it is never asked."),
    )
    exception_until = day_field(
        gettext_lazy("For a child under three in a home: until when at most"),
        gettext_lazy("Only in an emergency or to keep siblings together. Year, month, day."),
    )
    appeal_route = long_text(
        gettext_lazy("Where it can be contested"),
        gettext_lazy("Which court or body, how, and who helps with it."),
        needed=gettext_lazy("Write where it can be contested."),
        rows=2,
    )
    appeal_until = day_field(
        gettext_lazy("Until when"),
        gettext_lazy("The last day. Not needed where the child stays with the mother."),
    )
    review_on = day_field(
        gettext_lazy("Look again on"), needed=gettext_lazy("Write the day on which to look again.")
    )
    stance = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)
    decision_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    supersedes = forms.CharField(required=False, widget=forms.HiddenInput, max_length=12)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pack: Pack, born: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pack, self.born = pack, born
        places = place_words()
        self.offer("decides", decides_words())
        self.offer("place_kind", {code: said(places, code) for code in codes.PLACE_KINDS}, blank=True)
        self.offer("grounds", ground_words())
        self.offer("care_identified", yes_no())
        self.offer("consulate", consulate_words(), blank=True)
        cast(forms.MultipleChoiceField, self.fields["citations"]).choices = citation_choices(pack)

    def clean(self) -> dict[str, Any]:
        """Every fault that the records know of, beside its field."""
        cleaned = super().clean()
        place_faults(self, faults_of(self.asked(cleaned), self.pack, self.today, self.born))
        return cleaned

    def asked(self, cleaned: dict[str, Any]) -> Asked:
        """What was asked for, as the commands take it; what could not be read is left out."""
        told = Asked(
            decides=cleaned.get("decides", ""),
            place_kind=cleaned.get("place_kind", ""),
            panel=panel_told(cleaned),
            options=options_told(cleaned),
            child_view=view_told(cleaned, "child"),
            mother_view=view_told(cleaned, "mother"),
            father_view=view_told(cleaned, "father"),
            evidence=lines(cleaned.get("evidence", "")),
            grounds=tuple(cleaned.get("grounds", ())),
            reasons=cleaned.get("reasons", ""),
            citations=tuple(cleaned.get("citations", ())),
            appeal_route=cleaned.get("appeal_route", ""),
            care_identified=cleaned.get("care_identified") == "yes",
            consulate=cleaned.get("consulate", ""),
            exception_until=cleaned.get("exception_until"),
            supersedes=cleaned.get("supersedes", ""),
        )
        days: dict[str, date] = {
            name: cleaned[name] for name in ("decided_on", "review_on", "appeal_until") if cleaned.get(name)
        }
        return cast(Asked, {**told, **days})
