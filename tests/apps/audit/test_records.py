"""Records can be written inside a command only, whichever way Django offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from amana.apps.accounts.models import Office, User
from amana.apps.accounts.viewers import installer
from amana.apps.audit.recording import recording
from amana.apps.audit.records import WriteOutsideCommand

NOW = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _user(email: str = "amal@office.example") -> User:
    return User(email=email, name="Amal Jaber", role="registrar", added_at=NOW, password="!")


def _first() -> User:
    found: User = User.objects.get(email="first@office.example")
    return found


def _renamed() -> User:
    found = _first()
    found.name = "Another"
    return found


WAYS: dict[str, Callable[[], object]] = {
    "save": lambda: _user().save(),
    "create": lambda: User.objects.create(email="a@office.example", name="A", role="registrar", added_at=NOW),
    "get_or_create": lambda: User.objects.get_or_create(
        email="a@office.example", defaults={"name": "A", "role": "registrar", "added_at": NOW}
    ),
    "update_or_create": lambda: User.objects.update_or_create(
        email="first@office.example", defaults={"name": "Another"}
    ),
    "bulk_create": lambda: User.objects.bulk_create([_user()]),
    "bulk_update": lambda: User.objects.bulk_update([_renamed()], ["name"]),
    "update": lambda: User.objects.filter(email="first@office.example").update(name="Another"),
    "queryset delete": lambda: User.objects.filter(email="first@office.example").delete(),
    "delete": lambda: _first().delete(),
}


@pytest.fixture(autouse=True)
def somebody(db: None) -> None:
    with recording(installer(), NOW):
        _user("first@office.example").save()


@pytest.mark.parametrize("way", WAYS)
def test_writing_outside_a_command_is_refused(way: str) -> None:
    before = list(User.objects.values_list("email", "name"))
    with pytest.raises(WriteOutsideCommand, match="recording"):
        WAYS[way]()
    assert list(User.objects.values_list("email", "name")) == before


@pytest.mark.parametrize("way", WAYS)
def test_writing_inside_a_command_changes_the_records(way: str) -> None:
    before = list(User.objects.values_list("email", "name"))
    with recording(installer(), NOW):
        WAYS[way]()
    assert list(User.objects.values_list("email", "name")) != before


def test_the_guard_closes_again_after_a_command_that_failed() -> None:
    with pytest.raises(ZeroDivisionError), recording(installer(), NOW):
        raise ZeroDivisionError
    with pytest.raises(WriteOutsideCommand):
        Office.objects.create(name_en="a", name_ar="b", pack="iraq_2018")


def test_every_model_of_the_register_is_a_record() -> None:
    from django.apps import apps

    from amana.apps.audit.records import Record

    for label in ("registry", "decisions", "placements"):
        for model in apps.get_app_config(label).get_models():
            assert issubclass(model, Record), f"{model._meta.label} can be written without a trail"
