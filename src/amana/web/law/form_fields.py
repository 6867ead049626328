"""Fields as the law forms draw them: one line, several lines, a day, a choice; each with its message where
empty. Digits of Arabic and Persian keyboards are read like Latin ones.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from unicodedata import decimal

from django import forms
from django.utils.translation import gettext as _

from amana.casework.listing.dates import plain
from amana.core.policy.editing.text import turns_or_hides

LINE: Final = {"class": "fi", "autocomplete": "off"}
LTR: Final = {**LINE, "dir": "ltr"}


def text_field(
    label: Any, hint: Any = "", *, needed: Any = "", rows: int = 0, most: int = 300, **attrs: Any
) -> Any:
    """A text field; `needed` is the message where it is empty, and makes it required."""
    base = {**LINE, "rows": rows} if rows else LINE
    widget = (forms.Textarea if rows else forms.TextInput)(attrs={**base, **attrs})
    messages = {"required": needed} if needed else {}
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(needed),
        max_length=most,
        error_messages=messages,
        validators=[_plainly_written],
        widget=widget,
    )


def _plainly_written(typed: str) -> None:
    """Raises ValidationError for a text that is not shown as it is stored."""
    if turns_or_hides(typed):
        raise forms.ValidationError(
            _("It holds characters that can't be seen or that turn the order of letters. Type it anew.")
        )


def latin_digits(typed: str) -> str:
    """The text with Arabic, Persian and all other decimal digits as 0 to 9.

    >>> latin_digits("٢٠١٨-۰۳-01")
    '2018-03-01'
    """
    return "".join(str(decimal(char)) if char.isdecimal() else char for char in typed)


class DayField(forms.DateField):
    """A day as year, month, day; no other order, for 01/03 is a day in March to one and in January to
    another.
    """

    def to_python(self, value: Any) -> date | None:
        """The day; None where nothing was typed."""
        told = plain(value).replace("/", "-") if isinstance(value, str) else value
        found: date | None = super().to_python(told)
        return found


def choice_field(label: Any, hint: Any = "", *, needed: Any = "") -> Any:
    """A choice of one; `needed` as with `text_field`."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=bool(needed),
        error_messages={"required": needed} if needed else {},
        widget=forms.Select(attrs={"class": "fi"}),
    )
