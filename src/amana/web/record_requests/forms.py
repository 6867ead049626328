"""The forms of requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from amana.apps.record_requests import codes
from amana.casework.record_requests import RequestRefused
from amana.web.determinations.base_form import CaseForm, day_field, long_text, radio_field, short_text
from amana.web.law.form_fields import choice_field
from amana.web.record_requests import words


class RequestForm(CaseForm):
    """A form about one request: a refusal stands beside the field it speaks of."""

    def refuse(self, refused: RequestRefused) -> None:
        """Put a refusal beside its field, or above all fields."""
        self.add_error(refused.field if refused.field in self.fields else None, words.refusal_words(refused))


class TakeForm(RequestForm):
    """What is asked, by whom and in which language."""

    topics_of = (
        ("who", gettext_lazy("Who asks"), "", ("asker", "authority", "language", "other_language")),
        (
            "what",
            pgettext_lazy("a request", "What is asked"),
            gettext_lazy("Write it down as it is said. No reason is owed."),
            ("kind", "words"),
        ),
        (
            "about",
            gettext_lazy("What it is about"),
            gettext_lazy("Only what fits: a statement to correct, or what the objection is about."),
            ("claim", "topic"),
        ),
    )

    asker = radio_field(gettext_lazy("Who asks"), needed=gettext_lazy("Choose who asks."))
    authority = short_text(
        gettext_lazy("By which authority"),
        gettext_lazy("Of a guardian, counsel or relative: by whose word. Kept sealed."),
        most=500,
    )
    language = choice_field(gettext_lazy("Language"), gettext_lazy("In which she or he wants the answer."))
    other_language = short_text(gettext_lazy("Another language"), most=60)
    kind = radio_field(
        pgettext_lazy("a request", "What is asked"), needed=gettext_lazy("Choose what is asked.")
    )
    words = long_text(
        gettext_lazy("In her or his own words"),
        gettext_lazy("Kept sealed. Whoever answers reads it."),
        needed=gettext_lazy("Write down what is asked."),
    )
    claim = choice_field(
        gettext_lazy("Statement to correct"), gettext_lazy("Empty where it is none of these.")
    )
    topic = choice_field(gettext_lazy("Objection to"))

    def __init__(
        self, *args: Any, claims: Mapping[str, str], askers: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("asker", askers)
        self.offer("language", words.language_words(), blank=True)
        self.offer("kind", words.kind_words())
        self.offer("claim", claims, blank=True)
        self.offer("topic", words.topic_words(), blank=True)

    def clean(self) -> dict[str, Any]:
        """What one answer makes necessary."""
        cleaned = super().clean()
        if not cleaned.get("language"):
            self.need(cleaned, "other_language", str(gettext_lazy("Choose the language, or write it here.")))
        if cleaned.get("kind") == codes.OBJECT:
            self.need(cleaned, "topic", str(gettext_lazy("Choose what the objection is about.")))
        if cleaned.get("asker") in codes.WITH_AUTHORITY:
            self.need(cleaned, "authority", str(gettext_lazy("Say by whose word she or he asks.")))
        return cleaned


class AnswerForm(RequestForm):
    """How it is answered, why, and where one may complain."""

    topics_of = (("answer", "", "", ("answer", "reasons", "complain")),)

    answer = radio_field(gettext_lazy("Answer"), needed=gettext_lazy("Choose the answer."))
    reasons = long_text(
        gettext_lazy("Reasons"),
        gettext_lazy("In plain words, as they will be read to her or him."),
        needed=gettext_lazy("Say why, in words."),
    )
    complain = long_text(
        gettext_lazy("How to complain"),
        gettext_lazy("To whom, how, and until when if a day is known."),
        needed=gettext_lazy("Say where a complaint may go."),
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("answer", words.answer_words())


class HandOverForm(RequestForm):
    """How the answer came to her."""

    topics_of = (("way", "", "", ("way", "asked_for_paper", "note")),)

    way = radio_field(gettext_lazy("How"), needed=gettext_lazy("Choose how."))
    asked_for_paper = forms.BooleanField(
        label=gettext_lazy("She or he was told that a paper can be found, and asked for one all the same"),
        required=False,
    )
    note = long_text(
        gettext_lazy("To whom, where, who was there"),
        gettext_lazy("In which language, by which interpreter, out of whose hearing."),
        needed=gettext_lazy("Say how it was handed over."),
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("way", words.way_words())


class PeriodForm(RequestForm):
    """Within how many days a request is answered, and on what that rests."""

    topics_of = (("period", "", "", ("days", "since", "basis")),)

    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        min_value=1,
        max_value=codes.LONGEST_PERIOD_DAYS,
        widget=forms.TextInput(attrs={"class": "fi", "dir": "ltr", "inputmode": "numeric"}),
        error_messages={
            name: gettext_lazy("Write a number of days from 1 to 180.")
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    since = day_field(gettext_lazy("From"), needed=gettext_lazy("Write the day from which it holds."))
    basis = long_text(
        gettext_lazy("On what it rests"),
        gettext_lazy("The text, its article, and who read it. Where none is known, name no period."),
        needed=gettext_lazy("Say on what it rests."),
        rows=3,
    )
