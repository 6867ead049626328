"""What a role is not shown is said to be withheld, never told as empty, and alike with a value and without.

“Not recorded” where a nationality or a mother stands on record may cost a child her family.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from whose import own

from amana.apps.accounts.queries import viewer
from amana.apps.audit.recording import recording
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.models import Decision, FactsRow
from amana.apps.placements import queries as placements
from amana.apps.placements.models import Stay
from amana.apps.registry import assigning, queries
from amana.apps.registry.models import Claim, KinLink, Person
from amana.apps.registry.people import may_filter
from amana.core.need_to_know import WITHHELD
from small_office import AT, TODAY

WORDS = "not shown to your role"
NARROW = "other_caseworker"
"""Holds a referral that opens identity alone."""

HIDDEN: dict[str, set[str]] = {
    "facility_manager": {"C3", "C4"},
    "court_liaison": set(),
    "health_worker": {"C3"},
    NARROW: {"C2", "C3", "C4"},
}
"""Of the classes on the page of a person, those withheld in what a query answers."""

PAGES = ("case:person-show", "case:identity-show", "people:person-list")

UNREAD = {**HIDDEN, "court_liaison": {"C7"}}
"""Those of which claims are kept from each."""


@pytest.fixture
def person(cast: SimpleNamespace, tmp_path: Path) -> str:
    ref = own(cast, tmp_path).person
    with recording(cast.supervisor, AT) as log:
        told = {"kind": "referral", "official": cast.other_caseworker.user_id, "classes": ("C1",)}
        assigning.give(ref, **told, on=TODAY, log=log)
    return ref


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


@pytest.mark.parametrize("role", HIDDEN)
def test_the_answer_holds_the_mark_and_no_empty_value(
    role: str, person: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    me: Any = viewer(getattr(cast, role).user_id)
    facts, line = decisions.facts(me, [person])[person], queries.lines(me, [person])[person]
    told = queries.person(me, person)
    assert (facts.nationality is WITHHELD) == ("C3" in HIDDEN[role])
    kin = (facts.mother_present, line.relation, line.family, told.relation, told.family, told.links)
    assert {each is WITHHELD for each in kin} == {"C4" in HIDDEN[role]}
    assert (placements.stays(me, person) is WITHHELD) == ("C2" in HIDDEN[role])
    assert (placements.where(me, [person], TODAY)[person] is WITHHELD) == ("C2" in HIDDEN[role])
    assert decisions.current_many(me, [person])[person] is WITHHELD
    assert decisions.current(me, person) is None


@pytest.mark.parametrize("role", HIDDEN)
def test_pages_say_withheld_and_nowhere_that_nothing_is_recorded(
    role: str, person: str, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(role)
    case = page(client, reverse("case:person-show", args=[person]))
    listed = page(client, reverse("people:person-list"))
    assert WORDS in case and WORDS in listed
    assert "Not decided yet" not in case + listed
    head = case.partition('<dl class="facts">')[2].partition("</dl>")[0]
    assert "not recorded" not in head, head
    assert (WORDS in head.partition("Nationality")[2].partition("</div>")[0]) == ("C3" in HIDDEN[role])
    identity = page(client, reverse("case:identity-show", args=[person])).partition('id="identity"')[2]
    assert (WORDS in identity) == bool(UNREAD[role])


@pytest.mark.parametrize(
    ("role", "name"),
    [
        *((role, name) for role in ("facility_manager", "health_worker", NARROW) for name in PAGES),
        ("facility_manager", "today:day-show"),
        (NARROW, "today:day-show"),
    ],
)
def test_a_page_is_the_same_whether_there_is_a_value_or_none(
    name: str, role: str, person: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(role)
    address = reverse(name, args=[person] if name.startswith("case:") else [])
    before = page(client, address)
    with recording(cast.operator, AT) as log:
        FactsRow.objects.filter(person=person).update(nationality=None)
        Claim.objects.filter(person=person, attribute="nationality").delete()
        Decision.objects.filter(person=person).update(superseded_at=AT)
        if role != "health_worker":
            FactsRow.objects.filter(person=person).update(mother_present=None)
            Person.objects.filter(ref=person).update(family=None, relation="")
        if role == NARROW:
            Stay.objects.filter(person=person).delete()
            KinLink.objects.filter(child=person).delete()
        log.entry("test.emptied", person, {})
    assert page(client, address) == before


@pytest.mark.parametrize("role", HIDDEN)
def test_filters_by_what_is_withheld_are_not_offered_and_are_refused_when_typed(
    role: str, person: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    me: Any = viewer(getattr(cast, role).user_id)
    client, (line,) = signed_in(role), queries.lines(cast.operator, [person]).values()
    nation = next(iter(decisions.facts(cast.operator, [person])[person].nationality), "TJK")
    asked = {"nation": nation, "family": line.family, "outcome": "undetermined", "needs": "age"}
    offered = page(client, reverse("people:person-list"))
    for name, value in asked.items():
        found = client.get(reverse("people:person-list"), {name: value})
        if may_filter(me, name):  # what her role has, a narrow referral takes away
            assert (person in found.content.decode()) == (role != NARROW), name
        else:
            assert found.status_code == 422 and person not in found.content.decode()
            assert f'id="filter-{name}"' not in offered


@pytest.mark.parametrize(("role", "finds"), [("facility_manager", False), ("health_worker", True)])
def test_the_reference_of_a_family_finds_its_people_only_for_who_reads_kin(
    role: str, finds: bool, person: str, cast: SimpleNamespace
) -> None:
    me: Any = viewer(getattr(cast, role).user_id)
    (line,) = queries.lines(cast.operator, [person]).values()
    assert bool(queries.people(me, on=TODAY, text=str(line.family)[:5]).count) == finds


def test_a_facility_manager_sees_mother_and_child_at_her_place_and_no_father(
    person: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    links = queries.person(cast.operator, person).links
    assert not isinstance(links, type(WITHHELD))
    mothers = {link.parent for link in links if link.role == "mother" and link.child == person}
    shown = page(signed_in("facility_manager"), reverse("case:person-show", args=[person]))
    told = shown.partition('id="together"')[2].partition("</section>")[0]
    assert mothers and set(re.findall(r"P-[2-9A-Z]{6}", told)) == mothers


def test_whoever_may_not_read_what_answers_rest_on_is_not_told_of_open_answers(
    person: str, signed_in: Callable[..., Client]
) -> None:
    shown = page(signed_in("facility_manager"), reverse("today:day-show"))
    assert "Roll call" in shown and "No answer is open" not in shown and "what to ask for" not in shown
    assert "what to ask for" in page(signed_in("caseworker"), reverse("today:day-show"))
