"""The forms of retention. Each checks what a form can; what may be held or erased the commands say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.retention import codes
from amana.web.determinations.base_form import CaseForm, day_field, long_text
from amana.web.exports.forms import number_field
from amana.web.law.form_fields import choice_field
from amana.web.retention import words

EVERYTHING: Final = "all"


class PlaceForm(CaseForm):
    """A hold: its ground, why in words, and when it ends or is looked at again."""

    ground = choice_field(gettext_lazy("Ground"), needed=gettext_lazy("Choose the ground."))
    what = choice_field(gettext_lazy("What it keeps"))
    words = long_text(
        gettext_lazy("Why"),
        gettext_lazy("In a sentence. Kept sealed."),
        needed=gettext_lazy("Say why, in words."),
        rows=3,
    )
    review_on = day_field(
        gettext_lazy("Looked at again on"),
        gettext_lazy("At most a year ahead, such as 2018-12-31."),
        needed=gettext_lazy("Write the day on which somebody looks at it again."),
    )
    until = day_field(gettext_lazy("Last day"), gettext_lazy("Empty: it stands until somebody else ends it."))

    def __init__(self, *args: Any, papers: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("ground", words.hold_grounds(), blank=True)
        classes = {cls: f"{cls} · {name}" for cls, name in words.class_words().items()}
        self.offer("what", {EVERYTHING: _("everything"), **classes, **(papers or {})})

    def kept(self) -> dict[str, Any]:
        """What the hold keeps, as the command asks for it; of a checked form. Nothing chosen: everything."""
        what = self.cleaned_data["what"] or EVERYTHING
        if what == EVERYTHING:
            return {}
        return {"of_class": what} if what in codes.CLASSES else {"of_paper": UUID(what)}


class ReasonForm(forms.Form):
    """A reason in words, for ending a hold or answering an erasure."""

    words = long_text(
        gettext_lazy("Why"),
        gettext_lazy("In a sentence. Kept sealed."),
        needed=gettext_lazy("Say why, in words."),
        rows=3,
    )


class PeriodForm(CaseForm):
    """For how long a class is kept, and what says so."""

    cls = choice_field(gettext_lazy("Class of data"), needed=gettext_lazy("Choose the class."))
    months = number_field(gettext_lazy("Months after the last act on a case"))
    basis = long_text(
        gettext_lazy("Basis"),
        gettext_lazy("The law or the decision of the office that sets it, with its article or date."),
        needed=gettext_lazy("Say what sets this period."),
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].help_text = gettext_lazy("Empty: kept without end.")
        named = words.class_words()
        self.offer("cls", {each: f"{each} · {named[each]}" for each in codes.CLASSES}, blank=True)
