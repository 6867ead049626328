"""Two invented families for the pages: one with a mother, one where the list names two possible mothers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

AT = datetime(2018, 2, 15, 9, 30, tzinfo=UTC)
TODAY = date(2018, 2, 15)
LISTED_ON = date(2018, 1, 15)
SENDER = "Reception site A"


def _row(number: int, latin: str, arabic: str, relation: str, family: str, **what: Any) -> Any:
    from amana.casework.listing import RowRead

    sex = {"son": "male", "daughter": "female", "wife_mother": "female"}.get(relation, "")
    given = {"nationality": frozenset({"TJK"}), **what}
    return RowRead(
        number=number,
        status=given.pop("status", "ok"),
        original={"Name": latin, "الاسم": arabic, "Family": family},
        name_latin=latin,
        name_ar=arabic,
        sex=given.pop("sex", sex),
        family=family,
        relation=relation,
        **given,
    )


def _born(earliest: str, latest: str = "", stated: str = "") -> dict[str, Any]:
    from amana.core.dates import DateSpan

    span = DateSpan(date.fromisoformat(earliest), date.fromisoformat(latest or earliest))
    return {"birth": span, "birth_stated": stated or earliest}


def rows() -> tuple[Any, ...]:
    """Eight people to commit, one row in error."""
    from amana.casework.listing import Message

    impossible = Message("impossible_date", "Birth", "31/02/2014")
    return (
        _row(4, "Dilnoza Rashidova", "ديلنوزا رشيدوفا", "wife_mother", "1", **_born("1987-05-02")),
        _row(
            5,
            "Safiya Rashidova",
            "صفية رشيدوفا",
            "daughter",
            "1",
            **_born("2013-10-01", "2014-06-30", "2013-10/2014-06"),
        ),
        _row(6, "Yusuf Rashidov", "يوسف رشيدوف", "son", "1", **_born("2009-03-01")),
        _row(7, "Rustam Rashidov", "رستم رشيدوف", "son", "1", **_born("2001-11-10")),
        _row(8, "Madina Rashidova", "مدينة رشيدوفا", "daughter", "1", **_born("2002-01-31")),
        _row(9, "Zarina Karimova", "زرينة كريموفا", "wife_mother", "2", **_born("1990-01-02")),
        _row(10, "Nilufar Karimova", "نيلوفر كريموفا", "wife_mother", "2", **_born("1995-01-02")),
        _row(11, "Idris Karimov", "إدريس كريموف", "son", "2", nationality=frozenset({"RUS", "UZB"})),
        _row(12, "Farid Karimov", "فريد كريموف", "son", "2", status="error", messages=(impossible,)),
    )


def settle(by: Any) -> SimpleNamespace:
    """Register the families at Site A; gives the references by given name, and the batch."""
    from amana.apps.placements import commands as places
    from amana.apps.registry import queries
    from amana.casework import intake
    from amana.casework.listing import ListRead

    place = places.add_facility(name_en="Site A", name_ar="الموقع أ", kind="detention", by=by, at=AT)
    places.add_facility(name_en="State home 2", name_ar="دار الدولة 2", kind="state_home", by=by, at=AT)
    read = ListRead(sheet="Sheet1", header_row=3, columns=(), rows=rows(), listed_on=LISTED_ON)
    result = intake.commit(
        read, facility=place, sender=SENDER, by=by, at=AT, on=TODAY, file_name="arrivals.xlsx"
    )
    people = queries.people(by, on=TODAY, limit=50).rows
    refs = {line.name_latin.split()[0].lower(): line.ref for line in people}
    by.trail.clear()
    return SimpleNamespace(batch=result.batch, place=place, **refs)
