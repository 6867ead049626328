"""The forms of an urgent protective move: recorded, told, reviewed by a second person, ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.placements.queries import FacilityView
from amana.web.determinations.base_form import day_field, long_text, radio_field
from amana.web.law.form_fields import choice_field
from amana.web.moves.forms import MoveForm
from amana.web.moves.words import family_words, review_words, urgent_words


class UrgentForm(MoveForm):
    """A move that could not wait."""

    topics_of = (
        ("what", gettext_lazy("What made it urgent"), "", ("ground", "reason")),
        (
            "where",
            gettext_lazy("Where to, and when"),
            "",
            ("facility", "moved_on", "with_family", "alone_reason"),
        ),
        (
            "told",
            gettext_lazy("Who was told"),
            gettext_lazy("Both are told at once. Leave a day empty until it has been done."),
            ("monitor_told_on", "guardian_told_on"),
        ),
    )
    past_days = ("moved_on", "monitor_told_on", "guardian_told_on")

    ground = radio_field(
        gettext_lazy("What made it urgent"), needed=gettext_lazy("Choose what made it urgent.")
    )
    reason = long_text(
        gettext_lazy("In words"),
        gettext_lazy("What happened, and why it could not wait. Kept sealed."),
        needed=gettext_lazy("Say why, in words."),
    )
    facility = choice_field(gettext_lazy("Place"), needed=gettext_lazy("Choose the place."))
    moved_on = day_field(gettext_lazy("Moved on"), needed=gettext_lazy("Write the day of the move."))
    with_family = radio_field(
        gettext_lazy("Mother, brothers and sisters"),
        gettext_lazy("They go along wherever that is possible."),
        needed=gettext_lazy("Choose whether they went along."),
    )
    monitor_told_on = day_field(gettext_lazy("Independent monitor told on"))
    guardian_told_on = day_field(
        gettext_lazy("Guardian told on"),
        gettext_lazy("Without a guardian: the mother, or whoever cares for the child."),
    )
    alone_reason = long_text(
        gettext_lazy("If they could not: why"),
        gettext_lazy("What stood against it. Needed where the person moved alone; kept sealed."),
        rows=3,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Iterable[FacilityView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places("facility", places)
        self.offer("ground", urgent_words())
        self.offer("with_family", family_words())


class TellForm(MoveForm):
    """When monitor and guardian were told."""

    topics_of = (("told", "", "", ("monitor_told_on", "guardian_told_on")),)
    past_days = ("monitor_told_on", "guardian_told_on")

    monitor_told_on = UrgentForm.base_fields["monitor_told_on"]
    guardian_told_on = UrgentForm.base_fields["guardian_told_on"]

    def clean(self) -> dict[str, Any]:
        """At least one of the two days is told."""
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in self.past_days):
            self.add_error(None, _("Write the day on which one of them was told."))
        return cleaned


class ReviewForm(MoveForm):
    """The review of an urgent move by a second person."""

    topics_of = (("review", "", "", ("review", "reason")),)

    review = radio_field(gettext_lazy("Your review"), needed=gettext_lazy("Choose how you find it."))
    reason = long_text(
        gettext_lazy("Reason"),
        gettext_lazy("What you looked at. Kept with the move for good."),
        needed=gettext_lazy("Say why."),
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "id_review_%s"
        self.offer("review", review_words())


class EndForm(MoveForm):
    """That an urgent move is over."""

    topics_of = (("end", "", "", ("ended_on", "returned_to", "reason")),)
    past_days = ("ended_on",)

    ended_on = day_field(gettext_lazy("Over on"), needed=gettext_lazy("Write the day on which it was over."))
    returned_to = choice_field(
        gettext_lazy("Where the person is from that day"), gettext_lazy("Empty: where the urgent move led.")
    )
    reason = long_text(gettext_lazy("Reason"), needed=gettext_lazy("Say how it ended."), rows=3)

    def __init__(self, *args: Any, places: Iterable[FacilityView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "id_end_%s"
        self.offer_places("returned_to", places)
