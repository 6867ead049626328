"""`amana replay REF`: stored decisions under the text of their day and the present one."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from registered import AT, TODAY
from small_lists import a_list, day, row

from amana.cli.replay import command


@pytest.fixture
def anora(committed: Any, cast: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The reference of a girl of 3 who is registered with her mother."""
    from amana.apps.registry.models import Person

    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: cast.operator)
    committed(
        a_list(
            row(2, "Zarina", "wife_mother", birth=day("1987-05-02")),
            row(3, "Anora", "daughter", birth=day("2014-06-01")),
        )
    )
    return str(Person.objects.get(name_latin="Anora").ref)


@pytest.fixture
def amended(anora: str, cast: Any) -> str:
    """The same, after the reading “until three” was adopted as from 1 February."""
    from amana.casework import proposals
    from amana.casework.redecide import decide_anew
    from amana.exchange.demonstration.proposed import change

    edit = change()
    content = {**edit.content, "gaps": [{**edit.content["gaps"][0], "in_force": {"from": "2018-02-01"}}]}
    edit = type(edit)(edit.kind, edit.target, date(2018, 2, 1), content)
    ref = proposals.propose(edit, title="Until three", reason="Said so.", by=cast.rules_editor, at=AT)
    proposals.adopt(ref, reason="Agreed.", by=cast.policy_approver, at=AT)
    decide_anew(by=cast.policy_approver, at=AT, on=TODAY)
    return anora


def test_each_decision_is_told_with_both_texts_and_the_look_is_in_the_trail(amended) -> None:
    from amana.apps.audit.models import ReadEntry

    before = ReadEntry.objects.count()
    done = CliRunner().invoke(command, [amended])
    assert done.exit_code == 0, done.output
    new, old = done.stdout.split("Decided as of ")[1:]
    assert "no lawful placement" in new
    assert new.count("the same answer") == 2
    assert "stays with the mother" in old
    assert "on that day: No rule speaks: no lawful placement." in old
    assert "Anora" not in done.stdout
    assert ReadEntry.objects.count() == before + 1


def test_as_json_with_both_answers_and_their_packs(amended) -> None:
    done = CliRunner().invoke(command, [amended, "--json"])
    new, old = map(json.loads, done.stdout.splitlines())
    assert (new["same"], new["differs"], old["same"], old["differs"]) == (True, False, True, True)
    assert (old["then"]["outcome"], old["now"]["outcome"]) == ("with_mother", "no_lawful_placement")
    assert old["stored"]["pack"]["hash"] == old["then"]["pack"]["hash"] != old["now"]["pack"]["hash"]
    assert old["superseded_at"] is not None


def test_in_arabic(amended) -> None:
    done = CliRunner().invoke(command, [amended, "--lang", "ar"])
    assert "يبقى مع أمه" in done.stdout


def test_a_decision_that_can_not_be_replayed_says_so(anora) -> None:
    from amana.apps.audit.records import writing
    from amana.apps.decisions.models import Decision

    allowed = writing.set(True)
    Decision.objects.update(pack_hash="0" * 64)
    writing.reset(allowed)
    done = CliRunner().invoke(command, [anora])
    assert done.exit_code == 0
    assert "not kept here" in done.stdout


def test_a_decision_that_comes_out_otherwise_than_stored_is_a_fault(anora) -> None:
    from amana.apps.audit.records import writing
    from amana.apps.decisions.models import Decision

    allowed = writing.set(True)
    Decision.objects.update(outcome="state_home")
    writing.reset(allowed)
    done = CliRunner().invoke(command, [anora])
    assert done.exit_code == 1
    assert "ANOTHER answer" in done.stdout


def test_a_mistyped_reference_is_refused(anora) -> None:
    done = CliRunner().invoke(command, [anora[:-1] + ("2" if anora[-1] != "2" else "3")])
    assert done.exit_code == 1
    assert "reference" in str(done.exception).lower()
