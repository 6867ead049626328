"""Each refusal of the export gate by itself: with everything else right, it alone stops the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from determined import family
from registered import AT, TODAY
from test_export_gate import LATER, ROWS, answer, ask, keeper, refusal, roll_call, take

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.exports import codes, queries
from amana.apps.exports.models import Export, ExportApproval, ExportCopy
from amana.apps.registry.relations import Reach
from amana.casework import exporting

__all__ = ["family", "keeper"]
pytestmark = pytest.mark.django_db
WHY = "The hearing is listed."


def narrowed(viewer: Viewer, *, without: str) -> Viewer:
    """The viewer behind a pass of the command line that leaves one permission out."""
    every = {queries.ASK, queries.APPROVE, queries.SEE, queries.OVERSEE, "people.see", "oversight.see"}
    return replace(viewer, scopes=frozenset(every - {without}))


def test_a_pass_without_the_permission_asks_answers_takes_and_sees_nothing(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    ident = ask(cast.supervisor)
    answer(ident, cast.other_supervisor)
    waits = ask(cast.supervisor)
    asking = narrowed(cast.supervisor, without=queries.ASK)
    seeing = narrowed(cast.supervisor, without=queries.SEE)
    acts: list[Callable[[], Any]] = [
        lambda: exporting.count(ROWS, by=asking, on=TODAY),
        lambda: exporting.own_places(asking),
        lambda: exporting.withdraw(waits, by=asking, at=LATER),
        lambda: take(ident, asking),
        lambda: answer(waits, narrowed(cast.other_supervisor, without=queries.APPROVE)),
        lambda: queries.exports(seeing),
        lambda: queries.export(seeing, ident),
        lambda: queries.copies(seeing),
        lambda: queries.copies(narrowed(cast.supervisor, without=queries.OVERSEE)),
    ]
    for act in acts:
        with pytest.raises(NotForYou):
            act()
    assert not ExportCopy.objects.exists() and ExportApproval.objects.count() == 1


def test_a_file_that_nobody_asked_for_is_not_there(family: dict[str, str], cast: SimpleNamespace) -> None:
    nobodys = uuid4()
    for act in (
        lambda: answer(nobodys, cast.supervisor, people=1),
        lambda: exporting.withdraw(nobodys, by=cast.supervisor, at=LATER),
        lambda: take(nobodys, cast.supervisor),
        lambda: queries.export(cast.supervisor, nobodys),
    ):
        with pytest.raises(NotForYou):
            act()


def test_a_kind_of_file_that_no_list_knows_is_nobodys(
    family: dict[str, str], cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "KIND_OF", {})
    with pytest.raises(NotForYou):
        exporting.kind_of(cast.supervisor)


def test_who_changed_her_role_takes_no_file_of_the_one_before(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    ident = ask(cast.supervisor)
    answer(ident, cast.other_supervisor)
    with pytest.raises(NotForYou):
        take(ident, replace(cast.supervisor, role="facility_manager"))


@pytest.mark.parametrize(
    ("reason", "code"),
    [(" ", "missing"), ("x y z " * 200, "too_long"), ("The hearing\u202e is listed.", "hidden_characters"),
     ("hearing", "not_in_words")],
)  # fmt: skip
@pytest.mark.parametrize("answering", [True, False])
def test_a_reason_that_says_nothing_asks_and_answers_nothing(
    family: dict[str, str], cast: SimpleNamespace, reason: str, code: str, answering: bool
) -> None:
    def act() -> object:
        if not answering:
            return ask(cast.supervisor, replace(ROWS, reason=reason), people=1)
        ident = ask(cast.supervisor)
        people = Export.objects.get().people
        return exporting.answer(
            ident, yes=True, people=people, reason=reason, by=cast.other_supervisor, at=LATER, on=TODAY
        )

    assert refusal(act) == (code, "reason")
    assert not ExportApproval.objects.exists()


def goes(cast: SimpleNamespace, ref: str) -> None:
    """Somebody leaves the reach of whoever asked."""
    with recording(cast.operator, LATER):
        Reach.objects.filter(person=ref).delete()


def test_nobody_agrees_to_others_than_those_it_was_asked_for(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    ident = ask(cast.supervisor)
    goes(cast, family["Farid"])
    assert refusal(lambda: answer(ident, cast.other_supervisor))[0] == "changed"
    assert Export.objects.get().state == codes.STALE and not ExportApproval.objects.exists()


def test_a_no_stands_whoever_has_come_or_gone(family: dict[str, str], cast: SimpleNamespace) -> None:
    ident = ask(cast.supervisor)
    goes(cast, family["Farid"])
    answer(ident, cast.other_supervisor, yes=False, people=0)
    assert Export.objects.get().state == codes.REFUSED


def test_what_a_closed_account_asked_for_is_agreed_to_by_nobody(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    ident = ask(cast.supervisor)
    with recording(cast.administrator, LATER):
        User.objects.filter(pk=cast.supervisor.user_id).update(is_active=False)
    assert refusal(lambda: answer(ident, cast.other_supervisor))[0] == "changed"


def test_a_file_of_rows_holds_so_many_and_a_roll_call_its_place(
    family: dict[str, str], cast: SimpleNamespace, keeper: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = exporting.count(ROWS, by=cast.supervisor, on=TODAY)
    monkeypatch.setattr(codes, "MOST_ROWS", children)
    assert exporting.count(ROWS, by=cast.supervisor, on=TODAY) == children
    monkeypatch.setattr(codes, "MOST_ROWS", children - 1)
    assert refusal(lambda: ask(cast.supervisor, people=children)) == ("too_many", "")
    assert exporting.count(roll_call(keeper), by=keeper, on=TODAY) == len(family) > children - 1


@pytest.mark.parametrize(
    ("what", "code", "field"),
    [
        ({"columns": ("ref", "age", "age")}, "unknown_code", "columns"),
        ({"filters": {"group": ()}}, "unknown_code", "group"),
        ({"recipient": "c" * 201}, "too_long", "recipient"),
        ({"recipient": "court\nroom"}, "hidden_characters", "recipient"),
        ({"recipient": "court\troom"}, "hidden_characters", "recipient"),
    ],
)
def test_a_wish_that_is_wrong_in_one_thing_is_refused(
    family: dict[str, str], cast: SimpleNamespace, what: dict[str, Any], code: str, field: str
) -> None:
    assert refusal(lambda: ask(cast.supervisor, replace(ROWS, **what), people=1)) == (code, field)


def test_filters_and_a_long_recipient_that_are_right_are_taken(
    family: dict[str, str], cast: SimpleNamespace, keeper: Viewer
) -> None:
    (place,) = exporting.own_places(keeper)
    wish = replace(ROWS, filters={"facility": (place,), "sex": ("male", "female")}, recipient="c" * 200)
    assert exporting.count(wish, by=cast.supervisor, on=TODAY) == len(family)


@pytest.mark.parametrize("more", [{"group": ("children",)}, {"facility": ("{}", "{}")}])
def test_a_roll_call_names_one_place_and_nothing_else(
    family: dict[str, str], keeper: Viewer, more: dict[str, tuple[str, ...]]
) -> None:
    (place,) = exporting.own_places(keeper)
    filters = {"facility": (place,)} | {
        name: tuple(v.format(place) for v in each) for name, each in more.items()
    }
    assert refusal(lambda: ask(keeper, replace(roll_call(keeper), filters=filters), people=1)) == (
        "not_your_place",
        "facility",
    )


def test_who_asked_and_who_may_approve_read_the_reason_and_each_sees_her_part(
    family: dict[str, str], cast: SimpleNamespace, keeper: Viewer
) -> None:
    own = ask(keeper, roll_call(keeper))
    (seen,) = queries.exports(keeper)
    assert (seen.id, seen.mine, seen.reason, seen.answered) == (own, True, roll_call(keeper).reason, False)
    approving = narrowed(cast.other_supervisor, without=queries.OVERSEE)
    (seen,) = queries.exports(approving)
    assert (seen.mine, seen.reason) == (False, roll_call(keeper).reason)
    watching = narrowed(cast.other_supervisor, without=queries.APPROVE)
    (seen,) = queries.exports(watching)
    assert (seen.mine, seen.reason) == (False, "")


def test_whoever_oversees_finds_every_copy(family: dict[str, str], cast: SimpleNamespace) -> None:
    ident = ask(cast.supervisor)
    answer(ident, cast.other_supervisor)
    mark = take(ident, cast.supervisor).leaving.mark
    ((view, copy),) = queries.copies(cast.monitor)
    assert (view.id, copy.mark, view.answered) == (ident, mark, False)
    assert queries.export(cast.other_supervisor, ident).answered
    again = ask(cast.supervisor)
    answer(again, cast.other_supervisor)
    assert take(again, cast.supervisor).leaving.number == copy.number + 1 == 2


def test_a_file_without_a_token_is_asked_for_each_time(family: dict[str, str], cast: SimpleNamespace) -> None:
    assert ask(cast.supervisor) != ask(cast.supervisor)
    assert set(Export.objects.values_list("token", flat=True)) == {None}
    assert queries.asked_lately(cast.other_supervisor, AT) == 0
