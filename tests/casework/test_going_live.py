"""The check before going live: each condition, alone, keeps real people out; a warning never does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from small_lists import one_family

from amana.apps.accounts import commands, viewers
from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit import anchoring
from amana.apps.registry.peopled import peopled
from amana.casework import going_live, intake
from amana.casework.going_live import AssessmentRefused, NotFit

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
OFFICER = Viewer(None, UUID(int=7), "data_protection")


@pytest.fixture
def real(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An office of real people that meets every condition."""
    commands.open_office(
        name_en="Office",
        name_ar="مكتب",
        demonstration=False,
        stands_on=None,
        pack="iraq_2018",
        by=viewers.installer(),
        at=AT,
    )
    for role in ("data_protection", "monitor", "registrar", "administrator"):
        commands.add_user(email=f"{role}@office.example", name=role, role=role, by=viewers.installer(), at=AT)
    monkeypatch.setattr(going_live, "roles_in_use", lambda: frozenset({"data_protection", "monitor"}))
    monkeypatch.setattr(going_live, "accounts_without", lambda: 0)
    monkeypatch.setattr(
        going_live.custody, "publics", lambda *roles: ["k" * 64] if roles == ("monitor",) else []
    )
    settings.PLAIN_HTTP = False
    settings.ALLOWED_HOSTS = ["amana.example", "127.0.0.1"]
    settings.ANCHORS = tmp_path / "anchors"
    anchoring.keep(AT)
    going_live.note_backup(digest="ab" * 32, rows=10, at=AT)
    going_live.sign_assessment(digest="cd" * 32, review_by=date(2018, 8, 1), by=OFFICER, at=AT)


def states(at: datetime = AT) -> dict[str, str]:
    return {found.subject: found.state for found in going_live.conditions(at)}


def test_an_office_that_meets_every_condition_is_fit(real: None) -> None:
    going_live.require(AT)
    assert set(states().values()) <= {"well", "warning"}
    assert states()["pack"] == "warning", "an unreviewed pack informs only, and says so"


def _plain(patch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.PLAIN_HTTP = True


def _nameless(patch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]


def _any_name(patch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]


def _no_anchors(patch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ANCHORS = None


def _no_anchor_yet(patch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ANCHORS = settings.ANCHORS / "empty"


def _no_backup(patch: pytest.MonkeyPatch, settings: Any) -> None:
    patch.setattr(going_live, "BACKED_UP", "office.never")


def _no_assessment(patch: pytest.MonkeyPatch, settings: Any) -> None:
    patch.setattr(going_live, "ASSESSED", "office.never")


def _nobody_watching(patch: pytest.MonkeyPatch, settings: Any) -> None:
    patch.setattr(going_live, "roles_in_use", lambda: frozenset({"administrator", "monitor"}))


def _no_monitors_key(patch: pytest.MonkeyPatch, settings: Any) -> None:
    patch.setattr(going_live.custody, "publics", lambda *roles: [])


def _open_key(patch: pytest.MonkeyPatch, settings: Any) -> None:
    from amana.apps.accounts.readiness import Finding

    fault = Finding("key audit", "fault", "has mode 644", "chmod 600")
    patch.setattr("amana.apps.accounts.health.keys", lambda: [fault])


def _no_law(patch: pytest.MonkeyPatch, settings: Any) -> None:
    patch.setattr(going_live, "office_pack", _raise)


def _raise() -> None:
    from amana.core.errors import PackFaults

    raise PackFaults("nowhere", [])


MISSING: dict[str, tuple[str, Callable[[pytest.MonkeyPatch, Any], None]]] = {
    "transport, plain": ("transport", _plain),
    "transport, nameless": ("transport", _nameless),
    "transport, any name": ("transport", _any_name),
    "no place for anchors": ("anchors", _no_anchors),
    "no anchor yet": ("anchors", _no_anchor_yet),
    "backup": ("backup", _no_backup),
    "impact assessment": ("impact assessment", _no_assessment),
    "watching": ("watching", _nobody_watching),
    "monitor's key": ("monitor's key", _no_monitors_key),
    "keys": ("key audit", _open_key),
    "pack": ("pack", _no_law),
}


@pytest.mark.parametrize("missing", MISSING)
def test_each_missing_condition_keeps_everybody_out_and_names_its_mend(
    missing: str, real: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    subject, spoil = MISSING[missing]
    spoil(monkeypatch, settings)
    found = [each for each in going_live.conditions(AT) if each.state == "fault"]
    assert {each.subject for each in found} == {subject} and all(each.mend for each in found)
    with pytest.raises(NotFit, match=subject):
        going_live.require(AT)
    registrar = Viewer(None, UUID(int=8), "registrar")
    with pytest.raises(NotFit):
        intake.commit(one_family(), facility=None, sender="Site", by=registrar, at=AT, on=AT.date())
    assert not peopled()


def test_while_nobody_is_registered_the_office_is_served_to_be_set_up(
    real: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    _no_backup(monkeypatch, settings)
    going_live.require_to_serve(AT)
    monkeypatch.setattr(going_live, "peopled", lambda: True)
    with pytest.raises(NotFit):
        going_live.require_to_serve(AT)


def test_an_office_in_which_nobody_can_be_named_to_examine_is_told_so_and_served(real: None) -> None:
    assert (states()["examiner"], states()["monitor's key"]) == ("warning", "well")
    going_live.require(AT)


def test_what_was_long_ago_is_told_and_closes_nothing(real: None) -> None:
    later = AT + timedelta(days=400)
    assert (states(later)["backup"], states(later)["anchors"], states(later)["impact assessment"]) == (
        ("warning",) * 3
    )
    going_live.require(later)


@pytest.mark.parametrize("days", [-1, 0, 367, 4000])
def test_an_assessment_is_looked_at_again_within_a_year(real: None, days: int) -> None:
    with pytest.raises(AssessmentRefused, match="within a year"):
        going_live.sign_assessment(
            digest="ab" * 32, review_by=(AT + timedelta(days=days)).date(), by=OFFICER, at=AT
        )


@pytest.mark.parametrize("role", ["administrator", "supervisor", "monitor", "registrar", ""])
def test_nobody_but_the_data_protection_officer_signs_it(real: None, role: str) -> None:
    with pytest.raises(NotForYou):
        going_live.sign_assessment(
            digest="ab" * 32, review_by=date(2018, 8, 1), by=Viewer(None, UUID(int=9), role), at=AT
        )


def test_the_demonstration_is_exempt_and_never_fit(office: Any) -> None:
    going_live.require(AT)
    going_live.require_to_serve(AT)
    assert states()["office"] == "fault"


def test_without_an_office_the_check_says_how_to_open_one(db: None) -> None:
    (found,) = going_live.conditions(AT)
    assert "amana office open" in found.mend


def test_a_real_office_stands_on_no_day(real: None) -> None:
    commands.open_office(
        name_en="Office", name_ar="مكتب", demonstration=False, stands_on=AT.date(), pack="iraq_2018",
        by=viewers.installer(), at=AT,
    )  # fmt: skip
    assert states()["office"] == "fault"


def test_accounts_without_a_factor_are_counted_and_stop_nothing(
    real: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert User.objects.count() == 4
    monkeypatch.setattr(going_live, "accounts_without", lambda: 4)
    (found,) = [each for each in going_live.conditions(AT) if each.subject == "second factor"]
    assert found.state == "warning" and found.words == "4 accounts have none yet"
