"""What every form of a decision shares: topics one after another, answers to check, one record for a form
that is sent twice.

A form checks what a form alone can check; what may be recorded at all is the commands' to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.web.law.form_fields import LTR, DayField, text_field
from amana.web.people.marks import Mark

_TOKEN = re.compile(r"[0-9a-f]{32}")
PAIRED = frozenset({"panel", "heard", "weighed"})
"""Topics whose fields stand two beside each other where the page is wide."""
LONG = 6000
"""The most characters that one answer may take."""


@dataclass(frozen=True)
class Answer:
    """A question with the lines of its answer; `figures`: a day or a reference, read left to right."""

    question: str
    lines: tuple[str, ...]
    figures: bool = False
    mark: Mark | None = None


@dataclass(frozen=True)
class Fold:
    """Ticks of one group of choices, folded unless one of them is ticked."""

    title: str
    ticks: tuple[Any, ...]
    ticked: int


@dataclass(frozen=True)
class Topic:
    """One topic of a form: its anchor, title, a line about it and its fields. `pairs`: two fields beside
    each other.
    """

    id: str
    title: str
    about: str
    fields: tuple[forms.BoundField, ...]
    pairs: bool = False

    @property
    def asked(self) -> tuple[tuple[forms.BoundField, tuple[Fold, ...]], ...]:
        """Each field with the groups of its choices, where it has groups."""
        return tuple((field, folds(field)) for field in self.fields)


class CaseForm(forms.Form):
    """A form about one person. `token` makes one record of a form that is sent twice."""

    topics_of: ClassVar[tuple[tuple[str, Any, Any, tuple[str, ...]], ...]] = ()
    """(anchor, title, a line about it, names of fields), in the order shown."""
    past_days: ClassVar[tuple[str, ...]] = ()
    """Days that can't lie after the office's day."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, data: Any = None, *, today: date, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"token": uuid4().hex, **(initial or {})})
        self.today = today
        self.arrange()

    def arrange(self) -> None:
        """Put the fields in the order in which they are asked, which the list of faults follows."""
        self.order_fields([name for *_rest, names in self.topics_of for name in names])

    def offer(self, field: str, words: Mapping[str, str], *, blank: bool = False) -> None:
        """Fill a field that offers a choice."""
        first = [("", _("choose"))] if blank else []
        cast(forms.ChoiceField, self.fields[field]).choices = [*first, *words.items()]

    def clean_token(self) -> str:
        """The token as this form made it."""
        token = str(self.cleaned_data["token"])
        if not _TOKEN.fullmatch(token):
            raise forms.ValidationError(_("This form was not made here. Open it again."))
        return token

    def clean(self) -> dict[str, Any]:
        """Days on which something was done can't lie ahead."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in self.past_days:
            day = cleaned.get(name)
            if day and day > self.today:
                self.add_error(name, not_yet(self.today))
        return cleaned

    def need(self, cleaned: Mapping[str, Any], name: str, message: str) -> None:
        """Ask for an answer that another one makes necessary."""
        if not cleaned.get(name) and name not in self.errors:
            self.add_error(name, message)

    def question(self, name: str) -> str:
        """What a field asks, for a line that stands among others."""
        return str(self.fields[name].label)

    def field_of(self, field: str, code: str) -> str:
        """The field of this form behind a field of the commands; empty where none is."""
        first = field.split(".", maxsplit=1)[0]
        return first if first in self.fields else ""

    def checked(self) -> Iterator[tuple[Topic, tuple[Answer, ...]]]:
        """Each topic with what was answered, for the page on which answers are checked."""
        for topic in self.topics():
            yield topic, self.answers_of(topic)

    def answers_of(self, topic: Topic) -> tuple[Answer, ...]:
        """Only what was answered, in the order asked."""
        found = ((field, answered(field)) for field in topic.fields)
        return tuple(
            Answer(str(field.label), lines, isinstance(field.field, forms.DateField))
            for field, lines in found
            if lines
        )

    def topics(self) -> tuple[Topic, ...]:
        """The topics with their fields, in the order asked."""
        return tuple(
            Topic(
                id,
                str(title),
                str(about),
                tuple(self[name] for name in names if name in self.fields),
                pairs=id in PAIRED,
            )
            for id, title, about, names in self.topics_of
        )


def not_yet(today: date) -> str:
    """Said of a day that lies after the office's."""
    told = {"today": today.isoformat()}
    return _("This day has not come yet: the office stands at %(today)s. Write the day it happened.") % told


def day_field(label: Any, hint: Any = "", *, needed: Any = "") -> Any:
    """A day as year, month, day; `needed` is the message where it is empty, and makes it required."""
    messages = {"invalid": gettext_lazy("Write the day as year, month, day, such as 2018-01-15.")}
    return DayField(
        label=label,
        help_text=hint or gettext_lazy("Year, month, day, such as 2018-01-15."),
        required=bool(needed),
        error_messages={**messages, **({"required": needed} if needed else {})},
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={**LTR, "type": "text"}),
    )


def long_text(label: Any, hint: Any = "", *, needed: Any = "", rows: int = 4) -> Any:
    """Several lines, written in any language: the direction follows what is typed."""
    return text_field(label, hint, needed=needed, rows=rows, most=LONG, dir="auto")


def short_text(label: Any, hint: Any = "", *, needed: Any = "", most: int = 200) -> Any:
    """One line, written in any language."""
    return text_field(label, hint, needed=needed, most=most, dir="auto")


def radio_field(label: Any, hint: Any = "", *, needed: Any = "") -> Any:
    """A choice of one, all of them in sight."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=bool(needed),
        error_messages=_messages(needed),
        widget=forms.RadioSelect(),
    )


def ticks_field(label: Any, hint: Any = "", *, needed: Any = "") -> Any:
    """A choice of several."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        required=bool(needed),
        error_messages=_messages(needed),
        widget=forms.CheckboxSelectMultiple(),
    )


def _messages(needed: Any) -> dict[str, Any]:
    messages = {"invalid_choice": gettext_lazy("Choose one of those offered.")}
    return {**messages, "required": needed} if needed else messages


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def answered(field: forms.BoundField) -> tuple[str, ...]:
    """What was answered, in words, line by line; empty where nothing was."""
    value = field.value()
    if value in (None, "", []):
        return ()
    offered = getattr(field.field, "choices", None)
    if offered is None:
        return tuple(line for line in str(value).splitlines() if line.strip())
    words = {str(code): told for code, told in _flat(offered)}
    chosen = value if isinstance(value, list | tuple) else [value]
    return tuple(words.get(str(code), str(code)) for code in chosen)


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Code and words of each choice; one of a group is told with the name of its group."""
    for code, told in choices:
        if isinstance(told, list | tuple):
            yield from ((each, f"{code} · {words}") for each, words in told)
        else:
            yield code, str(told)


def folds(field: forms.BoundField) -> tuple[Fold, ...]:
    """The choices of a field by their groups; none where they have no groups."""
    offered = getattr(field.field, "choices", ())
    if not any(isinstance(told, list | tuple) for _code, told in offered):
        return ()
    ticks, chosen, found = iter(field.subwidgets), set(field.value() or ()), []
    for title, told in offered:
        codes = {str(code) for code, _words in told}
        found.append(Fold(str(title), tuple(next(ticks) for _each in told), len(chosen & codes)))
    return tuple(found)
