"""What tests of this folder start from: an office with a list, its tasks raised, and a second caseworker."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "casework"))

from registered import committed, site

__all__ = ["colleague", "committed", "raised", "site"]

AT = datetime(2018, 2, 15, 9, 30, tzinfo=UTC)


@pytest.fixture
def colleague(cast: SimpleNamespace, raised: Any) -> Any:
    """Noor Salim, another caseworker, to whom the same cases are referred."""
    from amana.apps.accounts import commands, queries, viewers
    from amana.apps.audit.recording import recording
    from amana.apps.registry import assigning
    from amana.apps.registry.reach import people_of

    account = commands.add_user(
        email="noor@office.example", name="Noor Salim", role="caseworker", by=viewers.installer(), at=AT
    )
    with recording(cast.caseworker, AT) as log:
        for person in people_of(cast.caseworker):
            assigning.give(person.ref, kind="referral", official=account.id, on=AT.date(), log=log)
    return queries.viewer(account.id)


@pytest.fixture
def raised(cast: SimpleNamespace, tmp_path: Path) -> Any:
    """Forty invented people, decided, with what is to be done about them."""
    from tasks_raised import raise_all

    from small_office import settle

    settle(cast.registrar, tmp_path, people=40)
    return raise_all(cast.operator)
