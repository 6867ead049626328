"""The next birthday that may change what the law says of a person, and the review it calls for; never a
transfer date.

Looks under the law as it stands on the as-of date: days on which law changes belong to the explanation.
Where the rules read a birth by completed ages alone, only the ages on a day matter, so that the answers of
a few hundred ages serve a whole country; otherwise the engine's own account of coming changes is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from amana.apps.decisions.answers import CONTACT_REVIEW, PLACEMENT_REVIEW, PROTECTION_REVIEW
from amana.apps.decisions.facts_table import FACTS, plain, plain_facts
from amana.apps.decisions.office_pack import PLACEMENT
from amana.core.dates import ONE_DAY, DateSpan, age_span, last_birth_of_age, next_birthdays
from amana.core.facts import FactRow
from amana.core.policy import BIRTH, Change, Pack, Verdict, decide, explain
from amana.core.policy.measures import holds, thresholds

AGE, CAUSE = "age", "age:"


class Answers:
    """Verdicts and next birthdays under one pack, each remembered by all that it depends on."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._ages = decisive_ages(pack)
        self._verdicts: dict[object, Verdict] = {}

    def verdict(self, row: FactRow) -> Verdict:
        """The verdict of the decision on a row."""
        birth = row.values.get(BIRTH)
        if self._ages is None or not isinstance(birth, DateSpan) or _later(birth, row.on):
            return self._once((row.on, *plain_facts(row).values(), *_proof(row)), row)
        ages = age_span(_closed(birth, row.on), row.on, self.pack.leap_day)
        return self._once((row.on, ages, _others(row)), row)

    def _once(self, key: object, row: FactRow) -> Verdict:
        if key not in self._verdicts:
            self._verdicts[key] = decide(self.pack, PLACEMENT, row)
        return self._verdicts[key]

    def next_birthday(self, row: FactRow) -> Change | None:
        """The first birthday after `row.on` that may change the possible outcomes."""
        birth = row.values.get(BIRTH)
        if not isinstance(birth, DateSpan) or _later(birth, row.on):
            return None
        if self._ages is None:
            return _first_of(explain(self.pack, PLACEMENT, row).changes)
        birth, others = _closed(birth, row.on), _others(row)
        possible = cache(lambda day: self._possible(row, others, birth, day))
        for age in self._ages:
            days = next_birthdays(birth, age, self.pack.leap_day)
            if days.latest is not None and days.latest > row.on:
                change = _change(possible, days.earliest, days.latest, row.on, f"{CAUSE}{age}")
                if change is not None:
                    return change
        return None

    def _possible(self, row: FactRow, others: object, birth: DateSpan, day: date) -> tuple[str, ...]:
        """The possible outcomes on a later day under the law of today: those of the same ages today."""
        ages = youngest, oldest = age_span(birth, day, self.pack.leap_day)
        known = self._verdicts.get((row.on, ages, others))
        if known is None:
            alike = DateSpan(self._birth_of(oldest, row.on), self._birth_of(youngest, row.on))
            known = self.verdict(replace(row, values={**row.values, BIRTH: alike}))
        return known.possible

    def _birth_of(self, age: int | None, on: date) -> date | None:
        return None if age is None else last_birth_of_age(age, on, self.pack.leap_day)


def _change(
    possible: Callable[[date], tuple[str, ...]], earliest: date | None, latest: date, on: date, cause: str
) -> Change | None:
    """The change that this birthday makes, as the engine tells it (`core.policy.changes`): named only where
    the answer turns on the first or the last day on which it may fall.
    """
    first = max(earliest or on, on + ONE_DAY)
    ends = sorted({day for day in (earliest, latest) if day is not None and day > on})
    turning = [day for day in ends if possible(day) != possible(day - ONE_DAY)]
    if not turning:
        return None
    before, after = possible(first - ONE_DAY), possible(latest)
    if before == after:
        before, after = possible(turning[0] - ONE_DAY), possible(turning[0])
    if before and after and before != after:
        return Change(first, latest, before, after, cause)
    return None


def decisive_ages(pack: Pack) -> tuple[int, ...] | None:
    """The completed ages at which a rule's truth may change, ascending; None where a birth is read
    otherwise.
    """
    tests = pack.engines[PLACEMENT].dates.get(BIRTH, ())
    if any(test.term.kind != AGE for test in tests):
        return None
    changing = (age for test in tests for age in thresholds(test) if holds(test, age - 1) != holds(test, age))
    return tuple(sorted(set(changing)))


def review_for(pack: Pack, change: Change) -> str:
    """Which review a coming birthday calls for, from what may hold after it.

    Where custody is reported as possible, or where no text may speak any more: a protection review. Where an
    outcome may hold that parts a child from her mother: a contact and assessment review. Else a placement
    review.
    """
    decision = pack.decisions[PLACEMENT]
    outcomes = [decision.outcomes[id] for id in change.possible_after if id in decision.outcomes]
    if any(not outcome.actionable for outcome in outcomes):
        return PROTECTION_REVIEW
    if any(outcome.harsh for outcome in outcomes):
        return CONTACT_REVIEW
    return PROTECTION_REVIEW if decision.default in change.possible_after else PLACEMENT_REVIEW


def _first_of(changes: tuple[Change, ...]) -> Change | None:
    birthdays = [change for change in changes if change.cause.startswith(CAUSE)]
    return min(birthdays, key=lambda change: (change.earliest, change.latest or date.max), default=None)


def _closed(birth: DateSpan, on: date) -> DateSpan:
    """A birth lies on or before the day asked about."""
    return DateSpan(birth.earliest, min(birth.latest or on, on))


def _later(birth: DateSpan, on: date) -> bool:
    return birth.earliest is not None and birth.earliest > on


def _others(row: FactRow) -> tuple[object, ...]:
    """Everything but the birth that a verdict depends on."""
    return (*[plain(row.values.get(name)) for name in FACTS if name != BIRTH], *_proof(row))


def _proof(row: FactRow) -> tuple[object, ...]:
    """Whether facts of several codes are proved, on which it depends whether all of the codes count as
    true.
    """
    several: Mapping[str, object] = {
        name: (row.evidence[name].standing, row.evidence[name].disputed)
        for name, value in row.values.items()
        if isinstance(value, frozenset) and len(value) > 1 and name in row.evidence
    }
    return tuple(sorted(several.items()))
