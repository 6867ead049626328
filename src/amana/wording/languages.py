"""Which language is being written, and how it writes numbers, dates, lists and names of states.

Latin digits in every language; Arabic months are those of Iraq (كانون الثاني, شباط, آذار). Refuses nothing:
a text missing in the language falls back to English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache, wraps

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from django.utils.translation import get_language, get_language_bidi, pgettext
from django.utils.translation import gettext as _

LOCALES = {"ar": "ar_IQ", "en": "en_GB"}
STATELESS = "XXA"
PALESTINE = "PSE"
LEFT_TO_RIGHT = "\u2066"
FIRST_STRONG = "\u2068"
END_OF_ISOLATE = "\u2069"


def language() -> str:
    """The active language as a two-letter code the packs know; English when there is none."""
    code = (get_language() or "en").split("-")[0]
    return code if code in LOCALES else "en"


def once_a_language(
    build: Callable[[], Mapping[str, str]],
) -> Callable[[], Mapping[str, str]]:
    """A table of words that is put together once for each language instead of each time it is asked."""
    kept: dict[str, Mapping[str, str]] = {}

    @wraps(build)
    def table() -> Mapping[str, str]:
        active = get_language() or ""
        if active not in kept:
            kept[active] = build()
        return kept[active]

    return table


def pick(texts: Mapping[str, str] | None) -> str:
    """The text in the active language, else in English, else the first there is."""
    if not texts:
        return ""
    return texts.get(language()) or texts.get("en") or next(iter(texts.values()))


def as_written(text: str) -> str:
    """An id, a reference, EDTF or an ISO day inside a sentence: isolated left to right where the language
    runs the other way.
    """
    return f"{LEFT_TO_RIGHT}{text}{END_OF_ISOLATE}" if text and get_language_bidi() else text


def as_told(text: str) -> str:
    """Free text of either direction inside a sentence: isolated by its own first letter where the language
    runs from the right.
    """
    return f"{FIRST_STRONG}{text}{END_OF_ISOLATE}" if text and get_language_bidi() else text


def day_in_words(day: date) -> str:
    """A day with its month in letters: “5 May 2014”, «5 أيار 2014»."""
    return format_date(day, "d MMMM y", locale=LOCALES[language()])


def month_in_words(day: date) -> str:
    """The month of a day: “May 2014”, «أيار 2014»."""
    return format_date(day, "MMMM y", locale=LOCALES[language()])


def one_of(items: Iterable[str]) -> str:
    """Alternatives: “a, b or c”, «أ أو ب أو ج»."""
    return _joined(list(items), pgettext("between the last two alternatives", " or "))


def each_of(items: Iterable[str]) -> str:
    """Things that hold together: “a, b and c”, «أ وب وج»."""
    return _joined(list(items), pgettext("between the last two of a list", " and "))


def listed(items: Iterable[str]) -> str:
    """A plain list with the comma of the language."""
    return pgettext("between items of a list", ", ").join(items)


def _joined(items: list[str], last: str) -> str:
    if len(items) < 2:
        return "".join(items)
    between = last if language() == "ar" else ", "
    return between.join(items[:-1]) + last + items[-1]


def state_in_words(code: str) -> str:
    """The name of an ISO 3166-1 alpha-3 state in the active language; the code itself when it has none."""
    if code == STATELESS:
        return _("stateless")
    if code == PALESTINE:
        return _("Palestine")
    territory = _alpha_2().get(code)
    return str(Locale.parse(LOCALES[language()]).territories.get(territory or "", code))


@lru_cache(maxsize=1)
def _alpha_2() -> Mapping[str, str]:
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    return {code: names[0] for code, names in aliases.items() if len(code) == 3 and code.isalpha()}
