"""The brake on guessing passwords."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from amana.apps.accounts import attempts, commands, viewers
from amana.apps.accounts.models import SignInAttempt
from amana.apps.accounts.signing_in import check_password_slowly

NOW = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
EMAIL, HOME, WORD = "amal@office.example", "192.0.2.1", "a long enough pass phrase"
pytestmark = pytest.mark.django_db


def fail(times: int, email: str = EMAIL, address: str = HOME) -> None:
    for _ in range(times):
        attempts.record_failure(email, address, NOW)


def test_the_first_three_failures_cost_nothing_and_each_further_one_doubles_the_wait() -> None:
    fail(2)
    assert attempts.seconds_to_wait(EMAIL, HOME, NOW) == 0
    waits = []
    for _ in range(4):
        fail(1)
        waits.append(attempts.seconds_to_wait(EMAIL, HOME, NOW))
    assert waits == [1, 2, 4, 8]


def test_the_wait_ends_by_itself_and_never_exceeds_five_minutes() -> None:
    fail(40)
    assert attempts.seconds_to_wait(EMAIL, "192.0.2.9", NOW) == 300
    assert attempts.seconds_to_wait(EMAIL, "192.0.2.9", NOW + timedelta(seconds=301)) == 0


def test_the_email_waits_from_every_address_and_in_every_case() -> None:
    fail(5)
    assert attempts.seconds_to_wait("AMAL@office.example", "192.0.2.9", NOW) == 4


def test_one_address_trying_many_emails_waits_too() -> None:
    for number in range(35):
        attempts.record_failure(f"user{number}@office.example", HOME, NOW)
    assert attempts.seconds_to_wait("new@office.example", HOME, NOW) > 0
    assert attempts.seconds_to_wait("new@office.example", "192.0.2.9", NOW) == 0


def test_a_day_without_failure_forgets() -> None:
    fail(10)
    later = NOW + timedelta(days=1)
    assert attempts.seconds_to_wait(EMAIL, HOME, later) == 0
    assert attempts.clear_old(later + timedelta(seconds=1)) == 2


def test_neither_email_nor_address_is_kept() -> None:
    fail(1)
    for row in SignInAttempt.objects.all():
        assert "amal" not in row.key
        assert len(row.key) == 64


def test_a_sign_in_that_worked_clears_the_count_of_the_email() -> None:
    commands.add_user(
        email=EMAIL, name="Amal Jaber", role="registrar", password=WORD, by=viewers.installer(), at=NOW
    )
    for _ in range(2):
        assert check_password_slowly(EMAIL, "wrong", address=HOME, at=NOW).user is None
    assert check_password_slowly(EMAIL, WORD, address=HOME, at=NOW).user is not None
    assert SignInAttempt.objects.count() == 1


def test_while_waiting_even_the_right_password_is_not_looked_at() -> None:
    commands.add_user(
        email=EMAIL, name="Amal Jaber", role="registrar", password=WORD, by=viewers.installer(), at=NOW
    )
    fail(4)
    tried = check_password_slowly(EMAIL, WORD, address=HOME, at=NOW)
    assert (tried.user, tried.wait) == (None, 2)
    assert check_password_slowly(EMAIL, WORD, address=HOME, at=NOW + timedelta(seconds=3)).user is not None


def test_after_a_day_the_count_begins_anew() -> None:
    fail(10)
    later = NOW + timedelta(days=1)
    attempts.record_failure(EMAIL, HOME, later)
    assert attempts.seconds_to_wait(EMAIL, HOME, later) == 0


def test_a_part_of_a_second_is_waited_out() -> None:
    fail(4)
    half = timedelta(milliseconds=500)
    assert [attempts.seconds_to_wait(EMAIL, HOME, NOW + n * half) for n in range(5)] == [2, 2, 1, 1, 0]


def test_a_browser_known_to_be_hers_is_counted_by_itself() -> None:
    fail(10)
    assert attempts.seconds_to_wait(EMAIL, HOME, NOW, browser="hers") == 0
    for _ in range(4):
        attempts.record_failure(EMAIL, "192.0.2.9", NOW, browser="hers")
    assert attempts.seconds_to_wait(EMAIL, "192.0.2.9", NOW, browser="hers") == 2
    assert attempts.seconds_to_wait("new@office.example", "192.0.2.9", NOW) == 0
