"""What the forms of moves share, and the form of a move that has happened. Each checks what a form can; what
may be done is the commands' to say. Plans stand in `plan_forms`, urgent moves in `urgent_forms`.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.placements.moves.commands import MoveRefused
from amana.apps.placements.queries import FacilityView
from amana.web.determinations.base_form import CaseForm, day_field, short_text, ticks_field
from amana.web.determinations.words import ground_words
from amana.web.law.form_fields import choice_field
from amana.web.moves.words import decided_by_words, refusal_words
from amana.web.people.cards import place_name
from amana.wording.places import kind_words


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
