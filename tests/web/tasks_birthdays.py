"""Three invented children, each with a birthday within 90 days of 15 February 2018."""

from __future__ import annotations

from datetime import date
from typing import Any

LISTED_ON = date(2018, 1, 15)


def settle_birthdays(by: Any) -> dict[str, str]:
    """Register them with a mother at a place of detention; references by given name.

    Anora turns 4 on 10 March, Farid 15 on 20 April, Madina 18 on 1 May.
    """
    from small_lists import SENDER, a_list, day, row

    from amana.apps.placements.commands import add_facility
    from amana.apps.registry.models import Person
    from amana.casework import intake
    from small_office import AT, TODAY

    rows = (
        row(4, "Zarina Rahimova", "wife_mother", birth=day("1987-05-02")),
        row(5, "Anora Rahimova", "daughter", birth=day("2014-03-10")),
        row(6, "Farid Rahimov", "son", birth=day("2003-04-20")),
        row(7, "Madina Rahimova", "daughter", birth=day("2000-05-01")),
    )
    site = add_facility(name_en="Site A", name_ar="الموقع أ", kind="detention", by=by, at=AT)
    intake.commit(a_list(*rows, listed_on=LISTED_ON), facility=site, sender=SENDER, by=by, at=AT, on=TODAY)
    found = Person.objects.values_list("name_latin", "ref")
    return {name.split()[0].lower(): ref for name, ref in found}
