"""Mails without content: that something waits in the office, and where. The one road of every mail.

No name or reference stands in them. They go out where the installation names a mail server
(`settings.MAIL_REMINDERS`) and its own address (`settings.OFFICE_ADDRESS`). One that can't be sent is lost,
and said so in the log without its text or its addressee: whoever is told sees it in the office as well.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _

from amana.apps.accounts.addressees import Mailbox

log = logging.getLogger("amana.mail")


def goes_out() -> bool:
    """Whether the installation sends mail at all."""
    return bool(getattr(settings, "MAIL_REMINDERS", False) and getattr(settings, "OFFICE_ADDRESS", ""))


def send_all(to: Iterable[Mailbox], place: str = "/") -> int:
    """Tell each that something waits at a page of the office; how many mails went out."""
    if not goes_out():
        return 0
    return sum(send(each.email, each.language, lambda: _waits(place)) for each in to)


def _waits(place: str) -> tuple[str, str]:
    told = f"{_('Sign in to see what it is.')}\n{settings.OFFICE_ADDRESS}{place}\n"
    return _("Amana: something waits for you"), told


def send(email: str, language: str, told: Callable[[], tuple[str, str]]) -> bool:
    """Send one mail, of the subject and text that `told` gives in the language of whoever gets it; whether it
    went out. A server that refuses one may take the next.
    """
    with translation.override(language or settings.LANGUAGE_CODE):
        subject, body = told()
        message = EmailMessage(subject=subject, body=body, to=[email], connection=get_connection())
    try:
        return bool(message.send())
    except Exception as error:  # each mail backend has exceptions of its own
        log.error("a mail could not be sent: %s", type(error).__name__)
        return False
