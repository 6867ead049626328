"""Notices that something waits, to roles or to one account, sent once the open transaction is through.

The mail says nothing (`accounts.mailing`) and leads to the front page. Whom the monitor asks as an examiner
is sealed to the two of them, so this mail is all that tells her: no list of the office may name her.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction

from amana.apps.accounts.addressees import mailboxes, mailboxes_of_roles
from amana.apps.accounts.mailing import send_all


def notify_roles(*roles: str) -> None:
    """Tell everybody of these roles, once the open transaction is through."""
    transaction.on_commit(partial(send_all, mailboxes_of_roles(roles)))


def notify_account(account: str) -> None:
    """Tell one account (its id), once the open transaction is through."""
    transaction.on_commit(partial(send_all, mailboxes([account])))
