"""What a new user gets wrong: words, no traceback; status 2 for wrong usage, 1 for what can't be used."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.utils import IntegrityError, OperationalError

import office_home as homes
from amana import cli
from amana.apps.decisions.packs import SHIPPED

FACTS = "ref,birth,sex\nA1,2014-02-16,male\n"
RULES = ("--pack", "iraq_2018", "--on", "2018-02-15")
LIST = Path(__file__).parent.parent / "data" / "intake-list-1.xlsx"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def amana(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`amana ...` in a folder of good and bad files: its status and what it said on standard error."""
    monkeypatch.chdir(tmp_path)
    Path("facts.csv").write_text(FACTS, encoding="utf-8")
    Path("empty.csv").touch()
    Path("no_ref.csv").write_text("id,birth\n1,2014\n", encoding="utf-8")
    Path("open_quote.csv").write_text('ref,birth\n"A1,2014\nA2,2015\n', encoding="utf-8")
    Path("folder").mkdir()
    Path("noise.xlsx").write_bytes(bytes(range(256)) * 9)
    Path("cut.xlsx").write_bytes(LIST.read_bytes()[:2000])
    shutil.copytree(SHIPPED / "iraq_2018", "torn")
    Path("torn/pack.yaml").write_text("id: [torn\n", encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["amana", *arguments])
        try:
            cli.main()
        except SystemExit as end:
            said = capsys.readouterr()
            assert not end.code or not said.out, "nothing is written before the refusal"
            return int(end.code or 0), said.err
        return 0, capsys.readouterr().err

    return run


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("deside",), "No such command 'deside'"),
        (("decide", "facts.csv", "--pack", "iraq_2018"), "either --on DATE"),
        (("decide", "facts.csv", "--on", "2018-02-15"), "needs --pack"),
        (("decide", "facts.csv", *RULES[:3], "15/02/2018"), "“15/02/2018” is no date. Write year-month-day"),
        (("decide", "facts.csv", *RULES[:3], "2018-02-30"), "is no date"),
        (("decide", "facts.csv", *RULES, "--engine", "excel"), "'excel' is not one of 'python'"),
        (("explain", "facts.csv"), "needs --on DATE and --pack"),
        (("import", str(LIST), "--dry-run", "--listed-on", "yesterday"), "is no date"),
        (("import", "undo"), "Missing argument 'BATCH'"),
        (("packs", "check", "--postgresql", "mysql://here"), "postgresql://user@host/name"),
        (("packs", "table", "iraq_2018", "--format", "xlsx"), "--out FILE.xlsx"),
        (("demo", "--json"), "--prepare-only"),
        (("demo", "--people", "3"), "12<=x<=100000"),
        (("serve", "--port", "0"), "1<=x<=65535"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_says_what_is_right(
    amana: Run, arguments: tuple[str, ...], words: str
) -> None:
    status, said = amana(*arguments)
    assert status == 2
    assert words in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("decide", "nowhere.csv", *RULES), "nowhere.csv can't be opened: No such file"),
        (("decide", "folder", *RULES), "folder can't be opened: Is a directory"),
        (("decide", "empty.csv", *RULES), "Its first line names the columns: ref"),
        (("decide", "no_ref.csv", *RULES), "no column “ref”"),
        (("decide", "open_quote.csv", *RULES), "can't be read as CSV"),
        (("decide", "noise.xlsx", *RULES), "CSV UTF-8"),
        (("decide", "facts.csv", "--pack", "iraq_2018", "--on-column", "day"), "no column “day”"),
        (
            ("decide", "facts.csv", "--pack", "iraq", "--on", "2018-02-15"),
            "the shipped packs: gate, international",
        ),
        (("decide", "facts.csv", "--pack", "./torn", "--on", "2018-02-15"), "pack.yaml: line 2"),
        (("decide", "facts.csv", *RULES, "--decision", "release"), "these decisions: placement"),
        (
            ("decide", "facts.csv", *RULES, "--out", "nowhere/out.csv"),
            "Give a file in a folder that is there",
        ),
        (("decide", "facts.csv", *RULES, "--out", "folder"), "it is a folder"),
        (("explain", "nowhere.csv", *RULES), "can't be opened"),
        (("explain", "folder", *RULES), "Is a directory"),
        (("explain", "Rahimova"), "This is no reference"),
        (("explain", "facts.csv", *RULES, "--ref", "A9"), "nobody with the reference A9"),
        (("packs", "check", "iraq"), "no pack there"),
        (("packs", "check", "./torn"), "Mend:"),
        (("packs", "table", "iraq_2018", "--format", "xlsx", "--out", "folder"), "it is a folder"),
        (("import", "nowhere.xlsx", "--dry-run"), "no such file"),
        (("import", "noise.xlsx", "--dry-run"), "Send a workbook"),
        (("import", "cut.xlsx", "--dry-run"), "damaged or incomplete"),
        (("import", "empty.csv", "--dry-run"), "The file is empty"),
        (
            ("import", "facts.csv", "--dry-run", "--mapping", "nowhere.yaml"),
            "nowhere.yaml: the mapping can't",
        ),
        (("import", str(LIST), "--dry-run", "--sheet", "people"), "There is no sheet 'people'"),
        (("import", str(LIST), "--dry-run", "--out", "nowhere/rows.csv"), "can't be written"),
    ],
)
def test_what_cannot_be_used_ends_with_status_1_and_the_mend(
    amana: Run, arguments: tuple[str, ...], words: str
) -> None:
    before = sorted(Path().rglob("*"))
    status, said = amana(*arguments)
    assert status == 1
    assert words in said
    assert sorted(Path().rglob("*")) == before, "nothing is left half-done"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("explain", "P-7K3QXM"), 1, "no such record here"),
        (("import", "undo", "B-22222Z"), 1, "no such record here"),
        (("import", "undo", "P-7K3QXM"), 1, "P-7K3QXM is no batch"),
        (("import", str(LIST)), 2, "--facility"),
        (("audit", "verify", "--anchor", "nowhere.json"), 1, "the anchor can't be opened"),
    ],
)
def test_records_that_are_not_there_are_said_in_words(
    office_with_operator: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    done = homes.run(office_with_operator, "-m", "amana", *arguments)
    assert (done.returncode, words in done.stderr) == (status, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def office_with_operator(office_home: Path) -> Path:
    """The office's account of the command line, under its name of the demonstration."""
    with sqlite3.connect(office_home / "amana.sqlite3") as register:
        register.execute("UPDATE accounts_user SET email = 'operator@demo.example' WHERE role = 'operator'")
    return office_home


@pytest.mark.parametrize(
    "arguments",
    [("explain", "P-7K3QXM"), ("import", str(LIST))],
)
def test_nobody_unknown_acts_at_the_command_line_of_a_real_office(
    office_with_operator: Path, arguments: tuple[str, ...]
) -> None:
    with sqlite3.connect(office_with_operator / "amana.sqlite3") as register:
        register.execute("UPDATE accounts_office SET demonstration = 0")
    done = homes.run(office_with_operator, "-m", "amana", *arguments)
    assert done.returncode == 1
    assert "sign in with `amana login EMAIL`" in done.stderr
    assert not done.stdout


def test_a_taken_port_is_refused_with_another_one(office_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = homes.run(office_home, "-m", "amana", "serve", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} can't be used" in done.stderr
    assert "--port" in done.stderr


@pytest.mark.parametrize("command", [("migrate",), ("demo", "--prepare-only")])
def test_a_home_that_cannot_be_written_is_said_with_the_mend(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    done = homes.run(tmp_path / "file" / "home", "-m", "amana", *command)
    assert done.returncode == 1
    assert "AMANA_HOME" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://office:secret@127.0.0.1/amana", "is no address that Amana can use"),
        ("amana", "is no address that Amana can use"),
        ("postgresql://office:secret@127.0.0.1:1/amana", "Connection refused"),
    ],
)
@pytest.mark.parametrize("command", ["migrate", "decide"])
def test_a_wrong_database_address_is_said_without_its_password(
    tmp_path: Path, command: str, url: str, words: str
) -> None:
    done = homes.run(tmp_path, "-m", "amana", command, DATABASE_URL=url)
    assert done.returncode == 1
    assert words in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("decide",), ("migrate",), ("doctor",)])
def test_a_file_that_is_no_database_is_said_in_words(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "amana.sqlite3").write_text("This is no database. " * 100, encoding="utf-8")
    done = homes.run(tmp_path, "-m", "amana", *command)
    assert done.returncode == 1
    assert "file is not a database" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_databases_detail_with_a_name_in_it_is_not_repeated() -> None:
    told = cli.in_words(OperationalError("the server went away\nDETAIL: Zarina Rahimova"))
    assert "the server went away" in told
    assert "Zarina" not in told


def test_a_broken_rule_of_the_database_is_no_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(cli, "amana", broken)
    with pytest.raises(IntegrityError):
        cli.main()


@pytest.mark.parametrize("port", ["smtp", "0", "70000", "٥٨٧"])
def test_a_strange_port_for_mail_is_said_and_no_traceback(
    amana: Run, monkeypatch: pytest.MonkeyPatch, port: str
) -> None:
    monkeypatch.setenv("AMANA_MAIL_PORT", port)
    status, said = amana("packs", "check", "folder")
    assert status == 1
    assert "AMANA_MAIL_PORT" in said
