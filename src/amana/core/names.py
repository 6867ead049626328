"""Names as letters: folding for comparison, and the script a text is written in.

Folding serves comparison and search only; a name is stored and shown as it was written. What is folded: alef
and hamza forms, final ya, ta marbuta, tatweel, vowel marks, Persian forms of kaf and ya, Latin diacritics,
case, punctuation, digits of three systems. What is kept because it distinguishes names: pe, che, zhe, gaf
and the Sorani vowels, and the Cyrillic short i. Refuses nothing: any text folds, at worst to the empty text.
Source: the "folded" key of the naming design; Unicode 15.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ے": "ي",
        "ک": "ك",
        "ڪ": "ك",
        "ة": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "ۃ": "ه",
        "ء": "",
        "ـ": "",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ə": "e",
        "ё": "е",
    }
)
# Apostrophes, ayn and hamza signs inside a Latin transcription join what they separate: Qur'an, Mu‘adh,
# O'zbek.
_JOINING = frozenset("'`´’‘ʼʻʿʾʹ′\u200b\u200c\u200d\u2060\ufeff")
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SCRIPTS = {"ARABIC": "arabic", "LATIN": "latin", "CYRILLIC": "cyrillic"}


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the comparison form of a name or word: lower case, bare letters, single spaces.

    >>> fold("أَحْمَد  الـكُرديّة") == fold("احمد الكرديه")
    True
    >>> fold("Türkiye"), fold("Al-Ḥusayn"), fold("Qur'an"), fold("٢٠١٤")
    ('turkiye', 'al husayn', 'quran', '2014')
    """
    # casefold can undo normal form (and the reverse), hence the outer pass: fold(fold(x)) == fold(x).
    letters: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()):
        if unicodedata.combining(char):
            if script_of(base) not in {"arabic", "latin", ""}:
                letters.append(char)
            continue
        base = char
        letters.append(_folded_char(char))
    joined = unicodedata.normalize("NFC", "".join(letters)).translate(_LETTERS)
    return " ".join(joined.split())


@lru_cache(maxsize=4096)
def _folded_char(char: str) -> str:
    if char in _JOINING or char in _BIDI_CONTROLS:
        return ""
    if char.isalpha():
        return char
    digit = unicodedata.decimal(char, None)
    return str(digit) if digit is not None else " "


def has_bidi_control(text: str) -> bool:
    """Say whether a text holds a character that silently reorders what is shown (Unicode property
    Bidi_Control).
    """
    return any(char in _BIDI_CONTROLS for char in text)


@lru_cache(maxsize=65536)
def script_of(text: str) -> str:
    """Return `arabic`, `latin`, `cyrillic`, `other`, `mixed`, or the empty text when there is no letter at
    all.

    >>> [script_of(text) for text in ("محمد", "Mohamed 3", "Магомед", "محمد Ali", "12")]
    ['arabic', 'latin', 'cyrillic', 'mixed', '']
    """
    found = {_script_of_letter(char) for char in text if char.isalpha()}
    if not found:
        return ""
    return found.pop() if len(found) == 1 else "mixed"


@lru_cache(maxsize=8192)
def _script_of_letter(char: str) -> str:
    return _SCRIPTS.get(unicodedata.name(char, "").split(" ")[0], "other")
