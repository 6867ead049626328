"""Real Chromium over the live office. Where there is none that is said in red, and fails under CI."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import FLAGS, Visit, find_chromium

# Playwright runs an event loop in the test's own thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

MISSING = "Chromium was not found, so no page was walked in a browser. Mend: apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test and may touch both databases."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say in red what could not run."""
    if find_chromium() is None:
        terminalreporter.write_line(MISSING, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium, started once."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, live_server: Any) -> Iterator[Visit]:
    """A fresh browser window on the live office, not signed in."""
    context = chromium.new_context(reduced_motion="reduce")
    yield Visit(context.new_page(), live_server.url)
    context.close()


@pytest.fixture
def visit_as(visit: Visit, signed_in: Callable[..., Any]) -> Callable[[str], Visit]:
    """`visit_as("caseworker")` gives the window signed in as that role, without typing a password."""

    def sign_in(role: str) -> Visit:
        from django.conf import settings

        name = settings.SESSION_COOKIE_NAME
        value = signed_in(role).cookies[name].value
        visit.page.context.add_cookies([{"name": name, "value": value, "url": visit.base}])
        return visit

    return sign_in
