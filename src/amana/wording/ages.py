"""Ages and births in words, certain or not: “3 or 4”, “9 months”, “about 2014”, “between March 2013 and
June 2014”.

Ages are completed years; below two years both ends are told in completed months. An open end is said as
such. Never guesses a middle: an uncertain age is a range in words, not a number.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.core.dates import DateSpan, LeapDay, age_span
from amana.wording.languages import day_in_words, month_in_words

MONTHS_BELOW = 2
"""Below this many completed years an age is told in months."""

_APPROXIMATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~%?]")


def age_in_words(span: DateSpan | None, on: date, leap_day: LeapDay = "mar-01") -> str:
    """The age on a day, of someone born within `span`; “age not known” when nothing is known."""
    if span is None or (span.earliest is None and span.latest is None):
        return _("age not known")
    youngest, oldest = age_span(span, on, leap_day)
    youngest = max(0, youngest or 0)
    if oldest is not None and oldest < MONTHS_BELOW and span.earliest and span.latest:
        return _months_in_words(_months(min(span.latest, on), on), _months(span.earliest, on))
    return years_in_words(youngest, oldest)


def years_in_words(youngest: int, oldest: int | None) -> str:
    """A range of completed years: “3”, “3 or 4”, “3 to 7”, “3 or older”, “3 or younger”."""
    if oldest is None:
        return _("%(years)s or older") % {"years": youngest}
    if youngest == oldest:
        return str(youngest)
    if youngest == 0:
        return _("%(years)s or younger") % {"years": oldest}
    if oldest == youngest + 1:
        return _("%(younger)s or %(older)s") % {"younger": youngest, "older": oldest}
    return _("%(younger)s to %(older)s") % {"younger": youngest, "older": oldest}


def birth_in_words(span: DateSpan | None, stated: str = "") -> str:
    """A birth date: a day, a month, a year, “about 2014”, or the stretch within which it lies."""
    about = _APPROXIMATE.fullmatch(stated.strip())
    if about:
        return _("about %(when)s") % {"when": _stated_in_words(*about.groups())}
    if span is None or (span.earliest is None and span.latest is None):
        return _("not known")
    if span.earliest is None or span.latest is None:
        return _open_in_words(span)
    return _closed_in_words(span.earliest, span.latest)


def _closed_in_words(first: date, last: date) -> str:
    if first == last:
        return day_in_words(first)
    if _starts_year(first) and _ends_year(last):
        return _years_between(first.year, last.year)
    if first.day == 1 and _ends_month(last):
        if (first.year, first.month) == (last.year, last.month):
            return month_in_words(first)
        return _("between %(first)s and %(last)s") % {
            "first": month_in_words(first),
            "last": month_in_words(last),
        }
    return _("between %(first)s and %(last)s") % {"first": day_in_words(first), "last": day_in_words(last)}


def _years_between(first: int, last: int) -> str:
    if first == last:
        return str(first)
    if last == first + 1:
        return _("%(first)s or %(last)s") % {"first": first, "last": last}
    return _("between %(first)s and %(last)s") % {"first": first, "last": last}


def _open_in_words(span: DateSpan) -> str:
    if span.latest is not None:
        return _("%(when)s or earlier") % {"when": day_in_words(span.latest)}
    if span.earliest is not None:
        return _("%(when)s or later") % {"when": day_in_words(span.earliest)}
    return _("not known")


def _stated_in_words(year: str, month: str | None, day: str | None) -> str:
    if not month:
        return year
    stated = date(int(year), int(month), int(day or 1))
    return day_in_words(stated) if day else month_in_words(stated)


def _months_in_words(fewest: int, most: int) -> str:
    if most == 0:
        return _("under 1 month")
    if fewest == most:
        return ngettext("%(months)s month", "%(months)s months", most) % {"months": most}
    if fewest == 0:
        return ngettext("%(months)s month or younger", "%(months)s months or younger", most) % {
            "months": most
        }
    return ngettext("%(fewest)s to %(most)s month", "%(fewest)s to %(most)s months", most) % {
        "fewest": fewest,
        "most": most,
    }


def _months(birth: date, on: date) -> int:
    """Completed months from birth to a day."""
    return max(0, (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day))


def _starts_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _ends_year(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
