"""What a viewer may, by her role, her relation and her pass, with no record in sight."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import pytest

from amana.apps.accounts.viewers import NotForYou, Viewer, circles_of
from amana.core.need_to_know import Level

ID = UUID(int=7)


def viewer(role: str, scopes: frozenset[str] | None = None) -> Viewer:
    return Viewer(ID, ID, role, scopes=scopes)


@pytest.mark.parametrize(
    ("role", "scopes", "may"),
    [
        ("caseworker", None, True),
        ("caseworker", frozenset({"people.see"}), True),
        ("caseworker", frozenset({"people.see", "tasks.see"}), True),
        ("caseworker", frozenset(), False),
        ("caseworker", frozenset({"tasks.see"}), False),
        ("administrator", None, False),
        ("administrator", frozenset({"people.see"}), False),
        ("nobody", None, False),
        ("nobody", frozenset({"people.see"}), False),
        ("", None, False),
    ],
)
def test_a_permission_is_of_the_role_and_of_the_pass(
    role: str, scopes: frozenset[str] | None, may: bool
) -> None:
    assert viewer(role, scopes).may("people.see") is may
    assert not viewer(role, scopes).may("people.abolish")
    if may:
        viewer(role, scopes).require("people.see")
    else:
        with pytest.raises(NotForYou):
            viewer(role, scopes).require("people.see")


def test_whoever_is_refused_is_told_her_role_or_that_nobody_signed_in() -> None:
    assert "role caseworker does not include x.y" in str(NotForYou("caseworker", "x.y"))
    assert "of no one signed in" in str(NotForYou("", "x.y"))


def test_an_account_is_asked_of_those_only_who_have_one() -> None:
    assert viewer("caseworker").account == ID
    with pytest.raises(NotForYou):
        _ = Viewer(None, ID, "administrator").account


@pytest.mark.parametrize(
    ("role", "relation"),
    [("operator", "office"), ("supervisor", "team"), ("guardian", "ward"), ("nobody", "none"), ("", "none")],
)
def test_only_the_relation_of_the_whole_office_reaches_everybody(role: str, relation: str) -> None:
    assert viewer(role).relation == relation
    assert viewer(role).everybody == (relation == "office")


@pytest.mark.parametrize(
    ("role", "cls", "named", "reads"),
    [
        ("nobody", "system", False, True),
        ("nobody", "C1", True, False),
        ("caseworker", "C1", False, True),
        ("caseworker", "C6", False, False),
        ("caseworker", "C6", True, True),
        ("registrar", "C6", True, False),
        ("data_protection", "C1", False, False),
    ],
)
def test_a_class_is_read_from_reading_on_and_what_is_sealed_by_those_named(
    role: str, cls: str, named: bool, reads: bool
) -> None:
    assert viewer(role).reads(cls, named=named) is reads
    if cls != "system":
        assert not viewer(role).reads(cls, held=False, named=named)
        assert (viewer(role).sees(cls, named=named) >= Level.READ) is reads


@pytest.mark.parametrize(
    ("role", "cls", "verb", "first", "allowed"),
    [
        ("caseworker", "C1", "write", False, True),
        ("supervisor", "C1", "write", False, False),
        ("supervisor", "C1", "read", False, True),
        ("registrar", "C6", "write", True, True),
        ("registrar", "C6", "write", False, False),
        ("nobody", "C1", "read", False, False),
    ],
)
def test_a_class_that_is_not_hers_is_refused(
    role: str, cls: str, verb: str, first: bool, allowed: bool
) -> None:
    if allowed:
        viewer(role).require_class(cls, verb, first=first)
    else:
        with pytest.raises(NotForYou, match=f"{verb} {cls}"):
            viewer(role).require_class(cls, verb, first=first)


def test_whoever_was_shown_is_remembered_once_in_order() -> None:
    one = viewer("caseworker")
    one.saw("P-2")
    one.saw_all(["P-1", "P-2", "P-3"])
    assert one.trail == ["P-2", "P-1", "P-3"]


@pytest.mark.parametrize(
    ("role", "team", "expected"),
    [
        ("registrar", "T-1", (f"user:{ID}",)),
        ("caseworker", "T-1", (f"user:{ID}",)),
        ("guardian", "T-1", (f"ward:{ID}",)),
        ("supervisor", "T-1", ("team:T-1",)),
        ("supervisor", None, ()),
        ("facility_manager", "T-1", ("site:S-1", "site:S-2")),
        ("consular_officer", "T-1", ()),
        ("monitor", "T-1", ()),
        ("operator", "T-1", ()),
        ("nobody", "T-1", ()),
    ],
)
def test_the_circles_of_an_account_are_those_of_her_roles_relation_alone(
    role: str, team: str | None, expected: Sequence[str]
) -> None:
    assert circles_of(ID, role, team=team, sites=["S-1", "S-2"]) == expected
