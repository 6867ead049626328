"""Forms of caseloads: to whom, why, of which classes and until when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.accounts.queries import Official
from amana.apps.accounts.roles import ROLES
from amana.web.administration.role_views import CLASS_WORDS
from amana.web.law.form_fields import DayField, choice_field, text_field

WHY = gettext_lazy(
    "In a sentence. Whoever holds the case reads it: write no circumstances of birth, health or violence."
)


def _offered(officials: Iterable[Official]) -> list[tuple[str, str]]:
    return [(str(each.id), f"{each.name} · {_(ROLES[each.role].title)}") for each in officials]


class HandOnForm(forms.Form):
    """To which caseworker, and why."""

    to = choice_field(gettext_lazy("To whom"), needed=gettext_lazy("Choose a caseworker."))
    reason = text_field(gettext_lazy("Why"), WHY, needed=gettext_lazy("Say why."), rows=2, most=500)

    def __init__(self, *args: Any, officials: Iterable[Official], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["to"]).choices = [("", _("Choose")), *_offered(officials)]


class ReferForm(HandOnForm):
    """To which official, for which purpose, which classes she sees, and until when."""

    classes = forms.MultipleChoiceField(
        label=gettext_lazy("What she may see of it"),
        help_text=gettext_lazy("Only what the purpose needs, and never more than her role sees."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what the purpose needs.")},
    )
    until = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Year, month, day, such as 2018-03-01; at most 180 days ahead."),
        widget=forms.TextInput(attrs={"class": "fi", "dir": "ltr"}),
        error_messages={
            "required": gettext_lazy("Write the last day on which she sees it."),
            "invalid": gettext_lazy("Write a day as year, month, day, such as 2018-03-01."),
        },
    )
    field_order = ("to", "classes", "until", "reason")

    def __init__(self, *args: Any, known: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(cls, f"{cls} · {_(CLASS_WORDS[cls])}") for cls in known]
        cast(forms.MultipleChoiceField, self.fields["classes"]).choices = choices
