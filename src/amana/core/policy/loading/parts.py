"""Reads what rules refer to: facts, sources, events. Faults are collected, never raised here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from amana.core.dates import DateSpan, parse_edtf
from amana.core.errors import InvalidDate
from amana.core.policy.domains import SCHEMES
from amana.core.policy.loading.schema import STANDINGS, Entry, texts_of
from amana.core.policy.model import (
    Event,
    FactDef,
    FactKind,
    FactType,
    Instrument,
    Texts,
)

RESERVED = (
    *("age", "age_at", "days_since", "days_until", "months_since", "known"),
    *("ref", "on", "decision", "outcome", "rule", "possible", "needs", "citations", "why"),
)
"""Words of conditions and columns of files, which no fact may bear."""
_CODE = re.compile(r"\w[\w-]*", re.ASCII)


def check_citation(entry: Entry, citation: str, sources: Mapping[str, Instrument]) -> None:
    """A citation must name an instrument of the pack, and an article that it lists if it lists any."""
    instrument = sources.get(citation.partition("/")[0])
    article = citation.partition("/")[2]
    if not citation:
        return
    if instrument is None:
        known = ", ".join(sorted(sources)) or "none yet"
        entry.fault(
            f"It cites “{citation}”, which is no source of the pack.",
            f"Declare it in sources.yaml ({known}).",
        )
    elif article and instrument.articles and article not in instrument.articles:
        listed = ", ".join(instrument.articles)
        entry.fault(
            f"“{instrument.id}” lists no article “{article}”.", f"Cite one of: {listed}; or add it there."
        )


def read_facts(entries: Iterable[Entry]) -> dict[str, FactDef]:
    """facts.yaml, in its order, which is the order in which facts are asked for."""
    found = {}
    for entry in entries:
        fact = read_fact_entry(entry)
        if entry.close():
            found[entry.ident] = fact
    return found


def read_fact_entry(entry: Entry) -> FactDef:
    """One fact; its entry is left open, to be closed by who reads it."""
    ident = entry.ident
    scheme = entry.text("scheme", required=False)
    if scheme and scheme not in SCHEMES:
        entry.fault(
            f"The scheme “{scheme}” is not known.", f"Use one of: {', '.join(SCHEMES)}; or list values."
        )
        scheme = ""
    kind = entry.choice("type", ("date", "boolean", "code", "integer"))
    values = _values(entry)
    if (kind == "code") != bool(values or scheme):
        entry.fault(
            "Codes need values or a scheme, other types have none.", "Add or take out values or scheme."
        )
    if not ident.isidentifier() or ident != ident.lower():
        entry.fault(
            "A fact's name is written in small letters, digits and _.",
            "Rename it, for example mother_present.",
        )
    entry.ident_is_plain(*RESERVED)
    return FactDef(
        name=ident,
        type=cast(FactType, kind),
        kind=cast(FactKind, entry.choice("kind", ("person", "record"))),
        label=entry.texts("label"),
        statement=entry.texts("statement", required=False) or None,
        values=values,
        scheme=scheme,
        several=entry.flag("several", bool(scheme)),
        past=entry.flag("past", ident == "birth"),
        cls=entry.text("class"),
        purpose=entry.text("purpose"),
        retention=entry.text("retention"),
        question=entry.texts("question"),
        evidence_how=entry.texts("evidence_how"),
    )


def _values(entry: Entry) -> Mapping[str, Texts]:
    values = entry.take("values", required=False)
    if values is None:
        return {}
    names = list(values) if isinstance(values, list | Mapping) else []
    for value in names:
        if not isinstance(value, str) or not _CODE.fullmatch(value):
            entry.fault(
                f"“{value}” is no code: letters a to z, digits, _ and - only.", "Write values: [male, female]"
            )
            return {}
    if isinstance(values, list):
        return {str(value): {} for value in values}
    if not isinstance(values, Mapping):
        entry.fault("“values” must list the codes.", "Write values: {code: {en: …, ar: …}}")
        return {}
    return {
        str(code): texts_of(texts if isinstance(texts, Mapping) else {}, f"values.{code}", entry.fault)
        for code, texts in values.items()
    }


def read_instruments(entries: Iterable[Entry]) -> dict[str, Instrument]:
    """The instruments; each says what was seen of it (`standing`)."""
    found = {}
    for entry in entries:
        kind = entry.text("kind")
        articles = entry.table("articles", required=False)
        instrument = Instrument(
            id=entry.ident,
            title=entry.texts("title"),
            kind=kind,
            weight=entry.text("weight", required=False) or kind,
            standing=entry.choice("standing", STANDINGS),
            binding_on=entry.names("binding_on", required=False),
            dated=entry.text("dated", required=False),
            where_read=entry.text("where_read", required=False),
            articles={
                key: texts_of(value if isinstance(value, Mapping) else {}, f"articles.{key}", entry.fault)
                for key, value in articles.items()
            },
            note=entry.texts("note", required=False),
        )
        entry.close()
        found[entry.ident] = instrument
    return found


def read_events(
    entries: Sequence[Entry], sources: Mapping[str, Instrument], approximate_years: int
) -> dict[str, Event]:
    """The days on which law changes. A day may be uncertain; it is one unknown, shared by every rule that
    names it.
    """
    found = {}
    for entry in entries:
        entry.content = {
            "on" if key is True else key: value for key, value in entry.content.items()
        }  # YAML 1.1
        on = entry.text("on")
        event = Event(
            id=entry.ident,
            on=on,
            span=_span(entry, on, approximate_years),
            standing=entry.choice("standing", STANDINGS),
            title=entry.texts("title"),
            source=entry.text("source", required=False),
            where_read=entry.text("where_read", required=False),
            note=entry.texts("note", required=False),
            after=entry.text("after", required=False),
        )
        check_citation(entry, event.source, sources)
        entry.ident_is_plain()
        entry.close()
        found[entry.ident] = event
    for entry in entries:
        _check_after(entry, found)
    return found


def _span(entry: Entry, text: str, approximate_years: int) -> DateSpan:
    try:
        return parse_edtf(text, approximate_years)
    except InvalidDate as error:
        entry.fault(
            f"“on: {text}”: {error}", "Write a day or an interval in EDTF, for example 2017-07/2018-01."
        )
        return DateSpan(None, None)


def _check_after(entry: Entry, events: Mapping[str, Event]) -> None:
    event = events[entry.ident]
    if not event.after:
        return
    if event.after not in events:
        declared = ", ".join(events)
        entry.fault(f"It comes after “{event.after}”, no event.", f"Name an event: {declared}.")
        return
    seen, walk = {event.id}, event
    while walk.after in events and walk.after not in seen:
        seen.add(walk.after)
        walk = events[walk.after]
    if walk.after in seen:
        entry.fault("The events come after one another in a circle.", "Take one after: out.")
        return
    for other in sorted(seen - {event.id}):
        latest, earliest = event.span.latest, events[other].span.earliest
        if latest is not None and earliest is not None and latest < earliest:
            reason = f"Its last day lies before “{other}” can have come."
            entry.fault(reason, "Correct on: or after: of one of them.")
