"""The forms of contacts: one to keep, one number to find."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.casework.contacts import LONGEST, ContactRefused
from amana.core.phones import normal_phone
from amana.web.determinations.base_form import CaseForm, short_text
from amana.web.law.form_fields import LTR


def _number(hint: Any) -> Any:
    return forms.CharField(
        label=gettext_lazy("Telephone number"),
        help_text=hint,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={**LTR, "inputmode": "tel"}),
        error_messages={"required": gettext_lazy("Write the number.")},
    )


class ContactForm(CaseForm):
    """Whom to call."""

    topics_of = (("contact", "", "", ("who", "phone")),)

    who = short_text(
        gettext_lazy("Who it is"),
        gettext_lazy("A name, and how she or he stands to the person: “Nilufar, her sister”."),
        needed=gettext_lazy("Write who it is."),
        most=LONGEST,
    )
    phone = _number(gettext_lazy("As it was told, with or without the code of the country."))

    def refuse(self, refused: ContactRefused) -> None:
        """Put a refusal beside the field it speaks of."""
        self.add_error(refused.field if refused.field in self.fields else None, refusal_words(refused.code))


class NumberForm(forms.Form):
    """A number to find."""

    phone = _number(gettext_lazy("Found only where this very number is told, in cases of your own."))

    def clean_phone(self) -> str:
        """Refuse what is no number."""
        typed = str(self.cleaned_data["phone"])
        if not normal_phone(typed):
            raise forms.ValidationError(refusal_words("no_number"))
        return typed


def refusal_words(code: str) -> str:
    """What is wrong, and what would be right."""
    return {
        "missing": _("It is missing. Write it."),
        "too_long": _("It is too long. Write the name and the number alone."),
        "hidden_characters": _("It holds characters that can't be seen. Type it anew."),
        "no_number": _("This is no telephone number. Write seven digits at least."),
        "nothing_stands": _("This contact has ended already."),
    }[code]
