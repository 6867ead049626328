"""`amana break-glass list`: what was opened in an emergency, for those who watch and nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from small_lists import one_family

from amana.apps.accounts.viewers import NotForYou
from amana.apps.guards.commands import begin
from amana.apps.oversight.pseudonyms import pseudonym
from amana.apps.registry.models import Person
from amana.cli.break_glass import command
from small_office import AT

pytestmark = pytest.mark.django_db
WHY = "Her mother is in labour and nobody of the team answers."


@pytest.fixture
def listed(
    committed: Callable[..., Any], cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Prints the list as the account of a role, after one case was opened."""
    committed(one_family())
    begin(Person.objects.order_by("ref")[0].ref, reason=WHY, hours=1, by=cast.other_caseworker, at=AT)

    def run(role: str, *more: str) -> Any:
        monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: getattr(cast, role))
        return CliRunner().invoke(command, ["list", *more])

    return run


def test_the_monitor_reads_who_opened_when_and_why_and_a_pseudonym(listed: Callable[..., Any]) -> None:
    ref = Person.objects.order_by("ref")[0].ref
    (row,) = json.loads(listed("monitor", "--json").output)
    assert (row["person"], row["by"], row["reason"]) == (pseudonym(ref), "Karim Said", WHY)
    assert row["review"].startswith("review late, was due 2018-02-18")
    (row,) = json.loads(listed("data_protection", "--json").output)
    assert row["person"] == ref
    assert WHY in listed("monitor").output


@pytest.mark.parametrize("role", ["caseworker", "supervisor", "administrator", "operator"])
def test_nobody_else_is_told(role: str, listed: Callable[..., Any]) -> None:
    done = listed(role)
    assert isinstance(done.exception, NotForYou) and WHY not in done.output
