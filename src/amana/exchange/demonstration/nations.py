"""Names and spellings of the nations of the demonstration office, read from the files beside this module.

Every name is an ordinary given or family name of its nation; persons come from combining them at random.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Name:
    """One name in both scripts, as it would be written in a list."""

    latin: str
    arabic: str

    def __add__(self, other: Name) -> Name:
        return Name(f"{self.latin} {other.latin}", f"{self.arabic} {other.arabic}")


@dataclass(frozen=True)
class Nation:
    """One nation: names, the ending of women's family names, its spellings in lists."""

    code: str
    female: tuple[Name, ...]
    male: tuple[Name, ...]
    family: tuple[Name, ...]
    feminine: Name
    written: tuple[str, ...]

    def given(self, sex: str, rng: Random, taken: set[Name]) -> Name:
        """A given name for `sex` ('male' or 'female') that no sibling has, as long as there is one left."""
        names = self.male if sex == "male" else self.female
        return rng.choice([name for name in names if name not in taken] or names)

    def family_name(self, stem: Name, sex: str) -> Name:
        """The family name as a man or a woman bears it (Karimov, Karimova)."""
        if sex == "male":
            return stem
        return Name(stem.latin + self.feminine.latin, stem.arabic + self.feminine.arabic)


@dataclass(frozen=True)
class Share:
    """One line of the mix: how many women and children of a nation among 1,500 people."""

    code: str
    women: int
    children: int


@cache
def nations() -> Mapping[str, Nation]:
    """All nations by ISO 3166-1 alpha-3 code, in alphabetical order."""
    return {path.stem: _read(path) for path in sorted((HERE / "nations").glob("*.yaml"))}


@cache
def nationality_mix() -> tuple[Share, ...]:
    """The mix of `nationality-mix.csv`: 20 nations, 500 women and 1,000 children. Not statistics."""
    with (HERE / "nationality-mix.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(line for line in source if not line.startswith("#")))
    return tuple(Share(row["iso3"], int(row["women_of_500"]), int(row["children_of_1000"])) for row in rows)


def _read(path: Path) -> Nation:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    feminine = content.get("feminine", {"latin": "", "arabic": ""})
    return Nation(
        code=path.stem,
        female=_names(content["female"]),
        male=_names(content["male"]),
        family=_names(content["family"]),
        feminine=Name(feminine["latin"], feminine["arabic"]),
        written=tuple(content["written"]),
    )


def _names(pairs: Mapping[str, str]) -> tuple[Name, ...]:
    return tuple(Name(latin, arabic) for latin, arabic in pairs.items())
