"""The forms that close a proposal: adopt or refuse with a reason, or withdraw."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.web.law.form_fields import text_field

ADOPT: Final = "adopt"
REFUSE: Final = "refuse"


class WithdrawForm(forms.Form):
    """Why the proposal is taken back."""

    reason = text_field(
        gettext_lazy("Reason"),
        gettext_lazy("Kept with the proposal and in the audit trail. Name no person."),
        needed=gettext_lazy("Say why."),
        rows=3,
        most=2000,
    )


class DecideForm(WithdrawForm):
    """Adopt or refuse; adopting isn't offered while something stands in its way."""

    field_order = ("decision", "reason")
    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        error_messages={
            "required": gettext_lazy("Choose whether to adopt or to refuse it."),
            "invalid_choice": gettext_lazy("Choose one of the decisions offered."),
        },
        widget=forms.RadioSelect(),
    )

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_adopt: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(ADOPT, _("Adopt it: it becomes the law this office applies"))] if may_adopt else []
        offered.append((REFUSE, _("Refuse it: the law stays as it is")))
        cast(forms.ChoiceField, self.fields["decision"]).choices = offered
