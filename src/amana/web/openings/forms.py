"""Forms of emergency openings: which case, why and for how long; and what a review found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from amana.apps.guards.openings import HOURS
from amana.core.errors import BadReference
from amana.core.reference import check_reference
from amana.web.people.search import mistyped

MOST_WORDS = 2000


def reason_field(label: Any, hint: Any) -> forms.CharField:
    """A reason in a sentence."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=MOST_WORDS,
        error_messages={"required": _("Say in a sentence why; a court will read it.")},
        widget=forms.Textarea(attrs={"class": "fi", "rows": 4, "dir": "auto"}),
    )


class OpeningForm(forms.Form):
    """Which case, why, for how long."""

    ref = forms.CharField(
        label=_("Reference of the person"),
        help_text=_("Such as P-7K3QXM. You are told the same whether or not it is anybody’s."),
        max_length=40,
        error_messages={"required": _("Write the reference of a person.")},
        widget=forms.TextInput(attrs={"class": "fi", "dir": "ltr", "autocomplete": "off"}),
    )
    reason = reason_field(
        _("Why you must see it now"),
        _(
            "Data protection and the monitor read it. Say why it can’t wait and why it must be you; what "
            "happened to the person does not belong here."
        ),
    )
    hours = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(n, ngettext_lazy("%(n)s hour", "%(n)s hours", n) % {"n": n}) for n in HOURS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for how long.")},
    )

    def clean_ref(self) -> str:
        """The reference in its one form."""
        typed = self.cleaned_data["ref"]
        try:
            known = check_reference(typed)
        except BadReference as error:
            raise forms.ValidationError(mistyped(typed)) from error
        if not known.startswith("P-"):
            raise forms.ValidationError(_("This is no person’s reference. A person’s begins with P-."))
        return known


class ReviewForm(forms.Form):
    """Whether it was proper, and why."""

    proper = forms.ChoiceField(
        label=_("What you found"),
        choices=[("yes", _("It was proper")), ("no", _("It was not proper"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you found.")},
    )
    reason = reason_field(_("Why"), _("Whoever opened the case reads it, and so does the other reviewer."))
