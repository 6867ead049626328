"""The words in place of what a reader's role is not shown: the same whether there is a value or none."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

CLASS_WORDS = {
    "C1": gettext_noop("identity"),
    "C2": gettext_noop("place, moves, handover"),
    "C3": gettext_noop("nationality, consular"),
    "C4": gettext_noop("family links"),
    "C5": gettext_noop("protection notes"),
    "C6": gettext_noop("allegations of ill-treatment"),
    "C7": gettext_noop("health"),
    "C8": gettext_noop("court"),
    "C9": gettext_noop("school, programme"),
    "C10": gettext_noop("counts"),
}
"""The classes of data as msgids, for a matrix or a list of what is not shown."""


def withheld_in_words() -> str:
    """What stands where a value of such a class would stand."""
    return _("not shown to your role")


def folded_words() -> str:
    """What stands where a text would stand that a role reads with a reason only, before one is given."""
    return _("shown once you say why you read it")
