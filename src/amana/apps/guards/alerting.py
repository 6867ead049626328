"""Telling those who answer for something at once that it waits: a mail without content, a link and no more.

What it is they read on the page. The worker sends it (`accounts.mailing`) where the installation sends mail;
the list on the page stands without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from amana.apps.accounts.addressees import mailboxes_of_permission
from amana.apps.accounts.mailing import goes_out, send_all
from amana.apps.accounts.viewers import Viewer
from amana.apps.jobs.commands import enqueue

ALERT_JOB: Final = "alert.mail"
OPENING, READING, EXPORT = "opening", "reading", "export"
PLACES: Final[Mapping[str, tuple[str, str]]] = {
    OPENING: ("openings.review", "/openings/review/"),
    READING: ("openings.review", "/openings/reading/"),
    EXPORT: ("exports.approve", "/exports/"),
}
"""What is told of -> the permission of those who are told, and the page that says more."""


def alert(kind: str, *, by: Viewer, at: datetime) -> bool:
    """Have a mail sent to everybody who answers for this kind; whether any is to go out."""
    if not goes_out():
        return False
    enqueue(kind=ALERT_JOB, arguments={"kind": kind}, by=by, at=at)
    return True


def send(kind: str) -> int:
    """Send the mails of one alert; how many went out."""
    permission, place = PLACES[kind]
    return send_all(mailboxes_of_permission(permission), place)
