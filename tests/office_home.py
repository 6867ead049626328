"""A real AMANA_HOME in a folder, for tests that need processes: databases as files, an office, a cast.

Run as a script it makes one: `python tests/office_home.py` with AMANA_HOME set.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent.parent
WORD = "a long enough pass phrase"


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process that works on this home, on SQLite unless DATABASE_URL is given."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CI"}}
    return {**kept, "AMANA_HOME": str(home), "PYTHONPATH": str(PACKAGE / "tests"), **more}


def run(home: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """`python ...` on this home, to its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment(home, **options),
        cwd=PACKAGE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def make(home: Path, **options: str) -> None:
    """Migrate, open the demonstration office and add an account for each role."""
    done = run(home, str(Path(__file__)), **options)
    assert done.returncode == 0, done.stderr


def _make() -> None:
    from amana.start import start_office

    start_office()
    from django.core.management import call_command

    from amana.apps.accounts import commands, teams, viewers
    from amana.apps.accounts.roles import ROLES

    for alias in ("default", "operations"):
        call_command("migrate", database=alias, interactive=False, verbosity=0, skip_checks=True)
    at, by = datetime(2018, 2, 15, 9, 0, tzinfo=UTC), viewers.installer()
    commands.open_office(
        name_en="Demonstration office",
        name_ar="مكتب للعرض",
        demonstration=True,
        stands_on=date(2018, 2, 15),
        pack="iraq_2018",
        by=by,
        at=at,
    )
    for role in ROLES:
        account = commands.add_user(
            email=f"{role}@office.example", name=role.capitalize(), role=role, password=WORD, by=by, at=at
        )
        if role == "caseworker":
            teams.name_first_official(team=str(account.team), user_id=account.id, by=by, at=at)


if __name__ == "__main__":
    _make()
