"""Pages answer alike whether or not the database shows people in reach alone: what they show is within it.

In sessions on PostgreSQL alone; the pages are asked once as a superuser, whom no policy holds, and once as a
role that row-level security holds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from test_access import PLAIN, rule
from test_whose_records import address, names
from whose import other, own

from amana.web.walls import WALLED

ROLES = ("caseworker", "supervisor", "facility_manager")


@pytest.fixture
def role(cast: SimpleNamespace) -> str:
    """A role without superuser's rights."""
    name = f"held_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} NOSUPERUSER NOBYPASSRLS")
        cursor.execute(f"GRANT ALL ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {name}")
    return name


@contextmanager
def held(role: str) -> Iterator[None]:
    """Everything asked as this role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield
        cursor.execute("RESET ROLE")


def shown(client: Client, where: str) -> tuple[int, str]:
    """Status and body, without the form's key and the clock."""
    answer: Any = client.get(where)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{32}', "", body.decode())
    return answer.status_code, re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d|<details class=\"seen.*", "", told)


def test_no_page_shows_anything_that_the_database_would_hold_back(
    cast: SimpleNamespace, role: str, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    mine, _foreign = own(cast, tmp_path), other(cast, tmp_path)
    pages = [address(name, mine) for name in names(mine) if rule(name) in WALLED]
    pages += [reverse(name) for name in PLAIN if rule(name) in WALLED and not name.startswith("session:")]
    wrong, met = [], 0
    for who in ROLES:
        client = signed_in(who)
        for where in pages:
            if "/history/" in where:
                continue  # tells who looked, this very test among them
            free = shown(client, where)
            with held(role):
                walled = shown(client, where)
            met += free[0] == 200
            if free != walled:
                wrong.append((who, where, free[0], walled[0]))
    assert wrong == [] and met > 20
