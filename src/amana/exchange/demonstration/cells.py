"""One fact, written in one of the habits met in lists made by hand.

Each function takes the random source and the true fact and returns what stands in the cell: text, a number, a
date, or None for an empty one. What is written is never false, only vaguer than the truth or in another form:
digits of two systems, day first, ISO, Hijri, a year alone, *about*, an age instead of a birth.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from hijridate import Gregorian

from amana.core.dates import age_on
from amana.exchange.demonstration.nations import nations
from amana.exchange.demonstration.population import Member

Cell = str | int | date | None
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

RELATION = {
    "wife_mother": ("زوجة", "ام", "الأم", "wife", "Mother", "Wife/mother"),
    "son": ("ابن", "إبن", "son", "Son", "ولد"),
    "daughter": ("بنت", "ابنة", "daughter", "Daughter"),
}
SEX = {
    "female": ("انثى", "أنثى", "F", "f", "Female", ""),
    "male": ("ذكر", "M", "m", "Male", ""),
}


def birth_and_age(rng: Random, birth: date, listed_on: date) -> tuple[Cell, Cell]:
    """The two cells for a birth: a date in some style (perhaps with the age beside it), or an age alone."""
    if rng.random() < 0.12:
        return None, _age(rng, birth, listed_on)
    style = rng.choices(list(BIRTH_STYLES), list(BIRTH_STYLES.values()))[0]
    beside = _age(rng, birth, listed_on) if style in EXACT and rng.random() < 0.3 else None
    return style(rng, birth), beside


def relation(rng: Random, member: Member) -> str:
    """The relation to the head of the family, in either language."""
    return rng.choice(RELATION[member.relation])


def sex(rng: Random, member: Member) -> str:
    """The sex, left out now and then (it then follows from the relation)."""
    return rng.choice(SEX[member.sex])


def nationality(rng: Random, member: Member) -> str:
    """The nationality as spelled by whoever wrote the row; unknown for one row in twenty-five."""
    if rng.random() < 0.04:
        return rng.choice(("مجهول", "unknown", "-", "؟", ""))
    return " / ".join(rng.choice(nations()[code].written) for code in member.nations)


def pregnant(rng: Random, member: Member) -> str:
    """Whether a woman is pregnant, in one of five ways; mostly empty where she is not."""
    if member.pregnant is None:
        return rng.choice(("لا", "no", "", "", "")) if member.is_woman else ""
    return rng.choice(("نعم", "yes", "x", "✓", f"{member.pregnant} months"))


def arrival(rng: Random, arrived: date) -> Cell:
    """The day of arrival, as a date cell or as text with the day first."""
    return rng.choice((arrived, f"{arrived:%d/%m/%Y}", f"{arrived:%d.%m.%Y}"))


def names(rng: Random, member: Member) -> tuple[str, str]:
    """The name in Arabic and in Latin letters; one of them is often missing."""
    draw = rng.random()
    arabic = "" if draw < 0.15 else member.name.arabic
    return arabic, "" if draw > 0.75 else member.name.latin


def _date_cell(rng: Random, birth: date) -> Cell:
    return birth


def _day_first(rng: Random, birth: date) -> Cell:
    mark = rng.choice("/.-")
    text = f"{birth:%d}{mark}{birth:%m}{mark}{birth:%Y}"
    return text.translate(EASTERN) if rng.random() < 0.25 else text


def _iso(rng: Random, birth: date) -> Cell:
    return birth.isoformat()


def _month(rng: Random, birth: date) -> Cell:
    return f"{birth:%m/%Y}"


def _year(rng: Random, birth: date) -> Cell:
    return rng.choice((birth.year, str(birth.year).translate(EASTERN)))


def _two_years(rng: Random, birth: date) -> Cell:
    first = birth.year - rng.randint(0, 1)
    return f"{first}{rng.choice('/-')}{first + 1}"


def _about(rng: Random, birth: date) -> Cell:
    year = birth.year + rng.choice((-1, 0, 0, 1))
    return rng.choice((f"~{year}", f"{year}?", f"about {year}", f"حوالي {year}"))


def _conventional(rng: Random, birth: date) -> Cell:
    return rng.choice((f"01/01/{birth.year}", f"1/7/{birth.year}"))


def _hijri_day(rng: Random, birth: date) -> Cell:
    hijri = Gregorian.fromdate(birth).to_hijri()
    return f"{hijri.day}/{hijri.month}/{hijri.year} هـ"


def _hijri_year(rng: Random, birth: date) -> Cell:
    year = Gregorian.fromdate(birth).to_hijri().year
    return rng.choice((f"{year} هـ", f"{year}H", f"{year} هـ".translate(EASTERN)))


EXACT = (_date_cell, _day_first, _iso)
BIRTH_STYLES: dict[Callable[[Random, date], Cell], int] = {
    _date_cell: 24,
    _day_first: 34,
    _iso: 10,
    _month: 8,
    _year: 9,
    _two_years: 3,
    _about: 5,
    _conventional: 3,
    _hijri_day: 2,
    _hijri_year: 2,
}


def _age(rng: Random, birth: date, listed_on: date) -> Cell:
    """The age on the day of the list: in months below two years, now and then a range or *about*."""
    years = age_on(birth, listed_on)
    if years < 2:
        months = _months(birth, listed_on)
        return rng.choice((f"{months} months", f"{months} m", f"{months} اشهر", f"{months} شهر"))
    draw = rng.random()
    if draw < 0.1:
        return f"{years}-{years + 1}" if rng.random() < 0.5 else f"{years - 1}-{years}"
    if draw < 0.15:
        return rng.choice((f"~{years}", f"حوالي {years}", f"about {years}"))
    plain = rng.choice((years, f"{years} years", f"{years} سنوات", f"{years} سنة", f"{years} y"))
    return plain if isinstance(plain, int) or rng.random() < 0.8 else plain.translate(EASTERN)


def _months(birth: date, on: date) -> int:
    """Completed months from birth to `on`."""
    whole = (on.year - birth.year) * 12 + on.month - birth.month
    return whole - (on.day < birth.day)


def wrong_age(rng: Random, birth: date, listed_on: date) -> str:
    """An age that disagrees with the birth beside it by several years."""
    return str(age_on(birth - timedelta(days=366 * rng.randint(3, 5)), listed_on))
