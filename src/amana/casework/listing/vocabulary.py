"""The words of lists, folded and indexed: headings, sex, relation, yes and no, months, units, nations.

Built once from data read at the edge (`exchange/vocabulary.py`); pure. Knows no file and no language of its
own. A word is looked up as a whole; a longer word may carry one wrong letter, as long as only one meaning
lies that near.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from amana.core.names import fold

TOLERATED_FROM = 5
"""Words of at least this many letters may carry one wrong, missing, added or swapped letter."""


@dataclass(frozen=True, slots=True)
class Nation:
    """What a nationality word stands for: `state`, `region` of a state, or `ethnicity` (no state, `code`
    empty).
    """

    kind: str
    code: str


class WordTable:
    """Meanings by folded word, with a tolerant look-up."""

    def __init__(self, meanings: Mapping[str, Any]) -> None:
        self._meanings = dict(meanings)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._heard: dict[str, set[Any]] = defaultdict(set)
        for word, meaning in self._meanings.items():
            if len(word) >= TOLERATED_FROM:
                self._heard[_as_heard(word)].add(meaning)
                for form in _with_one_left_out(word):
                    self._near[form].add(word)
        self._found = lru_cache(maxsize=16384)(self._search)

    def get(self, word: str) -> Any:
        """Return the meaning of a folded word, or None; near words count only when all of them mean the
        same.
        """
        return self._found(word)

    def exact(self, word: str) -> Any:
        """Return the meaning of exactly this folded word, or None."""
        return self._meanings.get(word)

    def __iter__(self) -> Iterator[str]:
        return iter(self._meanings)

    def _search(self, word: str) -> Any:
        if word in self._meanings:
            return self._meanings[word]
        if len(word) < TOLERATED_FROM or any(char.isdigit() for char in word):
            return None
        heard = self._heard.get(_as_heard(word), set())
        if len(heard) == 1:
            return next(iter(heard))
        near = {other for form in _with_one_left_out(word) for other in self._near.get(form, ())}
        meant = {self._meanings[other] for other in near if within_one_edit(word, other)}
        return meant.pop() if len(meant) == 1 else None


def _as_heard(word: str) -> str:
    """The word with one spelling for one sound: French writes the letter shin as ch, English as sh."""
    return word.replace("ch", "sh")


def _with_one_left_out(word: str) -> set[str]:
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def within_one_edit(a: str, b: str) -> bool:
    """Say whether two words differ by at most one letter changed, added, left out, or two neighbours
    swapped.
    """
    if a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) + 1 == len(b):
        return a[at:] == b[at + 1 :]
    if len(a) != len(b):
        return False
    return a[at + 1 :] == b[at + 1 :] or (
        a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    )


@dataclass(frozen=True)
class Vocabulary:
    """Every word table the reading needs; `marks_yes` and `marks_no` are signs, compared unfolded."""

    headings: WordTable
    subheadings: frozenset[str]
    refused_stems: tuple[str, ...]
    refused_not: tuple[str, ...]
    sex: WordTable
    relation: WordTable
    yes: frozenset[str]
    no: frozenset[str]
    marks_yes: frozenset[str]
    marks_no: frozenset[str]
    unknown: frozenset[str]
    totals: frozenset[str]
    about: frozenset[str]
    hijri: frozenset[str]
    gregorian: frozenset[str]
    units: Mapping[str, str]
    under: frozenset[str]
    over: frozenset[str]
    to: frozenset[str]
    between: frozenset[str]
    fixed_ages: Mapping[str, tuple[str, int]]
    months: Mapping[str, int]
    nations: WordTable
    state_forms: frozenset[str]
    conjunctions: frozenset[str]


def build_vocabulary(
    *,
    columns: Mapping[str, Any],
    words: Mapping[str, Any],
    nations: Mapping[str, Any],
    months: Mapping[str, int],
    codes: Mapping[str, str],
    country_names: Mapping[str, Iterable[str]],
    arabic_names: Mapping[str, Sequence[str]],
) -> Vocabulary:
    """Fold and index the data of the three vocabulary files and the country and month names.

    codes: ISO 3166-1 alpha-3 by alpha-2; country_names: names by alpha-3; arabic_names: those from which
    demonyms are derived.
    """
    headings = _by_meaning({**columns["fields"], "other": columns["other"]})
    units = {word: unit for unit in ("years", "months", "weeks", "days") for word in _folded(words[unit])}
    return Vocabulary(
        headings=WordTable(headings),
        subheadings=_folded(columns["subheadings"]),
        refused_stems=tuple(sorted(_folded(columns["refused"]["stems"]))),
        refused_not=tuple(sorted(_folded(columns["refused"]["not"]))),
        sex=WordTable(_by_meaning(words["sex"])),
        relation=WordTable(_by_meaning(words["relation"])),
        yes=_folded(words["yes"]),
        no=_folded(words["no"]),
        marks_yes=frozenset(words["yes_marks"]),
        marks_no=frozenset(words["no_marks"]),
        unknown=_folded(words["unknown"]),
        totals=_folded(words["totals"]),
        about=_folded(words["about"]),
        hijri=_folded(words["hijri"]),
        gregorian=_folded(words["gregorian"]),
        units=units,
        under=_signs_and_words(words["under"]),
        over=_signs_and_words(words["over"]),
        to=_folded(words["to"]),
        between=_folded(words["between"]),
        fixed_ages={
            fold(word): (unit, int(number))
            for word, entry in words["fixed_ages"].items()
            for unit, number in entry.items()
        },
        months=dict(months),
        nations=WordTable(_nations(nations, codes, country_names, arabic_names)),
        state_forms=_folded(nations["forms"]),
        conjunctions=_folded(words["and"]),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(folded for word in words if (folded := fold(word)))


def _signs_and_words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) or word for word in words)


def _by_meaning(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Turn meaning -> words into folded word -> meaning; the first meaning listed wins."""
    found: dict[str, str] = {}
    for meaning, words in table.items():
        for word in words:
            found.setdefault(fold(word) or word, meaning)
    return found


def _nations(
    data: Mapping[str, Any],
    codes: Mapping[str, str],
    country_names: Mapping[str, Iterable[str]],
    arabic_names: Mapping[str, Sequence[str]],
) -> dict[str, Nation]:
    """Index nationality words; written words win over names of CLDR, names over derived demonyms."""
    found: dict[str, Nation] = {fold(word): Nation("ethnicity", "") for word in data["ethnicities"]}
    for kind, table in (("region", data["regions"]), ("state", data["demonyms"])):
        for code, words in table.items():
            for word in words:
                found.setdefault(fold(word), Nation(kind, code))
    for word in data["stateless"]:
        found.setdefault(fold(word), Nation("state", "XXA"))
    for code, names in sorted(country_names.items()):
        for name in sorted(names):
            found.setdefault(fold(name), Nation("state", code))
    for two, three in codes.items():
        found.setdefault(three.lower(), Nation("state", three))
        found.setdefault(two.lower(), Nation("state", three))
    derived: dict[str, set[str]] = defaultdict(set)
    for code, names in arabic_names.items():
        for name in names:
            for form in _arabic_demonyms(fold(name)):
                derived[form].add(code)
    for form, of in derived.items():
        if len(of) == 1:
            found.setdefault(form, Nation("state", next(iter(of))))
    found.pop("", None)
    return found


def _arabic_demonyms(name: str) -> Iterator[str]:
    """Yield the masculine, feminine and plural nisba of a folded Arabic country name: تركيا -> تركي، تركيه،
    تركيون.
    """
    if " " in name or len(name) < 3:
        return
    bare = name.removeprefix("ال")
    for stem in {bare, name}:
        short = re.sub(r"(يا|يه|ا|ه)$", "", stem)
        for root in {short, short.removesuffix("ستان")}:
            if len(root) >= 3:
                yield from (root + ending for ending in ("ي", "يه", "يون", "يين", "يات"))
