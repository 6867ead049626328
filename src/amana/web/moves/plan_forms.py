"""The forms of a plan: made for a child or for somebody grown up, completed, carried out, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from amana.apps.placements.moves.queries import Concerned
from amana.apps.placements.queries import FacilityView
from amana.web.determinations.base_form import Topic, day_field, long_text, radio_field, ticks_field
from amana.web.determinations.words import consulate_words, ground_words
from amana.web.law.form_fields import choice_field
from amana.web.moves.forms import MoveForm, yes_field
from amana.web.moves.words import apart_words, children_words

Topics = tuple[tuple[str, Any, Any, tuple[str, ...]], ...]

UNASKED = {"together": False, "care_identified": False, "consulate": "", "apart_reason": ""}
"""What a plan says of itself where the form did not ask."""


class PlanForm(MoveForm):
    """A move that is intended."""

    topics_of: ClassVar[Topics] = (
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
        for name, words in (("consulate", consulate_words()), ("apart_reason", apart_words())):
            if name in self.fields:
                self.offer(name, words, blank=True)

    def told(self) -> dict[str, Any]:
        """What the command is told, under the names of its parameters."""
        names = [name for *_rest, names in PlanForm.topics_of for name in names]
        told = {name: self.cleaned_data.get(name, UNASKED.get(name)) for name in names}
        return {**told, "seen_version": self.cleaned_data["version"]}


class GrownUpPlanForm(PlanForm):
    """A move of somebody grown up that is intended. Of a mother it is asked what becomes of her children."""

    topics_of: ClassVar[Topics] = (
        ("where", gettext_lazy("Where to, and when"), "", ("facility", "planned_for")),
        (
            "children",
            gettext_lazy("Her children here"),
            gettext_lazy(
                "An age, the protocol or a relative's acts are no ground to part a child from the mother."
            ),
            ("children", "care_identified"),
        ),
        ("why", gettext_lazy("Why"), "", ("grounds", "reason")),
    )

    together = None
    consulate = None
    apart_reason = None
    children = radio_field(
        gettext_lazy("What becomes of her children"),
        gettext_lazy("Everybody under age who is at the same place."),
        needed=gettext_lazy("Choose what becomes of the children."),
    )
    care_identified = yes_field(
        gettext_lazy("Care of children who stay is arranged"),
        gettext_lazy("It is known who will care for them here."),
    )

    def __init__(self, *args: Any, children: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = ground_words()
        del grounds["best_interests"]  # a child's
        self.offer("grounds", grounds)
        if children:
            self.offer("children", children_words())
        else:
            del self.fields["children"], self.fields["care_identified"]

    def topics(self) -> tuple[Topic, ...]:
        """The topics of which anything is asked."""
        return tuple(topic for topic in super().topics() if topic.fields)

    def told(self) -> dict[str, Any]:
        """As the command is told it: *together* is one of the answers."""
        return {**super().told(), "together": self.cleaned_data.get("children") == "together"}


class CompleteForm(MoveForm):
    """What has become known of a plan since; of somebody grown up nothing that only a child is asked."""

    topics_of = (("known", "", "", ("planned_for", "care_identified", "consulate", "apart_reason")),)

    planned_for = PlanForm.base_fields["planned_for"]
    care_identified = PlanForm.base_fields["care_identified"]
    consulate = PlanForm.base_fields["consulate"]
    apart_reason = PlanForm.base_fields["apart_reason"]

    def __init__(self, *args: Any, asked: Concerned, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asked.children and not asked.may_be_child:
            del self.fields["care_identified"]
        if asked.may_be_child:
            self.offer("consulate", consulate_words(), blank=True)
            self.offer("apart_reason", apart_words(), blank=True)
        else:
            del self.fields["consulate"], self.fields["apart_reason"]


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
