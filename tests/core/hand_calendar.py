"""A calendar of its own: the days from 1850 to 2140 walked one by one from a table of months, with the leap
rule by 4, 100 and 400. A day is (year, month, day); nothing of `datetime` is used.
"""

from __future__ import annotations

Day = tuple[int, int, int]
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIRST, LAST = 1850, 2140


def is_leap(year: int) -> bool:
    """Every fourth year, but of the centuries every fourth only."""
    return year % 400 == 0 if year % 100 == 0 else year % 4 == 0


def length(year: int, month: int) -> int:
    """The days of a month."""
    return LENGTHS[month - 1] + (month == 2 and is_leap(year))


DAYS: list[Day] = [
    (year, month, day)
    for year in range(FIRST, LAST + 1)
    for month in range(1, 13)
    for day in range(1, length(year, month) + 1)
]
NUMBER = {day: number for number, day in enumerate(DAYS)}


def later(day: Day, days: int) -> Day:
    """The day so many days later."""
    return DAYS[NUMBER[day] + days]


def birthday(birth: Day, age: int, leap_day: str) -> Day:
    """The day on which so many years are completed."""
    year, month, day = birth[0] + age, birth[1], birth[2]
    if (month, day) == (2, 29) and not is_leap(year):
        return (year, 3, 1) if leap_day == "mar-01" else (year, 2, 28)
    return year, month, day


def month_mark(day: Day, months: int, leap_day: str) -> Day:
    """The day on which so many months are completed; walked month by month."""
    year, month, number = day
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if number <= length(year, month):
        return year, month, number
    last = (year, month, length(year, month))
    return last if leap_day == "feb-28" else later(last, 1)
