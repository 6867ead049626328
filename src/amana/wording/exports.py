"""Files of people in words: columns, recipients, purposes, and the line that stands over every copy."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.core.spreadsheet import isolated


def column_words() -> Mapping[str, str]:
    """The heading of each column."""
    return {
        "ref": _("Reference"),
        "name_ar": _("Name in Arabic letters"),
        "name_latin": _("Name in Latin letters"),
        "sex": _("Sex"),
        "age": _("Age"),
        "birth": _("Birth"),
        "place": _("Place"),
        "since": pgettext("a stay", "Since"),
        "family": _("Family"),
        "copy": pgettext("of a file", "Copy"),
    }


def recipient_words() -> Mapping[str, str]:
    """Who may be given a list, by kind."""
    return {
        "office": _("this office"),
        "place": _("the place where they stay"),
        "court": _("a court"),
        "health": _("a health service"),
        "school": _("a school"),
        "protection": _("a child-protection or social service"),
    }


def purpose_words() -> Mapping[str, str]:
    """What a list may be for."""
    return {
        "headcount": _("a head count"),
        "care": _("care"),
        "hearing": _("a hearing"),
        "schooling": _("schooling"),
        "supervision": _("supervision of the casework"),
        "duty": _("a duty of law"),
    }


def sex_words() -> Mapping[str, str]:
    """Sex as it is known; anything else is not known."""
    return {"female": _("female"), "male": _("male")}


def copy_line(*, number: int, mark: str, recipient: str, purpose: str, day: str, people: int) -> str:
    """What stands over every copy: which it is, for whom, for what, of which day, how many people."""
    return _(
        "Copy %(number)s, mark %(mark)s. Made for %(recipient)s alone, for %(purpose)s, on %(day)s. "
        "People: %(people)s. Whoever passes it on is known by its mark and by the order of its rows."
    ) % {
        "number": number,
        "mark": isolated(mark),
        "recipient": isolated(recipient),
        "purpose": purpose_words().get(purpose, purpose),
        "day": isolated(day),
        "people": people,
    }
