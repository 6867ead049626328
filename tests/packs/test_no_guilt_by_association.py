"""No guilt by association: an inventory of every fact, rule, safeguard, column, form and heading. None passes
on what a relative did or was, none scores, ranks or rates anybody; each is held against a planted fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from amana.apps.audit.columns import declared_columns
from amana.apps.audit.occasions import names_risk, provide
from amana.apps.decisions.packs import find_pack, shipped_packs
from amana.apps.determinations import codes
from amana.casework.listing.columns import is_refused
from amana.core.facts import AllOf, FactRow
from amana.core.policy import Pack
from amana.core.policy.nodes import facts_read
from amana.core.safeguards import Occasion, SafeguardVerdict, find
from amana.exchange.vocabulary import intake_vocabulary

OF_KIN = {
    "mother_present": "whether the mother is there and able to care",
    "parent_present": "whether a parent is there and able to care",
    "with_mother": "whether the mother is at the same place",
    "from_mother": "whether the child left a place where the mother is",
    "without_mother_since": "the day since which the mother is not at the same place",
    "mother_detained": "that the place where the mother is with the child is one of detention",
    "siblings_apart": "whether brothers and sisters are elsewhere",
    "with_family": "whether mother, brothers and sisters came along in an urgent move",
    "parent_or_court_on": "when a parent was heard on a handover or a court decided it",
}
"""Every fact that speaks of a relative, and all that it says: where somebody is. One that is not listed here
fails, so that a new one is looked at: it may say where a relative is, never what a relative did or was.
"""
WHO = frozenset(
    [
        "mother",
        "mothers",
        "father",
        "fathers",
        "husband",
        "wife",
        "spouse",
        "parent",
        "parents",
        "sibling",
        "siblings",
        "brother",
        "sister",
        "kin",
        "kinship",
        "relative",
        "relatives",
        "family",
        "tribe",
        "clan",
        "head",
        "household",
    ]
)
RATES = frozenset(
    [
        "affiliation",
        "affiliated",
        "allegiance",
        "blacklist",
        "clearance",
        "combatant",
        "commander",
        "daesh",
        "danger",
        "dangerous",
        "extremist",
        "extremism",
        "fighter",
        "grade",
        "ideology",
        "ideological",
        "isil",
        "isis",
        "likelihood",
        "loyal",
        "loyalty",
        "member",
        "membership",
        "militant",
        "offence",
        "crime",
        "convicted",
        "conviction",
        "priority",
        "probability",
        "radical",
        "radicalised",
        "rank",
        "rating",
        "risk",
        "score",
        "security",
        "severity",
        "suspect",
        "suspected",
        "suspicion",
        "sympathiser",
        "terror",
        "terrorist",
        "threat",
        "vetting",
        "wanted",
        "watchlist",
        "wanted",
        "act",
        "acts",
    ]
)
OF_THE_PERSON = {
    "label_used": "that the deciding body called a child suspect or terrorist, which S01 shows as a breach",
    "names_risk": "that the name of a column rates people, which S03 shows as a breach",
    "act_date": "the day of the person's own act, which says whose law governs it",
}
"""Facts with such a word because a safeguard stands against it, or that speak of the person's own act."""


@cache
def packs() -> tuple[Pack, ...]:
    """Every shipped pack."""
    return tuple(find_pack(name) for name in shipped_packs())


def words(name: str) -> frozenset[str]:
    return frozenset(re.split(r"[^a-z]+", name.lower()))


def facts_of(pack: Pack) -> Iterator[str]:
    """The names of the facts that rules and safeguards of a pack may read."""
    yield from pack.facts
    yield from pack.watch.facts if pack.watch else ()
    for kind in pack.records.values():
        yield from kind.facts


def of_kin_unlisted(names: Iterable[str]) -> set[str]:
    """The facts that speak of a relative and stand in no list."""
    return {name for name in names if words(name) & WHO and name not in OF_KIN}


def rating(names: Iterable[str]) -> set[str]:
    """The facts that rate a person or tell of membership, rank or acts."""
    return {name for name in names if words(name) & RATES and name not in OF_THE_PERSON}


def read_by_rules(pack: Pack) -> Iterator[tuple[str, frozenset[str]]]:
    """Every rule, gap and safeguard with the facts it reads."""
    watching = pack.watch.rules if pack.watch else {}
    for name, rule in (*pack.rules.items(), *watching.items()):
        yield name, frozenset(facts_read(rule.condition))
    for gap in pack.gaps:
        yield gap.id, frozenset(facts_read(gap.condition))


@pytest.mark.parametrize("pack", packs(), ids=lambda pack: pack.id)
def test_no_fact_tells_what_a_relative_did_or_was(pack: Pack) -> None:
    assert of_kin_unlisted(facts_of(pack)) == set()
    assert rating(facts_of(pack)) == set()


@pytest.mark.parametrize("planted", ["father_rank", "husband_membership", "mothers_acts", "kin_wanted"])
def test_a_planted_fact_about_a_relative_is_found(planted: str) -> None:
    assert of_kin_unlisted([*facts_of(packs()[0]), planted]) == {planted}


@pytest.mark.parametrize("planted", ["risk_score", "threat", "security_grade", "loyalty", "suspected"])
def test_a_planted_score_is_found(planted: str) -> None:
    assert rating([*facts_of(packs()[0]), planted]) == {planted}


@pytest.mark.parametrize("pack", packs(), ids=lambda pack: pack.id)
def test_no_rule_gap_or_safeguard_reads_a_fact_that_passes_anything_on(pack: Pack) -> None:
    for name, read in read_by_rules(pack):
        assert not of_kin_unlisted(read), name
        assert not rating(read), name


@pytest.mark.parametrize("pack", packs(), ids=lambda pack: pack.id)
def test_no_value_of_a_fact_names_a_membership_or_a_rank(pack: Pack) -> None:
    facts = {**pack.facts, **(pack.watch.facts if pack.watch else {})}
    told = {
        (name, value)
        for name, fact in facts.items()
        for value in fact.values
        if words(value) & (RATES - {"act", "acts"}) or words(value) & WHO
    }
    against = {
        ("label_used", "suspect"),
        ("label_used", "terrorist"),
        *(
            (name, ground)
            for name in ("grounds", "separation_grounds")
            for ground in ("suspicion", "family_tie")
        ),
        ("place_kind", "family"),
        ("care_named", "parent_or_kin"),
        ("left_kind", "family"),
        ("consulate", "mother_refused"),
        ("options_considered", "kinship"),
    }
    assert told <= against


def test_a_family_tie_or_a_suspicion_alone_carries_no_adverse_decision_under_any_pack() -> None:
    for pack in (each for each in packs() if "S02" in each.safeguards):
        individual = pack.parameters["individual_grounds"].periods
        named = {each for _, value in individual if isinstance(value, tuple) for each in value}
        assert named and not {"family_tie", "suspicion"} & named
        for grounds in (
            ("family_tie",),
            ("family_tie", "suspicion"),
            ("family_tie", "protocol", "nationality"),
        ):
            assert s02(pack, grounds) is SafeguardVerdict.BREACH


def s02(pack: Pack, grounds: tuple[str, ...]) -> SafeguardVerdict:
    values = {"effect": frozenset({"adverse"}), "grounds": AllOf(grounds)}
    occasion = Occasion("determination", "P-1", "determination:D-1", values)
    return find(pack, "S02", FactRow("P-1", date(2018, 2, 15), {}), occasion).verdict


def test_no_ground_of_a_decision_speaks_of_what_a_relative_did() -> None:
    assert {ground for ground in codes.GROUNDS if words(ground) & WHO} == {"family_tie"}
    assert "own_acts" in codes.GROUNDS
    assert not {ground for ground in codes.GROUNDS if words(ground) & RATES} - {"suspicion", "own_acts"}


def test_no_stored_column_scores_or_ranks_a_person() -> None:
    told = provide((), date(2018, 2, 15))
    assert not [each.key for each in told if each.values["names_risk"] and each.values["about_person"]]


@pytest.mark.parametrize(
    "column", ["registry.Person.threat_level", "registry.KinLink.rank", "tasks.Task.score"]
)
def test_a_planted_column_is_a_breach_that_nobody_can_waive(column: str) -> None:
    assert names_risk(column)
    pack = next(each for each in packs() if "S03" in each.safeguards)
    values = {"names_risk": names_risk(column), "about_person": True}
    occasion = Occasion("field", "", f"field:{column}", values)
    assert find(pack, "S03", FactRow("", date(2018, 2, 15), {}), occasion).verdict is SafeguardVerdict.BREACH
    assert not pack.safeguards["S03"].waivable


def test_a_tie_between_two_people_says_who_is_whose_parent_and_nothing_else() -> None:
    from amana.apps.registry.models import KinLink

    known = {field.name for field in KinLink._meta.get_fields() if not field.auto_created}
    assert known <= {"child", "parent", "role", "standing", "source", "batch", "doubted", "on", "at", "by"}
    assert {name for name, _ in declared_columns([KinLink])} >= {"registry.KinLink.role"}


def test_a_heading_that_rates_people_or_tells_of_a_relatives_role_is_refused() -> None:
    known = intake_vocabulary()
    for heading in (
        "Threat level",
        "Risk score",
        "Husband's role",
        "Father rank",
        "درجة الخطورة",
        "منصب الأب",
    ):
        assert is_refused(heading, known), heading
    assert not is_refused("Name of father", known)


def test_no_form_and_no_export_has_a_field_that_scores_or_ranks() -> None:
    from django import forms as django_forms

    import amana.web

    found = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in every_form(amana.web, django_forms.BaseForm)
        for name in form.base_fields
        if names_risk(f"form.{name}")
    }
    assert found == set()


def every_form(package: Any, base: Any) -> Iterator[Any]:
    """Every form class of the web layer, imported."""
    from importlib import import_module
    from pkgutil import walk_packages

    for module in walk_packages(package.__path__, f"{package.__name__}."):
        if "vendor" not in module.name:
            import_module(module.name)
    seen: set[Any] = set()
    queue = [base]
    while queue:
        for each in queue.pop().__subclasses__():
            if each not in seen:
                seen.add(each)
                queue.append(each)
                if each.__module__.startswith("amana."):
                    yield each


def test_a_column_in_the_row_of_a_person_speaks_of_that_person_whatever_class_it_is_given() -> None:
    told = {each.key: each.values["about_person"] for each in provide((), date(2018, 2, 15))}
    assert told["field:tasks.Task.shelf"] and told["field:decisions.Decision.pack_hash"]
    assert not told["field:jobs.Job.kind"]
