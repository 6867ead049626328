"""Cells that a spreadsheet takes as text and a reader reads in the right direction.

Knows no file format. What begins like a formula, whatever blank or invisible sign stands before it, gets an
apostrophe; what mixes directions is isolated, so that a name moves no figure beside it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_SIGNS: Final = frozenset("=+-@＝＋－＠")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
FIRST_STRONG, POP = "\u2068", "\u2069"
"""Unicode's first-strong isolate, and its end."""


def plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> plain("=1+1"), plain("Amina"), plain(" @x")
    ("'=1+1", 'Amina', "' @x")
    """
    first = next((sign for sign in cell if unicodedata.category(sign) not in _UNSEEN), "")
    return f"'{cell}" if first in _SIGNS or cell[:1] in {"\t", "\r", "\n"} else cell


def isolated(text: str) -> str:
    """A text that is read for itself inside another, whatever its direction."""
    return f"{FIRST_STRONG}{text}{POP}" if text else ""


def mixed(text: str) -> bool:
    """Whether a text holds letters of both directions, or figures among letters that run to the left.

    >>> mixed("Amina"), mixed("أمينة"), mixed("Amina أمينة"), mixed("أمينة 2")
    (False, False, True, True)
    """
    kinds = {unicodedata.bidirectional(sign) for sign in text}
    left = bool(kinds & {"R", "AL"})
    return left and bool(kinds & {"L", "EN", "AN"})


def cell(text: str) -> str:
    """A text as it may stand in a cell: no formula, and isolated where it mixes directions."""
    return plain(isolated(text) if mixed(text) else text)
