"""Fields as the law forms draw them: one line, several lines, a choice; each with its message where empty."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from amana.core.policy.edited_text import turns_or_hides

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


def choice_field(label: Any, hint: Any = "", *, needed: Any = "") -> Any:
    """A choice of one; `needed` as with `text_field`."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=bool(needed),
        error_messages={"required": needed} if needed else {},
        widget=forms.Select(attrs={"class": "fi"}),
    )
