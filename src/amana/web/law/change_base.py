"""What every form of a proposed change asks beside its subject: since when, by which text, and why.

A form checks what a form alone can check; whether the changed pack holds together is the engine's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any, ClassVar, Final, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.core.policy import Pack
from amana.core.policy.editing.checks import strange_ages
from amana.core.policy.expression import read_condition
from amana.web.law.fault_words import age_wanted, refusal_in_words
from amana.web.law.form_fields import LTR, DayField, choice_field, latin_digits, text_field
from amana.web.law.subjects import Subject
from amana.wording.languages import pick
from amana.wording.terms import source_standing_in_words, weight_in_words

NEW_TEXT: Final = "new"
STANDINGS: Final = ("reported", "unknown")
"""What may be said of a text typed in here: nobody has verified it yet."""
WEIGHTS: Final = {
    "national-law": "law",
    "treaty-binding-here": "treaty",
    "soft-law": "soft-law",
    "reported-practice": "reported-practice",
}
"""Weight of a new text -> its kind in the pack."""
FIGURES: Final = ("value", "from_day", "on")
GAP: Final = ("gap_when", "gap_title_en", "gap_title_ar")


class ChangeForm(forms.Form):
    """What every change says beside its subject: from which day, by which text, under what title, and why."""

    says: ClassVar[Sequence[str]] = ()
    dated: ClassVar[bool] = True

    from_day = DayField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("The first day of the new text: year, month, day, such as 2018-03-01."),
        error_messages={
            "required": gettext_lazy("Write the first day of the new text."),
            "invalid": gettext_lazy("Write the day as year, month, day, such as 2018-03-01."),
        },
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={**LTR, "type": "text"}),
    )
    source = choice_field(
        gettext_lazy("By which text"),
        needed=gettext_lazy("Choose the text, or a new one and fill it in below."),
    )
    text_title_en = text_field(gettext_lazy("Title of the new text in English"), lang="en", dir="ltr")
    text_title_ar = text_field(gettext_lazy("Title of the new text in Arabic"), lang="ar", dir="rtl")
    text_weight = choice_field(gettext_lazy("What kind of text it is"))
    text_standing = choice_field(
        gettext_lazy("What was seen of it"),
        gettext_lazy("A text counts as verified only once counsel has read it; that is not said here."),
    )
    text_where = text_field(
        gettext_lazy("Where it was read"), gettext_lazy("The gazette, the page, or who told it, and when.")
    )
    gap_when = text_field(
        gettext_lazy("Where no rule speaks any more"),
        gettext_lazy("A condition in the rule language that takes in everybody whom no rule speaks of."),
        rows=2,
        most=4000,
        dir="ltr",
        spellcheck="false",
    )
    gap_title_en = text_field(gettext_lazy("The gap in a few words, in English"), lang="en", dir="ltr")
    gap_title_ar = text_field(gettext_lazy("The gap in a few words, in Arabic"), lang="ar", dir="rtl")
    title = text_field(
        gettext_lazy("The change in one line"),
        gettext_lazy("For the list of proposals. Name no person."),
        needed=gettext_lazy("Say in one line what changes."),
        most=160,
    )
    why = text_field(
        gettext_lazy("Why"),
        gettext_lazy("What the second person should know before deciding. Name no person."),
        needed=gettext_lazy("Say why the change is proposed."),
        rows=4,
        most=2000,
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, pack: Pack, subject: Subject, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(_in_latin_digits(data), initial=dict(initial))
        self.pack, self.subject = pack, subject
        if not self.dated:
            del self.fields["from_day"]
        cited = [("", _("choose a text")), *_citations(pack), (NEW_TEXT, _("a new text, filled in below"))]
        self.offer("source", cited)
        self.offer("text_weight", ((each, weight_in_words(each)) for each in WEIGHTS))
        self.offer("text_standing", ((each, source_standing_in_words(each)) for each in STANDINGS))

    def offer(self, field: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Fill a field that offers a choice."""
        cast(forms.ChoiceField, self.fields[field]).choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """A new text needs its title in both languages and where it was read."""
        cleaned: dict[str, Any] = super().clean() or {}
        needed = _needed_of_a_text() if cleaned.get("source") == NEW_TEXT else {}
        if any(cleaned.get(name) for name in GAP):
            needed |= _needed_of_a_gap()
        for name, message in needed.items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, message)
        return cleaned

    def clean_gap_when(self) -> str:
        """A condition that the rule language can read, or nothing."""
        return condition(self.cleaned_data["gap_when"], self.pack)

    def saying(self) -> list[forms.BoundField]:
        """The fields of the subject itself."""
        return [self[name] for name in self.says]

    def since(self) -> list[forms.BoundField]:
        """From which day and by which text."""
        return [self[name] for name in ("from_day", "source") if name in self.fields]

    def new_text(self) -> list[forms.BoundField]:
        """What is asked of a text that the pack doesn't know yet."""
        names = ("text_title_en", "text_title_ar", "text_weight", "text_standing", "text_where")
        return [self[name] for name in names]

    @property
    def asks_new_text(self) -> bool:
        """Whether a new text was chosen, so that its part stands open."""
        return bool(self["source"].value() == NEW_TEXT)

    def gap(self) -> list[forms.BoundField]:
        """What describes the gap that the change opens."""
        return [self[name] for name in GAP]

    @property
    def asks_gap(self) -> bool:
        """Whether a gap is being described, so that its part stands open."""
        return any(self[name].value() for name in GAP)

    def explaining(self) -> list[forms.BoundField]:
        """Title and reason of the proposal."""
        return [self["title"], self["why"]]


def _in_latin_digits(data: Mapping[str, Any] | None) -> Any:
    """What was sent, its values and days in Latin digits: between hyphens the others change their order."""
    if data is None:
        return None
    sent: Any = copy(data)
    for name in FIGURES:
        if name in sent:
            sent[name] = latin_digits(sent[name])
    return sent


def _citations(pack: Pack) -> list[tuple[str, Any]]:
    """The texts a change may rest on, each with its articles."""
    offered: list[tuple[str, Any]] = []
    for each in pack.sources.values():
        title = pick(each.title)
        articles = [(f"{each.id}/{name}", f"{title} · {name}") for name in each.articles]
        offered += articles or [(each.id, title)]
    return offered


def condition(typed: str, pack: Pack) -> str:
    """A condition as typed, its digits Latin. Raises ValidationError with every refusal of the rule language,
    and for ages that nobody has.
    """
    written = latin_digits(typed)
    node, refusals = read_condition(written, pack.facts, pack.parameters) if written else (None, [])
    wrong = [
        _("Position %(position)s: %(reason)s")
        % {"position": each.position, "reason": refusal_in_words(each.reason, each.mend)}
        for each in refusals
    ]
    if strange_ages(node):
        wrong.append(age_wanted())
    if wrong:
        raise forms.ValidationError(wrong)
    return written


def _needed_of_a_gap() -> dict[str, str]:
    return {
        "gap_when": _("Write the condition that takes in everybody whom no rule speaks of."),
        "gap_title_en": _("Name the gap in English."),
        "gap_title_ar": _("Name the gap in Arabic."),
    }


def _needed_of_a_text() -> dict[str, str]:
    return {
        "text_title_en": _("Write the title of the new text in English."),
        "text_title_ar": _("Write the title of the new text in Arabic."),
        "text_weight": _("Choose what kind of text it is."),
        "text_standing": _("Choose what was seen of it."),
        "text_where": _("Say where it was read."),
    }
