"""Logs name types and places, never what an exception says."""

from __future__ import annotations

import logging
import sys

from django.conf import settings

from amana.apps.audit.logs import QuietFormatter, place


def written(error: Exception) -> str:
    """One log line with this exception."""
    try:
        try:
            raise error
        except Exception as cause:
            raise ValueError("born 2014") from cause
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "Internal Server Error", (), sys.exc_info()
        )
    return QuietFormatter("%(message)s").format(record)


def test_the_text_of_an_exception_and_of_its_cause_is_left_out() -> None:
    line = written(LookupError("Amal Jaber"))
    assert "ValueError at" in line
    assert "caused by LookupError at" in line
    assert "test_logs.py" in line
    assert "Amal" not in line
    assert "2014" not in line


def test_every_handler_of_the_office_writes_so() -> None:
    formatters = settings.LOGGING["formatters"]
    for handler in settings.LOGGING["handlers"].values():
        assert formatters[handler["formatter"]]["()"] == "amana.apps.audit.logs.QuietFormatter"


def test_the_place_of_an_exception_is_its_innermost_line() -> None:
    try:
        raise LookupError("Amal Jaber")
    except LookupError as error:
        assert "test_logs.py:" in place(error)
    assert place(LookupError()) == "?"
