"""The sentences that a changed threshold may make untrue, on the form and in a proposal: each is said to stay
true or is said anew, so that nobody reads of a child what holds no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from amana.core.policy import Pack
from amana.core.policy.editing.edits import Edit
from amana.core.policy.editing.reach import Sentence, sentences
from amana.web.law.form_fields import text_field
from amana.wording.languages import as_told, pick

KEEP: Final = "keep"
ANEW: Final = "anew"
LANGUAGES: Final = (("en", "ltr"), ("ar", "rtl"))


@dataclass(frozen=True)
class Asked:
    """One sentence on the form: the choice, and the fields for saying it anew."""

    choice: forms.BoundField
    anew: tuple[forms.BoundField, ...]
    open: bool


@dataclass(frozen=True)
class SentenceLine:
    """One sentence in a proposal: what tells it and what it says now, what it shall say (empty: as now), and
    whether its author has looked at it.
    """

    now: str
    then: str
    looked_at: bool


def field_of(sentence: Sentence, language: str = "") -> str:
    """The name of its field on the form."""
    name = field_named(sentence.key)
    return f"{name}_{language}" if language else name


def field_named(key: str) -> str:
    """The name of the field for a sentence that an edit calls `rule:adult`."""
    return f"said_{key.replace(':', '_')}"


def fields_for(asked: Sequence[Sentence]) -> Iterator[tuple[str, forms.Field]]:
    """The fields for these sentences, by name."""
    for each in asked:
        yield (
            field_of(each),
            forms.ChoiceField(
                label=_now(each),
                choices=[(KEEP, _("It stays true under the new value")), (ANEW, _("Say it anew"))],
                error_messages={"required": _("Say whether this sentence stays true, or say it anew.")},
                widget=forms.RadioSelect(),
            ),
        )
        for language, direction in LANGUAGES:
            title = _("The new sentence in English") if language == "en" else _("The new sentence in Arabic")
            field = text_field(title, rows=2, most=1000, lang=language, dir=direction)
            field.initial = each.texts.get(language, "")
            yield field_of(each, language), field


def asked_on(form: forms.Form, asked: Sequence[Sentence]) -> Iterator[Asked]:
    """The sentences as the form draws them."""
    for each in asked:
        choice = form[field_of(each)]
        anew = tuple(form[field_of(each, language)] for language, _direction in LANGUAGES)
        yield Asked(choice, anew, choice.value() == ANEW)


def check(form: forms.Form, asked: Sequence[Sentence]) -> dict[str, Any]:
    """What the form says of them, as an edit holds it: `texts` said anew and `confirmed` keys. Faults are put
    to the fields.
    """
    texts: dict[str, dict[str, str]] = {}
    told = form.cleaned_data
    for each in asked:
        if told.get(field_of(each)) != ANEW:
            continue
        texts[each.key] = {
            language: str(told.get(field_of(each, language), "")) for language, _d in LANGUAGES
        }
        for language, text in texts[each.key].items():
            if not text or text.split() == each.texts.get(language, "").split():
                form.add_error(
                    field_of(each, language), _("Write the sentence as it is true of the new value.")
                )
    confirmed = [each.key for each in asked if told.get(field_of(each)) == KEEP]
    return ({"texts": texts} if texts else {}) | ({"confirmed": confirmed} if confirmed else {})


def sentence_lines(edit: Edit, pack: Pack) -> tuple[SentenceLine, ...]:
    """What an edit of a threshold says of each sentence that tells of it; `pack` is the text it changes."""
    if edit.kind != "parameter" or edit.from_ is None or edit.target not in pack.parameters:
        return ()
    texts: Mapping[str, Any] = edit.content.get("texts") or {}
    confirmed = edit.content.get("confirmed") or ()
    return tuple(
        SentenceLine(
            now=_now(each),
            then=as_told(pick(texts.get(each.key))),
            looked_at=each.key in texts or each.key in confirmed,
        )
        for each in sentences(pack, edit.target, edit.from_)
    )


def _now(sentence: Sentence) -> str:
    told = {"where": _where(sentence), "sentence": as_told(pick(sentence.texts))}
    return _("%(where)s “%(sentence)s”") % told


def _where(sentence: Sentence) -> str:
    return {
        "rule": _("The rule says:"),
        "gap": _("The gap is called:"),
        "conflict": _("A conflict with other law reports:"),
    }[sentence.kind]
