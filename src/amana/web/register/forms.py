"""The form that brings in a list: the file, the day it was made, who sent it, and where its people are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.placements.queries import FacilityView
from amana.exchange.staging import MOST_BYTES, SUFFIXES
from amana.web.people.cards import place_name

OLDEST_LIST = date(1990, 1, 1)


class UploadForm(forms.Form):
    """Checks what a browser can send; the file itself is opened only in the closed reader."""

    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy("A workbook (xlsx, xls, ods) or CSV file of at most 20 MB, as it came."),
        error_messages={
            "required": gettext_lazy("Choose the file of the list."),
            "empty": gettext_lazy("The file is empty. Choose the file that holds the list."),
        },
        widget=forms.ClearableFileInput(attrs={"class": "fi", "accept": ",".join(SUFFIXES)}),
    )
    listed_on = forms.DateField(
        label=gettext_lazy("Listed on"),
        help_text=gettext_lazy("The day for which the list was made: year, month, day, such as 2018-01-15."),
        error_messages={
            "required": gettext_lazy("Write the day for which the list was made."),
            "invalid": gettext_lazy("Write the day as year, month, day, such as 2018-01-15."),
        },
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": "fi", "type": "text", "dir": "ltr", "autocomplete": "off"}
        ),
    )
    sender = forms.CharField(
        label=gettext_lazy("Sender"),
        help_text=gettext_lazy("The office or site that sent it, written the same way each time."),
        error_messages={"required": gettext_lazy("Write who sent the list.")},
        max_length=200,
        widget=forms.TextInput(attrs={"class": "fi", "autocomplete": "off"}),
    )
    facility = forms.ChoiceField(
        label=gettext_lazy("Where these people are"),
        error_messages={
            "required": gettext_lazy("Choose the place where these people are."),
            "invalid_choice": gettext_lazy("Choose one of the places offered."),
        },
        widget=forms.Select(attrs={"class": "fi"}),
    )

    def __init__(self, *args: Any, facilities: Sequence[FacilityView], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        offered = [(place.ref, place_name(place)) for place in facilities]
        blank = [] if len(offered) == 1 else [("", _("choose a place"))]
        cast(forms.ChoiceField, self.fields["facility"]).choices = blank + offered

    def clean_file(self) -> UploadedFile:
        """Refuse what can't be a list by its name or size."""
        file: UploadedFile = self.cleaned_data["file"]
        if PurePosixPath(file.name or "").suffix.lower() not in SUFFIXES:
            raise forms.ValidationError(
                _("This kind of file can't be read. Send the list as xlsx, xls, ods or csv.")
            )
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Split the list into smaller files.")
            )
        return file

    def clean_listed_on(self) -> date:
        """Refuse a day that hasn't come, or that no list of this office can have."""
        day: date = self.cleaned_data["listed_on"]
        if day > self.today:
            raise forms.ValidationError(
                _("The day lies after the office's day, %(today)s. Write the day the list was made for.")
                % {"today": self.today.isoformat()}
            )
        if day < OLDEST_LIST:
            raise forms.ValidationError(_("No list of this office is that old. Look at the year."))
        return day
