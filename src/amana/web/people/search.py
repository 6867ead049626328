"""What somebody typed into the search box: a whole reference, a mistyped one, or words to look for."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.core.errors import BadReference
from amana.core.reference import check_reference

_WHOLE = 6
_HYPHENED = re.compile(r"[PFBS]\s*[-‐‑–]\s*(\w+)", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"[PFBS](?=\w*\d)\w{6}", re.IGNORECASE)
_FILTERS = {"F": "family", "B": "batch", "S": "facility"}


def whole_reference(text: str) -> str | None:
    """The reference that was typed, in its one form; None for names and for the beginning of one.

    Raises `BadReference` where a reference was meant and its characters do not fit together.
    """
    typed = _HYPHENED.fullmatch(text)
    if typed and len(typed[1]) < _WHOLE:
        return None
    if typed or _RUN_TOGETHER.fullmatch(text):
        return check_reference(text)
    return None


def address_of(reference: str) -> str:
    """The page a reference leads to: the case of a person, the people of a family, batch or site."""
    if reference.startswith("P"):
        return reverse("case:person-show", args=[reference])
    return f"{reverse('people:person-list')}?{urlencode({_FILTERS[reference[0]]: reference})}"


def mistyped(text: str) -> str:
    """What is wrong with a reference and what would be right, in the reader's language."""
    return _(
        "“%(typed)s” is mistyped. A reference has one letter, a hyphen and six characters: "
        "digits 2 to 9 and letters except I, L and O; the last one checks the others. "
        "Look at the original again."
    ) % {"typed": text}


__all__ = ["BadReference", "address_of", "mistyped", "whole_reference"]
