"""The days on which law changes, as positions for a small drawing: certain text, either text, certain text.

Widths are fixed for legibility, so the drawing is not to scale; days are written beside their marks. Within
the window of an event whose day is not known, the office's day stands in proportion.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from amana.core.policy import Event, Pack
from amana.wording.languages import pick
from amana.wording.terms import source_standing_in_words

LEFT: Final = 4
OPENS: Final = 190
CLOSES: Final = 330
BEFORE: Final = 97
AFTER: Final = 364


@dataclass(frozen=True)
class Axis:
    """One event: what happens, its EDTF text, first and last day, and where the office's day stands."""

    id: str
    title: str
    note: str
    edtf: str
    standing: str
    where_read: str
    first: str
    last: str
    today: str
    today_at: int
    open_window: bool
    rules_until: tuple[str, ...]
    rules_from: tuple[str, ...]

    @property
    def rules(self) -> tuple[tuple[str, str], ...]:
        """Every rule that names the event, with the side of it on which the rule is law."""
        until, since = _("until then"), _("from then")
        return (*((id, until) for id in self.rules_until), *((id, since) for id in self.rules_from))


def axes(pack: Pack, today: date) -> tuple[Axis, ...]:
    """Return one axis for each event of the pack; `today` is the day the office stands at."""
    return tuple(_axis(pack, event, today) for event in pack.events.values())


def _axis(pack: Pack, event: Event, today: date) -> Axis:
    first, last = event.span.earliest, event.span.latest
    rules = pack.rules.values()
    return Axis(
        id=event.id,
        title=pick(event.title) or event.id,
        note=pick(event.note),
        edtf=event.on,
        standing=source_standing_in_words(event.standing),
        where_read=event.where_read,
        first=first.isoformat() if first else "",
        last=last.isoformat() if last else "",
        today=today.isoformat(),
        today_at=_place(first, last, today),
        open_window=first != last,
        rules_until=tuple(
            rule.id for rule in rules if rule.in_force.end and rule.in_force.end.event == event.id
        ),
        rules_from=tuple(
            rule.id for rule in rules if rule.in_force.start and rule.in_force.start.event == event.id
        ),
    )


def _place(first: date | None, last: date | None, today: date) -> int:
    if first is not None and today < first:
        return BEFORE
    if last is not None and today >= last:
        return AFTER
    if first is None or last is None:
        return (OPENS + CLOSES) // 2
    return OPENS + round((CLOSES - OPENS) * (today - first).days / max(1, (last - first).days))
