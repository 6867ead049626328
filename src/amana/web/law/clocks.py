"""A clock changed by more than ten times asks for its new value once more: a slip of one digit ends as many
breaches as a decision does, and a decision of that size should be seen to be one.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.core.policy import Pack
from amana.core.policy.model import ParameterValue
from amana.web.law.form_fields import text_field
from amana.web.law.form_values import whole_number

FAR: Final = 10
"""A clock may change to so many times its days, or to that part of them, without being asked again."""


def is_clock(pack: Pack, parameter: str) -> bool:
    """Whether a clock of a safeguard runs for so many days as the parameter says."""
    duties = (duty for each in pack.safeguards.values() for duty in each.duties)
    return any(duty.clock.lstrip(":") == parameter for duty in duties)


def far_off(present: ParameterValue, typed: Any, clock: bool) -> bool:
    """Whether what was typed for a clock is more than ten times the present value, or less than a tenth."""
    if not clock or not isinstance(present, int) or not typed:
        return False
    try:
        value = whole_number(str(typed), age=False)
    except forms.ValidationError:
        return False
    return max(value, 1) > FAR * max(present, 1) or max(present, 1) > FAR * max(value, 1)


def confirming() -> Any:
    """The field that asks for the new value once more."""
    return text_field(
        gettext_lazy("The new value once more"),
        gettext_lazy("It is more than ten times the present clock, or less than a tenth. Is it meant?"),
        needed=gettext_lazy("Type the new value once more: the clock changes more than ten times over."),
        most=10,
        dir="ltr",
    )


def far_off_told(present: ParameterValue) -> str:
    """What is said where the two values differ."""
    return _("This is another value than the new one above. The clock stands at %(days)s now.") % {
        "days": present
    }
