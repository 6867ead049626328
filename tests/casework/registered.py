"""Fixtures: a place to put people, and a way to commit a list as the registrar would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
TODAY = date(2018, 2, 15)


@pytest.fixture
def site(registrar: Any) -> str:
    from amana.apps.placements.commands import add_facility

    return add_facility(name_en="Site A", name_ar="الموقع أ", kind="detention", by=registrar, at=AT)


@pytest.fixture
def committed(registrar: Any, site: str) -> Callable[..., Any]:
    """`committed(list_read)` commits a list at the site and gives the result."""
    from small_lists import SENDER

    from amana.casework import intake

    def commit(list_read: Any, **what: Any) -> Any:
        arguments = {"facility": site, "sender": SENDER, "by": registrar, "at": AT, "on": TODAY, **what}
        return intake.commit(list_read, **arguments)

    return commit
