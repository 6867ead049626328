"""The forms of signing in. They say only what the typed text lacks, never whether an account exists."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

MOST_LETTERS = 20_000
"""Of a browser's answer about a security key; real ones have a tenth of it."""
CODE = {"class": "fi", "autocomplete": "one-time-code", "dir": "ltr", "spellcheck": "false"}


class SignInForm(forms.Form):
    """E-mail address and password."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"class": "fi", "autocomplete": "username", "dir": "ltr"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address such as name@office.example."),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"class": "fi", "autocomplete": "current-password", "dir": "ltr"}),
        error_messages={"required": _("Enter your password.")},
    )


class CodeForm(forms.Form):
    """A code of the authenticator or from paper, or what a security key answered (by the script)."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=CODE),
        help_text=_("The six digits your authenticator shows now, or one of your codes on paper."),
    )
    credential = forms.CharField(required=False, max_length=MOST_LETTERS, widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        given = super().clean() or {}
        if not self.errors and not given.get("code") and not given.get("credential"):
            self.add_error("code", _now("Enter the code."))
        return given


class AppForm(forms.Form):
    """The first code of an authenticator that is being added."""

    code = forms.CharField(
        label=_("Code it shows now"),
        max_length=40,
        widget=forms.TextInput(attrs={**CODE, "inputmode": "numeric"}),
        error_messages={"required": _("Enter the code.")},
    )


class KeyForm(forms.Form):
    """A security key that is being added: its name, and what the browser answered."""

    name = forms.CharField(
        label=_("Name of the key"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "fi", "autocomplete": "off", "dir": "auto"}),
        error_messages={"required": _("Name the key, so that you know it again.")},
    )
    credential = forms.CharField(required=False, max_length=MOST_LETTERS, widget=forms.HiddenInput())


class ProofForm(forms.Form):
    """Password or code of whoever is signed in already, or what her security key answered."""

    proof_secret = forms.CharField(
        label=_("Password, or a code"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"class": "fi", "autocomplete": "current-password", "dir": "ltr"}),
    )
    proof_credential = forms.CharField(required=False, max_length=MOST_LETTERS, widget=forms.HiddenInput())


class NewPasswordForm(forms.Form):
    """The password one chooses, twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"class": "fi", "autocomplete": "new-password", "dir": "ltr"}),
        help_text=_(
            "At least 12 letters, digits or signs. Several words that only you would put together are best."
        ),
        error_messages={"required": _("Choose a password.")},
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"class": "fi", "autocomplete": "new-password", "dir": "ltr"}),
        error_messages={"required": _("Enter the password a second time.")},
    )

    def clean(self) -> dict[str, Any]:
        """Both times the same."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _now("The two passwords differ. Enter the same one twice."))
        return given


class FirstPasswordForm(NewPasswordForm):
    """The same, with the e-mail address and the code that was handed over."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"class": "fi", "autocomplete": "username", "dir": "ltr"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address such as name@office.example."),
        },
    )
    code = forms.CharField(
        label=_("Code you were given"),
        max_length=60,
        widget=forms.TextInput(attrs={**CODE, "autocomplete": "off"}),
        error_messages={"required": _("Enter the code.")},
    )

    field_order = ("email", "code", "password", "again")


def read_credential(text: str) -> Any:
    """A security key's answer as the script wrote it; None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
