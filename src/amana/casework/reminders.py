"""Reminders of what is overdue: counts and a link, in the official's language, and nothing else.

No name, reference, safeguard or day of anybody stands in them. Mail goes out where the installation names a
mail server (`settings.MAIL_REMINDERS`) and its own address (`settings.OFFICE_ADDRESS`); nobody is reminded
twice on a day of the office. A mail that can't be sent is lost, and said so in the log without its text.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.apps.accounts.mailing import goes_out, send
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.tasks import reminding
from amana.apps.tasks.answers import Overdue

PLACE = "/tasks/?whose=mine&within=late"
DESK = "/tasks/?whose=free&within=late"


def remind(*, on: date, by: Viewer, at: datetime) -> int:
    """Send each official one mail about what is overdue as of `on`; how many went out.

    0 where the installation sends no mail. To be called outside any transaction.
    """
    if not goes_out():
        return 0
    addressees = reminding.to_remind(on)
    if not addressees:
        return 0
    with recording(by, at) as trail:
        reminding.note(addressees, on=on, log=trail)
    return sum(send(each.email, each.language, partial(_told, each.overdue)) for each in addressees)


def _told(overdue: Overdue) -> tuple[str, str]:
    return _("Amana: something is overdue"), body(overdue, settings.OFFICE_ADDRESS)


def body(overdue: Overdue, office: str) -> str:
    """The text of a mail: counts, and where to look."""
    told = []
    if overdue.mine:
        told.append(f"{mine_in_words(overdue)}\n{office}{PLACE}")
    if overdue.desk:
        told.append(f"{desk_in_words(overdue.desk)}\n{office}{DESK}")
    return "\n\n".join(told) + "\n"


def mine_in_words(overdue: Overdue) -> str:
    """What an official holds that is overdue: “2 reviews are overdue. 1 other task is overdue.”"""
    told = []
    if overdue.reviews:
        n = overdue.reviews
        told.append(ngettext("%(n)s review is overdue.", "%(n)s reviews are overdue.", n) % {"n": n})
    if overdue.others and overdue.reviews:
        n = overdue.others
        told.append(ngettext("%(n)s other task is overdue.", "%(n)s other tasks are overdue.", n) % {"n": n})
    elif overdue.others:
        n = overdue.others
        told.append(ngettext("%(n)s task is overdue.", "%(n)s tasks are overdue.", n) % {"n": n})
    return " ".join(told)


def desk_in_words(tasks: int) -> str:
    """What is overdue on her desk without a holder."""
    return ngettext(
        "%(n)s overdue task on your desk has been taken by nobody.",
        "%(n)s overdue tasks on your desk have been taken by nobody.",
        tasks,
    ) % {"n": tasks}
