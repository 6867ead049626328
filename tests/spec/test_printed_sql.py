"""The printed query, complete in itself, answers as Python does: row by row and counted, as of one day and as
of each row's own.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from random_facts import rows
from test_two_dates import small_pack

from amana.apps.decisions.packs import find_pack
from amana.core.facts import Contradiction, FactRow
from amana.core.policy import NotInSql, Pack, Verdict, decide, to_sql
from amana.core.policy.sql import Encoding
from amana.exchange import sql_rows
from amana.exchange.sql_rows import AS_OF, CONTRADICTIONS, TABLE, Session

ON = date(2018, 1, 15)
DAYS = [date(2017, 6, 30), date(2018, 1, 1), ON, date(2018, 3, 1)]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return find_pack("iraq_2018")


def given(session: Session, pack: Pack, decision: str, facts: list[FactRow]) -> None:
    """Leaves the rows in the session's table of facts."""
    list(sql_rows.decide_in_batches(session, pack, decision, facts))


def lines(facts: list[FactRow], verdicts: list[Verdict]) -> set[tuple[Any, ...]]:
    """What the query should give."""
    return {
        (
            place,
            verdict.outcome,
            *(
                ";".join(items)
                for items in (verdict.rules, verdict.possible, verdict.needs, verdict.citations)
            ),
            verdict.exact,
        )
        for place, verdict in enumerate(verdicts)
    }


def test_one_day_for_all_rows(pack: Pack, session: Session) -> None:
    facts = list(rows(seed=7, count=600, days=[ON]))
    given(session, pack, "placement", facts)
    query = to_sql(pack, "placement", session.dialect, TABLE, ON, contradictions=CONTRADICTIONS)
    assert set(session.read(query)) == lines(facts, [decide(pack, "placement", row) for row in facts])


def test_each_row_as_of_its_own_day(pack: Pack, session: Session) -> None:
    facts = list(rows(seed=8, count=600, days=DAYS))
    given(session, pack, "placement", facts)
    query = to_sql(pack, "placement", session.dialect, TABLE, DAYS, on_column=AS_OF)
    assert set(session.read(query)) == lines(facts, [decide(pack, "placement", row) for row in facts])


@pytest.mark.parametrize("on_column", ["", AS_OF])
def test_the_counted_form_counts_what_the_rows_say(pack: Pack, session: Session, on_column: str) -> None:
    days = DAYS if on_column else [ON]
    facts = list(rows(seed=9, count=600, days=days))
    given(session, pack, "placement", facts)
    query = to_sql(
        pack,
        "placement",
        session.dialect,
        TABLE,
        days if on_column else ON,
        on_column=on_column,
        counted=True,
    )
    verdicts = [decide(pack, "placement", row) for row in facts]
    expected = Counter((verdict.outcome, ";".join(verdict.needs)) for verdict in verdicts)
    assert sorted(session.read(query)) == sorted((*said, count) for said, count in expected.items())


def test_a_row_without_a_day_or_of_another_day_is_invalid_by_the_name_of_the_column(
    pack: Pack, session: Session
) -> None:
    wrong = FactRow("x", DAYS[0], {"nationality": frozenset({"QQQ"}), "birth": Contradiction("two days")})
    facts = [*rows(seed=10, count=40, days=DAYS), wrong]
    given(session, pack, "placement", facts)
    met = [ON]
    query = to_sql(pack, "placement", session.dialect, TABLE, met, on_column=AS_OF)
    found = {place: (outcome, needs) for place, outcome, _, _, needs, *_ in session.read(query)}
    for place, row in enumerate(facts):
        verdict = decide(pack, "placement", row)
        said = (verdict.outcome, ";".join(verdict.needs)) if row.on in met else ("invalid", AS_OF)
        assert found[place] == said


def test_counts_of_the_states_met_equal_the_printed_ones(pack: Pack, session: Session) -> None:
    facts = list(rows(seed=11, count=600, days=DAYS))
    given(session, pack, "placement", facts)
    encoding = Encoding(
        pack, "placement", session.dialect, TABLE, DAYS, on_column=AS_OF, days_table=sql_rows.DAYS
    )
    met = [(*said, count) for said, count in sql_rows.counted(session, encoding).items()]
    printed = to_sql(pack, "placement", session.dialect, TABLE, DAYS, on_column=AS_OF, counted=True)
    assert sorted(met) == sorted(session.read(printed))


def test_a_decision_of_too_many_states_is_not_printed_and_the_way_out_is_named() -> None:
    numbers = ", ".join(str(2 * number) for number in range(30))
    measures = ("days_since(arrived)", "months_since(seen_by_doctor)")
    pack = small_pack.open_pack(
        [
            small_pack.rule(f"r{place}", f"{measure} IN ({numbers})", "home")
            for place, measure in enumerate(measures)
        ]
    )
    with pytest.raises(NotInSql, match="amana decide, on any engine"):
        to_sql(pack, "care", "duckdb", TABLE, ON)


def test_several_days_need_a_column_and_a_column_needs_days(pack: Pack) -> None:
    with pytest.raises(ValueError, match="one as-of date"):
        to_sql(pack, "placement", "duckdb", TABLE, DAYS)
    with pytest.raises(ValueError, match="may hold"):
        to_sql(pack, "placement", "duckdb", TABLE, [], on_column=AS_OF)


def test_a_table_without_any_day_leaves_every_row_invalid(pack: Pack, session: Session) -> None:
    given(session, pack, "placement", list(rows(seed=12, count=9, days=DAYS)))
    encoding = Encoding(
        pack, "placement", session.dialect, TABLE, [], on_column=AS_OF, days_table=sql_rows.DAYS
    )
    assert sql_rows.counted(session, encoding) == {("invalid", AS_OF): 9}
