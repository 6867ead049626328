"""`amana login` and `amana logout`: commands act as whoever signed in, within the pass, until it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from amana import start
from amana.apps.accounts import commands, factors, tokens, viewers
from amana.cli import login, logout
from amana.exchange import pass_file

SECRET = "a long enough passphrase"
EMAIL = "caseworker@office.example"


@pytest.fixture(autouse=True)
def _nothing_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cast: Any) -> None:
    """No pass of whoever runs the tests, and an office that is open."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("AMANA_TOKEN", raising=False)
    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: cast.operator)
    for module in (login, logout):
        monkeypatch.setattr(module, "open_office", lambda: None)
    commands.set_password(
        user_id=cast.caseworker.user_id, password=SECRET, by=viewers.installer(), at=datetime.now(UTC)
    )


def sign_in(*options: str, typed: str = f"{SECRET}\n") -> Any:
    return CliRunner().invoke(login.command, [EMAIL, *options], input=typed)


def test_without_a_pass_the_demonstration_works_as_its_operator() -> None:
    assert start.operator_at_work().viewer.role == "operator"


def test_after_signing_in_commands_act_as_that_account_within_the_scopes(cast: Any) -> None:
    done = sign_in("--scope", "people.see", "--hours", "2")
    assert done.exit_code == 0 and SECRET not in done.output and "amana_" not in done.output
    acting = start.operator_at_work().viewer
    assert acting.audit_id == cast.caseworker.audit_id
    assert acting.may("people.see") and not acting.may("people.amend") and not acting.everybody
    assert acting.day is not None


def test_a_wrong_password_gives_no_pass_and_waits_after_several(tmp_path: Path) -> None:
    for _ in range(4):
        assert sign_in(typed="wrong\n").exit_code == 1
    done = sign_in()
    assert isinstance(done.exception, login.NotSignedIn) and "next try" in str(done.exception)
    assert not [*tmp_path.rglob("*.token")]


def test_an_account_with_a_factor_is_asked_for_it_at_the_terminal_too(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allauth.mfa.totp.internal.auth import generate_totp_secret

    monkeypatch.setattr(factors, "validate_totp_code", lambda secret, code: True)
    paper = factors.add_app(
        secret=generate_totp_secret(), code="123456", by=cast.caseworker, at=datetime.now(UTC)
    )
    assert sign_in(typed=f"{SECRET}\n12\n").exit_code == 1
    assert sign_in(typed=f"{SECRET}\n{paper[0]}\n").exit_code == 0


def test_signing_out_ends_the_pass_and_forgets_it(settings: Any) -> None:
    sign_in()
    told = pass_file.read(settings.HOME)
    assert CliRunner().invoke(logout.command).output == "Signed out.\n"
    assert pass_file.read(settings.HOME) == ""
    with pytest.raises(tokens.TokenRefused):
        tokens.bearer(told, datetime.now(UTC))
    assert "Nobody is signed in" in CliRunner().invoke(logout.command).output


def test_a_pass_that_ended_is_refused_and_not_replaced_by_the_operator(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMANA_TOKEN", "amana_of_long_ago")
    with pytest.raises(tokens.TokenRefused, match="amana login"):
        start.operator_at_work()


def test_printed_a_pass_leaves_no_file(tmp_path: Path) -> None:
    done = sign_in("--print")
    assert done.stdout.strip().startswith("amana_") and not [*tmp_path.rglob("*.token")]


def test_an_office_of_real_people_asks_for_signing_in_and_for_a_factor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commands.open_office(
        name_en="Office",
        name_ar="مكتب",
        demonstration=False,
        stands_on=None,
        pack="iraq_2018",
        by=viewers.installer(),
        at=datetime.now(UTC),
    )
    opened: Callable[[], bool] = lambda: False  # noqa: E731
    for name in ("open_served_office", "open_demonstration_office"):
        monkeypatch.setattr(start, name, opened, raising=False)
    with pytest.raises(start.CannotStart, match="amana login"):
        start.operator_at_work()
    done = sign_in()
    assert isinstance(done.exception, login.NotSignedIn) and "second factor" in str(done.exception)
