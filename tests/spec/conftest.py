"""One session on each SQL engine, kept open for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from amana.exchange.duckdb import DuckDbSession
from amana.exchange.postgresql import PostgresqlSession
from amana.exchange.sql_rows import Session
from amana.exchange.sqlite import SqliteSession


@pytest.fixture(scope="session")
def sessions(postgres_url: str) -> Iterator[dict[str, Session]]:
    """The sessions by the engine's name."""
    with (
        closing(SqliteSession()) as lite,
        closing(PostgresqlSession(postgres_url)) as postgres,
        closing(DuckDbSession()) as duck,
    ):
        yield {"sqlite": lite, "postgresql": postgres, "duckdb": duck}


@pytest.fixture(params=["sqlite", "postgresql", "duckdb"])
def session(request: pytest.FixtureRequest, sessions: dict[str, Session]) -> Session:
    """Each engine in turn."""
    return sessions[request.param]
