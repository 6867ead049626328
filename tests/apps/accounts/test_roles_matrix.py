"""The matrix of roles: fourteen and the demonstration's operator, enforced as the specification says."""

from __future__ import annotations

import pytest

from amana.apps.accounts.matrix import matrix
from amana.apps.accounts.roles import ROLES, incompatible
from amana.apps.accounts.viewers import NOBODY_ID, NotForYou, Viewer
from amana.cli.roles import letter
from amana.core.need_to_know import CLASSES

EXPECTED = {
    "registrar": "W W W W W1 W1 f – – –",
    "caseworker": "W W R W W SR f R W –",
    "supervisor": "R R R R R – – R R R",
    "facility_manager": "R W – c – – c c c –",
    "court_liaison": "R c R R – SR – W – –",
    "consular_officer": "R c R R – – f – – –",
    "health_worker": "R c – R SR SR W – R –",
    "monitor": "SR R – – SR R – R – R",
    "data_protection": "e – – – – e – – – R",
    "statistician": "– c c – – c – – – R",
    "guardian": "R R R R SR SR R R R –",
    "policy_approver": "– – – – – – – – – R",
    "rules_editor": "– – – – – – – – – R",
    "administrator": "– – – – – – – – – R",
    "operator": "W W W W W – f W W R",
}
CASE = (
    "registrar",
    "caseworker",
    "supervisor",
    "facility_manager",
    "court_liaison",
    "health_worker",
    "guardian",
)


def test_every_role_has_its_row_and_no_other() -> None:
    assert {row.role for row in matrix()} == set(EXPECTED) == set(ROLES)


@pytest.mark.parametrize("role", EXPECTED)
def test_what_is_enforced_is_what_the_specification_says(role: str) -> None:
    row = next(each for each in matrix() if each.role == role)
    assert [cell.cls for cell in row.cells] == list(CLASSES)
    assert " ".join(letter(cell) for cell in row.cells) == EXPECTED[role]


@pytest.mark.parametrize("role", [*EXPECTED, "", "superuser"])
@pytest.mark.parametrize("cls", [*CLASSES, "C11"])
def test_outside_her_relation_a_viewer_reads_no_class(role: str, cls: str) -> None:
    viewer = Viewer(None, NOBODY_ID, role)
    assert not viewer.reads(cls, held=False) and not viewer.reads(cls, held=None)
    if not viewer.reads(cls):
        with pytest.raises(NotForYou):
            viewer.require_class(cls)


@pytest.mark.parametrize("role", CASE)
def test_the_administrator_holds_no_case_role(role: str) -> None:
    assert incompatible("administrator", role) and incompatible(role, "administrator")


def test_a_consular_officer_holds_nothing_else() -> None:
    assert all(
        incompatible("consular_officer", role)
        for role in ROLES
        if role not in {"consular_officer", "operator"}
    )


@pytest.mark.parametrize(
    ("one", "other"), [("facility_manager", "monitor"), ("rules_editor", "policy_approver")]
)
def test_who_is_watched_does_not_watch(one: str, other: str) -> None:
    assert incompatible(one, other) and incompatible(other, one)


def test_facility_roles_never_see_an_allegation() -> None:
    row = next(each for each in matrix() if each.role == "facility_manager")
    (c6,) = (cell for cell in row.cells if cell.cls == "C6")
    assert c6.level == c6.named == 0 and not c6.first


def test_grants_of_those_who_watch_and_stand_by_need_a_second_person() -> None:
    second = {role.id for role in ROLES.values() if role.granted_by == "second_person"}
    assert second == {"monitor", "health_worker", "guardian", "data_protection"}
