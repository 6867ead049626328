"""The law pages: complete, dated, cited; a pack that can't be used says why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from amana.apps.decisions.packs import find_pack
from amana.apps.oversight.answers import PeopleBroken
from amana.apps.oversight.broken import Broken
from amana.core.errors import Fault, PackFaults
from amana.web.law.axis import AFTER, BEFORE, CLOSES, OPENS, axes
from amana.web.law.cases import worked_cases
from amana.web.law.limits import conflict_lines, gap_lines
from amana.web.law.safeguards import OpenNow, watches
from amana.web.law.table import decision_tables
from amana.web.law.values import periods

TODAY = date(2018, 2, 15)


@pytest.fixture
def page(signed_in: Callable[..., Client]) -> str:
    return signed_in("caseworker").get("/law/iraq_2018/").content.decode()


def test_every_rule_stands_on_the_page_with_its_text_and_dates(page: str) -> None:
    pack = find_pack("iraq_2018")
    for rule in pack.rules.values():
        assert f'id="rule-{rule.id}"' in page
        assert pack.source(rule.source).title["en"] in page
    assert 'href="#event-amend-1980"' in page


def test_the_row_that_holds_where_no_rule_speaks_is_part_of_the_table() -> None:
    (table,) = decision_tables(find_pack("iraq_2018"))
    assert [rule.id for rule in table.rules][-1] == "default"
    assert table.rules[-1].outcome == "no lawful placement"


def test_conditions_are_told_in_words_of_either_language() -> None:
    pack = find_pack("iraq_2018")
    for language in ("en", "ar"):
        with translation.override(language):
            (table,) = decision_tables(pack)
            assert all(rule.when and not re.search(":[a-z_]", rule.when) for rule in table.rules), language


def test_the_rule_on_adolescents_is_marked_as_never_acted_on() -> None:
    (table,) = decision_tables(find_pack("iraq_2018"))
    never = [rule.id for rule in table.rules if not rule.acted_on]
    assert never == ["adolescent"]


def test_rules_stand_in_the_order_of_their_outcomes_the_youngest_first() -> None:
    (table,) = decision_tables(find_pack("iraq_2018"))
    order = [rule.id for rule in table.rules]
    assert order[0] == "infant-with-mother" and order[-2:] == ["adult", "default"]


def test_each_conflict_stands_beside_the_rule_it_is_against() -> None:
    pack = find_pack("iraq_2018")
    (table,) = decision_tables(pack)
    beside = {rule.id: {conflict.id for conflict in rule.against} for rule in table.rules}
    assert beside["infant-with-mother"] == {"K2"}
    assert {"K1", "K3"} <= beside["state-home-foreign"]
    assert {"K6", "K8", "K14"} <= beside["adolescent"]
    assert {line.id for line in conflict_lines(pack)} >= {"K1", "K2", "K3", "K6", "K8", "K12", "K14"}


def test_every_gap_says_that_it_opens_nothing(page: str) -> None:
    gaps = gap_lines(find_pack("iraq_2018"))
    assert len(gaps) == 3 and all(gap.title in page for gap in gaps)
    assert "A gap in the law is no ground for detention nor for refusing care." in page


def test_each_reading_left_open_by_the_texts_is_shown_with_its_text() -> None:
    pack = find_pack("iraq_2018")
    for parameter in pack.parameters.values():
        assert all(period.source and period.reading for period in periods(parameter, pack, TODAY))


def test_the_worked_cases_are_all_there(page: str) -> None:
    pack = find_pack("iraq_2018")
    assert sum(len(lines) for lines in worked_cases(pack).values()) == len(pack.cases) >= 60
    assert all(f">{name}</span>" in page for name in worked_cases(pack))


@pytest.mark.parametrize(
    ("today", "place"),
    [(date(2017, 1, 1), BEFORE), (date(2017, 7, 1), OPENS), (date(2018, 2, 15), AFTER)],
)
def test_the_day_of_the_office_stands_where_it_belongs_in_the_drawing(today: date, place: int) -> None:
    (axis,) = axes(find_pack("iraq_2018"), today)
    assert axis.today_at == place


def test_within_the_window_the_day_moves_with_time() -> None:
    (early,) = axes(find_pack("iraq_2018"), date(2017, 9, 1))
    (late,) = axes(find_pack("iraq_2018"), date(2018, 1, 15))
    assert OPENS < early.today_at < late.today_at < CLOSES
    assert early.rules_until == ("state-home-1980",) and early.rules_from == ("state-home-foreign",)


def test_the_shared_pack_shows_its_texts_and_conflicts(signed_in: Callable[..., Client]) -> None:
    page = signed_in("monitor").get("/law/international/").content.decode()
    assert "Convention on the Rights of the Child" in page and 'id="conflict-K1"' in page


def test_a_pack_that_is_not_shipped_is_not_found(signed_in: Callable[..., Client]) -> None:
    assert signed_in("caseworker").get("/law/nowhere/").status_code == 404
    assert signed_in("caseworker").get("/law/..%2f..%2fetc/").status_code == 404


def test_a_pack_that_can_not_be_used_says_every_fault_and_its_mend(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str = "iraq_2018") -> Any:
        raise PackFaults(name, [Fault("rules/a.yaml", "a", "No source.", "Cite one.")])

    monkeypatch.setattr("amana.web.law.views.pack_named", refuse)
    monkeypatch.setattr("amana.web.law.views.office_pack", refuse)
    client = signed_in("caseworker")
    broken = client.get("/law/iraq_2018/")
    assert broken.status_code == 503
    assert "No source." in broken.content.decode() and "Cite one." in broken.content.decode()
    assert "No source." in client.get("/law/").content.decode()


@pytest.mark.parametrize("name", ["iraq_juvenile", "iraq_kurdistan_juvenile"])
def test_a_pack_that_compares_two_uncertain_dates_says_so_on_its_page(
    name: str, signed_in: Callable[..., Client]
) -> None:
    page = signed_in("caseworker").get(f"/law/{name}/").content.decode()
    assert "answers may be wider than needed" in page
    assert "answers are exact" not in page


def test_every_safeguard_stands_on_the_page_with_weight_clock_basis_and_standing(page: str) -> None:
    pack, told = find_pack("iraq_2018"), unescape(page)
    alive = [each for each in pack.safeguards.values() if each.alive]
    assert len(alive) >= 20
    for each in pack.safeguards.values():
        assert f'id="safeguard-{each.id}"' in page and each.title["en"] in told and each.asks["en"] in told
        assert all(source.id in page for source in each.basis)
    assert "14 days; then 90 days" in told and "wait for records that this office does not keep yet" in told


def test_each_conflict_names_the_safeguards_that_watch_it(page: str) -> None:
    pack = find_pack("iraq_2018")
    for line in conflict_lines(pack):
        row = page[page.index(f'id="conflict-{line.id}"') :]
        row = row[: row.index("</tr>")]
        watched = next(each.watched_by for each in pack.conflicts if each.id == line.id)
        assert [id for id in watched if f"safeguard-{id}" not in row and f">{id}<" not in row] == []
        assert watched or "no safeguard" in row
    assert "A rule is no breach by being written" in page


def test_a_conflict_tells_of_how_many_people_and_in_fives_to_those_who_see_nobody() -> None:
    pack = find_pack("iraq_2018")
    found = {"S06": {"breach": 25}, "S07": {"breach": 12}, "S11": {"overdue": 7}}
    people = {"K1": PeopleBroken(25, 1, 0), "K2": PeopleBroken(0, 0, 7)}
    exact = watches(pack, OpenNow(found, people), coarse=False)
    assert exact["K1"].open == "25 people in breach, 1 of them only planned" and exact["K1"].breached
    assert exact["K1"].apart[:2] == ("S06: 25 breaches", "S07: 12 breaches")
    assert exact["K2"].open == "7 people with something overdue"
    assert exact["K3"].open in ("no breach found", "") and not exact["K3"].breached
    few = {"K1": PeopleBroken(4, 1, 0), "K2": PeopleBroken(0, 0, 7)}
    roughly = watches(pack, OpenNow(found, few), coarse=True)
    assert roughly["K2"].open == "about 5 people with something overdue"
    assert roughly["K1"].open == "fewer than 5 people in breach or overdue" and not roughly["K1"].apart
    assert not any(each.open for each in watches(pack, None, coarse=False).values())


def test_a_rules_editor_is_told_counts_in_fives_and_gets_no_link_to_findings(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (Broken("S11", "overdue", False, 11, 11),)
    monkeypatch.setattr("amana.apps.oversight.broken.broken", lambda viewer: found)
    told = signed_in("rules_editor").get("/law/iraq_2018/").content.decode()
    assert "about 10 people with something overdue" in told and "Counts are told in fives." in told
    assert "/oversight/" not in told
    exact = signed_in("caseworker").get("/law/iraq_2018/").content.decode()
    assert "11 people with something overdue" in exact and 'href="/oversight/S11/"' in exact


def test_breaches_are_counted_only_for_the_law_that_is_applied(signed_in: Callable[..., Client]) -> None:
    shared = signed_in("caseworker").get("/law/international/").content.decode()
    assert (
        "people in breach" not in shared
        and "no breach found" not in shared
        and "A rule is no breach by being written" not in shared
    )
    assert 'id="safeguard-S06"' in shared
