"""Fields as the law forms draw them: one line, several lines, a choice; each with its message where empty."""

from __future__ import annotations

from typing import Any, Final

from django import forms

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
        widget=widget,
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
