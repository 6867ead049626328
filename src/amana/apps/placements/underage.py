"""Whether somebody may be a child on a day. Whoever may be one counts as one: doubt about an age protects.

The age at which childhood ends is the office's law (its pack's parameter `adulthood` or `majority`; where it
changed over time, the highest); under a pack that names none everybody may be a child here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.apps.decisions.office_pack import office_pack
from amana.apps.registry.facts import provide
from amana.core.dates import DateSpan, LeapDay, age_span

PARAMETERS = ("adulthood", "majority")


@dataclass(frozen=True)
class Childhood:
    """When childhood ends: in completed years (None: never, here), and for one born on 29 February."""

    until: int | None
    leap_day: LeapDay

    def possible(self, birth: object, on: date) -> bool:
        """Whether somebody of this birth may be a child on that day; an unknown or contradicted birth may."""
        if self.until is None or not isinstance(birth, DateSpan):
            return True
        youngest, _ = age_span(birth, on, self.leap_day)
        return youngest is None or youngest < self.until


def childhood() -> Childhood:
    """Childhood under the office's law of today."""
    pack = office_pack()
    for name in PARAMETERS:
        if name in pack.parameters:
            values = [value for _, value in pack.parameters[name].periods]
            return Childhood(max(value for value in values if isinstance(value, int)), pack.leap_day)
    return Childhood(None, pack.leap_day)


def births(refs: Sequence[str], on: date) -> Mapping[str, object]:
    """Reference -> the birth as the claims establish it; who has none is absent."""
    return {ref: known["birth"].value for ref, known in provide(refs, on).items() if "birth" in known}
