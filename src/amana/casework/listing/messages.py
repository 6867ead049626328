"""The codes a row can carry, how heavy each is, and its sentence in English (the message id of the
catalogues).

An *error* holds the row back until corrected; a *warning* is committed and flagged; a *note* is committed
and said. An error row carries its errors only: its other cells are read again once it is corrected. No code
carries personal data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ERROR, WARNING, NOTE = "error", "warning", "note"


@dataclass(frozen=True, slots=True)
class Message:
    """One finding in a row: its code, the heading of the column it concerns, and the cell as written."""

    code: str
    column: str
    stated: str


def _(text: str) -> str:
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return text


WEIGHT = {
    "bidi_control": ERROR,
    "not_a_name": ERROR,
    "name_missing": ERROR,
    "impossible_date": ERROR,
    "birth_after_listing": ERROR,
    "age_conflicts_with_birth": WARNING,
    "pregnant_male": WARNING,
    "sex_conflicts_with_relation": WARNING,
    "calendar_not_said": WARNING,
    "two_digit_year": WARNING,
    "birth_unread": WARNING,
    "age_unread": WARNING,
    "sex_unread": WARNING,
    "nationality_unread": WARNING,
    "pregnant_unread": WARNING,
    "arrival_unread": WARNING,
    "arrival_after_listing": WARNING,
    "conventional_birthday": NOTE,
    "region_given": NOTE,
    "ethnicity_given": NOTE,
}

SENTENCES = {
    "bidi_control": _(
        "The name holds an invisible character that turns the direction of writing. Type the name again."
    ),
    "not_a_name": _("The name begins like a formula. Write the name as it is spoken."),
    "name_missing": _("There is no name in either script. Write the name, or how the person is called."),
    "impossible_date": _("No calendar has this day. Correct the date, or write only the month or the year."),
    "birth_after_listing": _(
        "The birth lies after the day of the list. Correct the date of birth or the day of the list."
    ),
    "age_conflicts_with_birth": _(
        "Age and date of birth differ by more than a year. The date of birth is used."
    ),
    "pregnant_male": _("A man or boy is marked as pregnant. The mark is ignored."),
    "sex_conflicts_with_relation": _("Sex and relation exclude each other. The sex as written is used."),
    "calendar_not_said": _("The year fits more than one calendar. Write the calendar, for example 1435 H."),
    "two_digit_year": _(
        "The year has two digits. The latest year before the list is used; write four digits."
    ),
    "birth_unread": _(
        "The date of birth was not understood. Write for example 15/03/2014, 03/2014, 2014 or about 2014."
    ),
    "age_unread": _("The age was not understood. Write for example 3, 8 months or about 9."),
    "sex_unread": _("The sex was not understood. Write male or female."),
    "nationality_unread": _(
        "The nationality was not understood. Write the country or its three-letter code."
    ),
    "pregnant_unread": _("Whether she is pregnant was not understood. Write yes or no."),
    "arrival_unread": _("The day of arrival was not understood. Write for example 16/11/2017."),
    "arrival_after_listing": _("The arrival lies after the day of the list. The day is kept as written."),
    "conventional_birthday": _(
        "1 January and 1 July usually stand for an unknown day. The whole year is used."
    ),
    "region_given": _("A region is given; it is read as the state it belongs to."),
    "ethnicity_given": _("A people is given, not a state. The nationality stays unknown."),
}


def heaviest(codes: Iterable[str]) -> str:
    """Return `error`, `warning` or `ok` for the codes of one row."""
    weights = {WEIGHT[code] for code in codes}
    return ERROR if ERROR in weights else WARNING if WARNING in weights else "ok"
