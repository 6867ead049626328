"""The board of safeguards: counts by safeguard, never by person; who may look; what is not known is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client
from small_family import AT, TODAY, settle

from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import queries
from amana.casework.sweep import sweep_all
from amana.web.oversight.spark import spark

Client_ = Callable[..., Client]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


@pytest.fixture
def swept(family: SimpleNamespace, cast: SimpleNamespace) -> SimpleNamespace:
    sweep_all(on=TODAY, by=cast.supervisor, at=AT)
    return family


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


def found(cast: SimpleNamespace, verdict: str) -> str:
    """The id of a safeguard that finds this."""
    board = queries.board(cast.supervisor, on=TODAY)
    return next(line.safeguard for line in board.lines if getattr(line, verdict))


def test_before_the_first_sweep_the_board_says_that_it_can_not_tell(
    office: object, signed_in: Client_
) -> None:
    text = page(signed_in("supervisor"), "/oversight/")
    assert "No sweep has run yet" in text and "Nothing has been counted yet" in text


def test_every_safeguard_that_finds_something_stands_on_the_board(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("supervisor"), "/oversight/")
    board = queries.board(cast.supervisor, on=TODAY)
    assert board.lines
    for line in board.lines:
        assert f'href="/oversight/{line.safeguard}/"' in text
        assert office_pack().safeguards[line.safeguard].title["en"] in text
    assert "last swept on 15 February 2018" in text


def test_the_heaviest_norm_comes_first(swept: SimpleNamespace, signed_in: Client_) -> None:
    text = page(signed_in("supervisor"), "/oversight/")
    table = text[text.index('id="board"') : text.index("</table>", text.index('id="board"'))]
    weights = re.findall(r'class="w-([tlsp])">', table)
    assert len(weights) > 1 and weights == sorted(weights, key="tlsp".index)


def test_beside_no_breach_found_stands_how_much_is_undetermined(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("supervisor"), "/oversight/")
    unsure = sum(line.undetermined for line in queries.board(cast.supervisor, on=TODAY).lines)
    assert unsure
    assert re.search(
        rf"No breach found does not mean that all is well: {unsure} checks? (is|are) undetermined", text
    )
    assert "compliant" not in text


def test_safeguards_that_wait_for_records_are_listed_with_the_records(
    swept: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("supervisor"), "/oversight/")
    waiting = [each for each in office_pack().safeguards.values() if not each.alive]
    assert waiting and "Waiting for records" in text
    for each in waiting:
        assert each.title["en"] in text


@pytest.mark.parametrize("role", ["registrar", "rules_editor", "policy_approver", "administrator"])
def test_the_board_is_not_found_for_those_who_do_not_oversee(
    role: str, swept: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in(role)
    for address in ("/oversight/", "/oversight/S06/", "/oversight/S11/1/waive/"):
        page(client, address, 404)


def test_no_reference_and_no_name_stands_on_the_board(swept: SimpleNamespace, signed_in: Client_) -> None:
    for role in ("monitor", "supervisor", "caseworker"):
        text = page(signed_in(role), "/oversight/")
        assert not re.search(r"\bP-[2-9A-Z]{6}\b", text) and "Rashid" not in text


def test_a_line_is_chosen_by_state_weight_owner_site_and_clock(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("supervisor")
    everything = ("state=undetermined", "weight=treaty-binding-here", "owner=caseworker", "soon=7")
    for query in (*everything, f"site={swept.place}"):
        text = page(client, f"/oversight/?{query}")
        assert 'aria-current="true"' in text, query
    narrowed = page(client, "/oversight/?state=breach")
    for line in queries.board(cast.supervisor, on=TODAY).lines:
        shown = f'href="/oversight/{line.safeguard}/"' in narrowed
        assert shown == bool(line.breach), line.safeguard


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("state=detention", "“detention” is no value of the filter “state”"),
        ("owner=minister", "“minister” is no value of the filter “owner”"),
        ("owner=administrator", "“administrator” is no value of the filter “owner”"),
        ("weight=heavy", "“heavy” is no value of the filter “weight”"),
        ("site=S-222222", "“S-222222” is no value of the filter “site”"),
        ("soon=9999", "“9999” is no value of the filter “soon”"),
        ("facility=S-222222", "“facility” is no filter of this page. Its filters: state, weight,"),
        ("due=-1", "“due” is no filter of this page"),
        ("verdict=zzz", "“verdict” is no filter of this page"),
    ],
)
def test_a_filter_that_does_not_exist_is_refused_in_words(
    query: str, told: str, swept: SimpleNamespace, signed_in: Client_
) -> None:
    assert told in page(signed_in("supervisor"), f"/oversight/?{query}", 422)


@pytest.mark.parametrize("query", ["due=-1", "soon=7", "state=waived", "weight=treaty-binding-here"])
def test_the_findings_of_one_safeguard_refuse_the_filters_they_do_not_have(
    query: str, swept: SimpleNamespace, signed_in: Client_
) -> None:
    name = query.partition("=")[0]
    text = page(signed_in("supervisor"), f"/oversight/S11/?{query}", 422)
    assert f"“{name}” is no filter of this page" in text or f"of the filter “{name}”" in text


def test_nobody_owns_a_finding_who_may_not_see_one(swept: SimpleNamespace, signed_in: Client_) -> None:
    text = page(signed_in("supervisor"), "/oversight/")
    assert "owner=supervisor" in text and "owner=administrator" not in text


def test_no_filter_of_the_board_is_an_outcome_that_is_never_acted_on(
    swept: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("supervisor"), "/oversight/")
    outcomes = office_pack().decisions["placement"].outcomes
    assert not [each.id for each in outcomes.values() if f"={each.id}" in text]


def test_the_weeks_since_the_first_sweep_are_drawn_and_told_in_a_table(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep_all(on=TODAY - timedelta(weeks=2), by=cast.supervisor, at=AT)
    sweep_all(on=TODAY, by=cast.supervisor, at=AT)
    text = page(signed_in("supervisor"), "/oversight/")
    assert '<svg class="fig spark"' in text and "Breaches and overdue duties by week" in text
    assert text.count('<th scope="row"><span class="ltr" dir="ltr">20') == 3


def test_after_the_first_sweep_there_is_a_number_and_no_line(
    swept: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("supervisor"), "/oversight/")
    assert '<svg class="fig spark"' not in text and "Counted since 2018-02-15" in text


def test_an_overdue_duty_is_told_by_how_late_it_is(swept: SimpleNamespace, signed_in: Client_) -> None:
    text = page(signed_in("supervisor"), "/oversight/")
    row = text[text.index('href="/oversight/S11/"') :]
    assert "17 days late" in row[: row.index("</tr>")]


def test_the_board_in_arabic_is_the_same_board(swept: SimpleNamespace, signed_in: Client_) -> None:
    text = page(signed_in("supervisor", "ar"), "/oversight/")
    assert 'dir="rtl"' in text and 'href="/oversight/S11/"' in text


def test_the_line_of_weeks_begins_at_zero_and_never_leaves_the_drawing() -> None:
    days = [(date(2018, 1, 1) + timedelta(weeks=at), count, 9) for at, count in enumerate((0, 4, 8, 2))]
    drawn = spark(days)
    assert drawn and drawn.line.split()[0] == "12.0,76.0" and drawn.line.split()[2].endswith(",12.0")
    assert (drawn.first, drawn.highest, drawn.now, drawn.overdue) == (0, 8, 2, 9)


@pytest.mark.parametrize(("counts", "line"), [((), None), ((3,), "")])
def test_fewer_than_two_days_draw_no_line(counts: tuple[int, ...], line: str | None) -> None:
    drawn = spark([(TODAY, count, 0) for count in counts])
    assert (drawn.line if drawn else None) == line


def test_weeks_with_nothing_open_lie_on_the_ground() -> None:
    drawn = spark([(TODAY - timedelta(weeks=1), 0, 5), (TODAY, 0, 5)])
    assert drawn and drawn.line == "12.0,76.0 252.0,76.0"
