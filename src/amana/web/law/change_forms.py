"""The forms of a proposed change, one for each kind of subject.

Messages of the rule language are the engine's own, in English, and name the position of the fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.casework.listing.dates import plain
from amana.core.dates import parse_edtf
from amana.core.errors import InvalidDate
from amana.core.policy import Pack, Parameter
from amana.core.policy.editing.checks import measures_age
from amana.core.policy.editing.reach import code_fact, sentences
from amana.core.policy.model import ParameterChange
from amana.web.law.change_base import STANDINGS, ChangeForm, condition
from amana.web.law.clocks import confirming, far_off, far_off_told, is_clock
from amana.web.law.form_fields import DayField, choice_field, text_field
from amana.web.law.form_values import listed_codes, whole_number
from amana.web.law.sentences import Asked, asked_on, check, fields_for
from amana.web.law.subjects import END, EVENT, PARAMETER, RULE, Subject
from amana.wording.languages import pick
from amana.wording.law import outcome_in_words
from amana.wording.terms import modality_in_words, source_standing_in_words

MODALITIES: Final = ("may", "must", "must_not")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


class ThresholdForm(ChangeForm):
    """A new value of a threshold, and how the text is read where it leaves that open."""

    says = ("value", "reading_en", "reading_ar")
    value = text_field(gettext_lazy("New value"), needed=gettext_lazy("Write the new value."), dir="ltr")
    reading_en = text_field(
        gettext_lazy("How the text is read, in English"),
        gettext_lazy("What it leaves open and how that is read here, such as: in completed years."),
        needed=gettext_lazy("Say in English how the text is read."),
        rows=2,
        most=1000,
        lang="en",
        dir="ltr",
    )
    reading_ar = text_field(
        gettext_lazy("How the text is read, in Arabic"),
        needed=gettext_lazy("Say in Arabic how the text is read."),
        rows=2,
        most=1000,
        lang="ar",
        dir="rtl",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = last_text(self.pack.parameters[self.subject.target])
        self.present = self.before.value
        self.codes_of = code_fact(self.pack, self.subject.target)
        if isinstance(self.present, int):
            self.fields["value"].help_text = _("A whole number, such as 3.")
        elif self.codes_of and self.codes_of.scheme:
            self.fields["value"].help_text = _(
                "Countries by name or by three-letter code, with a comma between them, such as IRQ, PSE."
            )
        elif isinstance(self.present, tuple):
            self.fields["value"].help_text = _("Codes with a comma between them, such as IRQ, PSE.")

        self.asked = sentences(self.pack, self.subject.target, self._since())
        self.fields.update(fields_for(self.asked))
        if far_off(self.present, self.data.get("value"), is_clock(self.pack, self.subject.target)):
            self.fields["confirm"] = confirming()

    def saying(self) -> list[forms.BoundField]:
        """The fields of the value; its confirmation where it is far off the present one."""
        return [self[name] for name in (*self.says, "confirm") if name in self.fields]

    def clean_confirm(self) -> str:
        """The new value once more."""
        typed = str(self.cleaned_data["confirm"]).strip()
        if whole_number(typed, age=False) != self.cleaned_data.get("value"):
            raise forms.ValidationError(far_off_told(self.present))
        return typed

    def _since(self) -> date:
        """The first day of the new value, as far as it can be read; else the one offered."""
        offered: date = self.initial["from_day"]
        try:
            return DayField().clean(self.data.get("from_day") or offered) or offered
        except forms.ValidationError:
            return offered

    def sentences(self) -> Iterator[Asked]:
        """The sentences that tell of the value, each to be kept or said anew."""
        return asked_on(self, self.asked)

    def clean_value(self) -> int | str | list[str]:
        """A value of the same sort as the present one, and another than it."""
        typed = str(self.cleaned_data["value"]).strip()
        value: int | str | list[str] = typed
        if isinstance(self.present, int):
            value = whole_number(typed, age=measures_age(self.pack, self.subject.target))
        elif isinstance(self.present, tuple):
            value = listed_codes(typed, self.codes_of)
        if (tuple(value) if isinstance(value, list) else value) == self.present:
            raise forms.ValidationError(_("This is the present value. Write the one that shall follow it."))
        return value

    def clean(self) -> dict[str, Any]:
        """The reading is one of the new value, in both languages."""
        cleaned = super().clean()
        for lang, text in self.before.reading.items():
            name = f"reading_{lang}"
            if "value" in cleaned and _same(cleaned.get(name), text):
                self.add_error(name, _("This is how the old value is read. Say how the new one is."))
        return cleaned | {"sentences": check(self, self.asked)}


class RuleForm(ChangeForm):
    """A rule that comes beside the others or in the place of one."""

    says = ("rule_id", "when", "outcome", "modality", "exception_to", "reason_en", "reason_ar")
    rule_id = text_field(
        gettext_lazy("Short name of the rule"),
        gettext_lazy("Small letters a to z, digits and hyphens, such as infants-2018."),
        needed=gettext_lazy("Give the rule a short name."),
        most=60,
        dir="ltr",
    )
    when = text_field(
        gettext_lazy("When it holds"),
        gettext_lazy("In the rule language, such as: age BETWEEN 4 AND 14 AND mother_present."),
        needed=gettext_lazy("Write the condition under which the rule holds."),
        rows=3,
        most=4000,
        dir="ltr",
        spellcheck="false",
    )
    outcome = choice_field(gettext_lazy("What follows"), needed=gettext_lazy("Choose what follows."))
    modality = choice_field(
        gettext_lazy("With what force"),
        gettext_lazy("“Must” defeats “may”; “must not” takes the outcome away."),
        needed=gettext_lazy("Choose the force."),
    )
    exception_to = forms.MultipleChoiceField(
        label=gettext_lazy("Exception to"),
        help_text=gettext_lazy("Rules that no longer hold where this one does. Often none."),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    reason_en = text_field(
        gettext_lazy("What the rule says, in English"),
        gettext_lazy("One plain sentence, shown with every decision that rests on it."),
        needed=gettext_lazy("Say in English what the rule says."),
        rows=2,
        most=1000,
        lang="en",
        dir="ltr",
    )
    reason_ar = text_field(
        gettext_lazy("What the rule says, in Arabic"),
        needed=gettext_lazy("Say in Arabic what the rule says."),
        rows=2,
        most=1000,
        lang="ar",
        dir="rtl",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.pack.rules.get(self.subject.target)
        self.decision = old.decision if old else next(iter(self.pack.decisions))
        outcomes = self.pack.decisions[self.decision].outcomes
        self.offer(
            "outcome",
            [("", _("choose")), *((id, outcome_in_words(id, self.pack, self.decision)) for id in outcomes)],
        )
        self.offer("modality", [("", _("choose")), *((each, modality_in_words(each)) for each in MODALITIES)])
        others = [
            rule for rule in self.pack.rules.values() if rule is not old and rule.decision == self.decision
        ]
        self.offer("exception_to", ((rule.id, pick(rule.title) or rule.id) for rule in others))
        if not others:
            del self.fields["exception_to"]

    def saying(self) -> list[forms.BoundField]:
        """The fields of the rule; exceptions only where there are other rules."""
        return [self[name] for name in self.says if name in self.fields]

    def clean_rule_id(self) -> str:
        """A plain name that no rule bears yet."""
        typed = str(self.cleaned_data["rule_id"]).strip()
        if not _ID.fullmatch(typed):
            raise forms.ValidationError(_("Use small letters a to z, digits and hyphens only."))
        if typed in self.pack.rules or typed == "default":
            raise forms.ValidationError(_("Another rule bears this name. Choose a new one."))
        return typed

    def clean_when(self) -> str:
        """A condition that the rule language can read; each refusal with its position and mend."""
        return condition(self.cleaned_data["when"], self.pack)


class EndForm(ChangeForm):
    """A rule that ends, with nothing in its place."""


class EventForm(ChangeForm):
    """A correction of what is known of a day on which law changes."""

    dated = False
    says = ("on", "standing", "where_read")
    on = text_field(
        gettext_lazy("The day, as far as it is known"),
        gettext_lazy("A day, month or year: 2017-11-05, 2017-11, 2017; between two: 2017-07/2018-01."),
        needed=gettext_lazy("Write the day, or the days between which it lies."),
        dir="ltr",
    )
    standing = choice_field(
        gettext_lazy("What is known of it"), needed=gettext_lazy("Choose what is known of it.")
    )
    where_read = text_field(
        gettext_lazy("Where this was read"),
        gettext_lazy("The gazette, the page, or who told it, and when."),
        needed=gettext_lazy("Say where it was read."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("standing", ((each, source_standing_in_words(each)) for each in STANDINGS))

    def clean_on(self) -> str:
        """EDTF that has an end on both sides, and another than what stands there."""
        typed = str(self.cleaned_data["on"]).strip()
        try:
            typed = plain(typed)
            span = parse_edtf(typed, self.pack.approximate_years)
        except InvalidDate as wrong:
            raise forms.ValidationError(
                _("This is no day that can be read. Write 2017-11-05, 2017-11, or 2017-07/2018-01.")
            ) from wrong
        if span == self.pack.events[self.subject.target].span:
            raise forms.ValidationError(_("This is what stands there. Write what is known now."))
        return typed


FORMS: Final[Mapping[str, type[ChangeForm]]] = {
    PARAMETER: ThresholdForm,
    RULE: RuleForm,
    END: EndForm,
    EVENT: EventForm,
}


def change_form(
    subject: Subject,
    pack: Pack,
    data: Mapping[str, Any] | None,
    today: date,
    earlier: Mapping[str, Any] | None = None,
) -> ChangeForm:
    """The form for a subject: as sent, or filled with what the pack says now, over that with what an
    `earlier` proposal said.
    """
    form = FORMS.get(subject.kind, RuleForm)
    initial = {**_initial(subject, pack, today), **(earlier or {})}
    return form(data, pack=pack, subject=subject, initial=initial)


def _initial(subject: Subject, pack: Pack, today: date) -> dict[str, Any]:
    initial: dict[str, Any] = {"from_day": today}
    if subject.kind == PARAMETER:
        parameter = last_text(pack.parameters[subject.target])
        initial |= {"source": parameter.source}
        initial |= {f"reading_{lang}": text for lang, text in parameter.reading.items()}
    elif subject.kind in (RULE, END):
        rule = pack.rules[subject.target]
        initial |= {"when": rule.when, "outcome": rule.outcome, "modality": rule.modality}
        initial |= {"reason_en": rule.reason.get("en", ""), "reason_ar": rule.reason.get("ar", "")}
        initial |= {"source": rule.source, "exception_to": list(rule.exception_to)}
        initial["rule_id"] = f"{rule.id}-{today.year}"
    elif subject.kind == EVENT:
        event = pack.events[subject.target]
        initial |= {"on": event.on, "where_read": event.where_read, "source": event.source}
    return initial


def last_text(parameter: Parameter) -> Parameter | ParameterChange:
    """The value that a new one ends, with its reading and source."""
    return parameter.changes[-1] if parameter.changes else parameter


def _same(one: Any, other: str) -> bool:
    """Whether two texts say the same, word for word."""
    return bool(one) and str(one).split() == other.split()
