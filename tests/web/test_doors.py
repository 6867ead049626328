"""The doors before every view, each condition by itself: access, and an emergency opening."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from amana.apps.accounts.queries import NoOffice
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.guards import openings
from amana.apps.guards.openings import Standing
from amana.web import access as door
from amana.web.openings import through

ID = UUID(int=7)
NOW = datetime(2018, 2, 15, 9, 30, tzinfo=UTC)
LAYLA = Viewer(ID, ID, "caseworker")
OPENING = Standing(UUID(int=9), "P-222222", NOW + timedelta(hours=1))
CALM = {"shown": True, "demonstration": False, "owed": False, "there": False, "fresh": False}


def asked(method: str = "GET", viewer: Viewer | None = LAYLA, **headers: str) -> Any:
    request: Any = RequestFactory(headers=headers).generic(method, "/people/?page=2")
    request.viewer, request.session = viewer, {}
    return request


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`office(fresh=True)` says how the session and the office stand, else as in CALM."""

    def stand(**what: bool) -> None:
        told = SimpleNamespace(**{**CALM, **what})
        proof = SimpleNamespace(
            factor_shown=lambda request: told.shown,
            is_owed=lambda request: told.owed,
            is_asked_there=lambda request: told.there,
            is_fresh=lambda request: told.fresh,
            ask_again=lambda request: HttpResponse("again"),
        )
        monkeypatch.setattr(door, "proof", proof)
        monkeypatch.setattr(door, "office_of", lambda request: told)
        monkeypatch.setattr(door, "behind_wall", lambda request, permission: nullcontext())
        monkeypatch.setattr(door, "look_through", lambda *args, **more: None)

    return stand


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


def answer(request: Any, permission: str = "people.see", view: Any = page, **declared: bool) -> str:
    try:
        found = door.access(permission, **declared)(view)(request)
    except Http404:
        return "404"
    where = found.headers.get("Location", found.headers.get("HX-Redirect", ""))
    return where or found.content.decode()


DOORS: list[tuple[dict[str, Any], dict[str, Any], dict[str, bool], str]] = [
    ({}, {}, {}, "page"),
    ({"viewer": None}, {"permission": door.PUBLIC}, {}, "page"),
    ({}, {"permission": door.PUBLIC}, {"shown": False}, "page"),
    ({"viewer": replace(LAYLA, role="")}, {}, {}, "404"),
    ({"viewer": replace(LAYLA, role="administrator")}, {}, {}, "404"),
    ({"viewer": replace(LAYLA, role="")}, {"permission": door.SIGNED_IN}, {}, "page"),
    ({}, {}, {"shown": False}, "/session/factors/"),
    ({}, {"before_factor": True}, {"shown": False}, "page"),
    ({}, {}, {"shown": False, "demonstration": True}, "page"),
    ({}, {}, {"demonstration": True}, "page"),
    ({}, {}, {"owed": True}, "again"),
    ({}, {}, {"owed": True, "fresh": True}, "page"),
    ({}, {}, {"owed": True, "there": True}, "page"),
    ({}, {}, {"there": True}, "page"),
    ({}, {"fresh_look": True}, {}, "again"),
    ({}, {"fresh_look": True}, {"fresh": True}, "page"),
    ({}, {"fresh_look": True}, {"there": True}, "again"),
    ({}, {"fresh": True}, {}, "page"),
    ({"method": "POST"}, {"fresh": True}, {}, "again"),
    ({"method": "POST"}, {"fresh": True}, {"fresh": True}, "page"),
    ({"method": "POST"}, {}, {}, "page"),
]  # fmt: skip


@pytest.mark.parametrize("told", DOORS)
def test_a_door_opens_for_whom_it_must_and_says_what_is_owed_to_the_rest(
    told: tuple[dict[str, Any], dict[str, Any], dict[str, bool], str], office: Callable[..., None]
) -> None:
    who, declared, stands, expected = told
    office(**stands)
    found = answer(asked(**who), **declared)
    assert found == expected or (expected.startswith("/") and found.startswith("/session/fa"))


@pytest.mark.parametrize(
    ("method", "headers", "after"),
    [
        ("GET", {}, "/people/?page=2"),
        ("POST", {}, "/"),
        ("GET", {"HX-Request": "true"}, "/"),
        ("GET", {"HX-Request": "false"}, "/people/?page=2"),
    ],
)
def test_whoever_is_not_signed_in_signs_in_first_and_comes_back(
    method: str, headers: dict[str, str], after: str, office: Callable[..., None]
) -> None:
    office()
    seen: Any = door.access("people.see")(page)(asked(method, None, **headers))
    fragment = headers.get("HX-Request") == "true"
    assert seen.status_code == (200 if fragment else 302)
    where = seen.headers["HX-Redirect" if fragment else "Location"]
    assert where == f"/session/in/?next={after.replace('/', '%2F').replace('?', '%3F').replace('=', '%3D')}"


@pytest.mark.parametrize(
    "told",
    [
        (False, True, {}, "taken"), (False, False, {}, "page"), (True, True, {}, "page"),
        (False, True, {"fresh": True}, "taken"), (False, False, {"fresh": True}, "again"),
        (True, True, {"fresh": True}, "again"),
    ],
)  # fmt: skip
def test_a_reason_is_taken_at_the_door_but_not_where_files_are(
    told: tuple[bool, bool, dict[str, bool], str],
    office: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exempt, given, declared, expected = told
    office()
    words = SimpleNamespace(
        is_given_here=lambda request: given,
        taken=lambda request: HttpResponse("taken") if given else None,
        shown=lambda request, view: view(),
    )
    monkeypatch.setattr(door, "reasoned", words)

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("page")

    vars(view)["csrf_exempt"] = exempt
    assert answer(asked("POST"), view=view, **declared) == expected


def refuses(request: HttpRequest) -> HttpResponse:
    raise NotForYou("caseworker", "people.see")


def test_what_is_not_hers_is_not_found_but_through_an_opening(
    office: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    office()
    assert answer(asked(), view=refuses) == "404"
    monkeypatch.setattr(door, "look_through", lambda *args, **more: HttpResponse(f"acts {more['acts']}"))
    assert answer(asked(), view=refuses) == "acts False"
    assert answer(asked(), view=refuses, through_opening=True) == "acts True"
    assert answer(asked()) == "page"


def test_a_view_says_its_rule_and_whether_it_asks_for_proof() -> None:
    for declared in ({}, {"fresh": True}, {"fresh_look": True}, {"fresh": True, "fresh_look": True}):
        view: Any = door.access("people.see", **declared)(page)
        assert (view.access_rule, view.asks_proof) == ("people.see", bool(declared))


def test_before_there_is_an_office_no_factor_is_owed(
    office: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(request: HttpRequest) -> None:
        raise NoOffice

    office(shown=False)
    assert door.factor_owed(asked())
    monkeypatch.setattr(door, "office_of", none)
    assert not door.factor_owed(asked())


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two openings stand; the page is of the second one's case."""
    other = Standing(UUID(int=8), "P-333333", OPENING.ends_at)
    monkeypatch.setattr(openings, "standing", lambda viewer, at: (other, OPENING))


def looked(method: str = "GET", permission: str = "people.see", **more: Any) -> tuple[Any, Any]:
    request = asked(method, more.pop("viewer", LAYLA))

    def show() -> HttpResponse:
        if openings.circle(OPENING.id) not in request.viewer.circles:
            raise NotForYou("caseworker", permission)
        return HttpResponse("page")

    return through.look_through(request, permission, show, **more), request


@pytest.mark.parametrize(
    ("method", "permission", "acts", "shown"),
    [
        ("GET", "people.see", False, True), ("HEAD", "oversight.see", False, True),
        ("POST", "people.see", False, False), ("GET", "people.amend", False, False),
        ("POST", "moves.plan", True, True), ("GET", "people.see", True, True),
    ],
)  # fmt: skip
def test_through_an_opening_pages_are_looked_at_and_one_act_is_done(
    opened: None, method: str, permission: str, acts: bool, shown: bool
) -> None:
    found, request = looked(method, permission, acts=acts)
    assert (found is not None) is shown
    assert (through.opening_of(request) == OPENING) is shown
    assert request.viewer.may("moves.plan") is (not shown or permission == "moves.plan")
    assert request.viewer.may("people.see") and request.viewer.may("people.amend") is not shown
    assert (request.viewer == LAYLA) is not shown


def test_a_pass_without_permissions_acts_by_the_one_act_only(opened: None) -> None:
    _, request = looked("POST", "moves.plan", acts=True, viewer=replace(LAYLA, scopes=frozenset()))
    assert request.viewer.scopes == {"moves.plan"}


def test_where_no_opening_shows_it_the_page_stays_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openings, "standing", lambda viewer, at: ())
    found, request = looked()
    assert found is None and request.viewer is LAYLA and through.band_of(request) is None


@pytest.mark.parametrize(("role", "urgent"), [("caseworker", True), ("court_liaison", False)])
def test_the_band_offers_an_urgent_move_to_whom_it_is_for(opened: None, role: str, urgent: bool) -> None:
    _, request = looked(viewer=replace(LAYLA, role=role))
    band = through.band_of(request)
    assert band and band.id == OPENING.id and bool(band.urgent) is urgent
