"""Rows of facts as database columns and verdicts back: what the SQL engines share.

A date fact becomes `<fact>_earliest` and `<fact>_latest`, codes become one text, contradictions a list of
fact names. Rows are taken in batches and grouped by their as-of date, because the query holds that date's
thresholds as constants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from amana.core.dates import DateSpan
from amana.core.facts import Contradiction, FactRow
from amana.core.policy import Pack, Verdict, write_codes
from amana.core.policy.frame import proved
from amana.core.policy.model import FactDef
from amana.core.policy.sql import fact_columns

BATCH = 50_000
CONTRADICTIONS = "contradictions"
Record = tuple[object, ...]
Answer = Callable[[date, Sequence[Record]], Iterable[tuple[str, ...]]]


def column_types(pack: Pack, decision: str, types: dict[str, str]) -> list[tuple[str, str]]:
    """The columns of the table of facts with their SQL types, given the type for each kind of fact and for
    text.
    """
    columns = [(name, types[fact.type]) for name, fact in fact_columns(pack, decision).items()]
    return [("ref", types["text"]), *columns, (CONTRADICTIONS, types["text"])]


def decide_in_batches(
    pack: Pack, decision: str, rows: Iterable[FactRow], answer: Answer
) -> Iterator[Verdict]:
    """One verdict for each row, in the order of the rows. `answer` runs the query of one day over records."""
    facts = [pack.facts[name] for name in pack.engines[decision].read]
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        by_day: dict[date, list[Record]] = {}
        for place, row in enumerate(batch):
            by_day.setdefault(row.on, []).append(_record(str(place), row, facts))
        found: dict[int, Verdict] = {}
        for on, records in by_day.items():
            for place_text, outcome, *lists in answer(on, records):
                rules, possible, needs, citations = (tuple(filter(None, text.split(";"))) for text in lists)
                found[int(place_text)] = Verdict(outcome, rules, possible, needs, citations)
        yield from (found[place] for place in range(len(batch)))


def _record(ref: str, row: FactRow, facts: Sequence[FactDef]) -> Record:
    values = proved(row) if row.evidence else row.values
    cells: list[object] = [ref]
    wrong = []
    for fact in facts:
        value = values.get(fact.name)
        if isinstance(value, Contradiction):
            wrong.append(fact.name)
            value = None
        if fact.type == "date":
            span = value if isinstance(value, DateSpan) else DateSpan(None, None)
            cells += [span.earliest, span.latest]
        else:
            cells.append(write_codes(value) or None if isinstance(value, frozenset) else value)
    return (*cells, ";".join(wrong) or None)
