"""The forms of moves. Each checks what a form can; what may be done is the commands' to say."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.placements.moves.commands import MoveRefused
from amana.apps.placements.queries import FacilityView
from amana.web.determinations.base_form import (
    CaseForm,
    day_field,
    long_text,
    radio_field,
    short_text,
    ticks_field,
)
from amana.web.determinations.words import consulate_words, ground_words
from amana.web.law.form_fields import choice_field
from amana.web.moves.words import (
    apart_words,
    decided_by_words,
    family_words,
    kind_words,
    refusal_words,
    review_words,
    urgent_words,
)
from amana.web.people.cards import place_name


def yes_field(label: Any, hint: Any = "") -> Any:
    """One thing that is so where it is ticked."""
    return forms.BooleanField(label=label, help_text=hint, required=False)


class MoveForm(CaseForm):
    """A form about a move. `version` is the state of the case that was looked at, where it matters."""

    token = None  # type: ignore[assignment]  # Django drops a field named so; a plan can't be made twice

    def offer_places(self, field: str, places: Iterable[FacilityView], *, blank: bool = True) -> None:
        """Offer places by name and kind."""
        kinds = kind_words()
        told = {
            each.ref: _("%(place)s (%(kind)s)")
            % {"place": place_name(each), "kind": kinds.get(each.kind, each.kind)}
            for each in places
        }
        self.offer(field, told, blank=blank)

    def refuse(self, refused: MoveRefused) -> None:
        """Put a refusal beside the field it speaks of, or above all fields."""
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, refusal_words(refused))

    def looked_again(self, version: int) -> None:
        """Say that the case is another by now; the form takes the new state, so that it can be sent again."""
        fresh: Any = copy(self.data)
        fresh["version"] = str(version)
        self.data = fresh
        self.add_error(
            None, _("Somebody changed this case meanwhile. Look at it again, then send this again.")
        )


class PlanForm(MoveForm):
    """A move that is intended."""

    topics_of = (
        ("where", gettext_lazy("Where to, and when"), "", ("facility", "planned_for", "together")),
        (
            "why",
            gettext_lazy("Why"),
            gettext_lazy(
                "An age, the protocol or a relative's acts are no ground to part a child from the mother."
            ),
            ("grounds", "reason"),
        ),
        (
            "ready",
            gettext_lazy("What is ready"),
            gettext_lazy("Leave it empty where it is not so yet: it can be added to the plan later."),
            ("care_identified", "consulate", "apart_reason"),
        ),
    )

    facility = choice_field(gettext_lazy("Place"), needed=gettext_lazy("Choose the place."))
    planned_for = day_field(
        gettext_lazy("Planned for"), needed=gettext_lazy("Write the day on which it is planned.")
    )
    together = yes_field(
        gettext_lazy("Mother and children move together"),
        gettext_lazy("Everybody of the family who is at the same place goes along, in one step."),
    )
    grounds = ticks_field(gettext_lazy("Grounds"), needed=gettext_lazy("Tick every ground that is true."))
    reason = long_text(
        gettext_lazy("In words"),
        gettext_lazy("What makes this move needed for this person. Kept sealed."),
        needed=gettext_lazy("Say why, in words."),
    )
    care_identified = yes_field(
        gettext_lazy("Care is arranged"), gettext_lazy("It is known who will care for the child there.")
    )
    consulate = choice_field(gettext_lazy("Consulate of a foreign child"))
    apart_reason = choice_field(gettext_lazy("Why brothers or sisters stay elsewhere"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Iterable[FacilityView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places("facility", places)
        self.offer("grounds", ground_words())
        self.offer("consulate", consulate_words(), blank=True)
        self.offer("apart_reason", apart_words(), blank=True)


class CompleteForm(MoveForm):
    """What has become known of a plan since."""

    topics_of = (("known", "", "", ("planned_for", "care_identified", "consulate", "apart_reason")),)

    planned_for = PlanForm.base_fields["planned_for"]
    care_identified = PlanForm.base_fields["care_identified"]
    consulate = PlanForm.base_fields["consulate"]
    apart_reason = PlanForm.base_fields["apart_reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("consulate", consulate_words(), blank=True)
        self.offer("apart_reason", apart_words(), blank=True)


class CarryOutForm(MoveForm):
    """That a planned move takes place."""

    topics_of = (("done", "", "", ("moved_on",)),)
    past_days = ("moved_on",)

    moved_on = day_field(gettext_lazy("Moved on"), needed=gettext_lazy("Write the day of the move."))


class WithdrawForm(MoveForm):
    """Why a plan is withdrawn."""

    topics_of = (("why", "", "", ("reason",)),)

    reason = long_text(
        gettext_lazy("Reason"),
        gettext_lazy("Kept with the plan for good."),
        needed=gettext_lazy("Say why it is withdrawn."),
        rows=3,
    )


class HappenedForm(MoveForm):
    """A move that has happened, as it is reported."""

    topics_of = (
        ("where", gettext_lazy("Where, and since when"), "", ("facility", "moved_on")),
        (
            "told",
            gettext_lazy("What is reported with it"),
            gettext_lazy("What is reported makes nothing right. What the move breached shows on the case."),
            ("source", "grounds", "decided_by"),
        ),
    )
    past_days = ("moved_on",)

    facility = choice_field(gettext_lazy("Place"), needed=gettext_lazy("Choose the place."))
    moved_on = day_field(gettext_lazy("There since"), needed=gettext_lazy("Write the day of the move."))
    source = short_text(
        gettext_lazy("Who reports it"),
        gettext_lazy("An office, a site or a paper, not a private person's name."),
        needed=gettext_lazy("Say who reports it."),
        most=150,
    )
    grounds = ticks_field(gettext_lazy("Grounds, as reported"))
    decided_by = choice_field(gettext_lazy("Decided by, as reported"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Iterable[FacilityView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places("facility", places)
        self.offer("grounds", ground_words())
        self.offer("decided_by", decided_by_words(), blank=True)


class UrgentForm(MoveForm):
    """A move that could not wait."""

    topics_of = (
        ("what", gettext_lazy("What made it urgent"), "", ("ground", "reason")),
        ("where", gettext_lazy("Where to, and when"), "", ("facility", "moved_on", "with_family")),
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
