"""History: what was changed side by side, and who saw it, how often; only what the role reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.test import Client
from small_family import settle

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.commands import erase_words
from amana.apps.audit.queries import TrailEntry
from amana.apps.audit.recording import recording
from amana.apps.decisions.office_pack import office_pack
from amana.web.case.differences import Difference, differences

AT = datetime(2018, 2, 16, 9, 0, tzinfo=UTC)
SUPERVISOR = Viewer(UUID(int=1), UUID(int=2), "supervisor")
pytestmark = pytest.mark.django_db
Client_ = Callable[..., Client]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


def entry(kind: str, **payload: object) -> TrailEntry:
    return TrailEntry(AT, UUID(int=3), kind, "P-7K3QXM", payload)


def told(*entries: TrailEntry, by: Viewer = SUPERVISOR) -> list[tuple[Difference, ...]]:
    """The differences of entries given in the order they were written."""
    found = differences(entries[::-1], by, office_pack())
    return [found[len(entries) - 1 - place] for place in range(len(entries))]


def words(client: Client, address: str) -> str:
    text = re.sub(r"<[^>]+>", " ", client.get(address).content.decode())
    return " ".join(text.split())


def test_a_judgement_shows_the_standing_before_and_after(office: object) -> None:
    _first, second = told(
        entry("claim.added", claim=7, attribute="birth", stated="2013", standing="claimed"),
        entry("claim.reviewed", claim=7, standing="refuted", disputed=False, reason="The paper is forged."),
    )
    standing, disputed, reason = second
    assert (standing.words, standing.before, standing.after) == ("birth date: standing", "claimed", "refuted")
    assert (disputed.before, disputed.after) == ("", "no")
    assert (reason.before, reason.after) == ("", "The paper is forged.")


def test_changes_of_one_claim_are_not_held_against_another(office: object) -> None:
    *_, second = told(
        entry("claim.added", claim=7, attribute="birth", stated="2013", standing="claimed"),
        entry("claim.added", claim=8, attribute="birth", stated="2013", standing="claimed"),
    )
    assert [(each.before, each.after) for each in second] == [("", "2013"), ("", "claimed")]


def test_an_answer_that_stays_the_same_is_no_difference(office: object) -> None:
    *_, same = told(
        entry("decision.stored", outcome="with_mother", pack="a" * 64, on="2018-02-15"),
        entry("decision.stored", outcome="with_mother", pack="a" * 64, on="2018-02-16"),
    )
    assert [(each.words, each.before, each.after) for each in same] == [("as of", "2018-02-15", "2018-02-16")]


def test_an_outcome_never_to_be_acted_on_stands_as_a_review(office: object) -> None:
    from amana.apps.decisions.office_pack import PLACEMENT

    outcomes = office_pack().decisions[PLACEMENT].outcomes.values()
    never = next(each for each in outcomes if not each.actionable)
    ((answer, *_),) = told(entry("decision.stored", outcome=never.id, pack="a" * 64, on="2018-02-15"))
    assert answer.after == "Protection review" and never.en not in answer.after


@pytest.mark.parametrize("attribute", ["pregnant", "something_new"])
def test_a_claim_of_a_class_the_role_does_not_read_is_not_shown(office: object, attribute: str) -> None:
    (shown,) = told(entry("claim.added", claim=7, attribute=attribute, stated="yes", standing="claimed"))
    assert shown == ()


def test_a_role_without_the_class_sees_no_difference(office: object) -> None:
    added = entry("claim.added", claim=7, attribute="birth", stated="2013", standing="claimed")
    for role in ("monitor", "data_protection", "administrator", ""):
        assert told(added, by=replace(SUPERVISOR, role=role)) == [()]


def test_a_field_that_no_table_names_is_not_shown(office: object) -> None:
    assert told(entry("person.registered", batch="B-7K3QXM", row=3), entry("novel.kind", secret="x")) == [
        (),
        (),
    ]


def test_the_page_counts_who_saw_it_on_which_page(family: SimpleNamespace, signed_in: Client_) -> None:
    for _ in range(3):
        signed_in("caseworker").get(f"/people/{family.yusuf}/placement/")
    text = words(signed_in("supervisor"), f"/people/{family.yusuf}/history/")
    assert re.search(r"Layla Nasser case, placement 3 \d{4}-", text), text


def test_the_page_shows_a_change_side_by_side_until_it_is_erased(
    family: SimpleNamespace, signed_in: Client_, cast: SimpleNamespace
) -> None:
    with recording(cast.caseworker, AT) as log:
        log.entry(
            "claim.added", family.yusuf,
            {"claim": 9001, "attribute": "birth", "stated": "2008", "standing": "claimed"},
        )  # fmt: skip
        log.entry("claim.reviewed", family.yusuf, {"claim": 9001, "standing": "supported", "disputed": True})
    address = f"/people/{family.yusuf}/history/"
    text = words(signed_in("supervisor"), address)
    assert (
        "birth date: standing claimed supported" in text
        and "What this entry said has been erased" not in text
    )
    with recording(cast.operator, AT) as log:
        erase_words(of=[family.yusuf], told_of=family.yusuf, reason="request", log=log)
    text = words(signed_in("supervisor"), address)
    assert "birth date: standing" not in text and "What this entry said has been erased" in text
    assert "claim judged" in text and "payload erased" in text


def test_those_who_may_not_see_the_trail_see_neither(family: SimpleNamespace, signed_in: Client_) -> None:
    text = words(signed_in("caseworker"), f"/people/{family.yusuf}/history/")
    assert "Who saw it" not in text and "What was changed" not in text
