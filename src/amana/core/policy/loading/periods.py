"""The days and events between which a text is in force, and what is sure of their order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amana.core.dates import parse_edtf
from amana.core.errors import InvalidDate
from amana.core.policy.loading.schema import Entry
from amana.core.policy.model import Bound, Event, InForce

EVENT = "event:"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_in_force(entry: Entry, events: Mapping[str, Event]) -> InForce:
    """The key `in_force` of a rule or gap: `from` inclusive, `until` exclusive."""
    content = entry.take("in_force", required=False)
    if content is None:
        return InForce()
    inner = entry.inner(content)
    start, end = (
        read_bound(inner, "in_force", inner.text(key, required=False), events) for key in ("from", "until")
    )
    inner.close()
    entry.sound = entry.sound and inner.sound
    if start and end and start == end:
        entry.fault(
            f"in_force begins and ends with {start.named}, so it is never.", "Take one of the two out."
        )
    elif start and end and comes_first(end, start, events):
        entry.fault("in_force ends before it begins.", "Write the earlier day or event in from.")
    return InForce(start, end)


def read_bound(entry: Entry, key: str, text: str, events: Mapping[str, Event]) -> Bound | None:
    """A shared event (`event:id`) or a certain day; None with a fault for anything else, None for no text."""
    if not text:
        return None
    if text.startswith(EVENT):
        event = events.get(text.removeprefix(EVENT))
        if event is None:
            declared = ", ".join(events) or "none yet"
            entry.fault(f"“{text}” names no event.", f"Declare it in sources.yaml under events ({declared}).")
            return None
        return Bound(event.on, event=event.id)
    try:
        span = parse_edtf(text)
    except InvalidDate as error:
        reason = f": {error}" if _DAY.fullmatch(text) else " is neither a certain day nor an event."
        entry.fault(f"{key} “{text}”{reason}", "Write event:id, or a certain day such as 2018-01-15.")
        return None
    if not span.certain or span.earliest is None:
        reason = f"“{text}” is no certain day; an uncertain date can't stand in a rule."
        entry.fault(reason, "Declare it once as an event in sources.yaml and write event:id here.")
        return None
    return Bound(span.earliest.isoformat(), day=span.earliest)


def comes_first(one: Bound, other: Bound, events: Mapping[str, Event]) -> bool:
    """Whether `one` surely comes no later than `other`: it is the same, `other` is declared to come after it,
    or its last possible day lies no later than the first of `other`.
    """
    if one == other:
        return True
    walk = other.event
    while one.event and walk in events:
        walk = events[walk].after
        if walk == one.event:
            return True
    latest = events[one.event].span.latest if one.event in events else one.day
    earliest = events[other.event].span.earliest if other.event in events else other.day
    return latest is not None and earliest is not None and latest <= earliest


def apart(one: InForce, other: InForce, events: Mapping[str, Event]) -> bool:
    """Whether no day lies in both periods, as far as is sure."""
    return any(
        earlier.end is not None and later.start is not None and comes_first(earlier.end, later.start, events)
        for earlier, later in ((one, other), (other, one))
    )
