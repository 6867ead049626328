"""`amana explain REF`: one person of the register, as the operator, and written into the trail."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from amana.cli.explain import command

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def registered(cast, monkeypatch):
    """The reference of an invented girl of 3 or 4, registered with her mother."""
    from amana.apps.placements.commands import add_facility
    from amana.apps.registry import queries
    from amana.casework import intake
    from amana.casework.listing import ListRead, RowRead
    from amana.core.dates import DateSpan

    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: cast.operator)

    def row(number, name, sex, relation, birth):
        return RowRead(
            number=number,
            status="ok",
            original={"Name": name},
            name_latin=name,
            sex=sex,
            family="1",
            relation=relation,
            nationality=frozenset({"TJK"}),
            birth=birth,
            birth_stated="stated",
        )

    site = add_facility(name_en="Site A", name_ar="الموقع أ", kind="detention", by=cast.registrar, at=AT)
    mother = row(2, "Zarina Rahimova", "female", "wife_mother", DateSpan.day(date(1987, 5, 2)))
    girl = row(3, "Safiya Rahimova", "female", "daughter", DateSpan(date(2013, 10, 1), date(2014, 6, 30)))
    read = ListRead(
        sheet="Sheet1", header_row=1, columns=(), rows=(mother, girl), listed_on=date(2018, 1, 15)
    )
    intake.commit(read, facility=site, sender="Office", by=cast.registrar, at=AT, on=date(2018, 2, 15))
    found = queries.people(cast.operator, on=date(2018, 2, 15), text="Safiya").rows
    cast.operator.trail.clear()
    return found[0].ref


def test_a_person_is_explained_without_her_name_and_the_look_is_in_the_trail(registered):
    from amana.apps.audit.models import ReadEntry

    before = ReadEntry.objects.count()
    done = CliRunner().invoke(command, [registered, "--json"])
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert (record["ref"], record["on"], record["outcome"]) == (registered, "2018-02-15", "undetermined")
    assert "age" in record["needs"]
    assert "Safiya" not in done.stdout
    assert ReadEntry.objects.count() == before + 1


def test_another_day_can_be_asked_for(registered):
    done = CliRunner().invoke(command, [registered, "--on", "2019-01-01", "--json"])
    assert json.loads(done.stdout)["possible"] == ["state_home"]


def test_why_not_another_answer_can_be_asked_of_a_person_and_is_in_the_trail_too(registered):
    from amana.apps.audit.models import ReadEntry

    before = ReadEntry.objects.count()
    done = CliRunner().invoke(command, [registered, "--why-not", "state_home"])
    assert done.exit_code == 0, done.output
    assert "Why may it be “state home”?" in done.stdout
    assert (
        "[unknown] age is 4 to 14 — birth: between October 2013 and June 2014, age 3 or 4 (claimed, list: "
        in (done.stdout)
    )
    assert "Safiya" not in done.stdout
    assert ReadEntry.objects.count() == before + 1


def test_a_mistyped_reference_is_refused(registered):
    wrong = registered[:-1] + ("2" if registered[-1] != "2" else "3")
    done = CliRunner().invoke(command, [wrong])
    assert done.exit_code == 1
    assert wrong in str(done.exception) or "reference" in str(done.exception).lower()


def test_options_of_a_file_do_not_go_with_a_reference(registered):
    assert CliRunner().invoke(command, [registered, "--pack", "iraq_2018"]).exit_code == 2
