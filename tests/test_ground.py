"""The ground the suite stands on: the database it says, and migrations that say what the models say."""

from __future__ import annotations

import os

import pytest
from django.core.management import call_command
from django.db import connections

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("alias", ["default", "operations"])
def test_the_suite_runs_on_the_database_it_says(alias: str) -> None:
    assert connections[alias].vendor == (os.environ.get("AMANA_TEST_ON") or "sqlite")


def test_the_migrations_say_what_the_models_say() -> None:
    # Exits with 1 where a model has changed without its migration, or a check finds an error.
    call_command("makemigrations", check=True, dry_run=True, verbosity=0, skip_checks=False)
