"""The findings of one safeguard: named for those who see people, by pseudonym for the monitor; waivers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client
from saying_why import saying_why
from small_family import AT, TODAY, settle

from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import queries
from amana.apps.oversight.answers import FindingLine
from amana.apps.registry.queries import lines
from amana.casework.oversight import WAIVABLE
from amana.casework.sweep import sweep_all

Client_ = Callable[..., Client]
GROUND = "The panel meets on Thursday; until then she is visited every day."


@pytest.fixture
def swept(cast: SimpleNamespace) -> SimpleNamespace:
    family = settle(cast.registrar)
    sweep_all(on=TODAY, by=cast.supervisor, at=AT)
    return family


@pytest.fixture
def waivable(swept: SimpleNamespace, cast: SimpleNamespace) -> FindingLine:
    """A finding about a person, of a safeguard that may be waived."""
    known = office_pack().safeguards
    for line in queries.board(cast.supervisor, on=TODAY).lines:
        if known[line.safeguard].waivable:
            rows = queries.findings(cast.supervisor, safeguard=line.safeguard, on=TODAY).rows
            broken = [row for row in rows if row.person and row.verdict in WAIVABLE]
            if broken:
                return broken[0]
    raise AssertionError("no finding that may be waived")


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


def test_the_page_says_what_is_asked_on_what_ground_and_what_clears_it(
    waivable: FindingLine, signed_in: Client_
) -> None:
    safeguard = office_pack().safeguards[waivable.safeguard]
    text = page(signed_in("supervisor"), f"/oversight/{safeguard.id}/")
    for told in (safeguard.title["en"], safeguard.asks["en"], safeguard.clears["en"]):
        assert told in text
    assert all(source.title["en"] in text for source in safeguard.basis)
    assert "remembered, to be verified" in text or "reported, not seen" in text or "verified" in text


def test_a_finding_leads_by_name_to_the_case(
    waivable: FindingLine, cast: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/oversight/{waivable.safeguard}/")
    name = lines(cast.supervisor, [waivable.person])[waivable.person].name_latin
    assert name in text and f'href="/people/{waivable.person}/safeguards/"' in text


def test_the_monitor_sees_pseudonyms_and_never_a_name_or_a_reference(
    waivable: FindingLine, cast: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("monitor")
    for safeguard in office_pack().safeguards:
        text = page(client, f"/oversight/{safeguard}/")
        assert not re.search(r"\bP-[2-9A-Z]{6}\b", text) and "Rashid" not in text and "Karim" not in text
    text = page(client, f"/oversight/{waivable.safeguard}/")
    (first, *_rest) = queries.findings(cast.monitor, safeguard=waivable.safeguard, on=TODAY).rows
    assert first.pseudonym in text and "/waive/" not in text


def test_findings_come_a_page_at_a_time_and_none_is_lost(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amana.web.oversight.views.PAGE", 2)
    board = queries.board(cast.supervisor, on=TODAY)
    line = max(board.lines, key=lambda each: each.total)
    client, address, seen = signed_in("supervisor"), f"/oversight/{line.safeguard}/", []
    while address:
        text = page(client, address)
        seen += re.findall(r'id="finding-(\d+)"', text)
        further = re.search(r'href="(\?after=\d+)" rel="next"', text)
        address = f"/oversight/{line.safeguard}/{further[1]}" if further else ""
    assert len(seen) == len(set(seen)) == line.total > 2


def test_a_safeguard_that_waits_for_records_says_so(swept: SimpleNamespace, signed_in: Client_) -> None:
    waiting = next(each for each in office_pack().safeguards.values() if not each.alive)
    text = page(signed_in("supervisor"), f"/oversight/{waiting.id}/")
    assert "It waits for records" in text and "nothing is watched here" in text


@pytest.mark.parametrize("address", ["/oversight/S999/", "/oversight/x/", "/oversight/S11/999999/waive/"])
def test_what_is_not_there_is_not_found(address: str, swept: SimpleNamespace, signed_in: Client_) -> None:
    page(signed_in("supervisor"), address, 404)


@pytest.mark.parametrize("after", ["0", "-1", "999999999999999999999", "zz"])
def test_an_odd_place_in_the_pages_is_said_and_shows_the_beginning(
    after: str, waivable: FindingLine, signed_in: Client_
) -> None:
    text = page(signed_in("supervisor"), f"/oversight/{waivable.safeguard}/?after={after}", 422)
    assert "No page of this list begins where the address says" in text
    assert f'id="finding-{waivable.id}"' in text


def test_a_supervisor_waives_with_a_ground_and_an_end_and_it_stays_on_show(
    waivable: FindingLine, cast: SimpleNamespace, signed_in: Client_
) -> None:
    client = saying_why(signed_in("supervisor"))
    address = f"/oversight/{waivable.safeguard}/{waivable.id}/waive/"
    assert GROUND not in page(client, address)
    until = (TODAY + timedelta(days=10)).isoformat()
    answer = client.post(address, {"ground": GROUND, "until": until}, follow=True)
    text = unescape(answer.content.decode())
    assert "Waived." in text and GROUND in text and "waived until 25 February 2018" in text
    assert "Hana Qasim" in text
    for role in ("caseworker", "monitor"):
        shown = page(signed_in(role), f"/oversight/{waivable.safeguard}/")
        assert GROUND in shown and ("Supervisor" in shown or "Hana Qasim" in shown)
    board = {line.safeguard: line for line in queries.board(cast.supervisor, on=TODAY).lines}
    assert board[waivable.safeguard].waived == 1 and "1 waived" in page(client, "/oversight/")
    assert GROUND in page(client, f"/people/{waivable.person}/safeguards/")


def test_a_waiver_is_ended_with_a_reason_and_stays_readable(
    waivable: FindingLine, signed_in: Client_
) -> None:
    client = saying_why(signed_in("supervisor"))
    until = (TODAY + timedelta(days=10)).isoformat()
    stem = f"/oversight/{waivable.safeguard}/{waivable.id}"
    client.post(f"{stem}/waive/", {"ground": GROUND, "until": until})
    page(client, f"{stem}/waive/", 404)
    assert GROUND in page(client, f"{stem}/end/")
    assert client.post(f"{stem}/end/", {"reason": " "}).status_code == 422
    text = client.post(f"{stem}/end/", {"reason": "The panel met on Thursday."}, follow=True).content.decode()
    assert "The finding counts again" in text and "The panel met on Thursday." in text and GROUND in text
    page(client, f"{stem}/end/", 404)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"ground": "", "until": "2018-02-20"}, "Give the ground in words."),
        ({"ground": "no", "until": "2018-02-20"}, "Say in a sentence why"),
        ({"ground": GROUND, "until": ""}, "Write the last day of the waiver."),
        ({"ground": GROUND, "until": "next week"}, "Write the day as year, month, day"),
        ({"ground": GROUND, "until": "2018-02-14"}, "This day is over"),
        ({"ground": GROUND, "until": "2018-05-17"}, "at most 90 days: write 2018-05-16"),
        ({"ground": GROUND + "\u202e", "until": "2018-02-20"}, "can't be seen"),
        ({"ground": GROUND * 9, "until": "2018-02-20"}, "500"),
    ],
)
def test_a_waiver_without_ground_or_end_is_refused_and_nothing_typed_is_lost(
    sent: dict[str, str], told: str, waivable: FindingLine, signed_in: Client_
) -> None:
    answer = saying_why(signed_in("supervisor")).post(
        f"/oversight/{waivable.safeguard}/{waivable.id}/waive/", sent
    )
    text = unescape(answer.content.decode())
    assert answer.status_code == 422 and "There is a problem" in text and told in text
    assert not sent["until"] or f'value="{sent["until"]}"' in text


@pytest.mark.parametrize("role", ["caseworker", "monitor", "registrar", "rules_editor"])
def test_nobody_but_a_supervisor_waives(role: str, waivable: FindingLine, signed_in: Client_) -> None:
    address = f"/oversight/{waivable.safeguard}/{waivable.id}/waive/"
    client = signed_in(role)
    page(client, address, 404)
    assert client.post(address, {"ground": GROUND, "until": "2018-02-20"}).status_code == 404


def test_a_question_is_asked_and_not_waived(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    rows = queries.findings(cast.supervisor, safeguard="S11", on=TODAY, verdict="undetermined").rows
    assert rows
    for row in rows[:2]:
        address = f"/oversight/S11/{row.id}/waive/"
        answer = saying_why(signed_in("supervisor")).post(address, {"ground": GROUND, "until": "2018-02-20"})
        assert answer.status_code == 422 and "There is nothing to waive" in answer.content.decode()
        assert "<textarea" not in page(saying_why(signed_in("supervisor")), address, 422)


def test_a_safeguard_that_can_not_be_waived_has_no_form(
    waivable: FindingLine, cast: SimpleNamespace, signed_in: Client_
) -> None:
    stern = next(each for each in office_pack().safeguards.values() if each.alive and not each.waivable)
    text = page(signed_in("supervisor"), f"/oversight/{stern.id}/")
    assert "It can't be waived" in text
    assert "/waive/" not in text
    page(signed_in("supervisor"), f"/oversight/{stern.id}/{waivable.id}/waive/", 404)
