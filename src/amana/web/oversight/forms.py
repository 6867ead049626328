"""The forms of acts upon a finding: waive it for a time, end a waiver before its day, ask about it, answer. A
waiver is a decision: it has an author, a ground and an end, and it stays on show, as questions and answers
do.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.casework.ask_office import LONGEST
from amana.core.reasons import in_words
from amana.web.law.form_fields import LTR, DayField, text_field
from amana.wording.reasons import say_why

MOST: Final = 90
"""Days a waiver may last."""


def in_a_sentence(typed: str) -> str:
    """The text without space around it. Raises ValidationError where it is no reason in words."""
    told = typed.strip()
    if not in_words(told):
        raise forms.ValidationError(say_why())
    return told


class WaiveForm(forms.Form):
    """Why the finding is waived, and until when (that day included)."""

    ground = text_field(
        gettext_lazy("Ground"),
        gettext_lazy(
            "Why this may stand for a time, and what is done meanwhile. It stays on show with the finding. "
            "Name no person."
        ),
        needed=gettext_lazy("Give the ground in words."),
        rows=4,
        most=500,
    )
    until = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy(
            "At most 90 days ahead, that day included; the finding counts again after it."
        ),
        error_messages={
            "required": gettext_lazy("Write the last day of the waiver."),
            "invalid": gettext_lazy("Write the day as year, month, day, such as 2018-03-01."),
        },
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={**LTR, "type": "text", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_ground(self) -> str:
        """A ground is a sentence."""
        return in_a_sentence(self.cleaned_data["ground"])

    def clean_until(self) -> date:
        """A waiver ends today at the earliest and within 90 days."""
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(_("This day is over. Write today or a later day."))
        if until > self.today + timedelta(days=MOST):
            last = (self.today + timedelta(days=MOST)).isoformat()
            raise forms.ValidationError(
                _("A waiver lasts at most 90 days: write %(last)s or an earlier day.") % {"last": last}
            )
        return until


class EndWaiverForm(forms.Form):
    """Why a waiver ends before its day."""

    reason = text_field(
        gettext_lazy("Reason"),
        gettext_lazy("Kept with the waiver. Name no person."),
        needed=gettext_lazy("Say why."),
        rows=3,
        most=500,
    )

    def clean_reason(self) -> str:
        """A reason is a sentence."""
        return in_a_sentence(self.cleaned_data["reason"])


class AskForm(forms.Form):
    """What the monitor asks about a finding."""

    text = text_field(
        gettext_lazy("Question"),
        gettext_lazy("What the office should explain or look into. Name no person."),
        needed=gettext_lazy("Write the question."),
        rows=5,
        most=LONGEST,
    )

    def clean_text(self) -> str:
        """A question is a sentence."""
        return in_a_sentence(self.cleaned_data["text"])


class AnswerForm(forms.Form):
    """What the office answers."""

    answer = text_field(
        gettext_lazy("Answer"),
        gettext_lazy("What was looked into, what is so, and what is done by when. Name no person."),
        needed=gettext_lazy("Write the answer."),
        rows=5,
        most=LONGEST,
    )

    def clean_answer(self) -> str:
        """An answer is a sentence."""
        return in_a_sentence(self.cleaned_data["answer"])
