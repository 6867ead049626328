"""The form that hands a task over: to whom, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.accounts.roles import ROLES
from amana.apps.tasks.answers import Colleague
from amana.apps.tasks.commands import LONGEST_NOTE
from amana.web.law.form_fields import choice_field, text_field


class HandOverForm(forms.Form):
    """A colleague of the desk and a note; `seen` is who held the task when the form was drawn."""

    to = choice_field(gettext_lazy("To whom"), needed=gettext_lazy("Choose a colleague."))
    note = text_field(
        gettext_lazy("Note"),
        gettext_lazy("How far it is and what comes next. Kept with the task. Name no person."),
        needed=gettext_lazy("Say how far it is, so that your colleague need not ask."),
        rows=3,
        most=LONGEST_NOTE,
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, colleagues: Iterable[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(each.id), f"{each.name} · {_(ROLES[each.role].title)}") for each in colleagues]
        cast(forms.ChoiceField, self.fields["to"]).choices = [("", _("Choose")), *offered]
