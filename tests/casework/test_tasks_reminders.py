"""Reminders: counts and a link in the official's language; nothing of anybody, and not twice a day."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from registered import AT, TODAY
from tasks_raised import open_tasks, raise_all

from amana.apps.decisions.office_pack import office_pack
from amana.apps.registry.models import Person
from amana.apps.tasks import commands
from amana.apps.tasks.answers import Overdue
from amana.casework.reminders import body, mine_in_words
from amana.casework.tasks import remind
from small_office import settle

pytestmark = pytest.mark.django_db

OFFICE = "https://amana.example"
LATER = TODAY + timedelta(days=120)


@pytest.fixture
def mailing(settings: Any) -> Any:
    settings.MAIL_REMINDERS, settings.OFFICE_ADDRESS = True, OFFICE
    return settings


@pytest.fixture
def held(cast: SimpleNamespace, tmp_path: Path) -> None:
    """The caseworker holds everything that is overdue 120 days on."""
    settle(cast.registrar, tmp_path, people=40)
    raise_all(cast.operator)
    for task in open_tasks(desk="caseworker"):
        commands.take(task=task.pk, seen="", by=cast.caseworker, at=AT)


def test_without_a_mail_server_nobody_is_reminded(held: None, cast: SimpleNamespace) -> None:
    assert remind(on=LATER, by=cast.operator, at=AT) == 0 and mail.outbox == []


def test_whoever_holds_overdue_tasks_gets_one_mail_a_day(
    held: None, mailing: Any, cast: SimpleNamespace
) -> None:
    assert remind(on=LATER, by=cast.operator, at=AT) == 1
    assert remind(on=LATER, by=cast.operator, at=AT) == 0
    assert [each.to for each in mail.outbox] == [["caseworker@office.example"]]
    assert f"{OFFICE}/tasks/?whose=mine&within=late" in mail.outbox[0].body
    assert remind(on=LATER + timedelta(days=1), by=cast.operator, at=AT) == 1


def test_before_anything_is_overdue_nobody_is_reminded(mailing: Any, cast: SimpleNamespace) -> None:
    assert remind(on=TODAY, by=cast.operator, at=AT) == 0 and mail.outbox == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_name_reference_or_safeguard_of_anybody_stands_in_a_mail(
    language: str, held: None, mailing: Any, cast: SimpleNamespace
) -> None:
    from amana.apps.accounts.commands import set_language

    set_language(language=language, by=cast.caseworker, at=AT)
    remind(on=LATER, by=cast.operator, at=AT)
    (sent,) = mail.outbox
    told = f"{sent.subject}\n{sent.body}"
    assert not re.search(r"\b[A-Z]-[2-9A-Z]{6}\b", told)
    names = {
        word
        for row in Person.objects.values_list("name_latin", "name_ar")
        for name in row
        for word in name.split()
        if len(word) > 2
    }
    assert names and not [name for name in names if name in told]
    assert not re.search(r"\bS\d\d\b|\d{4}-\d\d-\d\d", told)
    texts = [text for each in office_pack().safeguards.values() for text in each.title.values()]
    assert not [text for text in texts if text in told]
    assert len(told) < 600


def test_the_headers_of_a_mail_name_nobody_but_the_official(
    held: None, mailing: Any, cast: SimpleNamespace
) -> None:
    remind(on=LATER, by=cast.operator, at=AT)
    message = mail.outbox[0].message()
    assert set(message.keys()) <= {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date",
        "Message-ID",
    }  # fmt: skip
    assert mail.outbox[0].attachments == []


def test_what_nobody_has_taken_is_told_to_its_desk(
    mailing: Any, cast: SimpleNamespace, tmp_path: Path
) -> None:
    settle(cast.registrar, tmp_path, people=40)
    raise_all(cast.operator)
    overdue = [task for task in open_tasks(desk="caseworker") if task.due < LATER]
    assert overdue
    remind(on=LATER, by=cast.operator, at=AT)
    (sent,) = [each for each in mail.outbox if each.to == ["caseworker@office.example"]]
    assert re.search(rf"^{len(overdue)} overdue task", sent.body)
    assert f"{OFFICE}/tasks/?whose=free&within=late" in sent.body


def test_a_server_that_refuses_is_logged_by_its_kind_alone(
    held: None, mailing: Any, cast: SimpleNamespace, monkeypatch: Any, caplog: Any
) -> None:
    from django.core.mail import EmailMessage

    def refuse(self: Any, *args: Any, **kwargs: Any) -> int:
        raise OSError(f"550 {self.to} {self.body}")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    assert remind(on=LATER, by=cast.operator, at=AT) == 0
    assert "OSError" in caplog.text and "caseworker@" not in caplog.text and "overdue." not in caplog.text


@pytest.mark.parametrize(
    ("overdue", "words"),
    [
        (Overdue(2, 0), "2 reviews are overdue."),
        (Overdue(1, 0), "1 review is overdue."),
        (Overdue(0, 3), "3 tasks are overdue."),
        (Overdue(2, 1), "2 reviews are overdue. 1 other task is overdue."),
    ],
)
def test_reminders_count_reviews_apart(overdue: Overdue, words: str) -> None:
    assert mine_in_words(overdue) == words
    assert body(overdue, OFFICE).startswith(words)
