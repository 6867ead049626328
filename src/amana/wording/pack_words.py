"""What a pack holds, in the words a lawyer reads: days of law, values, citations by number, and what an id
stands for.

Needs no code: an EDTF day becomes a sentence, a code its name, an article that is only a handle is told by
its text. Refuses nothing; what it has no word for stays as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.core.dates import parse_edtf
from amana.core.errors import InvalidDate
from amana.core.policy import (
    Bound,
    Conflict,
    FactDef,
    InForce,
    Instrument,
    Pack,
    Parameter,
    Rule,
    SourceRef,
    Texts,
)
from amana.wording.ages import birth_in_words
from amana.wording.languages import as_written, listed, pick, state_in_words
from amana.wording.law import event_in_words, in_force_in_words
from amana.wording.terms import source_standing_in_words, weight_in_words

STATE_CODE = 3
PRODUCT_RULE = "product-rule"
ARTICLED = frozenset({"law", "regulation", "treaty"})
"""Kinds of text that count in articles; others have paragraphs, rules or principles of their own."""


def law_day_in_words(edtf: str) -> str:
    """A day of law: the day, or the stretch in which it lies."""
    try:
        return birth_in_words(parse_edtf(edtf), edtf)
    except InvalidDate:
        return edtf


def period_in_words(span: InForce, pack: Pack) -> str:
    """When something is in force; an event by what happened and between which days."""
    return in_force_in_words(_end(span.start, pack), _end(span.end, pack))


def _end(bound: Bound | None, pack: Pack) -> str:
    if bound is None:
        return ""
    if not bound.event:
        return bound.text
    return pgettext("a day told by what happened on it", "the day of “%(event)s” (%(when)s)") % {
        "event": event_in_words(bound.event, pack),
        "when": law_day_in_words(pack.events[bound.event].on),
    }


def parameter_value_in_words(value: int | str | tuple[str, ...], pack: Pack) -> str:
    """A number as it is, a day and the names of codes in words."""
    if isinstance(value, tuple):
        return listed(parameter_value_in_words(each, pack) for each in value)
    if isinstance(value, int):
        return str(value)
    facts = facts_of_pack(pack).values()
    named = next((fact.values[value] for fact in facts if fact.values.get(value)), None)
    if named:
        return pick(named)
    return state_in_words(value) if len(value) == STATE_CODE and value.isupper() else law_day_in_words(value)


def parameter_values_in_words(parameter: Parameter, pack: Pack) -> list[str]:
    """Every value a parameter has, with the period in which it holds where it changes."""
    told = [parameter_value_in_words(value, pack) for _period, value in parameter.periods]
    if not parameter.changes:
        return told
    periods = [period_in_words(period, pack) for period, _value in parameter.periods]
    return [f"{value}: {period}" for value, period in zip(told, periods, strict=True)]


def texts_of_pack(pack: Pack) -> list[str]:
    """The citations that the document prints, in order: all that the pack's own files declare, and of
    inherited ones those that it cites.
    """
    cited = set(_cited(pack))
    return [
        citation
        for ident, instrument in pack.sources.items()
        for citation in ([f"{ident}/{article}" for article in instrument.articles] or [ident])
        if citation in cited or ident in cited or pack.origin("sources", ident) == pack.id
    ]


def conflicts_of_pack(pack: Pack) -> list[Conflict]:
    """The conflicts that stand against a rule or an outcome of the pack; all, where it decides nothing."""
    outcomes = {outcome for decision in pack.decisions.values() for outcome in decision.outcomes}
    return [
        each
        for each in pack.conflicts
        if not pack.decisions or set(each.rules) & set(pack.rules) or set(each.outcomes) & outcomes
    ]


def conflicts_about(rule: Rule, pack: Pack) -> str:
    """The numbers of the conflicts that stand against a rule or its answer."""
    found = (each for each in pack.conflicts if rule.id in each.rules or rule.outcome in each.outcomes)
    return listed(as_written(each.id) for each in found)


def strikes_in_words(conflict: Conflict, pack: Pack) -> str:
    """The rules and answers of the pack that a conflict stands against."""
    rules = [as_written(name) for name in conflict.rules if name in pack.rules]
    answers = [
        _("the answer “%(outcome)s”") % {"outcome": pick(decision.outcomes[name].label)}
        for decision in pack.decisions.values()
        for name in conflict.outcomes
        if name in decision.outcomes
    ]
    return lines([*rules, *answers])


def _cited(pack: Pack) -> Iterator[str]:
    for found in (pack.rules.values(), pack.gaps, pack.events.values()):
        yield from (each.source for each in found)
    for parameter in pack.parameters.values():
        yield parameter.source
        yield from (change.source for change in parameter.changes)
    for decision in pack.decisions.values():
        yield from (interim.source for interim in decision.interim)
    for conflict in conflicts_of_pack(pack):
        yield from (source.id for source in conflict.sources)
    for question in pack.questions:
        yield from question.about
    for safeguard in pack.safeguards.values():
        yield from (source.id for source in safeguard.basis)


def text_number(reference: str, pack: Pack) -> str:
    """The number under which the document prints a text: T1, T2."""
    texts = texts_of_pack(pack)
    return f"T{texts.index(reference) + 1}" if reference in texts else ""


def cited_in_words(reference: str, pack: Pack) -> str:
    """The title of a text, its article where that is a number, and where the document prints it."""
    if not reference:
        return "—"
    named = text_in_words(reference, pack)
    number = text_number(reference, pack)
    return f"{named} [{as_written(number)}]" if number else named


def text_in_words(reference: str, pack: Pack) -> str:
    """The title of a text, and its article where the pack's handle is the text's own number."""
    source = pack.source(reference)
    number = source.article.removeprefix("art-")
    if not number[:1].isdigit():
        return pick(source.title)
    of_law = pack.sources[reference.partition("/")[0]].kind in ARTICLED
    phrase = _("%(title)s, article %(number)s") if of_law else _("%(title)s, point %(number)s")
    return phrase % {"title": pick(source.title), "number": as_written(number)}


def backing_in_words(reference: str, pack: Pack) -> str:
    """What a text weighs and what was seen of it, on two lines."""
    source = pack.source(reference)
    return lines([weight_in_words(source.weight), standing_in_words_of(source)])


def standing_in_words_of(source: SourceRef | Instrument) -> str:
    """What was seen of a text; nothing of a rule of this product, which stands nowhere else."""
    return "" if source.weight == PRODUCT_RULE else source_standing_in_words(source.standing)


def named_in_words(ident: str, pack: Pack) -> str:
    """What an id of the pack stands for, as the document calls it."""
    if ident in pack.rules:
        return _("rule %(rule)s") % {"rule": as_written(ident)}
    labels: Iterator[Texts] = (
        texts
        for found in (
            {each.id: each.label for each in pack.parameters.values()},
            {each.id: each.title for each in pack.events.values()},
            {each.id: each.title for each in pack.gaps},
            {each.id: each.title for each in pack.safeguards.values()},
            {each.id: each.title for each in pack.records.values()},
            {each.name: each.label for each in pack.facts.values()},
            {each.id: each.title for each in pack.decisions.values()},
            {name: each.label for one in pack.decisions.values() for name, each in one.outcomes.items()},
            {each.name: each.label for each in facts_of_pack(pack).values()},
        )
        if (texts := found.get(ident))
    )
    if label := next(labels, None):
        return _("“%(name)s”") % {"name": pick(label)}
    if ident.partition("/")[0] in pack.sources:
        return cited_in_words(ident, pack)
    return as_written(ident)


def facts_of_pack(pack: Pack) -> Mapping[str, FactDef]:
    """Every fact that rules or safeguards of the pack may read."""
    return pack.watch.facts if pack.watch else pack.facts


def questions_about(ident: str, pack: Pack) -> str:
    """The numbers of the open questions about one entry; empty if there are none."""
    return listed(as_written(each.id) for each in pack.questions if ident in each.about)


def lines(parts: Iterable[str]) -> str:
    """Several sentences in one cell, one a line; empty ones left out."""
    return "\n".join(part for part in parts if part)
