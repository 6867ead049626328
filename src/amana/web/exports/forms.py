"""The forms of the export gate. Each checks what a form can; what may leave the commands say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.exports import codes
from amana.casework.exporting import ExportRefused, Wish
from amana.core.errors import BadReference
from amana.core.reference import check_reference
from amana.web.determinations.base_form import CaseForm, long_text, radio_field, short_text, ticks_field
from amana.web.exports import words
from amana.web.law.form_fields import choice_field, latin_digits
from amana.web.people.search import mistyped
from amana.wording.exports import column_words, purpose_words, recipient_words

WHY = ("recipient_kind", "recipient", "purpose", "reason", "declared")


class NumberField(forms.IntegerField):
    """A number typed back, in the digits of any keyboard."""

    def to_python(self, value: Any) -> int | None:
        """The number; None where nothing was typed."""
        return super().to_python(latin_digits(value) if isinstance(value, str) else value)


def number_field(label: Any) -> NumberField:
    """The number of people in a file, typed back."""
    return NumberField(
        label=label,
        required=False,
        min_value=0,
        error_messages={"invalid": gettext_lazy("Write the number of people.")},
        widget=forms.TextInput(
            attrs={"class": "fi", "dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}
        ),
    )


def _reference(typed: str, prefix: str) -> str:
    """A reference of the right kind in its one form; empty where nothing was typed."""
    if not typed.strip():
        return ""
    try:
        known = check_reference(typed)
    except BadReference as error:
        raise forms.ValidationError(mistyped(typed)) from error
    if not known.startswith(prefix):
        raise forms.ValidationError(_("This reference is of something else. Look at the original again."))
    return known


class AskForm(CaseForm):
    """For whom and why a file is to leave; what both kinds of file share."""

    recipient_kind = choice_field(gettext_lazy("Who gets it"), needed=gettext_lazy("Choose who gets it."))
    recipient = short_text(
        gettext_lazy("Name of the recipient"),
        gettext_lazy("The body and the office within it. It stands on every copy."),
        needed=gettext_lazy("Write who gets it."),
    )
    purpose = choice_field(gettext_lazy("Purpose"), needed=gettext_lazy("Choose the purpose."))
    reason = long_text(
        gettext_lazy("Why it is needed"),
        gettext_lazy("In a sentence, and without anybody’s name: it stays in the register."),
        needed=gettext_lazy("Say why it is needed."),
        rows=3,
    )
    form = radio_field(gettext_lazy("Form"), needed=gettext_lazy("Choose the form."))
    declared = forms.BooleanField(
        label=gettext_lazy(
            "The recipient speaks for no other state and for no security service, and I have not been told "
            "to hide who gets it."
        ),
        error_messages={"required": gettext_lazy("Without this no list leaves. Ask whoever approves.")},
    )
    people = number_field(gettext_lazy("How many people the file holds"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("recipient_kind", recipient_words(), blank=True)
        self.offer("purpose", purpose_words(), blank=True)
        self.offer("form", words.form_words())

    def wish(self, language: str) -> Wish:
        """What is asked for, of a form that is valid."""
        told = self.cleaned_data
        return Wish(
            columns=self.columns(),
            filters=self.filters(),
            form=told["form"],
            recipient_kind=told["recipient_kind"],
            recipient=told["recipient"],
            purpose=told["purpose"],
            reason=told["reason"],
            language=language,
        )

    def columns(self) -> tuple[str, ...]:
        """The columns asked for."""
        return codes.OF_ROLL_CALL

    def filters(self) -> Mapping[str, tuple[str, ...]]:
        """Whom it is narrowed to."""
        named = ("facility", "group", "family", "batch")
        return {name: (self.cleaned_data[name],) for name in named if self.cleaned_data.get(name)}

    def refuse(self, refused: ExportRefused) -> None:
        """Put a refusal beside the field it speaks of, or above all fields."""
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, words.refusal_words(refused))


class RowsForm(AskForm):
    """A list of people of one's own reach."""

    topics_of = (
        (
            "whom",
            gettext_lazy("Whom it holds"),
            gettext_lazy("At most 25 people."),
            ("facility", "group", "family", "batch"),
        ),
        ("what", gettext_lazy("What it says of each"), "", ("columns_chosen", "form")),
        ("why", gettext_lazy("For whom, and why"), "", WHY),
    )

    facility = choice_field(gettext_lazy("Site"))
    group = choice_field(gettext_lazy("Group"))
    family = short_text(gettext_lazy("Family"), gettext_lazy("Its reference, such as F-7K3QXM."), most=20)
    batch = short_text(gettext_lazy("Batch"), gettext_lazy("Its reference, such as B-7K3QXM."), most=20)
    columns_chosen = ticks_field(
        gettext_lazy("Columns"),
        gettext_lazy(
            "As few as the purpose needs. The reference always stands first: by it a copy is traced."
        ),
        needed=gettext_lazy("Choose at least one column."),
    )

    def __init__(
        self, *args: Any, places: Mapping[str, str], columns: tuple[str, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        heads = column_words()
        self.offer("facility", places, blank=True)
        self.offer("group", words.group_words(), blank=True)
        self.offer("columns_chosen", {each: heads[each] for each in columns if each != codes.ALWAYS})
        self.initial.setdefault("columns_chosen", [each for each in codes.FIRST_CHOICE if each in columns])

    def clean_family(self) -> str:
        """The reference of a family."""
        return _reference(self.cleaned_data["family"], "F-")

    def clean_batch(self) -> str:
        """The reference of a batch."""
        return _reference(self.cleaned_data["batch"], "B-")

    def columns(self) -> tuple[str, ...]:
        """The reference, then the columns chosen, in their order."""
        chosen = self.cleaned_data["columns_chosen"]
        return (codes.ALWAYS, *(each for each in codes.COLUMNS if each in chosen and each != codes.ALWAYS))


class RollCallForm(AskForm):
    """The roll call of a place that one keeps."""

    topics_of = (
        ("whom", gettext_lazy("Which place"), "", ("facility", "form")),
        ("why", gettext_lazy("For whom, and why"), "", WHY),
    )

    facility = choice_field(gettext_lazy("Site"), needed=gettext_lazy("Choose the place."))

    def __init__(
        self, *args: Any, places: Mapping[str, str], columns: tuple[str, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("facility", places, blank=len(places) != 1)


class AnswerForm(forms.Form):
    """A second person's answer: the number typed back, and why."""

    people = number_field(gettext_lazy("How many people the file holds"))
    reason = long_text(
        gettext_lazy("Why"),
        gettext_lazy("In a sentence, and without anybody’s name."),
        needed=gettext_lazy("Say why."),
        rows=3,
    )

    def refuse(self, refused: ExportRefused) -> None:
        """Put a refusal beside the field it speaks of, or above all fields."""
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, words.refusal_words(refused))
