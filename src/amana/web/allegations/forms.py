"""The forms of allegations: as it is told, an examiner to be asked, what was found at the close."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.casework.allegations import LONGEST, AllegationRefused, Telling
from amana.core.errors import BadReference
from amana.core.reference import check_reference
from amana.web.allegations import words
from amana.web.determinations.base_form import CaseForm, radio_field
from amana.web.law.form_fields import choice_field, text_field
from amana.web.people.search import mistyped


class TellForm(CaseForm):
    """What is told. Whoever fills it in reads it no more."""

    topics_of = (
        (
            "whom",
            gettext_lazy("Of whom, and who tells"),
            gettext_lazy("Where nobody of the place can hear or look at the screen."),
            ("person", "told_by", "agreed"),
        ),
        (
            "what",
            gettext_lazy("What is told"),
            gettext_lazy("As it was told, in any language, without judging it. All of it is sealed."),
            ("kind", "words", "when", "place", "against"),
        ),
    )

    person = text_field(
        gettext_lazy("Reference of the person"),
        gettext_lazy("Such as P-7K3QXM. Of a case that is yours."),
        needed=gettext_lazy("Write the reference of the person."),
        most=40,
        dir="ltr",
    )
    told_by = radio_field(gettext_lazy("Who tells"), needed=gettext_lazy("Choose who tells."))
    agreed = radio_field(
        gettext_lazy("Does the person agree that it is passed on?"),
        gettext_lazy("Say that the monitor reads it, and nobody of the place or of this office."),
        needed=gettext_lazy("Choose an answer."),
    )
    kind = radio_field(gettext_lazy("What is alleged"), needed=gettext_lazy("Choose what is alleged."))
    words = text_field(
        gettext_lazy("In words"),
        gettext_lazy("What happened, what can be seen of it, what the person fears now."),
        needed=gettext_lazy("Write what is told."),
        rows=7,
        most=LONGEST["words"],
        dir="auto",
    )
    when = text_field(
        gettext_lazy("When"),
        gettext_lazy("A day, a time or a period, as it was told."),
        most=LONGEST["when"],
        dir="auto",
    )
    place = choice_field(gettext_lazy("Where"), gettext_lazy("Empty where it is another place or not known."))
    against = text_field(
        gettext_lazy("Names that were named"),
        gettext_lazy("Of whoever did it, and of whoever saw it."),
        rows=3,
        most=LONGEST["against"],
        dir="auto",
    )

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("told_by", words.teller_words())
        self.offer("agreed", words.agreed_words())
        self.offer("kind", words.kind_words())
        self.offer("place", places, blank=True)

    def clean_person(self) -> str:
        """The reference in its one form."""
        typed = str(self.cleaned_data["person"])
        try:
            return check_reference(typed)
        except BadReference as error:
            raise forms.ValidationError(mistyped(typed)) from error

    @property
    def telling(self) -> Telling:
        """What was told, as the command takes it."""
        names = ("kind", "told_by", "agreed", "words", "when", "against", "place")
        return Telling(**{name: self.cleaned_data[name] for name in names})

    def refuse(self, refused: AllegationRefused) -> None:
        """Put a refusal beside the field it speaks of, or above all fields."""
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, words.refusal_words(refused))

    def not_yours(self) -> None:
        """Said of a reference that is unknown or another's: the same for both."""
        self.add_error("person", _("None of your cases has this reference. Look at the original again."))


class AskForm(forms.Form):
    """Which examiner is asked."""

    examiner = choice_field(
        gettext_lazy("Examiner"),
        gettext_lazy("Health workers outside every place, who hold a confirmed key."),
        needed=gettext_lazy("Choose who is asked."),
    )

    def __init__(self, *args: Any, offered: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["examiner"]
        chosen.choices = [("", _("choose")), *offered.items()]


class CloseForm(forms.Form):
    """What was found."""

    closing = text_field(
        gettext_lazy("What was found, and what was done"),
        gettext_lazy("Sealed like the allegation, to monitors alone."),
        needed=gettext_lazy("Write what was found."),
        rows=4,
        most=LONGEST["closing"],
        dir="auto",
    )
