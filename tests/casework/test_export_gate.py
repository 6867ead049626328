"""The export gate: who may ask for which file, who approves it, and that nothing else is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from determined import family
from registered import AT, TODAY

from amana.apps.accounts import queries as accounts
from amana.apps.accounts import teams, viewers
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.models import AuditEntry, AuditPayload
from amana.apps.exports import codes, queries
from amana.apps.exports.models import Export, ExportApproval, ExportCopy
from amana.casework import exporting
from amana.casework.exporting import ExportRefused, Leaving, Wish

__all__ = ["family"]
pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
WHY = "The court asks who will come to the hearing."
ROWS = Wish(
    columns=("ref", "name_latin", "age"),
    filters={"group": ("children",)},
    form="csv",
    recipient_kind="court",
    recipient="Juvenile court, first chamber",
    purpose="hearing",
    reason=WHY,
)


def as_text(leaving: Leaving) -> bytes:
    """A file, as far as these tests need one."""
    return "\n".join([leaving.mark, *(row.ref for row in leaving.rows)]).encode()


def ask(by: Viewer, wish: Wish = ROWS, people: int | None = None, **what: Any) -> UUID:
    number = exporting.count(wish, by=by, on=TODAY) if people is None else people
    return exporting.ask(wish, people=number, **{"by": by, "at": AT, "on": TODAY, **what})


def answer(ident: UUID, by: Viewer, *, yes: bool = True, people: int | None = None, at: Any = LATER) -> None:
    number = Export.objects.get(pk=ident).people if people is None else people
    exporting.answer(ident, yes=yes, people=number, reason="The hearing is listed.", by=by, at=at, on=TODAY)


def take(ident: UUID, by: Viewer, at: Any = LATER) -> exporting.Taken:
    return exporting.take(ident, write=as_text, by=by, at=at, on=TODAY)


def refusal(act: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(ExportRefused) as refused:
        act()
    return refused.value.code, refused.value.field


@pytest.fixture
def keeper(family: dict[str, str], cast: SimpleNamespace) -> Viewer:
    """The facility manager of the place where the family stays."""
    from amana.apps.placements import queries as places

    (site,) = {each.facility.ref for each in places.where(cast.operator, family.values(), TODAY).values()}
    user = cast.facility_manager.user_id
    teams.place(user_id=user, team=None, sites=[site], by=viewers.installer(), at=AT)
    found = accounts.viewer(user, TODAY)
    assert found
    return found


def roll_call(keeper: Viewer) -> Wish:
    place = exporting.own_places(keeper)[0]
    return replace(
        ROWS, columns=codes.OF_ROLL_CALL, filters={"facility": (place,)}, recipient_kind="place",
        purpose="headcount",
    )  # fmt: skip


def test_a_file_of_rows_leaves_once_after_a_second_person_agreed(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    ident = ask(cast.supervisor)
    assert refusal(lambda: take(ident, cast.supervisor))[0] == "waits"
    assert refusal(lambda: answer(ident, cast.supervisor))[0] == "own"
    answer(ident, cast.other_supervisor)
    taken = take(ident, cast.supervisor)
    assert {row.ref for row in taken.leaving.rows} < set(family.values())
    assert len(taken.leaving.rows) == Export.objects.get().people > 1
    copy = ExportCopy.objects.get()
    assert (copy.number, copy.mark, copy.people) == (1, taken.leaving.mark, len(taken.leaving.rows))
    assert refusal(lambda: take(ident, cast.supervisor))[0] == "over"
    assert {row.ref for row in taken.leaving.rows} <= set(cast.supervisor.trail)


def test_a_number_typed_wrong_asks_for_nothing(family: dict[str, str], cast: SimpleNamespace) -> None:
    number = exporting.count(ROWS, by=cast.supervisor, on=TODAY)
    with pytest.raises(ExportRefused) as refused:
        ask(cast.supervisor, people=number + 1)
    assert (refused.value.code, refused.value.field, refused.value.people) == (
        "other_number",
        "people",
        number,
    )
    assert not Export.objects.exists()
    ident = ask(cast.supervisor)
    assert refusal(lambda: answer(ident, cast.other_supervisor, people=number - 1))[0] == "other_number"
    assert not ExportApproval.objects.exists()


def test_counting_shows_nobody(family: dict[str, str], cast: SimpleNamespace) -> None:
    ask(cast.supervisor)
    assert not set(family.values()) & set(cast.supervisor.trail)


@pytest.mark.parametrize(
    ("what", "code", "field"),
    [
        ({"recipient": "Embassy of Tajikistan"}, "another_state", "recipient"),
        ({"recipient": "السفارة الروسية في بغداد"}, "another_state", "recipient"),
        ({"recipient": "Посольство"}, "another_state", "recipient"),
        ({"recipient": " "}, "missing", "recipient"),
        ({"recipient": "court\u202egninraw"}, "hidden_characters", "recipient"),
        ({"recipient_kind": "security"}, "unknown_code", "recipient_kind"),
        ({"recipient_kind": "state"}, "unknown_code", "recipient_kind"),
        ({"purpose": ""}, "missing", "purpose"),
        ({"purpose": "detention"}, "unknown_code", "purpose"),
        ({"reason": "because"}, "not_in_words", "reason"),
        ({"form": "pdf"}, "unknown_code", "form"),
        ({"columns": ("name_latin", "ref")}, "unknown_code", "columns"),
        ({"columns": ()}, "unknown_code", "columns"),
        ({"filters": {"nation": ("TJK",)}}, "unknown_code", "nation"),
        ({"filters": {"age": ("15-17",)}}, "unknown_code", "age"),
        ({"filters": {"outcome": ("undetermined",)}}, "unknown_code", "outcome"),
        ({"filters": {"needs": ("birth",)}}, "unknown_code", "needs"),
        ({"filters": {"finding": ("breach",)}}, "unknown_code", "finding"),
        ({"filters": {"group": ("boys",)}}, "unknown_code", "group"),
        ({"filters": {"facility": ("S-222222",)}}, "unknown_code", "facility"),
        ({"filters": {"family": ("F-222222",)}}, "nobody", ""),
    ],
)
def test_what_no_list_may_be_is_refused(
    family: dict[str, str], cast: SimpleNamespace, what: dict[str, Any], code: str, field: str
) -> None:
    assert refusal(lambda: ask(cast.supervisor, replace(ROWS, **what))) == (code, field)
    assert not Export.objects.exists()


def test_no_column_tells_a_nation_an_outcome_or_what_is_sealed() -> None:
    assert set(codes.COLUMNS.values()) == {"C1", "C2", "C4"}
    assert not {"nationality", "outcome", "nation", "needs"} & set(codes.COLUMNS)


@pytest.mark.parametrize(
    "role",
    ["registrar", "caseworker", "court_liaison", "health_worker", "guardian", "monitor", "data_protection",
     "administrator", "statistician", "consular_officer", "rules_editor"],
)  # fmt: skip
def test_no_other_role_asks_or_takes(family: dict[str, str], cast: SimpleNamespace, role: str) -> None:
    ident, other = ask(cast.supervisor), getattr(cast, role)
    answer(ident, cast.other_supervisor)
    for act in (lambda: ask(other, people=1), lambda: take(ident, other)):
        with pytest.raises(NotForYou):
            act()
    assert not ExportCopy.objects.exists()


@pytest.mark.parametrize(
    "role", ["registrar", "caseworker", "facility_manager", "monitor", "administrator", "guardian"]
)
def test_no_other_role_approves(family: dict[str, str], cast: SimpleNamespace, role: str) -> None:
    ident = ask(cast.supervisor)
    with pytest.raises(NotForYou):
        answer(ident, getattr(cast, role))
    assert not ExportApproval.objects.exists()


def test_another_supervisor_takes_no_copy_of_mine(family: dict[str, str], cast: SimpleNamespace) -> None:
    ident = ask(cast.supervisor)
    answer(ident, cast.other_supervisor)
    with pytest.raises(NotForYou):
        take(ident, cast.other_supervisor)


def test_two_accounts_of_one_human_are_one_person(family: dict[str, str], cast: SimpleNamespace) -> None:
    from amana.apps.accounts.models import User
    from amana.apps.audit.recording import recording

    with recording(cast.administrator, AT):
        for viewer in (cast.supervisor, cast.other_supervisor):
            User.objects.filter(pk=viewer.user_id).update(person_key="staff 7")
    ident = ask(cast.supervisor)
    assert refusal(lambda: answer(ident, cast.other_supervisor))[0] == "own"


def test_a_no_ends_it_and_nobody_answers_twice(family: dict[str, str], cast: SimpleNamespace) -> None:
    ident = ask(cast.supervisor)
    answer(ident, cast.data_protection, yes=False, people=0)
    assert refusal(lambda: answer(ident, cast.other_supervisor))[0] == "over"
    assert refusal(lambda: take(ident, cast.supervisor))[0] == "over"
    again = ask(cast.supervisor)
    answer(again, cast.other_supervisor)
    assert refusal(lambda: answer(again, cast.other_supervisor))[0] == "answered"


def test_whoever_came_or_went_since_makes_it_stale(family: dict[str, str], cast: SimpleNamespace) -> None:
    from amana.apps.audit.recording import recording
    from amana.apps.registry.relations import Reach

    ident = ask(cast.supervisor)
    answer(ident, cast.other_supervisor)
    with recording(cast.operator, LATER):
        Reach.objects.filter(person=family["Farid"]).delete()
    assert refusal(lambda: take(ident, cast.supervisor))[0] == "changed"
    assert Export.objects.get().state == codes.STALE and not ExportCopy.objects.exists()


def test_after_three_days_it_is_asked_for_anew(family: dict[str, str], cast: SimpleNamespace) -> None:
    ident = ask(cast.supervisor)
    answer(ident, cast.other_supervisor)
    assert refusal(lambda: take(ident, cast.supervisor, at=AT + timedelta(hours=73)))[0] == "over"


def test_a_roll_call_is_of_ones_own_place_and_small_ones_need_nobody_else(
    family: dict[str, str], cast: SimpleNamespace, keeper: Viewer
) -> None:
    ident = ask(keeper, roll_call(keeper))
    taken = take(ident, keeper)
    assert {row.ref for row in taken.leaving.rows} == set(family.values())
    assert all(row.place is None and row.family == "" for row in taken.leaving.rows)
    for filters in ({}, {"facility": ("S-222222",)}, {"group": ("children",)}):
        wish = replace(roll_call(keeper), filters=filters)
        assert refusal(lambda wish=wish: ask(keeper, wish, people=1)) == ("not_your_place", "facility")
    assert refusal(
        lambda: ask(keeper, replace(roll_call(keeper), columns=(*codes.OF_ROLL_CALL, "birth")), people=1)
    ) == ("unknown_code", "columns")


def test_a_class_that_the_role_does_not_read_is_no_column(family: dict[str, str], keeper: Viewer) -> None:
    with pytest.raises(NotForYou):
        exporting.count(replace(roll_call(keeper), columns=("ref", "family")), by=keeper, on=TODAY)


@pytest.mark.parametrize(
    ("kind", "counted", "roles", "missing"),
    [
        (codes.ROLL_CALL, 25, (), ()),
        (codes.ROLL_CALL, 26, (), ("second",)),
        (codes.ROLL_CALL, 26, ("supervisor",), ()),
        (codes.ROLL_CALL, 200, ("data_protection",), ()),
        (codes.ROLL_CALL, 201, (), ("second", "officer")),
        (codes.ROLL_CALL, 201, ("supervisor", "supervisor"), ("officer",)),
        (codes.ROLL_CALL, 201, ("data_protection",), ("second",)),
        (codes.ROLL_CALL, 201, ("data_protection", "data_protection"), ()),
        (codes.ROLL_CALL, 201, ("supervisor", "data_protection"), ()),
        (codes.ROWS, 1, (), ("second",)),
        (codes.ROWS, 1, ("supervisor",), ()),
        (codes.ROWS, 201, ("supervisor",), ("officer",)),
    ],
)
def test_the_more_people_the_more_approve(
    kind: str, counted: int, roles: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    given = [(uuid4(), role) for role in roles]
    assert queries.missing(kind, counted, given) == missing


def test_slices_count_together(family: dict[str, str], cast: SimpleNamespace, keeper: Viewer) -> None:
    wish, size = roll_call(keeper), len(family)
    for _ in range(codes.MOST_ROWS // size):
        ask(keeper, wish)
    last = queries.export(keeper, ask(keeper, wish))
    assert last.counted > codes.MOST_ROWS >= last.people and last.waits_for == ("second",)
    week = AT + timedelta(days=8)
    assert queries.export(keeper, ask(keeper, wish, at=week)).counted == size


def test_a_form_sent_twice_asks_once_and_withdrawing_ends_it(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    token = "a" * 32
    ident = ask(cast.supervisor, token=token)
    assert ask(cast.supervisor, token=token) == ident
    with pytest.raises(NotForYou):
        exporting.withdraw(ident, by=cast.other_supervisor, at=LATER)
    exporting.withdraw(ident, by=cast.supervisor, at=LATER)
    assert refusal(lambda: exporting.withdraw(ident, by=cast.supervisor, at=LATER))[0] == "over"
    assert refusal(lambda: answer(ident, cast.other_supervisor))[0] == "over"


def test_the_trail_and_the_register_name_nobody_of_a_file(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    ident = ask(cast.supervisor)
    answer(ident, cast.other_supervisor)
    take(ident, cast.supervisor)
    kinds = list(AuditEntry.objects.filter(subject=f"export:{ident}").values_list("kind", flat=True))
    assert kinds == ["export.asked", "export.approved", "export.taken"]
    said = " ".join(
        AuditPayload.objects.filter(entry__kind__startswith="export.").values_list("body", flat=True)
    )
    rows = str([list(model.objects.values_list()) for model in (Export, ExportApproval, ExportCopy)])
    for ref in family.values():
        assert ref not in said and ref not in rows


def test_the_monitor_sees_the_register_without_reasons_and_filters(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    ask(cast.supervisor)
    (seen,) = queries.exports(cast.monitor)
    assert (seen.reason, seen.filters, seen.people > 0) == ("", {}, True)
    assert queries.exports(cast.facility_manager) == ()
    with pytest.raises(NotForYou):
        queries.exports(cast.caseworker)
