"""What may be told of one finding to whoever has oversight and need not know the person: the day of the act,
who decided it, from which kind of place, and on which sort of ground it rests.

Read live from the record that the finding stands at. Of grounds only the sort is told, for many or for this
person alone: which tie, nation, illness or fear it was is nothing that the monitor's classes hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import queries
from amana.apps.oversight.answers import FindingLine
from amana.casework.occasions import occasions_on, stored_columns
from amana.core.dates import DateSpan
from amana.core.facts import FactValue
from amana.core.policy import Pack
from amana.core.policy.editing.grounds import FOR_MANY, OWN
from amana.core.policy.model import InForce
from amana.core.safeguards import Occasion

GROUNDS: Final = ("separation_grounds", "grounds")
"""Facts that hold the grounds of an act."""
TOLD: Final = ("decided_by", "left_kind", "place_kind")
"""Facts of an act told to all who see findings: classes C2 and C8, which the monitor reads."""


@dataclass(frozen=True)
class FindingTold:
    """One finding. `kind` is that of its record and `acted_on` the first day on it; `sorts` which sorts of
    ground it gives, by parameter, None where it gives none or is not about grounds; `told` the facts of TOLD
    that are known. `gone`: no record stands there any more, so that nothing can be read of it.

    `episodes`: all that was ever found at this occasion, the oldest first, this one among them.
    """

    line: FindingLine
    episodes: tuple[FindingLine, ...]
    kind: str = ""
    acted_on: DateSpan | None = None
    sorts: frozenset[str] | None = None
    told: Mapping[str, FactValue] = field(default_factory=dict)
    gone: bool = False


def finding_told(viewer: Viewer, finding_id: int, *, on: date) -> FindingTold:
    """One finding as of a day, standing or over. Raises `NotForYou`."""
    episodes = queries.episodes_of(viewer, finding_id, on=on)
    line = next(each for each in episodes if each.id == finding_id)
    person, _safeguard, key = queries.place_of(viewer, finding_id)
    occasions = occasions_on([person], on).get(person, ()) if person else stored_columns(on)
    at = next((each for each in occasions if each.key == key), None)
    if at is None:
        return FindingTold(line, episodes, gone=True)
    pack = office_pack()
    return FindingTold(
        line,
        episodes,
        kind=at.kind,
        acted_on=_first_day(at, pack) if person else None,
        sorts=sorts_of_grounds(at.values, pack, on),
        told={name: value for name in TOLD if (value := at.values.get(name)) is not None},
    )


def sorts_of_grounds(values: Mapping[str, FactValue], pack: Pack, on: date) -> frozenset[str] | None:
    """Of which sorts the grounds among these values are by the law of a day; None where there are none."""
    given = [value for name in GROUNDS if isinstance(value := values.get(name), frozenset) and value]
    if not given:
        return None
    sorts = {name: _codes(pack, name, on) for name in (FOR_MANY, OWN)}
    return frozenset(name for name, codes in sorts.items() if any(each & codes for each in given))


def _codes(pack: Pack, parameter: str, on: date) -> frozenset[str]:
    """The codes that a parameter may hold on a day: of two values between which its day lies, both."""
    known = pack.parameters.get(parameter)
    values = [value for period, value in known.periods if _may_hold(period, on)] if known else []
    return frozenset(code for value in values if isinstance(value, tuple | frozenset) for code in value)


def _may_hold(period: InForce, on: date) -> bool:
    """Whether the period may hold on a day; an end that is an event may lie on either side."""
    start, end = (bound.day if bound else None for bound in (period.start, period.end))
    return (start is None or start <= on) and (end is None or on < end)


def _first_day(occasion: Occasion, pack: Pack) -> DateSpan | None:
    kind = pack.records.get(occasion.kind)
    days = [occasion.values.get(fact) for fact in kind.facts] if kind and occasion.kind != "person" else []
    return next((value for value in days if isinstance(value, DateSpan)), None)
