"""Worked cases of safeguards: whether they come out, on any engine, and whether there are enough of them.

A safeguard that nobody has worked an example of is one that nobody has read: each alive one of a pack needs
five, and one for each verdict it can give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from amana.core.dates import DateSpan, parse_edtf
from amana.core.errors import Fault, InvalidDate
from amana.core.facts import FactRow
from amana.core.policy.answer import decide
from amana.core.policy.model import INVALID, Pack
from amana.core.policy.values import read_row
from amana.core.policy.views import Verdict
from amana.core.safeguards.evaluation import find, watch_row
from amana.core.safeguards.model import CAN_FIND, Occasion, Safeguard, SafeguardCase, SafeguardVerdict

LEAST_CASES = 5
Answer = Callable[[Pack, str, FactRow], Verdict]
"""An engine: the verdict of a decision of a pack for a row."""
MEND = "Correct the safeguard, or the case if the law is read wrongly."


def case_facts(pack: Pack, case: SafeguardCase) -> tuple[FactRow, Occasion]:
    """The person and the record of a worked case."""
    watch = pack.watch
    if watch is None:
        raise KeyError(case.safeguard)
    kind = pack.safeguards[case.safeguard].watches
    row = read_row(watch, case.id, case.on, case.facts)
    own = set(pack.records[kind].facts)
    person = {name: value for name, value in row.values.items() if name not in own}
    record = {name: value for name, value in row.values.items() if name in own}
    return FactRow(case.id, case.on, person), Occasion(kind, case.id, f"{kind}:{case.id}", record)


def case_row(pack: Pack, case: SafeguardCase) -> FactRow:
    """The facts of a worked case as its safeguard judges them: a row for `pack.watch`."""
    return watch_row(pack, case.safeguard, *case_facts(pack, case))


def check_safeguard_cases(pack: Pack, answer: Answer = decide) -> list[Fault]:
    """A fault for each worked case that comes out otherwise; `answer` may be another engine's, asked of
    `pack.watch`.
    """
    return [
        Fault(case.file, case.id, reason, MEND)
        for case in pack.safeguard_cases
        for reason in _differing(pack, case, answer)
    ]


def _differing(pack: Pack, case: SafeguardCase, answer: Answer) -> Iterator[str]:
    if pack.watch is None:
        return
    verdict = answer(pack.watch, case.safeguard, case_row(pack, case))
    outcome = SafeguardVerdict.UNDETERMINED.value if verdict.outcome == INVALID else verdict.outcome
    if (outcome, verdict.needs) != (case.verdict, case.needs):
        expected, given = _told(case.verdict, case.needs), _told(outcome, verdict.needs)
        yield f"It expects {expected}; the answer is {given}."
    if case.due:
        found = find(pack, case.safeguard, *case_facts(pack, case)).due
        if found != _due(case, pack):
            yield f"It expects due {case.due}; it is due {_written(found)}."


def _told(verdict: str, needs: tuple[str, ...]) -> str:
    return f"{verdict}, needs {';'.join(needs)}" if needs else verdict


def _due(case: SafeguardCase, pack: Pack) -> DateSpan | None:
    try:
        return parse_edtf(case.due, pack.approximate_years)
    except InvalidDate:
        return None


def _written(span: DateSpan | None) -> str:
    if span is None:
        return "on no day that is known"
    first, last = (day.isoformat() if day else ".." for day in (span.earliest, span.latest))
    return first if first == last else f"{first}/{last}"


def uncovered(pack: Pack) -> list[Fault]:
    """A fault for each alive safeguard that this pack itself wrote and that has too few worked cases, naming
    what is missing.
    """
    return [
        Fault(each.file, each.id, reason, "Add a case in the .csv file beside it.")
        for each in pack.safeguards.values()
        if each.alive and pack.origin("safeguards", each.id) == pack.id
        for reason in _lacking(each, [case for case in pack.safeguard_cases if case.safeguard == each.id])
    ]


def _lacking(safeguard: Safeguard, cases: list[SafeguardCase]) -> Iterator[str]:
    worked = {case.verdict for case in cases}
    wanted = (*CAN_FIND[safeguard.severity], SafeguardVerdict.UNDETERMINED, SafeguardVerdict.NO_BREACH)
    missing = [verdict.value for verdict in wanted if verdict not in worked]
    if missing:
        yield f"No worked case comes out as {', '.join(missing)}."
    if len(cases) < LEAST_CASES:
        yield f"It has {len(cases)} worked cases; {LEAST_CASES} are the least."
