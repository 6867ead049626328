"""Name cells: kept as written, sorted by script, refused where they would deceive.

Arabic letters go to the Arabic name, all others to the Latin one, whatever the heading says. Text is NFC and
free of NUL. Refuses: a bidi control character (what is shown is not what is stored), a leading `=`, `+` or
`@` (a formula), no name at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from amana.casework.listing.dates import is_unknown
from amana.casework.listing.vocabulary import Vocabulary
from amana.casework.listing.workbook import Cell
from amana.core.names import has_bidi_control, script_of

FORMULA_SIGNS = ("=", "+", "@", "＝", "＋", "＠")
_TWO_SCRIPTS = re.compile(r"\s*[/|\\()\[\]\n،,;]\s*|\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class StatedNames:
    """The name in each script (empty: none) and the errors found, sorted."""

    arabic: str = ""
    latin: str = ""
    errors: tuple[str, ...] = ()


def read_names(cells: Iterable[Cell], words: Vocabulary, *, parts: bool = False) -> StatedNames:
    """Read the name cells of one row; with `parts`, cells of one script are parts of one name and are joined
    in order.
    """
    arabic: list[str] = []
    latin: list[str] = []
    errors: set[str] = set()
    for cell in cells:
        if not isinstance(cell, str) or not cell.strip():
            continue
        text = unicodedata.normalize("NFC", cell.replace("\x00", "")).strip()
        if has_bidi_control(text):
            errors.add("bidi_control")
        elif text.startswith(FORMULA_SIGNS):
            errors.add("not_a_name")
        elif any(char.isalpha() for char in text) and not is_unknown(text, words):
            for piece in _by_script(text):
                (arabic if script_of(piece) == "arabic" else latin).append(" ".join(piece.split()))
    if not arabic and not latin and not errors:
        errors.add("name_missing")
    return StatedNames(_one(arabic, parts), _one(latin, parts), tuple(sorted(errors)))


def _by_script(text: str) -> list[str]:
    """Split `محمد علي / Mohamed Ali` into its two names; a name mixed any other way goes where most letters
    are.
    """
    if script_of(text) != "mixed":
        return [text]
    pieces = [piece for piece in _TWO_SCRIPTS.split(text) if piece and script_of(piece)]
    if len(pieces) == 2 and {script_of(piece) for piece in pieces} in (
        {"arabic", "latin"},
        {"arabic", "cyrillic"},
    ):
        return pieces
    words = text.split()
    scripts = [script_of(word) for word in words]
    turn = next((at for at, script in enumerate(scripts) if script != scripts[0]), 0)
    if turn and len(set(scripts[turn:])) == 1 and "arabic" in (scripts[0], scripts[turn]):
        return [" ".join(words[:turn]), " ".join(words[turn:])]
    return [text]


def _one(found: list[str], parts: bool) -> str:
    if parts:
        return " ".join(found)
    return found[0] if found else ""
