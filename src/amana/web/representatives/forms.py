"""The forms of guardians and counsel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.accounts.queries import Official
from amana.casework.representatives import RepresentativeRefused
from amana.web.determinations.base_form import CaseForm, day_field, long_text, radio_field
from amana.web.law.form_fields import choice_field
from amana.web.representatives import words

YES, NO, UNASKED = "yes", "no", "unasked"
AGREED = {YES: True, NO: False}


class AskForm(CaseForm):
    """Who is to stand by the person, by whose word, and what the person said."""

    topics_of = (
        ("who", gettext_lazy("Who stands by her or him"), "", ("account", "capacity")),
        (
            "ground",
            gettext_lazy("By whose word"),
            gettext_lazy("Another official reads it and confirms. Until then nothing opens to her."),
            ("ground", "appointed_on", "until"),
        ),
        (
            "person",
            gettext_lazy("What the person says"),
            gettext_lazy("A counsel needs the client’s yes. A child’s view of a guardian is written down."),
            ("agreed", "view"),
        ),
        ("sealed", gettext_lazy("What is sealed"), "", ("named",)),
    )
    past_days = ("appointed_on",)

    account = choice_field(gettext_lazy("Account"), needed=gettext_lazy("Choose the account."))
    capacity = radio_field(gettext_lazy("As"), needed=gettext_lazy("Choose as what."))
    ground = long_text(
        gettext_lazy("Ground"),
        gettext_lazy("Who appointed her, and by which paper. Kept sealed."),
        needed=gettext_lazy("Say who appointed her."),
        rows=3,
    )
    appointed_on = day_field(gettext_lazy("Since"), needed=gettext_lazy("Write the day of the appointment."))
    until = day_field(gettext_lazy("Last day"), gettext_lazy("Empty: until somebody ends it."))
    agreed = radio_field(gettext_lazy("Did the person say yes?"), needed=gettext_lazy("Choose an answer."))
    view = long_text(gettext_lazy("In the person’s own words"), gettext_lazy("Kept sealed."), rows=2)
    named = forms.BooleanField(
        label=gettext_lazy("She reads what is sealed as well: reasons, views, consents, why there is fear"),
        required=False,
    )

    def __init__(self, *args: Any, accounts: Iterable[Official], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("account", {str(each.id): each.name for each in accounts}, blank=True)
        self.offer("capacity", words.capacity_words())
        self.offer("agreed", {YES: _("Yes"), NO: _("No"), UNASKED: _("Not asked, or too young")})

    def refuse(self, refused: RepresentativeRefused) -> None:
        """Put a refusal beside the field it speaks of, or above all fields."""
        self.add_error(refused.field if refused.field in self.fields else None, words.refusal_words(refused))
