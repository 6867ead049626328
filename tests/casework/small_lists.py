"""Small lists of invented people, as the reader gives them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from amana.casework.listing import ListRead, Message, RowRead
from amana.core.dates import DateSpan

LISTED_ON = date(2018, 1, 15)
SENDER = "Office of arrivals"


def year(of: int) -> DateSpan:
    return DateSpan(date(of, 1, 1), date(of, 12, 31))


def day(text: str) -> DateSpan:
    return DateSpan.day(date.fromisoformat(text))


def row(number: int, name: str, relation: str, family: str = "1", **what: object) -> RowRead:
    """One row as read; `name` is Latin unless `name_ar` is given too."""
    sex = {"son": "male", "daughter": "female", "wife_mother": "female"}.get(relation, "")
    read = RowRead(
        number=number,
        status="ok",
        original={"Name": name, "Family": family, "Relation": relation},
        name_latin=name,
        sex=sex,
        family=family,
        relation=relation,
        nationality=frozenset({"TJK"}),
    )
    if "birth" in what:
        what.setdefault("birth_stated", f"stated {what['birth'].earliest.year}")  # type: ignore[attr-defined]
    return replace(read, **what)  # type: ignore[arg-type]


def a_list(*rows: RowRead, listed_on: date = LISTED_ON) -> ListRead:
    return ListRead(sheet="Sheet1", header_row=3, columns=(), rows=rows, listed_on=listed_on)


def one_family() -> ListRead:
    """A mother of 30 and children of 2, 9, 16 and 16; a row held back, a duplicate, a total, a blank."""
    impossible = Message("impossible_date", "Birth", "31/02/2014")
    return a_list(
        row(4, "Zarina Rahimova", "wife_mother", birth=day("1987-05-02")),
        row(5, "Anora Rahimova", "daughter", birth=day("2015-06-01")),
        row(6, "Farid Rahimov", "son", birth=day("2008-11-20")),
        row(7, "Rustam Rahimov", "son", birth=day("2001-03-10")),
        row(8, "Madina Rahimova", "daughter", birth=day("2001-12-31")),
        row(9, "Jamshed Rahimov", "son", status="error", messages=(impossible,)),
        row(10, "Farid Rahimov", "son", status="duplicate", birth=day("2008-11-20")),
        RowRead(number=11, status="skipped", original={"Name": "Total", "Family": "5"}),
        RowRead(number=12, status="skipped"),
    )


def many(families: int, seed: int = 1) -> ListRead:
    """Families of a mother and two children, of various ages and nations; three rows each."""
    chance = random.Random(seed)
    rows = []
    for family in range(families):
        nation = frozenset({chance.choice(["TJK", "RUS", "TUR", "IRQ", "AZE"])})
        label = f"F{family}"
        for relation, first, last in (
            ("wife_mother", 1970, 1998),
            ("son", 2000, 2016),
            ("daughter", 2000, 2016),
        ):
            born = date(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))
            name = f"{relation.title()} {family} {chance.randint(1, 10**6)}"
            rows.append(
                row(len(rows) + 2, name, relation, label, birth=DateSpan.day(born), nationality=nation)
            )
    return a_list(*rows)
