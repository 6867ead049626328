"""Reads the words of lists: the intake vocabulary of the international pack, and country and month names of
CLDR.

The words are data for the pure reader in `casework.listing`; nothing here decides what a cell means.
Source of names: Unicode CLDR through Babel, in English, Arabic, French, Russian and Turkish, and for each
country in its own languages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from amana import packs
from amana.casework.listing.vocabulary import Vocabulary, build_vocabulary
from amana.core.names import fold

FOLDER = Path(packs.__path__[0]) / "international" / "intake"
LANGUAGES = ("en", "ar", "fr", "ru", "tr")
MONTH_LOCALES = ("en", "ar", "ar_SY", "ar_DZ", "ar_MA", "fr", "ru", "tr", "uz", "de")


@lru_cache(maxsize=1)
def intake_vocabulary() -> Vocabulary:
    """Return the vocabulary shipped with Amana, built once."""
    columns, words, nations = (_read(name) for name in ("columns", "words", "nations"))
    return build_vocabulary(
        columns=columns,
        words=words,
        nations=nations,
        months=_months(words.get("months_extra", {})),
        codes=_alpha3(),
        country_names=_country_names(),
        arabic_names={code: list(names) for code, names in _country_names(("ar", "ar_IQ")).items()},
    )


def _read(name: str) -> dict[str, Any]:
    """Read one vocabulary file; every scalar stays text (an unquoted `no` is a word here, not a truth
    value).
    """
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        # BaseLoader builds only texts, lists and mappings: the narrowest of the safe loaders.
        return dict(yaml.load(file, Loader=yaml.BaseLoader))  # noqa: S506 - narrower than SafeLoader


def _alpha3() -> Mapping[str, str]:
    """Return ISO 3166-1 alpha-3 codes by alpha-2, from the alias table of CLDR."""
    countries = set(Locale("en").territories)
    alpha3 = {
        targets[0]: alias
        for alias, targets in sorted(get_global("territory_aliases").items())
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and targets[0] in countries
    }
    return {two: three for two, three in alpha3.items() if len(two) == 2} | {"XK": "XKX", **_SETTLED}


# CLDR lists withdrawn codes as aliases of the same alpha-2 code; these are the ones in force.
_SETTLED = {
    "CD": "COD",
    "MM": "MMR",
    "RO": "ROU",
    "TL": "TLS",
    "YE": "YEM",
    "FR": "FRA",
    "RU": "RUS",
    "DE": "DEU",
}


def _country_names(languages: tuple[str, ...] | None = None) -> dict[str, set[str]]:
    """Return the names of each country by alpha-3 code, in the given languages or in ours and its own."""
    names: dict[str, set[str]] = defaultdict(set)
    for two, three in _alpha3().items():
        for language in languages or (*LANGUAGES, *_own_languages(two)):
            name = _territories(language).get(two)
            if name:
                names[three].update(_forms(name))
    return names


def _own_languages(two: str) -> Iterator[str]:
    for language in get_official_languages(two, regional=False, de_facto=True):
        try:
            Locale.parse(language)
        except (ValueError, UnknownLocaleError):
            continue
        yield language


@lru_cache(maxsize=256)
def _territories(language: str) -> Mapping[str, str]:
    return dict(Locale.parse(language).territories)


def _forms(name: str) -> Iterator[str]:
    """Yield a name, and the part before a bracket or comma: `Myanmar (Burma)` is also `Myanmar`."""
    yield name
    if "(" in name:
        yield name.split("(", maxsplit=1)[0]
        yield name.split("(", maxsplit=1)[1].rstrip(") ")


def _months(extra: Mapping[str, list[str]]) -> dict[str, int]:
    """Return month numbers by folded name, wide and abbreviated."""
    months = {fold(word): int(number) for number, found in extra.items() for word in found}
    for language in MONTH_LOCALES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale.parse(language).months[context][width].items():
                    months.setdefault(fold(name), number)
    return {name: number for name, number in months.items() if not name.isdigit() and len(name) > 2}
