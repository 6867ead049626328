"""Passes of the command line: they act as their account, within their scopes, until they end."""

from __future__ import annotations

import stat
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.apps.accounts import commands, tokens, viewers
from amana.apps.accounts.models import Token
from amana.apps.accounts.roles import PERMISSIONS, ROLES
from amana.apps.audit.models import AuditEntry, AuditPayload
from amana.exchange import pass_file

NOW = datetime.fromisoformat("2018-02-15T09:00:00+00:00")


def test_a_pass_acts_as_its_account_within_its_scopes(caseworker: Any) -> None:
    told = tokens.make(scopes=["people.see"], hours=2, by=caseworker, at=NOW)
    acting = tokens.bearer(told, NOW + timedelta(hours=1))
    assert (acting.audit_id, acting.role) == (caseworker.audit_id, "caseworker")
    assert acting.may("people.see") and not acting.may("people.amend")
    assert acting.circles == caseworker.circles


@given(scopes=st.sets(st.sampled_from(sorted(PERMISSIONS)), max_size=4), role=st.sampled_from(sorted(ROLES)))
def test_no_scope_opens_what_the_role_does_not(scopes: set[str], role: str) -> None:
    viewer = viewers.Viewer(None, viewers.NOBODY_ID, role, scopes=frozenset(scopes))
    assert {each for each in PERMISSIONS if viewer.may(each)} == scopes & ROLES[role].may


def test_without_scopes_a_pass_opens_all_that_the_role_does(caseworker: Any) -> None:
    told = tokens.make(scopes=[], hours=1, by=caseworker, at=NOW)
    acting = tokens.bearer(told, NOW)
    assert {each for each in PERMISSIONS if acting.may(each)} == ROLES["caseworker"].may


def test_a_role_that_loses_a_permission_takes_it_from_its_passes(caseworker: Any) -> None:
    told = tokens.make(scopes=["people.amend", "law.see"], hours=1, by=caseworker, at=NOW)
    commands.set_role(user_id=caseworker.user_id, role="rules_editor", by=viewers.installer(), at=NOW)
    acting = tokens.bearer(told, NOW)
    assert acting.may("law.see") and not acting.may("people.amend") and not acting.may("law.propose")


@pytest.mark.parametrize("scope", ["law.adopt", "everything", ""])
def test_a_scope_beyond_the_role_is_refused_with_those_it_has(scope: str, caseworker: Any) -> None:
    with pytest.raises(tokens.TokenRefused, match=r"people\.see"):
        tokens.make(scopes=[scope], hours=1, by=caseworker, at=NOW)


@pytest.mark.parametrize("hours", [0, -1, 169])
def test_a_pass_lasts_an_hour_to_a_week(hours: int, caseworker: Any) -> None:
    with pytest.raises(tokens.TokenRefused, match="hours"):
        tokens.make(scopes=[], hours=hours, by=caseworker, at=NOW)


def test_a_pass_opens_nothing_after_its_end_when_ended_or_when_the_account_is_closed(
    caseworker: Any, supervisor: Any
) -> None:
    told = tokens.make(scopes=[], hours=1, by=caseworker, at=NOW)
    ended = tokens.make(scopes=[], hours=1, by=supervisor, at=NOW)
    assert tokens.end_told(told=ended, by=supervisor, at=NOW)
    commands.close_account(user_id=caseworker.user_id, by=viewers.installer(), at=NOW)
    for each, at in ((told, NOW + timedelta(hours=1)), (told, NOW), (ended, NOW), ("", NOW), ("x", NOW)):
        with pytest.raises(tokens.TokenRefused):
            tokens.bearer(each, at)


def test_nobody_ends_the_pass_of_another(caseworker: Any, supervisor: Any) -> None:
    told = tokens.make(scopes=[], hours=1, by=caseworker, at=NOW)
    own = tokens.passes_of(caseworker, NOW)[0]
    assert not tokens.end(token_id=own.id, by=supervisor, at=NOW)
    assert not tokens.end_told(told=told, by=supervisor, at=NOW)
    assert tokens.bearer(told, NOW)


def test_neither_the_database_nor_the_trail_holds_the_pass(caseworker: Any) -> None:
    told = tokens.make(scopes=[], hours=1, by=caseworker, at=NOW)
    kept = [*Token.objects.values_list("digest", "scopes")]
    trail = [*AuditEntry.objects.values_list("kind", "subject")]
    assert told not in f"{kept}{trail}{[*AuditPayload.objects.values()]}"
    assert AuditEntry.objects.filter(kind="token.made").count() == 1


def test_the_file_of_a_pass_is_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMANA_TOKEN", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert pass_file.read(Path("/office")) == ""
    file = pass_file.keep(Path("/office"), "amana_x")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (pass_file.read(Path("/office")), pass_file.read(Path("/other"))) == ("amana_x", "")
    file.chmod(0o640)
    with pytest.raises(pass_file.OpenToOthers, match="chmod 600"):
        pass_file.read(Path("/office"))
    monkeypatch.setenv("AMANA_TOKEN", "amana_y")
    assert pass_file.read(Path("/office")) == "amana_y"
    pass_file.forget(Path("/office"))
    assert not file.exists()


def test_a_viewer_without_a_pass_is_not_narrowed(cast: SimpleNamespace) -> None:
    assert cast.caseworker.scopes is None and cast.caseworker.may("people.amend")
