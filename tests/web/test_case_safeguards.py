"""The Safeguards tab of a case, its badges in head and list, and what the overview says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client
from small_family import AT, TODAY, settle

from amana.apps.oversight import queries
from amana.casework.sweep import stand, sweep_all

Client_ = Callable[..., Client]


@pytest.fixture
def swept(cast: SimpleNamespace) -> SimpleNamespace:
    family = settle(cast.registrar)
    sweep_all(on=TODAY, by=cast.supervisor, at=AT)
    return family


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


def test_every_finding_says_what_would_clear_it_with_basis_and_conditions(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{swept.safiya}/safeguards/")
    standing = [
        each
        for each in stand(cast.caseworker, swept.safiya, TODAY)
        if each.finding.verdict != "no_breach_found"
    ]
    assert standing
    for each in standing:
        assert each.safeguard.title["en"] in text and each.safeguard.clears["en"] in text
        assert all(source.id in text for source in each.safeguard.basis)
    assert text.count('<article class="in finding"') == len(standing)
    assert "tv tv-" in text and "What would clear it" in text


def test_an_open_check_says_what_to_ask(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    open_ones = {
        ref: [each for each in stand(cast.caseworker, ref, TODAY) if each.finding.verdict == "undetermined"]
        for ref in (swept.safiya, swept.idris, swept.yusuf)
    }
    ref = next(ref for ref, found in open_ones.items() if found)
    text = page(signed_in("caseworker"), f"/people/{ref}/safeguards/")
    assert "Undetermined: what to ask" in text and "What would settle it" in text


def test_checks_that_found_nothing_are_folded_and_not_called_well(
    swept: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{swept.safiya}/safeguards/")
    assert "Checks that found nothing on the records as they are" in text and "compliant" not in text
    folded = text[text.index('id="quiet"') :]
    assert "<details>" in folded


def test_a_remedy_leads_to_the_page_on_which_it_is_done_for_those_who_may(
    swept: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), f"/people/{swept.safiya}/safeguards/")
    assert f'href="/people/{swept.safiya}/determinations/assessment/"' in text
    other = page(signed_in("supervisor"), f"/people/{swept.safiya}/safeguards/")
    assert f'href="/people/{swept.safiya}/determinations/assessment/"' not in other


@pytest.mark.parametrize("role", ["registrar", "monitor", "rules_editor", "policy_approver", "administrator"])
def test_the_tab_is_not_found_for_those_without_both_people_and_oversight(
    role: str, swept: SimpleNamespace, signed_in: Client_
) -> None:
    page(signed_in(role), f"/people/{swept.safiya}/safeguards/", 404)


def test_a_registrar_sees_neither_tab_nor_badges(swept: SimpleNamespace, signed_in: Client_) -> None:
    text = page(signed_in("registrar"), f"/people/{swept.safiya}/")
    assert "/safeguards/" not in text and "/determinations/" not in text
    page(signed_in("registrar"), "/people/?finding=breach", 422)
    assert 'name="finding"' not in page(signed_in("registrar"), "/people/")


def test_the_head_shows_what_stands_the_worst_first(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    ref = next(
        ref
        for ref in (swept.safiya, swept.yusuf, swept.rustam, swept.idris, swept.madina)
        if queries.open_of(cast.supervisor, [ref], on=TODAY).get(ref)
    )
    text = page(signed_in("supervisor"), f"/people/{ref}/")
    head = text[text.index('class="ch"') : text.index("</nav>", text.index('class="ch"'))]
    assert f'href="/people/{ref}/safeguards/"' in head and 'class="st st-' in head


def test_the_overview_sets_the_findings_beside_the_protocol(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    found = queries.open_of(cast.supervisor, [swept.safiya], on=TODAY)[swept.safiya]
    text = page(signed_in("caseworker"), f"/people/{swept.safiya}/")
    against = text[text.index('id="against"') :]
    for line in found:
        anchor = f"{line.safeguard}-{line.key}".replace(":", "-")
        assert f'href="/people/{swept.safiya}/safeguards/#{anchor}"' in against
    tab = page(signed_in("caseworker"), f"/people/{swept.safiya}/safeguards/")
    assert all(f'id="{line.safeguard}-{line.key}"'.replace(":", "-") in tab for line in found)


def test_people_are_found_by_an_open_breach_and_by_nothing_undetermined(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("caseworker")
    people = {
        line.person
        for row in queries.board(cast.supervisor, on=TODAY).lines
        for line in queries.findings(cast.supervisor, safeguard=row.safeguard, on=TODAY).rows
        if line.verdict == "overdue"
    }
    text = page(client, "/people/?finding=overdue")
    assert set(re.findall(r'href="/people/(P-\w+)/"', text)) == people
    for value in ("undetermined", "warn", "no_breach_found", "reported_detention_possible"):
        page(client, f"/people/?finding={value}", 422)


def test_a_card_shows_its_alerts_before_what_the_protocol_says(
    swept: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    text = page(signed_in("caseworker"), "/people/")
    found = queries.open_of(cast.supervisor, [swept.safiya], on=TODAY)[swept.safiya]
    broken = [line for line in found if line.verdict in ("breach", "overdue")]
    row = text[text.index(f"/people/{swept.safiya}/") :]
    row = row[: row.index("</tr>")]
    assert ("st-breach" in row) == bool(broken)
    if broken:
        assert row.index("st-breach") < row.index("Undetermined")


def test_a_mistyped_reference_is_told_and_an_absent_one_is_not_found(
    swept: SimpleNamespace, signed_in: Client_
) -> None:
    assert "mistyped" in page(signed_in("caseworker"), "/people/P-2222/safeguards/", 404)
    page(signed_in("caseworker"), "/people/P-222222/safeguards/", 404)
