"""A small office with invented people, brought in the real way: workbook, reading, one committed batch."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

AT = datetime(2018, 2, 15, 9, 30, tzinfo=UTC)
TODAY = date(2018, 2, 15)
SENDER = "Reception site A"


def settle(by: Any, folder: Path, people: int = 120, seed: int = 1) -> Any:
    """Bring `people` invented people into the office as `by`; returns the result of the commit."""
    from amana.apps.placements import commands as places
    from amana.casework import intake
    from amana.casework.listing import read_list
    from amana.exchange.demonstration import LISTED_ON, invent, write_list
    from amana.exchange.sheets import read_workbook
    from amana.exchange.vocabulary import intake_vocabulary

    place = places.add_facility(name_en="Site A", name_ar="الموقع أ", kind="detention", by=by, at=AT)
    file = write_list(folder / "list.xlsx", invent(people, seed), seed).path
    read = read_list(read_workbook(file), listed_on=LISTED_ON, vocabulary=intake_vocabulary())
    return intake.commit(read, facility=place, sender=SENDER, by=by, at=AT, on=TODAY, file_name=file.name)
