"""`amana gate REF`: what the gate asks, without telling at a terminal what a person answered or fears."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import committed, site
from returning import opened, said_no, screened
from small_lists import one_family

from amana.apps.registry.models import Person
from amana.cli.gate import command

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(committed: Callable[..., Any], cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: cast.operator)
    committed(one_family())
    return str(Person.objects.get(name_latin="Zarina Rahimova").ref)


def asked(ref: str, *more: str) -> Any:
    return CliRunner().invoke(command, [ref, "--nation", "TJK", *more])


def test_a_closed_gate_says_what_each_condition_asks(mother: str) -> None:
    done = asked(mother)
    assert done.exit_code == 0 and "closed" in done.output
    assert "The screening for international protection is done" in done.output
    assert "Zarina" not in done.output


def test_a_refusal_or_a_fear_is_never_told_at_a_terminal(mother: str, cast: SimpleNamespace) -> None:
    before = json.loads(asked(mother, "--json").output)
    said_no(mother, cast.caseworker, own_word=None)
    screened(mother, cast.caseworker, fear=True, claim="pending")
    assert json.loads(asked(mother, "--json").output) == before
    stands = {each["condition"]: each["stands"] for each in before["conditions"]}
    assert {name for name, told in stands.items() if not told} >= {"consent", "fear", "claim", "screening"}
    assert stands["dossier"] == "not met"


def test_an_open_gate_is_open_in_both_languages(mother: str, cast: SimpleNamespace) -> None:
    opened(mother, cast)
    told = json.loads(asked(mother, "--json").output)
    assert told["open"] is True and len(told["conditions"]) == 13
    assert asked(mother, "--lang", "ar").exit_code == 0


def test_what_is_no_country_is_wrong_usage(mother: str) -> None:
    done = CliRunner().invoke(command, [mother, "--nation", "XXA"])
    assert done.exit_code == 2 and "three letters" in done.output
