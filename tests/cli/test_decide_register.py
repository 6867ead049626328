"""`amana decide` without a file: the office's register, with no list of what may never be acted on."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from amana.cli.decide import command

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
HIDDEN = "reported_detention_possible"
PEOPLE = (
    ("Zarina Rahimova", "female", "wife_mother", date(1987, 5, 2), date(1987, 5, 2)),
    ("Safiya Rahimova", "female", "daughter", date(2013, 10, 1), date(2014, 6, 30)),
    ("Anvar Rahimov", "male", "son", date(2002, 3, 3), date(2002, 3, 3)),
    ("Farid Rahimov", "male", "son", date(2002, 8, 1), date(2004, 8, 1)),
)


@pytest.fixture
def registered(cast, monkeypatch):
    """References by first name: a mother, a girl of 3 or 4, a boy of 15, a boy of 13 to 15."""
    from amana.apps.placements.commands import add_facility
    from amana.apps.registry import queries
    from amana.casework import intake
    from amana.casework.listing import ListRead, RowRead
    from amana.core.dates import DateSpan

    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: cast.operator)
    rows = tuple(
        RowRead(
            number=number,
            status="ok",
            original={"Name": name},
            name_latin=name,
            sex=sex,
            family="1",
            relation=relation,
            nationality=frozenset({"TJK"}),
            birth=DateSpan(earliest, latest),
            birth_stated="stated",
        )
        for number, (name, sex, relation, earliest, latest) in enumerate(PEOPLE, 2)
    )
    site = add_facility(name_en="Site A", name_ar="الموقع أ", kind="detention", by=cast.registrar, at=AT)
    read = ListRead(sheet="Sheet1", header_row=1, columns=(), rows=rows, listed_on=date(2018, 1, 15))
    intake.commit(read, facility=site, sender="Office", by=cast.registrar, at=AT, on=date(2018, 2, 15))
    found = queries.people(cast.operator, on=date(2018, 2, 15)).rows
    cast.operator.trail.clear()
    return {line.name_latin.split()[0]: line.ref for line in found}


def run(*arguments: str):
    return CliRunner().invoke(command, [*arguments])


def answers(*arguments: str) -> dict[str, dict[str, str]]:
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    return {row["ref"]: row for row in csv.DictReader(io.StringIO(done.stdout))}


def test_everyone_is_decided_on_the_offices_day_in_the_order_of_references(registered):
    done = run()
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["ref"] for row in rows] == sorted(registered.values())
    by_ref = {row["ref"]: row for row in rows}
    assert by_ref[registered["Zarina"]]["outcome"] == "not_a_child"
    assert by_ref[registered["Safiya"]]["needs"] == "age"
    assert "Rahimov" not in done.output


def test_another_day_can_be_asked_for(registered):
    assert answers("--on", "2019-01-01")[registered["Safiya"]]["outcome"] == "state_home"


def test_it_agrees_with_explaining_each_of_them(registered, cast):
    from amana.casework.decide import explain_person

    found = answers("--on", "2018-02-15")
    for name in ("Zarina", "Safiya"):
        verdict = explain_person(cast.operator, registered[name], date(2018, 2, 15)).explanation.verdict
        row = found[registered[name]]
        assert (row["outcome"], row["rule"]) == (verdict.outcome, ";".join(verdict.rules))


@pytest.mark.parametrize("engine", ["python", "sqlite"])
def test_nobody_is_listed_as_open_to_detention(registered, engine):
    done = run("--engine", engine)
    found = {row["ref"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert HIDDEN not in done.stdout
    boy = found[registered["Anvar"]]
    assert [boy[column] for column in ("outcome", "rule", "possible", "citations")] == [
        "protection_review", "", "protection_review", "",
    ]  # fmt: skip
    open_one = found[registered["Farid"]]
    assert open_one["outcome"] == "undetermined"
    assert "protection_review" in open_one["possible"].split(";")
    assert done.stderr.count(f"may never be acted on: {HIDDEN}") == 1


def test_a_row_of_json_hides_it_too(registered):
    done = run("--json")
    records = {record["ref"]: record for record in map(json.loads, done.stdout.splitlines())}
    assert HIDDEN not in done.stdout
    assert records[registered["Anvar"]]["rule"] == []


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_counts_hide_it_too(registered, form):
    done = run("--count", *form)
    assert done.exit_code == 0
    assert "protection_review" in done.stdout
    assert HIDDEN not in done.stdout


def test_a_file_of_facts_still_gets_the_packs_own_answer(tmp_path):
    facts = tmp_path / "facts.csv"
    facts.write_text("ref,birth,sex,nationality\nA1,2002-03-03,male,TJK\n", encoding="utf-8")
    done = run(str(facts), "--pack", "iraq_2018", "--on", "2018-02-15")
    assert HIDDEN in done.stdout


def test_nothing_is_stored_and_everyone_read_is_in_the_trail(registered):
    from amana.apps.audit.models import AuditEntry, ReadEntry, ReadSubject
    from amana.apps.decisions.models import Decision, FactsRow

    def stored():
        return (AuditEntry.objects.count(), Decision.objects.count(), list(FactsRow.objects.values_list()))

    before, reads = stored(), ReadEntry.objects.count()
    assert run("--on", "2019-01-01").exit_code == 0
    assert stored() == before
    assert ReadEntry.objects.count() == reads + 1
    entry = ReadEntry.objects.latest("pk")
    assert entry.kind == "decide"
    refs = ReadSubject.objects.filter(entry_id=entry.pk).values_list("ref", flat=True)
    assert sorted(refs) == sorted(registered.values())


def test_more_people_than_one_page_are_read_and_logged_once_each(registered, monkeypatch):
    from amana.apps.audit.models import ReadSubject

    monkeypatch.setattr("amana.exchange.register_facts.PAGE", 1)
    monkeypatch.setattr("amana.casework.snapshot.PEOPLE_AT_ONCE", 3)
    before = ReadSubject.objects.count()
    assert list(answers()) == sorted(registered.values())
    new = ReadSubject.objects.order_by("pk").values_list("ref", flat=True)[before:]
    assert Counter(new) == Counter(registered.values())


def test_a_file_of_them_says_that_the_people_are_invented(registered, tmp_path):
    out = tmp_path / "verdicts.csv"
    done = run("--out", str(out))
    assert f"{out} holds invented people" in done.stderr
    assert HIDDEN not in out.read_text(encoding="utf-8")
    counts = run("--count", "--out", str(out))
    assert "invented" not in counts.stderr
    assert out.read_text(encoding="utf-8").startswith("outcome,needs,count")


@pytest.mark.parametrize("more", [[], ["--count"], ["--out", "verdicts.csv"]])
def test_a_real_office_is_not_read(registered, more, tmp_path, monkeypatch):
    from amana import start
    from amana.apps.accounts import queries
    from amana.apps.audit.models import ReadEntry

    monkeypatch.chdir(tmp_path)
    reads = ReadEntry.objects.count()
    here, signed_in = replace(queries.office(), demonstration=False), start.operator_at_work()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("amana.cli.decide.operator_at_work", lambda: signed_in)
        patch.setattr("amana.apps.accounts.queries.office", lambda: here)
        done = run(*more)
    assert done.exit_code == 1
    assert "real office" in str(done.exception)
    assert not done.stdout
    assert not list(tmp_path.iterdir())
    assert ReadEntry.objects.count() == reads


def test_the_offices_own_pack_may_be_named_and_no_other(registered):
    assert answers("--pack", "iraq_2018") == answers()
    done = run("--pack", "international")
    assert done.exit_code == 2
    assert "the office's own pack, iraq_2018" in done.stderr


def test_a_column_of_days_goes_with_a_file_only(registered):
    assert run("--on-column", "day").exit_code == 2


def test_a_file_needs_a_pack(tmp_path):
    facts = tmp_path / "facts.csv"
    facts.write_text("ref\nA1\n", encoding="utf-8")
    done = run(str(facts), "--on", "2018-02-15")
    assert done.exit_code == 2
    assert "--pack" in done.stderr


def test_the_help_says_what_is_not_written():
    told = " ".join(run("--help").stdout.split())
    for words in (HIDDEN, "protection_review", "no list is made by it", "export gate", "DATABASE_URL"):
        assert words in told
