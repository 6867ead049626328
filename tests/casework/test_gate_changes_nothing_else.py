"""A no changes no other outcome: whatever is decided, found or to be done is the same as if nobody had asked.
And what the open gate changes is what safeguards ask of it, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from determined import acting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moved import place
from registered import TODAY
from returning import NATION, opened, said_no, said_yes, screened
from small_lists import one_family

from amana.apps.decisions.models import Decision
from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight.models import Finding
from amana.apps.placements.separation.decided import decided
from amana.apps.registry.models import Person
from amana.apps.tasks.models import Task
from amana.casework import amend, consent, protection
from amana.casework.occasions import occasions_on
from amana.casework.snapshot import facts_on
from amana.core.safeguards import find_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def parted(committed: Callable[..., Any], registrar: Any, cast: SimpleNamespace) -> dict[str, str]:
    """First name -> reference: a mother and four children, of whom one was moved away from her."""
    committed(one_family())
    family = {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}
    home = place("state_home", registrar, "State home 2")
    told = {"facility": home, "moved_on": TODAY, "source": "list"}
    amend.move(person=family["Farid"], **told, **acting(cast.caseworker))
    return family


def outcomes() -> dict[str, Any]:
    """Everything the office answers, finds and has to do, without the ids of the rows."""
    standing = Decision.objects.filter(superseded_at=None)
    findings = Finding.objects.filter(until=None)
    return {
        "decisions": sorted(standing.values_list("person_id", "outcome", "rule", "possible")),
        "findings": sorted(findings.values_list("person_id", "safeguard", "key", "verdict")),
        "tasks": sorted(Task.objects.filter(closed_on=None).values_list("person_id", "kind", "source")),
    }


REFUSALS = st.lists(
    st.tuples(
        st.sampled_from(["Zarina", "Farid", "Anora"]),
        st.sampled_from(["person", "guardian"]),
        st.sampled_from(["enquiry", "return"]),
        st.sampled_from(["no", "yes then no", "yes then back"]),
        st.fixed_dictionaries(
            {name: st.sampled_from([True, False, None]) for name in ("own_word", "with_counsel", "unheard")}
        ),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(said=REFUSALS)
def test_a_no_changes_no_other_outcome(
    parted: dict[str, str], cast: SimpleNamespace, said: list[tuple[Any, ...]]
) -> None:
    before = outcomes()
    for name, giver, purpose, how, what in said:
        ref = parted[name]
        if how != "no":
            said_yes(ref, cast.caseworker, giver, purpose, **what)
        if how == "yes then back":
            consent.withdraw(ref, NATION, purpose, giver, **acting(cast.caseworker))
        else:
            said_no(ref, cast.caseworker, giver, purpose, **what)
    assert outcomes() == before


def gate_open(ref: str) -> set[object]:
    """What the separations of a person say of the gate."""
    return {each.values["gate_open"] for each in occasions_on([ref], TODAY)[ref] if each.kind == "separation"}


def test_the_separation_reads_the_gate_and_a_consent_taken_back_closes_it(
    parted: dict[str, str], cast: SimpleNamespace
) -> None:
    child = parted["Farid"]
    assert gate_open(child) == {False}
    opened(child, cast, child=True)
    assert gate_open(child) == {True} and decided([child], TODAY)[child].gate_open
    consent.withdraw(child, NATION, "enquiry", "guardian", **acting(cast.caseworker))
    assert gate_open(child) == {False}


def test_only_an_open_gate_makes_it_a_breach_that_no_consulate_was_consulted(
    parted: dict[str, str], cast: SimpleNamespace
) -> None:
    def consulted(child: str) -> str:
        (each,) = [found for found in occasions_on([child], TODAY)[child] if found.kind == "separation"]
        cared = replace(each, values={**each.values, "care_identified": True})
        found = find_all(office_pack(), facts_on([child], TODAY)[0], [cared])
        return str(next(one.verdict for one in found if one.safeguard == "S09"))

    child = parted["Farid"]
    assert consulted(child) == "no_breach_found"
    opened(child, cast, child=True)
    assert consulted(child) == "breach"
    screened(child, cast.caseworker, fear=True)
    assert consulted(child) == "no_breach_found"


def test_a_hold_of_another_country_closes_nothing_here(parted: dict[str, str], cast: SimpleNamespace) -> None:
    child = parted["Farid"]
    opened(child, cast, child=True)
    protection.place_hold(
        child, "RUS", ground="Another matter is open.", until=TODAY + timedelta(days=9),
        **acting(cast.caseworker),
    )  # fmt: skip
    assert gate_open(child) == {True}
