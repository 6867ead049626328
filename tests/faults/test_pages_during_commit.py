"""Pages load while a list is being committed: looking never waits for an import."""

from __future__ import annotations

import json
import time
from pathlib import Path

import served_office
from served_office import Visitor

PEOPLE = 3000
MOST_SECONDS = 10.0


def test_every_page_answers_while_a_list_is_committed(office_home: Path) -> None:
    child = served_office.prepare(office_home)
    paths = ("/", "/people/", f"/people/{child}/", "/register/")
    with served_office.served(office_home) as port:
        registrar, stranger = Visitor(port), Visitor(port)
        registrar.sign_in("registrar")
        job = served_office.prepare(office_home, PEOPLE)
        during, deadline = 0, time.monotonic() + 120
        while (found := served_office.job_state(office_home, job))[0] in ("queued", "running"):
            assert time.monotonic() < deadline, "the commit does not end"
            for visitor, path in ((stranger, "/session/in/"), *((registrar, path) for path in paths)):
                status, seconds, _ = visitor.get(path)
                assert status == 200, path
                assert seconds < MOST_SECONDS, path
            during += found[0] == "running"
    assert found[0] == "done", found
    assert json.loads(found[1])["added"] == PEOPLE
    assert during, "no page was fetched during the commit"
