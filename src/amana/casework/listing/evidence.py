"""What the values of a column look like, when its heading says nothing or is missing.

Looks at up to 200 filled cells. Answers only when most of them agree; an answer from values alone is never
*sure*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from amana.casework.listing.ages import has_age_unit, read_age
from amana.casework.listing.dates import is_unknown, plain, read_date
from amana.casework.listing.nationality import names_nation
from amana.casework.listing.vocabulary import Vocabulary
from amana.casework.listing.words import read_sex
from amana.casework.listing.workbook import Cell, written
from amana.core.names import fold

SAMPLE = 200
MOST = 0.7
_ANY_DAY = date(2100, 1, 1)


def field_by_values(values: Sequence[Cell], words: Vocabulary) -> str:
    """Return the field most values fit, or the empty text."""
    filled = [value for value in values if value is not None and not is_unknown(written(value), words)][
        :SAMPLE
    ]
    if len(filled) < 3:
        return ""
    for field, fits in _TESTS:
        if sum(fits(value, words) for value in filled) >= MOST * len(filled) and _spread(field, filled):
            return field
    return ""


def _spread(field: str, filled: Sequence[Cell]) -> bool:
    """Rule out what the single values can't show: a count from 1 on is a serial number, not an age."""
    distinct = {written(value) for value in filled}
    if field == "age":
        numbers = [int(n) for value in filled if (n := plain(written(value))).isdigit() and len(n) < 6]
        rising = sum(b - a == 1 for a, b in pairwise(numbers))
        return len(numbers) < 3 or rising < 0.8 * (len(numbers) - 1)
    if field == "name":
        return len(distinct) > 0.6 * len(filled)
    if field == "birth":
        years = [value.year for value in filled if isinstance(value, date)]
        return len(years) < 3 or max(years) - min(years) > 3 or len(years) < len(filled)
    return True


def _is_sex(value: Cell, words: Vocabulary) -> bool:
    return (
        isinstance(value, str)
        and words.sex.exact(fold(value)) is not None
        and bool(read_sex(value, words).value)
    )


def _is_relation(value: Cell, words: Vocabulary) -> bool:
    return isinstance(value, str) and words.relation.exact(fold(value)) is not None


def _is_nation(value: Cell, words: Vocabulary) -> bool:
    return isinstance(value, str) and names_nation(value, words)


def _is_age(value: Cell, words: Vocabulary) -> bool:
    if isinstance(value, str) and has_age_unit(value, words):
        return True
    text = plain(written(value))
    return text.isdigit() and len(text) < 3 and read_age(value, words, _ANY_DAY).span is not None


def _is_birth(value: Cell, words: Vocabulary) -> bool:
    return read_date(value, words, _ANY_DAY).span is not None


def _is_name(value: Cell, words: Vocabulary) -> bool:
    if not isinstance(value, str) or any(char.isdigit() for char in value):
        return False
    return 2 <= len(fold(value).split(" ")) <= 6 and len(value) <= 60


_TESTS: tuple[tuple[str, Callable[[Cell, Vocabulary], bool]], ...] = (
    ("sex", _is_sex),
    ("relation", _is_relation),
    ("nationality", _is_nation),
    ("age", _is_age),
    ("birth", _is_birth),
    ("name", _is_name),
)
