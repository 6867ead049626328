"""The best first question: the one yes/no question about a missing fact that narrows an open answer most.

Asked are only facts in `needs`, and of them only a person's facts and the days of law; never a record fact,
since nothing on record is an answer of its own. Each question parts what is possible of one fact in two: a
date at a day that a threshold makes, a code by the codes that a condition names, a number at a threshold, a
flag or an event of law by itself. Of all questions whose two answers are both possible the best is

1. the one whose worse answer leaves the fewest outcomes possible;
2. of these, the one after which the fewest facts remain to ask for (the greater count of the two answers);
3. of these, the one about the fact that `needs` prefers (the order of facts.yaml, law last);
4. of these, the one whose two answers together leave the fewest outcomes; then the lowest cut.

Without two dates compared, the choice follows from the state of knowledge alone. Where two dates are
compared, a cut on one is taken from the ends of the other, and both answers are tried out on the dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from amana.core.dates import ONE_DAY, DateSpan, LeapDay, birthday, last_birth_of_age
from amana.core.facts import FactValue
from amana.core.policy.engine import Coupled
from amana.core.policy.frame import Frame
from amana.core.policy.grid import Key
from amana.core.policy.nodes import Test
from amana.core.policy.views import FirstQuestion, QuestionKind, Verdict

Rank = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Split:
    """One question. `at`: after which cell of its axis a date or a number is cut; `day`: the cut itself, of a
    date that is compared with another.
    """

    fact: str
    name: str
    kind: QuestionKind
    at: int = 0
    codes: tuple[str, ...] = ()
    day: date | None = None

    @property
    def height(self) -> int:
        """Where it cuts, for the order of questions about one fact."""
        return self.day.toordinal() if self.day else self.at


@dataclass(frozen=True, slots=True)
class Option:
    """A question, and for each answer the state of knowledge it leads to and whether that is exact."""

    split: Split
    yes: tuple[Key, bool]
    no: tuple[Key, bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """The question chosen, and the outcomes that each answer leaves possible."""

    split: Split
    if_yes: tuple[str, ...]
    if_no: tuple[str, ...]

    def asked(self, frame: Frame) -> FirstQuestion:
        """The question as of the day of `frame`."""
        split, cut, number = self.split, self.split.day, None
        if split.kind == "law":
            cut = frame.on
        elif split.kind == "number":
            number = frame.engine.bounds[split.name][split.at]
        elif split.kind == "date" and cut is None:
            cut = frame.date_axes[split.name].ends[split.at]
        return FirstQuestion(
            split.fact, split.name, split.kind, self.if_yes, self.if_no, cut, split.codes, number
        )


def choose(frame: Frame, key: Key, verdict: Verdict, values: Mapping[str, FactValue]) -> Choice | None:
    """The best first question of a verdict on `values`, whose state of knowledge is `key`.

    None where there is nothing to ask: the answer is definite or invalid, or only records would settle it.
    """
    if not verdict.needs or not verdict.possible:
        return None
    found = []
    for option in _options(frame, key, verdict, values):
        if_yes, if_no = _possible(frame, option.yes), _possible(frame, option.no)
        if if_yes and if_no:
            found.append((max(len(if_yes), len(if_no)), option, Choice(option.split, if_yes, if_no)))
    fewest = min((worse for worse, _option, _choice in found), default=0)
    best = [(option, choice) for worse, option, choice in found if worse == fewest]
    if len(best) < 2:
        return best[0][1] if best else None
    return min(best, key=lambda each: _rank(frame, *each))[1]


def _possible(frame: Frame, state: tuple[Key, bool]) -> tuple[str, ...]:
    key, exact = state
    if not all(key):
        return ()
    if frame.finite:
        return frame.grid.possible(frame.grid.cells.state(key))
    return frame.verdict(key, exact).possible


def _rank(frame: Frame, option: Option, choice: Choice) -> Rank:
    remaining = max(len(frame.verdict(*option.yes).needs), len(frame.verdict(*option.no).needs))
    place = frame.engine.order.index(option.split.fact)
    return remaining, place, len(choice.if_yes) + len(choice.if_no), option.split.height


def _options(frame: Frame, key: Key, verdict: Verdict, values: Mapping[str, FactValue]) -> Iterator[Option]:
    engine, needs = frame.engine, set(verdict.needs)
    compared = {name for coupled in engine.coupled for name in (coupled.term.fact, coupled.term.at)}
    for place, (name, _encoder) in enumerate(frame.encoders):
        fact = engine.name_in_needs(name)
        if fact in needs and name not in compared and engine.facts[name].kind == "person":
            for yes, split in _splits(frame, place, fact, name):
                yield _parted(key, place, yes, split, verdict.exact)
    for name in engine.read:
        fact = engine.name_in_needs(name)
        if fact in needs and name in compared and engine.facts[name].kind == "person":
            yield from _on_dates(frame, key, name, values)
    for place, event in enumerate(engine.events, len(key) - len(engine.events)):
        if f"law:{event}" in needs:
            yield _parted(key, place, 0b01, Split(f"law:{event}", event, "law"), verdict.exact)


def _parted(key: Key, place: int, yes: int, split: Split, exact: bool) -> Option:
    before, mask, after = key[:place], key[place], key[place + 1 :]
    return Option(split, ((*before, mask & yes, *after), exact), ((*before, mask & ~yes, *after), exact))


def _splits(frame: Frame, place: int, fact: str, name: str) -> Iterator[tuple[int, Split]]:
    """Every question on one axis, with the cells in which the answer is yes."""
    engine = frame.engine
    if name in frame.date_axes:
        for at in range(len(frame.date_axes[name].ends)):
            yield (2 << at) - 1, Split(fact, name, "date", at)
        return
    axis = engine.fixed[place - len(frame.date_axes)][1]
    if name in engine.bounds:
        for at in range(axis.size - 1):
            yield axis.full & ~((2 << at) - 1), Split(fact, name, "number", at)
    elif name in engine.codes:
        asked = {leaf.operands: leaf for leaf in axis.truths if isinstance(leaf, Test)}
        for at, (operands, leaf) in enumerate(asked.items()):
            listed = axis.truths[leaf] ^ (axis.full if leaf.operator == "<>" else 0)
            yield listed, Split(fact, name, "code", at, tuple(sorted(map(str, operands))))
    else:
        yield 0b01, Split(fact, name, "flag")


def _on_dates(frame: Frame, key: Key, name: str, values: Mapping[str, FactValue]) -> Iterator[Option]:
    """Cuts of a date that is compared with another: the ends of its own cells, and its thresholds seen from
    the first and from the last day of the other.
    """
    engine = frame.engine
    past = engine.facts[name].past
    span = _span(values.get(name), frame.on if past else None)
    days = set(frame.date_axes[name].ends) if name in frame.date_axes else set()
    for coupled in engine.coupled:
        days.update(_seen_from_the_other(coupled, name, values, engine.leap_day))
    for day in sorted(days):
        if (span.earliest and day < span.earliest) or (span.latest and day >= span.latest):
            continue
        yes = frame.open_key({**values, name: DateSpan(span.earliest, day)})
        no = frame.open_key({**values, name: DateSpan(day + ONE_DAY, span.latest)})
        if (yes[0], no[0]) != (key, key):
            yield Option(Split(engine.name_in_needs(name), name, "date", day=day), yes, no)


def _span(value: FactValue, last: date | None) -> DateSpan:
    span = value if isinstance(value, DateSpan) else DateSpan(None, None)
    latest = last if last and (span.latest is None or span.latest > last) else span.latest
    return DateSpan(span.earliest, latest)


def _seen_from_the_other(
    coupled: Coupled, name: str, values: Mapping[str, FactValue], leap_day: LeapDay
) -> Iterator[date]:
    term = coupled.term
    if name not in (term.fact, term.at):
        return
    other = values.get(term.at if name == term.fact else term.fact)
    ends = {other.earliest, other.latest} - {None} if isinstance(other, DateSpan) else set()
    for day in ends:
        for bound in coupled.bounds:
            cut = _cut(coupled, name, day, bound, leap_day) if day else None
            if cut:
                yield cut


def _cut(coupled: Coupled, name: str, other: date, bound: int, leap_day: LeapDay) -> date | None:
    """The last day of `name` on one side of `bound`, the other date lying on `other`."""
    term = coupled.term
    try:
        if term.kind == "age_at":
            if name == term.fact:
                return last_birth_of_age(bound, other, leap_day)
            return birthday(other, bound, leap_day) - ONE_DAY
        if name == term.fact:
            return other + timedelta(days=bound - 1)
        return other - timedelta(days=bound)
    except (OverflowError, ValueError):
        return None
