"""The forms of the Identity tab: put a claim beside the others, and judge one with a reason.

What is typed is brought into the one form the register keeps: EDTF for days, codes for sex and
nationality, `true` or `false` for a yes or no. Says what would be right where it can't.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.decisions.office_pack import office_pack
from amana.casework.amend import CODES, DATES, SOURCES
from amana.core.dates import parse_edtf
from amana.core.errors import InvalidDate
from amana.core.names import fold
from amana.core.policy import domain
from amana.wording.languages import state_in_words
from amana.wording.sources import source_kinds
from amana.wording.terms import standing_in_words

_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_SEXES = {"male": ("male", "m", "ذكر", "boy", "man"), "female": ("female", "f", "انثي", "girl", "woman")}
_FLAGS = {"true": ("yes", "true", "نعم"), "false": ("no", "false", "لا")}
STANDINGS = ("claimed", "supported", "confirmed")


def attribute_words() -> dict[str, str]:
    """What may be claimed of a person, in the order offered."""
    return {
        "birth": _("birth date"),
        "sex": _("sex"),
        "nationality": _("nationality"),
        "unable_to_care": _("unable to care for her child"),
        "died": _("death"),
        "mother_died": _("death of the mother"),
    }


def judgement_words() -> dict[str, str]:
    """The judgements on a claim, in the order offered."""
    return {
        "support": _("accept: supported by something else"),
        "confirm": _("accept: confirmed by a document or authority"),
        "dispute": _("dispute: something speaks against it"),
        "settle": _("settle: the dispute is over"),
        "refute": _("refute: it is not so"),
    }


class ClaimForm(forms.Form):
    """A claim to put beside the others. `version` is the state of the case that was looked at."""

    attribute = forms.ChoiceField(
        label=gettext_lazy("What it speaks of"), widget=forms.Select(attrs={"class": "fi"})
    )
    stated = forms.CharField(
        label=gettext_lazy("What is stated"),
        help_text=gettext_lazy(
            "A day, month or year: 2014-05-03, 2014-05, 2014; about 2014: 2014~; between: 2013/2014. "
            "A sex: male or female. Nationalities as three-letter codes: TJK, or TJK;RUS where it is not "
            "known which. Else yes or no."
        ),
        error_messages={"required": gettext_lazy("Write what the source states.")},
        max_length=200,
        widget=forms.TextInput(attrs={"class": "fi", "autocomplete": "off"}),
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Kind of source"), widget=forms.Select(attrs={"class": "fi"})
    )
    note = forms.CharField(
        label=gettext_lazy("Which paper, or who said it"),
        error_messages={"required": gettext_lazy("Say which paper it is, or who said it.")},
        max_length=180,
        widget=forms.TextInput(attrs={"class": "fi", "autocomplete": "off"}),
    )
    said_on = forms.DateField(
        label=gettext_lazy("Said or issued on"),
        error_messages={
            "required": gettext_lazy("Write the day it was said or issued."),
            "invalid": gettext_lazy("Write the day as year, month, day, such as 2018-01-15."),
        },
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": "fi", "type": "text", "dir": "ltr", "autocomplete": "off"}
        ),
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("How well it stands"), widget=forms.Select(attrs={"class": "fi"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        kinds = source_kinds()
        self._offer("attribute", attribute_words())
        self._offer("source", {kind: kinds[kind] for kind in SOURCES})
        self._offer("standing", {standing: standing_in_words(standing) for standing in STANDINGS})

    def _offer(self, field: str, words: dict[str, str]) -> None:
        cast(forms.ChoiceField, self.fields[field]).choices = list(words.items())

    def clean_said_on(self) -> date:
        """Nothing is said on a day that hasn't come."""
        day: date = self.cleaned_data["said_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet. Write the day it was said or issued."))
        return day

    def clean(self) -> dict[str, Any]:
        """Bring what is stated into the form its attribute keeps."""
        cleaned: dict[str, Any] = super().clean() or {}
        attribute, stated = cleaned.get("attribute"), cleaned.get("stated")
        if attribute and stated:
            try:
                cleaned["stated"] = plain_statement(attribute, stated)
            except forms.ValidationError as wrong:
                self.add_error("stated", wrong)
        return cleaned


class JudgementForm(forms.Form):
    """A judgement on one claim, with the reason in words."""

    judgement = forms.ChoiceField(
        label=gettext_lazy("Judgement"),
        error_messages={"required": gettext_lazy("Choose a judgement.")},
        widget=forms.Select(attrs={"class": "fi"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        error_messages={"required": gettext_lazy("Give the reason in words.")},
        max_length=500,
        widget=forms.TextInput(attrs={"class": "fi", "autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("choose")), *judgement_words().items()]
        cast(forms.ChoiceField, self.fields["judgement"]).choices = choices


def plain_statement(attribute: str, stated: str) -> str:
    """What is stated, as the register keeps it. Raises `ValidationError` saying what would be right."""
    text = stated.strip()
    if attribute in DATES:
        return _day(text)
    if attribute == "sex":
        return _one_of(text, _SEXES, _("Write male or female."))
    if attribute in CODES:
        return _nations(text)
    return _one_of(text, _FLAGS, _("Write yes or no."))


def _day(text: str) -> str:
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        text = f"{day_first[3]}-{int(day_first[2]):02}-{int(day_first[1]):02}"
    try:
        parse_edtf(text)
    except InvalidDate:
        raise forms.ValidationError(
            _("This is no day we can read. Write 2014-05-03, 2014-05, 2014, 2014~ for about, or 2013/2014.")
        ) from None
    return text


def _one_of(text: str, words: Mapping[str, tuple[str, ...]], right: str) -> str:
    for value, those in words.items():
        if fold(text) in {fold(word) for word in those}:
            return value
    raise forms.ValidationError(right)


def _nations(text: str) -> str:
    codes = [code.strip().upper() for code in re.split(r"[;,/]", text) if code.strip()]
    known = domain(office_pack().facts["nationality"])
    strange = [code for code in codes if code not in known or state_in_words(code) == code]
    if strange or not codes:
        raise forms.ValidationError(
            _("Not a nationality: %(codes)s. Write three-letter codes such as TJK, joined by semicolons.")
            % {"codes": ", ".join(strange) or text}
        )
    return ";".join(sorted(set(codes)))
