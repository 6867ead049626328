"""Notices by mail that say nothing: that something waits in the office, and where the office is.

No name, reference, kind or count stands in them, and the address leads to the front page. They go out where
the installation names a mail server and its own address. One that can't be sent is lost, and said so in the
log without its text or its addressee: whoever is told sees it in the office as well.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from amana.apps.accounts.addressees import Mailbox, mailboxes, mailboxes_of_roles

log = logging.getLogger("amana.notices")


def notify_roles(*roles: str) -> None:
    """Tell everybody of these roles, once the open transaction is through."""
    transaction.on_commit(partial(_send_all, mailboxes_of_roles(roles)))


def notify_account(account: str) -> None:
    """Tell one account (its id), once the open transaction is through."""
    transaction.on_commit(partial(_send_all, mailboxes([account])))


def _send_all(to: Iterable[Mailbox]) -> int:
    """How many went out; 0 where the installation sends no mail."""
    if not (getattr(settings, "MAIL_REMINDERS", False) and getattr(settings, "OFFICE_ADDRESS", "")):
        return 0
    return sum(_send(each) for each in to)


def _send(mailbox: Mailbox) -> bool:
    """Send one; whether it went out. A server that refuses one may take the next."""
    with translation.override(mailbox.language or settings.LANGUAGE_CODE):
        message = EmailMessage(
            subject=_("Amana: something waits for you"),
            body=f"{_('Sign in to see what it is.')}\n{settings.OFFICE_ADDRESS}/\n",
            to=[mailbox.email],
            connection=get_connection(),
        )
    try:
        return bool(message.send())
    except Exception as error:  # each mail backend has exceptions of its own
        log.error("a notice could not be sent: %s", type(error).__name__)
        return False
