"""The ground of every test: a home and databases of the session's own, one office, a fixed cast of invented
people.

The suite runs on SQLite, and on PostgreSQL where AMANA_TEST_ON=postgresql; with --only-database nothing but
the tests whose answer can depend on which of them it is. What can't be started fails under CI.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import migrated
import office_home as homes
import postgres
import statements
from rows_again import Entered, enter
from signing import sign_in

if TYPE_CHECKING:
    from amana.apps.accounts.queries import OfficeView
    from amana.apps.accounts.viewers import Viewer

SESSION = "AMANA_TEST_SESSION"
UNTIL_SET_UP = pytest.StashKey[pytest.MonkeyPatch]()
LEFT_OUT = pytest.StashKey[tuple[int, int]]()
NOW = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
CAST = {
    "registrar": "Samira Haddad",
    "caseworker": "Layla Nasser",
    "supervisor": "Hana Qasim",
    "facility_manager": "Idris Salman",
    "court_liaison": "Amina Rashid",
    "consular_officer": "Timur Saidov",
    "health_worker": "Dalal Aziz",
    "guardian": "Warda Hamid",
    "monitor": "Elif Demir",
    "data_protection": "Ines Faraj",
    "statistician": "Nabil Shawqi",
    "rules_editor": "Yusuf Karim",
    "policy_approver": "Salma Idris",
    "administrator": "Marta Lind",
    "operator": "Office Terminal",
}
OTHERS = {"other_caseworker": "Karim Said", "other_supervisor": "Zahra Munir"}
"""Of another team, to whom nobody of the first team's people is known."""

# How long an example takes says how busy the machine is, not what the code does.
hypothesis.settings.register_profile(
    "amana", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("amana")


def _prepare() -> None:
    """Give this session a home and a database before anything connects; processes of one session share
    them.
    """
    os.environ.pop("DATABASE_URL", None)
    os.environ[SESSION] = tempfile.mkdtemp(prefix="amana-test-")
    os.environ["AMANA_HOME"] = str(Path(os.environ[SESSION]) / "home")
    os.environ["AMANA_PLAIN_HTTP"] = "1"
    if os.environ.get("AMANA_TEST_ON") == "postgresql":
        os.environ["DATABASE_URL"] = postgres.shared_url(Path(os.environ[SESSION]))
    from amana.start import start_office

    start_office()


OWNS_SESSION = SESSION not in os.environ
if OWNS_SESSION:
    _prepare()


def pytest_unconfigure() -> None:
    """The process that opened the session clears it away."""
    if OWNS_SESSION:
        folder = Path(os.environ.pop(SESSION))
        postgres.stop_shared(folder)
        shutil.rmtree(folder, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--only-database`, for the second run of the suite."""
    parser.addoption(
        "--only-database", action="store_true", help="leave out tests that never reach the office's database"
    )


def pytest_configure(config: pytest.Config) -> None:
    """The first run of a suite writes down what each test sends; the second reads it."""
    place = statements.folder()
    runs_tests = hasattr(config, "workerinput") or not config.getoption("numprocesses", None)
    if place and runs_tests and not config.getoption("only_database"):
        recorder = statements.Recorder(place / f"statements.{os.getpid()}.jsonl")
        recorder.listen()
        config.pluginmanager.register(recorder, "statements")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever touches a database may touch both; what touches none need not run once for each.

    pytest-django refuses the office's database to every test without the mark, so the mark tells them apart;
    a test on an engine or a process of its own names the database itself and runs alike in every session.
    """
    without = []
    for item in items:
        mark = item.get_closest_marker("django_db")
        wanted = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if mark or wanted:
            item.add_marker(
                pytest.mark.django_db(**{"databases": "__all__", **(mark.kwargs if mark else {})}), False
            )
        else:
            without.append(item)
    if config.getoption("only_database"):
        left = set(map(id, without))
        _leave_out(config, items, left | _said_elsewhere([item for item in items if id(item) not in left]))
        config.stash[LEFT_OUT] = (len(without), config.stash[LEFT_OUT][0] - len(without))


def _said_elsewhere(items: list[pytest.Item]) -> set[int]:
    """Tests whose every statement is sent by another that runs, where the first run wrote that down."""
    place = statements.folder()
    if not place:
        return set()
    ours = {item.nodeid: item for item in items}
    always = {name for name, item in ours.items() if statements.runs_always(item)}
    sent = [each for each in statements.read(place) if each.test in ours]
    return {id(ours[name]) for name in statements.spared(sent, always)}


def _leave_out(config: pytest.Config, items: list[pytest.Item], left: set[int]) -> None:
    config.hook.pytest_deselected(items=[item for item in items if id(item) in left])
    config.stash[LEFT_OUT] = (len(left), 0)
    items[:] = [item for item in items if id(item) not in left]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of several tells the one that prints how many tests it left out."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["left_out"] = session.config.stash.get(LEFT_OUT, (0, 0))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every process collects the same tests and leaves out as many."""
    node.config.stash[LEFT_OUT] = tuple(getattr(node, "workeroutput", {}).get("left_out", (0, 0)))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what did not run, and why."""
    without, again = config.stash.get(LEFT_OUT, (0, 0))
    if without:
        terminalreporter.write_line(
            f"{without} tests left out: they never reach the office's database, so one run of them is enough"
        )
    if again:
        terminalreporter.write_line(
            f"{again} tests of pages left out: every statement they send is sent by another test that runs"
        )


@pytest.fixture(scope="session", autouse=True)
def _passwords_hashed_small() -> Iterator[None]:
    """Passwords are hashed as the office hashes them, in a hundredth of the memory and so of the time."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Argon2PasswordHasher, "memory_cost", 1024)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Until test databases are set up, they get their tables by a copy of the first that was migrated."""
    from django.core import management

    with pytest.MonkeyPatch.context() as patched:
        copying = migrated.migrating(migrated.place(SESSION), management.call_command)
        patched.setattr(management, "call_command", copying)
        request.config.stash[UNTIL_SET_UP] = patched
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """Lets a transactional test empty the trail afterwards, which its triggers refuse to everybody else."""
    from django.db import connection, connections

    request.config.stash[UNTIL_SET_UP].undo()
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_past_triggers(self: Any, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                flush(
                    self,
                    [
                        "SET session_replication_role = replica",
                        *sql_list,
                        "SET session_replication_role = origin",
                    ],
                )
                return
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(self, sql_list)
            for _, text in triggers:
                cursor.execute(text)

    operations.execute_sql_flush = flush_past_triggers
    yield
    connections.close_all()


def _open_office() -> None:
    from amana.apps.accounts import commands, viewers

    commands.open_office(
        name_en="Demonstration office",
        name_ar="مكتب للعرض",
        demonstration=True,
        stands_on=date(2018, 2, 15),
        pack="iraq_2018",
        by=viewers.installer(),
        at=NOW,
    )


def _add_cast() -> dict[str, Viewer]:
    from uuid import UUID

    from amana.apps.accounts import commands, queries, teams, viewers

    people: dict[str, Viewer] = {"outsider": viewers.Viewer(None, UUID(int=99), "")}
    by, own = viewers.installer(), str(teams.first_team())
    other = teams.add_team(name="Other team", by=by, at=NOW + timedelta(minutes=1))
    for key, name in (CAST | OTHERS).items():
        role, team = key.removeprefix("other_"), other if key in OTHERS else own
        account = commands.add_user(
            email=f"{key}@office.example", name=name, role=role, team=team, by=by, at=NOW
        )
        viewer = queries.viewer(account.id)
        assert viewer
        people[key] = viewer
    teams.name_first_official(team=own, user_id=people["caseworker"].user_id, by=by, at=NOW)
    return people


@pytest.fixture(scope="session")
def _office_entered(django_db_setup: None, django_db_blocker: Any) -> Entered:
    with django_db_blocker.unblock():
        return enter(_open_office)


@pytest.fixture(scope="session")
def _cast_entered(django_db_setup: None, django_db_blocker: Any) -> Entered:
    with django_db_blocker.unblock():
        return enter(lambda: (_open_office(), _add_cast())[1])


@pytest.fixture
def office(_office_entered: Entered, db: None, request: pytest.FixtureRequest) -> OfficeView:
    """The demonstration office, standing on 15 February 2018 under iraq_2018."""
    from amana.apps.accounts import queries

    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
    else:
        _office_entered.put_back()
    return queries.office()


@pytest.fixture
def cast(_cast_entered: Entered, db: None) -> SimpleNamespace:
    """Invented people with accounts, as viewers by role; the outsider has no role at all.

    The caseworker takes the new people of the first team; the others are of another team.
    """
    return SimpleNamespace(**_cast_entered.put_back())


@pytest.fixture
def add_cast() -> Callable[[], SimpleNamespace]:
    """`add_cast()` adds the same people, by the real commands, to an office that a test opened itself."""
    return lambda: SimpleNamespace(**_add_cast())


@pytest.fixture
def registrar(cast: SimpleNamespace) -> Viewer:
    """Samira Haddad brings in lists."""
    return cast.registrar


@pytest.fixture
def caseworker(cast: SimpleNamespace) -> Viewer:
    """Layla Nasser follows cases."""
    return cast.caseworker


@pytest.fixture
def supervisor(cast: SimpleNamespace) -> Viewer:
    """Hana Qasim answers for a team."""
    return cast.supervisor


@pytest.fixture
def monitor(cast: SimpleNamespace) -> Viewer:
    """Elif Demir watches from outside."""
    return cast.monitor


@pytest.fixture
def rules_editor(cast: SimpleNamespace) -> Viewer:
    """Yusuf Karim keeps the packs."""
    return cast.rules_editor


@pytest.fixture
def policy_approver(cast: SimpleNamespace) -> Viewer:
    """Salma Idris adopts or refuses what others propose."""
    return cast.policy_approver


@pytest.fixture
def administrator(cast: SimpleNamespace) -> Viewer:
    """Marta Lind keeps accounts and software."""
    return cast.administrator


@pytest.fixture
def operator(cast: SimpleNamespace) -> Viewer:
    """The command line of the demonstration office."""
    return cast.operator


@pytest.fixture
def outsider(cast: SimpleNamespace) -> Viewer:
    """Someone without any role."""
    return cast.outsider


@pytest.fixture
def signed_in(cast: SimpleNamespace) -> Callable[..., Any]:
    """`signed_in("registrar")` gives a Django test client signed in as that role, in English unless told."""

    return lambda role, language="en": sign_in(getattr(cast, role), language)


@pytest.fixture(scope="session")
def postgres_url(worker_id: str) -> Iterator[str]:
    """An empty PostgreSQL database of this process's own."""
    try:
        server = postgres.shared_url(Path(os.environ[SESSION]))
    except (postgres.NoPostgres, OSError) as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"PostgreSQL can't be started: {reason}")
        pytest.skip(f"PostgreSQL can't be started: {reason}")
    yield postgres.fresh_database(server, f"amana_scratch_{worker_id}")


@pytest.fixture(scope="session")
def _home_made_once() -> Path:
    return migrated.made_once(migrated.place(SESSION), homes.make)


@pytest.fixture
def office_home(_home_made_once: Path, tmp_path: Path) -> Path:
    """An AMANA_HOME of the test's own on SQLite files, for processes: see office_home.py."""
    return Path(shutil.copytree(_home_made_once, tmp_path / "home"))
