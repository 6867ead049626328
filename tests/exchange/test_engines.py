"""Which engines can be used, and that each gives the verdicts of rows in their order."""

from __future__ import annotations

from datetime import date

import pytest

from amana.apps.decisions.packs import find_pack
from amana.core.facts import FactRow
from amana.core.policy import decide, read_row
from amana.exchange.engines import ENGINES, NoDatabase, decide_rows, engines_at_hand
from amana.exchange.facts_file import UndatedRow

ON = date(2018, 2, 15)


def test_postgresql_is_at_hand_only_where_an_address_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert engines_at_hand() == ("python", "sqlite", "duckdb")
    with pytest.raises(NoDatabase, match="DATABASE_URL"):
        list(decide_rows("postgresql", find_pack("iraq_2018"), "placement", [FactRow("a", ON, {})]))
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/office")
    assert engines_at_hand() == ENGINES


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_keep_their_order_and_a_row_without_a_day_is_invalid(
    engine: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "postgresql":
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("postgres_url"))
    pack = find_pack("iraq_2018")
    births = ["2014", "2000", "", "2016-02-29"]
    dated = [read_row(pack, f"row-{place}", ON, {"birth": birth}) for place, birth in enumerate(births)]
    rows: list[FactRow | UndatedRow] = [dated[0], UndatedRow("undated", "on"), *dated[1:]]
    found = list(decide_rows(engine, pack, "placement", rows))
    assert [ref for ref, _ in found] == ["row-0", "undated", "row-1", "row-2", "row-3"]
    assert (found[1][1].outcome, found[1][1].needs) == ("invalid", ("on",))
    assert [verdict for ref, verdict in found if ref != "undated"] == [
        decide(pack, "placement", row) for row in dated
    ]
