"""The forms that waive a finding for a time and that end a waiver before its day. A waiver is a decision:
it has an author, a ground and an end, and it stays on show.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.web.law.form_fields import LTR, DayField, text_field

MOST: Final = 90
"""Days a waiver may last."""
SHORTEST: Final = 20
"""Letters a ground has at least: a word is no ground."""


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
        ground: str = self.cleaned_data["ground"].strip()
        if len(ground) < SHORTEST:
            raise forms.ValidationError(
                _("Say it in a sentence: why it may stand, and what is done meanwhile.")
            )
        return ground

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
