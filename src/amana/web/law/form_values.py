"""Values as somebody types them into a law form: a whole number, an age, countries by name or code.

Each reader raises ValidationError that says what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext as _

from amana.casework.listing.dates import plain
from amana.core.names import fold
from amana.core.policy import FactDef
from amana.core.policy.domains import domain
from amana.core.policy.editing.checks import OLDEST
from amana.exchange.vocabulary import intake_vocabulary
from amana.web.law.fault_words import age_wanted
from amana.wording.languages import listed, pick

_CODE = re.compile(r"\w[\w-]*", re.ASCII)
_BETWEEN = re.compile(r"[,;،؛+\n]+")


def whole_number(typed: str, *, age: bool) -> int:
    """A whole number in any digits; an `age` lies between 0 and 120 completed years."""
    written = plain(typed)
    if not (written.isascii() and written.isdigit()) or len(written) > 6:
        raise forms.ValidationError(_("Write a whole number, such as 3."))
    if age and int(written) > OLDEST:
        raise forms.ValidationError(age_wanted())
    return int(written)


def listed_codes(typed: str, fact: FactDef | None) -> list[str]:
    """Codes with commas or blanks between them; of countries their names do as well. `fact` is the one whose
    codes they are, if one is known.
    """
    parts = [part.strip() for part in _BETWEEN.split(typed) if part.strip()]
    codes: list[str] = []
    wrong: list[str] = []
    for part in parts:
        for word, code in _read(part, fact):
            (codes if code else wrong).append(code or word)
    if wrong or not codes:
        raise forms.ValidationError(_wanted(wrong, fact))
    return list(dict.fromkeys(codes))


def _read(part: str, fact: FactDef | None) -> Iterator[tuple[str, str]]:
    """Each word of a part with its code, the whole part first; an empty code where it is none."""
    whole = _code(part, fact)
    for word in [part] if whole else part.split():
        yield word, whole or _code(word, fact)


def _code(word: str, fact: FactDef | None) -> str:
    if fact is None:
        return word if _CODE.fullmatch(word) else ""
    allowed = domain(fact)
    if not fact.scheme:
        return word if word in allowed else ""
    if word.upper() in allowed:
        return word.upper()
    nation = intake_vocabulary().nations.exact(fold(word))
    return nation.code if nation is not None and nation.kind == "state" and nation.code in allowed else ""


def _wanted(wrong: list[str], fact: FactDef | None) -> str:
    if fact is None or not wrong:
        return _("Write codes with a comma between them, such as IRQ, PSE.")
    if fact.scheme:
        return _(
            "No country is found under: %(words)s. Write its name, or its three-letter code such as IRQ."
        ) % {"words": listed(wrong)}
    return _("No value of “%(fact)s”: %(words)s. Use: %(codes)s.") % {
        "fact": pick(fact.label),
        "words": listed(wrong),
        "codes": listed(sorted(fact.values)),
    }
