"""One fact as an explanation shows it: value, what it rests on, and what the rules measure of it.

Ages in completed years, other measures in completed months or in days, each from the least to the greatest
that the known span of days allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amana.core.dates import DateSpan, age_span, clip
from amana.core.facts import FactRow
from amana.core.policy import axes as ax
from amana.core.policy.engine import Engine
from amana.core.policy.measures import measure
from amana.core.policy.nodes import Term
from amana.core.policy.views import FactView, Measured


def fact_view(engine: Engine, row: FactRow, name: str, carries: bool) -> FactView:
    """The fact `name` of `row`; `carries`: the answer rests on it."""
    fact, value, evidence = engine.facts[name], row.values.get(name), row.evidence.get(name)
    needs_name = engine.name_in_needs(name)
    youngest = oldest = None
    if needs_name == "age":
        span = clip(value, row.on) if isinstance(value, DateSpan) else None
        youngest, oldest = age_span(span, row.on, engine.leap_day) if span else (None, None)
    return FactView(
        name=name,
        needs_name=needs_name,
        label=fact.label,
        statement=fact.statement,
        value=value,
        standing=evidence.standing if evidence else None,
        source=evidence.source if evidence else "",
        stated=evidence.stated if evidence else "",
        disputed=bool(evidence and evidence.disputed),
        carries=carries,
        youngest=youngest,
        oldest=oldest,
        measured=tuple(_measured(engine, row, name)),
    )


def _measured(engine: Engine, row: FactRow, name: str) -> Iterator[Measured]:
    for term in _terms(engine, name):
        least, most = _range(engine, row, term)
        if least is not None or most is not None:
            yield Measured(term.label, least, most)


def _terms(engine: Engine, name: str) -> tuple[Term, ...]:
    """The measures other than age that the rules read of a fact; of two dates only `age_at` is a number."""
    found = engine.shown.get(("measured", name))
    if not isinstance(found, tuple):
        alone = {
            test.term: None for test in engine.dates.get(name, ()) if test.term.kind not in ("fact", "age")
        }
        paired = [
            coupled.term
            for coupled in engine.coupled
            if coupled.term.kind == "age_at" and coupled.term.fact == name
        ]
        found = engine.shown["measured", name] = (*alone, *paired)
    return found


def _range(engine: Engine, row: FactRow, term: Term) -> tuple[int | None, int | None]:
    past = engine.facts[term.fact].past
    value = row.values.get(term.fact)
    if term.coupled:
        at = row.values.get(term.at)
        days, others = (
            ax.day_ends(each, engine.facts[name].past, row.on) if isinstance(each, DateSpan) else None
            for name, each in ((term.fact, value), (term.at, at))
        )
        return ax.coupled_range(term, days, others, engine.leap_day) if days and others else (None, None)
    span = (clip(value, row.on) if past else value) if isinstance(value, DateSpan) else None
    if span is None:
        return None, None
    least, most = (_at(engine, term, day, row.on) for day in (span.latest, span.earliest))
    return (most, least) if term.kind == "days_until" else (least, most)


def _at(engine: Engine, term: Term, day: date | None, on: date) -> int | None:
    found = None if day is None else measure(term, day, on, engine.leap_day)
    return found if isinstance(found, int) else None
