"""Forms of keys: a public key of one's own, and the fingerprint that its owner reads out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _digits(label: Any, hint: Any, needed: Any, longest: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        widget=forms.TextInput(
            attrs={"class": "fi", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": needed},
    )


class OfferForm(forms.Form):
    """The public key."""

    public = _digits(
        _("Public key"),
        _("64 digits, as “amana keys custody make” printed them on your own machine."),
        _("Copy the public key here."),
        100,
    )


class ConfirmForm(forms.Form):
    """The fingerprint, as it was heard."""

    fingerprint = _digits(
        _("Fingerprint"),
        _("Eight groups of four, as the owner of the key reads them out to you from her own machine."),
        _("Write the fingerprint as you hear it."),
        60,
    )
