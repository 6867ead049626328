"""A clock changed more than ten times over asks for its new value once more."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from amana.apps.decisions.packs import find_pack
from amana.web.law.clocks import far_off, is_clock

ADDRESS = "/law/changes/new/?what=parameter:review_days"
SAID = {
    "from_day": "2018-03-01", "reading_en": "In days.", "reading_ar": "بالأيام.", "source": "crc/9",
    "title": "A longer clock", "why": "There are too few assessors.", "store": "1",
}  # fmt: skip


def test_a_clock_is_a_parameter_that_a_duty_runs_by() -> None:
    pack = find_pack("iraq_2018")
    assert is_clock(pack, "review_days") and not is_clock(pack, "adulthood")


@pytest.mark.parametrize(
    ("typed", "far"),
    [("900", False), ("901", True), ("9", False), ("8", True), ("٩٠١", True), ("x", False), ("", False)],
)
def test_more_than_ten_times_or_less_than_a_tenth_is_far_off(typed: str, far: bool) -> None:
    assert far_off(90, typed, True) is far
    assert not far_off(90, typed, False)


@pytest.mark.parametrize(("confirm", "told"), [("", "Type the new value once more"), ("5", "another value")])
def test_the_form_asks_for_it_once_more_and_loses_nothing(
    confirm: str, told: str, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("rules_editor")
    answer = client.post(ADDRESS, {**SAID, "value": "9999", "confirm": confirm})
    text = unescape(answer.content.decode())
    assert answer.status_code == 422 and told in text and 'name="confirm"' in text
    assert 'value="9999"' in text


def test_typed_twice_or_within_ten_times_it_is_not_asked(signed_in: Callable[..., Client]) -> None:
    client = signed_in("rules_editor")
    for sent in ({"value": "9999", "confirm": "9999"}, {"value": "91"}):
        text = unescape(client.post(ADDRESS, {**SAID, **sent}).content.decode())
        assert "once more: the clock" not in text and "This is another value than the new one" not in text
