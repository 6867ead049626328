"""Today: what waits, for whom; reviews are no transfer dates and are not for everybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.test import Client

from amana.apps.decisions import queries
from amana.apps.decisions.office_pack import office_pack
from amana.web.today.asking import open_questions
from amana.web.today.reviews import coming_reviews, may_see_reviews
from small_office import SENDER, TODAY, settle

REVIEWS = "Birthdays that call for a review"


@pytest.fixture
def settled(cast: SimpleNamespace, tmp_path: Path) -> Any:
    return settle(cast.registrar, tmp_path)


def test_an_empty_office_says_what_to_do_first(signed_in: Callable[..., Client]) -> None:
    page = signed_in("registrar").get("/").content.decode()
    assert "No list has been brought in yet" in page and 'href="/register/"' in page


def test_open_answers_are_grouped_by_what_to_ask_for(settled: Any, cast: SimpleNamespace) -> None:
    asking = open_questions(cast.caseworker, office_pack())
    assert asking.people == sum(group.people for group in asking.groups) > 0
    assert [group.people for group in asking.groups] == sorted(
        (g.people for g in asking.groups), reverse=True
    )
    assert all(group.needs and group.questions for group in asking.groups)


def test_counting_open_answers_shows_nobody_and_logs_nobody(settled: Any, cast: SimpleNamespace) -> None:
    open_questions(cast.caseworker, office_pack())
    assert cast.caseworker.trail == []


def test_each_group_leads_to_its_people(
    settled: Any, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    groups = list(queries.undetermined(cast.caseworker, limit=1).counts)
    page = signed_in("caseworker").get("/").content.decode()
    assert groups
    for needs in groups:
        assert f"needs={quote_plus(';'.join(needs))}" in page


def test_a_coming_birthday_is_named_by_its_review_and_is_no_transfer_date(
    settled: Any, signed_in: Callable[..., Client]
) -> None:
    page = signed_in("caseworker").get("/").content.decode()
    assert REVIEWS in page and "A review, never a transfer date." in page
    assert "Contact and assessment review" in page
    assert "detention" not in page and "state home" not in page


def test_reviews_stand_in_windows_of_30_60_and_90_days_and_those_without_a_day_last(
    settled: Any, cast: SimpleNamespace
) -> None:
    reviews = coming_reviews(cast.caseworker, TODAY, office_pack())
    order = [30, 60, 90, 0]
    assert [window.days for window in reviews.windows] == sorted(
        {window.days for window in reviews.windows}, key=order.index
    )
    assert sum(len(window.reviews) for window in reviews.windows) <= reviews.people
    assert all(review.turns and review.when for window in reviews.windows for review in window.reviews)


@pytest.mark.parametrize("role", ["registrar", "monitor", "rules_editor", "administrator", "outsider"])
def test_reviews_are_not_for_those_who_do_not_answer_for_cases(role: str, cast: SimpleNamespace) -> None:
    assert not may_see_reviews(getattr(cast, role))


def test_a_registrar_sees_lists_but_no_birthdays(settled: Any, signed_in: Callable[..., Client]) -> None:
    page = signed_in("registrar").get("/").content.decode()
    assert REVIEWS not in page and SENDER in page and settled.batch in page


def test_a_caseworker_sees_birthdays_but_no_lists(settled: Any, signed_in: Callable[..., Client]) -> None:
    page = signed_in("caseworker").get("/").content.decode()
    assert REVIEWS in page and SENDER not in page


def test_whoever_is_shown_in_a_review_stands_in_the_read_log(
    settled: Any, signed_in: Callable[..., Client]
) -> None:
    from amana.apps.audit.models import ReadEntry, ReadSubject

    signed_in("caseworker").get("/")
    entry = ReadEntry.objects.get()
    assert entry.kind == "today:day-show"
    assert ReadSubject.objects.filter(entry=entry).count() > 0


def test_today_reads_in_arabic(settled: Any, signed_in: Callable[..., Client]) -> None:
    page = signed_in("supervisor").get("/?lang=ar").content.decode()
    assert 'lang="ar" dir="rtl"' in page and settled.batch in page
