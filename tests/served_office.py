"""A served office of its own for tests and benchmarks: web and worker on a free port, pages fetched over
HTTP.

`python tests/served_office.py PEOPLE` with AMANA_HOME set stages a list of that many invented people, as the
worker would have read it, asks for its commit as the registrar and prints the job's id; without PEOPLE it
registers one family at once and prints the reference of a child.
"""

from __future__ import annotations

import http.cookiejar
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import office_home as homes

SERVING = """
import os, sys
os.environ["AMANA_PLAIN_HTTP"] = "1"
from amana.cli.serve import Serving
raise SystemExit(Serving(port=int(sys.argv[1]), web_processes=2, with_worker=True).run())
"""
STARTING_SECONDS = 30.0
PAGE_SECONDS = 30.0


class Visitor:
    """A browser without a screen: cookies, forms, status and seconds of each page."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str, form: dict[str, str] | None = None) -> tuple[int, float, str]:
        """(status, seconds, text) of a page; a form is sent with its token."""
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        begun = time.perf_counter()
        try:
            with self.opener.open(self.base + path, data, timeout=PAGE_SECONDS) as answer:
                status, text = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode()
        return status, time.perf_counter() - begun, text

    def sign_in(self, role: str) -> None:
        """Sign in as the office's account of this role."""
        _, _, text = self.get("/session/in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
        assert token, "the sign-in form has no token"
        who = {"email": f"{role}@office.example", "password": homes.WORD}
        status, _, text = self.get("/session/in/", {"csrfmiddlewaretoken": token[1], **who})
        assert status == 200, f"signing in answers {status}"
        assert any("session" in cookie.name for cookie in self.jar), "nobody is signed in"


@contextmanager
def served(home: Path) -> Iterator[int]:
    """The office of this home, served with its worker; the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-c", SERVING, str(port)],
        env=homes.environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(60)


def _wait(port: int) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        try:
            if Visitor(port).get("/healthz")[0] == 200:
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the office does not answer")


def prepare(home: Path, people: int | None = None) -> str:
    """Run this module on the home: a child's reference, or the id of the job that commits `people`."""
    done = homes.run(home, __file__, *([str(people)] if people else []))
    assert done.returncode == 0, done.stderr
    return str(done.stdout.strip())


def job_state(home: Path, job: str) -> tuple[str, str]:
    """(state, result) of a job, as they stand in the file."""
    with sqlite3.connect(home / "operations.sqlite3", timeout=10) as database:
        found = database.execute(
            "SELECT state, result FROM jobs_job WHERE id = ?", [UUID(job).hex]
        ).fetchone()
    return str(found[0]), str(found[1])


def _prepare(people: int) -> str:
    from amana.start import start_office

    start_office()
    sys.path.insert(0, str(Path(__file__).parent / "casework"))
    from small_lists import LISTED_ON, SENDER, many, one_family

    from amana.apps.accounts import queries
    from amana.apps.jobs import commands
    from amana.apps.placements.commands import add_facility
    from amana.apps.placements.queries import facilities
    from amana.apps.registry.queries import people as listed_people
    from amana.casework import intake
    from amana.exchange import staged_reading, staging

    by, at, on = queries.viewer_by_email("registrar@office.example"), datetime.now(UTC), date(2018, 2, 15)
    assert by
    assert by.user_id
    if not people:
        site = add_facility(name_en="Site A", name_ar="الموقع أ", kind="detention", by=by, at=at)
        intake.commit(one_family(), facility=site, sender=SENDER, by=by, at=at, on=on)
        return listed_people(by, on=on, text="Farid").rows[0].ref
    staged = staging.stage(
        [b"-"],
        file_name="list.csv",
        sender=SENDER,
        listed_on=LISTED_ON,
        facility=facilities(by)[0].ref,
        by=by.user_id,
        at=at,
    )
    staged_reading.keep(staged, many(people // 3))
    return str(commands.enqueue(kind="import.commit", arguments={"staged": staged.token}, by=by, at=at))


if __name__ == "__main__":
    print(_prepare(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
