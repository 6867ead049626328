"""What a determination says, and whether a part of it can be kept: each fault names its field and a code.

Whoever asks for a determination of best interests names a panel of several functions, weighs options, hears
the child and each parent or gives a reason from a closed list, and tells grounds, reasons, citations, review
and appeal. What another body decided may lack any of it: safeguards show that.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict

from amana.apps.determinations import codes
from amana.core.errors import AmanaError
from amana.core.names import fold
from amana.core.policy import Pack
from amana.core.policy.editing.text import turns_or_hides
from amana.core.reasons import ASKED, in_words

LONGEST: Final[Mapping[str, int]] = {
    "reasons": 8000,
    "findings": 8000,
    "recommendation": 4000,
    "view": 4000,
    "weighed": 2000,
    "evidence": 300,
    "citations": 300,
    "appeal_route": 500,
    "name": 120,
    "body": 200,
    "source": 300,
    "summary": 4000,
    "ground": 4000,
    "reason": 2000,
}
"""Characters that a text may have, by what it is."""
MOST_ENTRIES: Final = 40

FAULTS: Final[Mapping[str, str]] = {
    "missing": "it is missing",
    "not_in_words": f"it is no reason in words. {ASKED}",
    "unknown_code": "the code is none of the list",
    "too_long": "the text is too long",
    "hidden_characters": "it holds characters that can't be seen or turn the order of letters",
    "too_many": "there are too many entries",
    "twice": "an entry is there twice",
    "future": "the day lies after today",
    "too_early": "the day lies too early",
    "too_late": "the day lies too far ahead",
    "before_birth": "the day lies before any on which the person can have been born",
    "one_function": "a panel takes members of at least two functions",
    "one_option": "at least two options are weighed",
    "mother_not_weighed": "staying with the mother is weighed before leaving her",
    "custody": "no determination opens custody; only a judge's order on the person's own acts does",
    "separation": "the mother is at the same place: leaving her is asked for as a separation",
    "no_such_source": "the office's law has no such source",
    "not_for_this": "it does not go with what is decided",
    "no_such_record": "there is no such record of this person that may be replaced",
    "second_person": "it shows a breach that nobody may waive: somebody else than its author replaces it",
}
"""Codes of faults, and what each says."""


class DeterminationRefused(AmanaError):
    """A record can't be kept or changed as asked. `code` names why, `field` where (empty: no field)."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(message)


@dataclass(frozen=True, order=True)
class FieldFault:
    """One fault: the field (`options.1.weighed`: the entry and part of it), and a key of FAULTS."""

    field: str
    code: str
    span: tuple[str, str] = dataclasses.field(default=("", ""), compare=False, repr=False)
    """Of a day: the first and the last that would be right, as ISO texts; an empty one is open."""


class Incomplete(DeterminationRefused):
    """What was written lacks something, or can't be kept; `faults` holds all that was found."""

    def __init__(self, faults: Iterable[FieldFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        told = "; ".join(f"{fault.field}: {FAULTS[fault.code]}" for fault in self.faults)
        super().__init__(self.faults[0].code, f"{told}.", self.faults[0].field)


@dataclass(frozen=True)
class PanelMember:
    """Who sat on the panel: one of codes.FUNCTIONS, and a name."""

    function: str
    name: str


@dataclass(frozen=True)
class Option:
    """What was considered (codes.OPTION_CODES) and what was weighed for and against it."""

    code: str
    weighed: str


@dataclass(frozen=True)
class View:
    """What somebody said of the matter; or, not `given`, the reason for none (codes.NOT_HEARD)."""

    given: bool
    text: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Views:
    """Those who are heard: the child and each parent."""

    child: View
    mother: View
    father: View


class Asked(TypedDict, total=False):
    """What a determination says; the keys of `casework.determine.ask_determination`."""

    decides: str
    place_kind: str
    panel: tuple[PanelMember, ...]
    options: tuple[Option, ...]
    child_view: View
    mother_view: View
    father_view: View
    evidence: tuple[str, ...]
    grounds: tuple[str, ...]
    reasons: str
    citations: tuple[str, ...]
    decided_on: date
    review_on: date
    appeal_route: str
    appeal_until: date
    care_identified: bool
    consulate: str
    exception_until: date | None
    supersedes: str


def of_members(panel: tuple[PanelMember, ...]) -> Iterator[FieldFault]:
    """Faults of those who are named as having decided: each has a function and a name."""
    if len(panel) > MOST_ENTRIES:
        yield FieldFault("panel", "too_many")
        return
    for place, member in enumerate(panel):
        yield from of_code(f"panel.{place}.function", member.function, codes.FUNCTIONS)
        yield from of_text(f"panel.{place}.name", member.name, LONGEST["name"])


def of_options(options: tuple[Option, ...]) -> Iterator[FieldFault]:
    """Faults of the options weighed; there is at least one."""
    if not options:
        yield FieldFault("options", "missing")
    if len(options) > MOST_ENTRIES:
        yield FieldFault("options", "too_many")
        return
    if len({option.code for option in options}) < len(options):
        yield FieldFault("options", "twice")
    for place, option in enumerate(options):
        yield from of_code(f"options.{place}.code", option.code, codes.OPTION_CODES)
        yield from of_text(f"options.{place}.weighed", option.weighed, LONGEST["weighed"])


def of_view(view: View | None, who: str) -> Iterator[FieldFault]:
    """Faults of a view of the child, mother or father: heard in words, or a reason of the closed list."""
    field = f"{who}_view"
    if view is None:
        yield FieldFault(field, "missing")
    elif view.given:
        yield from of_text(field, view.text, LONGEST["view"])
        if view.reason:
            yield FieldFault(field, "not_for_this")
    else:
        yield from of_code(field, view.reason, codes.NOT_HEARD[who])
        if view.text:
            yield from of_text(field, view.text, LONGEST["view"])


def of_silence(view: View | None, who: str) -> Iterator[FieldFault]:
    """Faults of the reason why somebody was not heard, where one is told in words (codes.TOLD_WHY)."""
    if view is not None and not view.given and view.reason in codes.TOLD_WHY:
        yield from of_words(f"{who}_view", view.text, LONGEST["view"])


def of_grounds(grounds: tuple[str, ...], *, needed: bool) -> Iterator[FieldFault]:
    """Faults of a list of grounds."""
    if needed and not grounds:
        yield FieldFault("grounds", "missing")
    for ground in grounds:
        yield from of_code("grounds", ground, codes.GROUNDS)


def of_citations(citations: tuple[str, ...], pack: Pack, *, needed: bool) -> Iterator[FieldFault]:
    """Faults of citations `instrument/article`: each is a source of the pack."""
    if needed and not citations:
        yield FieldFault("citations", "missing")
    if len(citations) > MOST_ENTRIES:
        yield FieldFault("citations", "too_many")
    for place, citation in enumerate(citations):
        if not cites(pack, citation):
            yield FieldFault(f"citations.{place}", "no_such_source")


def cites(pack: Pack, citation: str) -> bool:
    """Whether the pack has this source, and this article where the source lists its articles."""
    ident, _, article = citation.partition("/")
    instrument = pack.sources.get(ident)
    if instrument is None:
        return False
    return not article or not instrument.articles or article in instrument.articles


def of_code(field: str, code: str, valid: Iterable[str]) -> Iterator[FieldFault]:
    """Faults of one code of a closed list."""
    if not code:
        yield FieldFault(field, "missing")
    elif code not in valid:
        yield FieldFault(field, "unknown_code")


def of_text(field: str, text: str, most: int | None = None, *, needed: bool = True) -> Iterator[FieldFault]:
    """Faults of a text; `most` characters, by default as LONGEST says for the field."""
    if needed and not text.strip():
        yield FieldFault(field, "missing")
    if len(text) > (LONGEST[field] if most is None else most):
        yield FieldFault(field, "too_long")
    if turns_or_hides(text):
        yield FieldFault(field, "hidden_characters")


def of_words(field: str, text: str, most: int | None = None) -> Iterator[FieldFault]:
    """Faults of a reason, which is given in words (`core.reasons`); else as `of_text`."""
    found = tuple(of_text(field, text, most))
    yield from found
    if not found and not in_words(text):
        yield FieldFault(field, "not_in_words")


def of_texts(field: str, texts: tuple[str, ...], *, needed: bool) -> Iterator[FieldFault]:
    """Faults of a list of short texts."""
    if needed and not texts:
        yield FieldFault(field, "missing")
    if len(texts) > MOST_ENTRIES:
        yield FieldFault(field, "too_many")
        return
    for place, text in enumerate(texts):
        yield from of_text(f"{field}.{place}", text, LONGEST[field])


def same_name(name: str) -> str:
    """One form for the spellings of a name, whatever the order of its parts."""
    return " ".join(sorted(fold(name).split()))
