"""Reads parameters.yaml: the values that rules name `:id`, and the days from which they are others. Faults
are collected, never raised here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from amana.core.policy.loading.parts import check_citation
from amana.core.policy.loading.periods import comes_first, read_bound
from amana.core.policy.loading.schema import Entry
from amana.core.policy.model import Event, Instrument, Parameter, ParameterChange, ParameterValue


def read_parameters(
    entries: Iterable[Entry], sources: Mapping[str, Instrument], events: Mapping[str, Event]
) -> dict[str, Parameter]:
    """The parameters by id. A pack with faults is refused, so rules may refer to whatever has a value."""
    found = {}
    for entry in entries:
        if {"from", "until", "in_force"} & set(entry.content):
            mend = "Write the day of each later value: changes: [{from: event:…, value: …}]."
            entry.fault("A parameter's first value has no dates.", mend)
            continue
        value, label = _value(entry), entry.texts("label")
        source, reading = _ground(entry, sources)
        changes = _changes(entry, value, sources, events)
        entry.close()
        if value is not None:
            found[entry.ident] = Parameter(entry.ident, value, label, source, reading, changes)
    return found


def _value(entry: Entry) -> ParameterValue | None:
    value = entry.take("value")
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if isinstance(value, bool) or not isinstance(value, int | str | None):
        entry.fault("“value” must be a whole number, a code or a list of codes.", "Write value: 3")
        return None
    return value


def _ground(
    entry: Entry, sources: Mapping[str, Instrument], read: bool = False
) -> tuple[str, Mapping[str, str]]:
    """Source and reading; a later value must say its own (`read`) where the first says one."""
    source, reading = entry.text("source", required=False), entry.texts("reading", required=read)
    check_citation(entry, source, sources)
    return source, reading


def _changes(
    entry: Entry,
    first: ParameterValue | None,
    sources: Mapping[str, Instrument],
    events: Mapping[str, Event],
) -> tuple[ParameterChange, ...]:
    """The later values, each ending the one before it."""
    found: list[ParameterChange] = []
    for content in entry.rows("changes", required=False):
        inner = entry.inner(content)
        start = read_bound(inner, "from", inner.text("from"), events)
        value = _value(inner)
        source, reading = _ground(inner, sources, bool(entry.content.get("reading")))
        inner.close()
        if start is None or value is None:
            continue
        if first is not None and type(value) is not type(first):
            inner.fault(
                f"The value {_written(value)} is of another kind than {_written(first)}.",
                "Write a number for a number, a code for a code, a list for a list.",
            )
        if found and not comes_first(found[-1].start, start, events):
            inner.fault(
                f"“{start.named}” may come before “{found[-1].start.named}”, the change above it.",
                "Write changes in the order of their days; of two events say which comes after: the other.",
            )
        found.append(ParameterChange(start, value, source, reading))
    return tuple(found)


def _written(value: ParameterValue) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else str(value)
