"""Telling those who watch at once that something waits for them: a mail without content, a link and no more.

Which page it is they read on the page. A mail goes out by the worker where the installation names a mail
server (`settings.MAIL_REMINDERS`) and its own address (`settings.OFFICE_ADDRESS`); the list on the page
stands without one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.viewers import Viewer
from amana.apps.jobs.commands import enqueue

ALERT_JOB: Final = "alert.mail"
OPENING, READING = "opening", "reading"
PLACES: Final[Mapping[str, tuple[str, str]]] = {
    OPENING: ("openings.review", "/openings/review/"),
    READING: ("openings.review", "/openings/reading/"),
}
"""What is told of -> the permission of those who are told, and the page that says more."""
log = logging.getLogger("amana.alerting")


def alert(kind: str, *, by: Viewer, at: datetime) -> bool:
    """Have a mail sent to everybody who answers for this kind; whether any is to go out."""
    if not (getattr(settings, "MAIL_REMINDERS", False) and getattr(settings, "OFFICE_ADDRESS", "")):
        return False
    enqueue(kind=ALERT_JOB, arguments={"kind": kind}, by=by, at=at)
    return True


def send(kind: str) -> int:
    """Send the mails of one alert; how many went out."""
    permission, place = PLACES[kind]
    return sum(_send(email, language, place) for email, language in accounts.addresses_of(permission))


def _send(email: str, language: str, place: str) -> bool:
    with translation.override(language or settings.LANGUAGE_CODE):
        message = EmailMessage(
            subject=_("Amana: something waits for your review"),
            body=f"{settings.OFFICE_ADDRESS}{place}\n",
            to=[email],
            connection=get_connection(),
        )
    try:
        return bool(message.send())
    except Exception as error:  # each mail backend has exceptions of its own
        log.error("an alert could not be sent: %s", type(error).__name__)
        return False
