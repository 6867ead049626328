"""Laws of the sweep over random small offices and random changes: what stands after each change is what a
sweep of everybody finds; a second one changes nothing; nothing but facts and the day ends a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from determined import assessed, complete
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from registered import AT, TODAY
from small_lists import a_list, row
from sweeping import kept, whole

from amana.apps.oversight.models import Finding
from amana.apps.placements.commands import add_facility
from amana.apps.registry.models import Claim, Person
from amana.casework import amend, determine, intake, nightly, oversight, sweep
from amana.core.dates import DateSpan
from amana.core.errors import AmanaError

pytestmark = pytest.mark.django_db

KINDS = ("detention", "state_home", "juvenile", "other")
BIRTHS = st.dates(date(1999, 1, 1), date(2018, 1, 10)).flatmap(
    lambda day: st.sampled_from([DateSpan.day(day), DateSpan(date(day.year, 1, 1), day), None])
)
OFFICES = st.lists(st.tuples(st.booleans(), st.lists(BIRTHS, min_size=1, max_size=3)), min_size=1, max_size=2)
NAMES = (
    "move", "move_mother", "die", "born", "refute", "assess", "separate", "stays", "report", "charge",
    "waive", "night", "next_day",
)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 5), st.integers(0, 40)), min_size=1, max_size=6
)


@dataclass
class SmallOffice:
    """A list of families at one site, three more places, and the day, which only goes on."""

    cast: Any
    places: Mapping[str, str]
    people: list[str]
    mothers: list[str]
    on: date = TODAY

    def acting(self, viewer: Any) -> dict[str, Any]:
        return {"by": viewer, "at": AT + (self.on - TODAY), "on": self.on}

    def child(self, number: int) -> str:
        return self.people[number % len(self.people)]


def move(office: SmallOffice, number: int, days: int) -> None:
    _move(office, office.child(number), days)


def move_mother(office: SmallOffice, number: int, days: int) -> None:
    if office.mothers:
        _move(office, office.mothers[number % len(office.mothers)], days)


def _move(office: SmallOffice, ref: str, days: int) -> None:
    to = office.places[KINDS[days % len(KINDS)]]
    day = office.on - timedelta(days)
    amend.move(
        person=ref, facility=to, moved_on=day, source="site", **office.acting(office.cast.registrar),
        grounds=("age_threshold",) if days % 2 else (),
    )  # fmt: skip


def die(office: SmallOffice, number: int, days: int) -> None:
    if office.mothers:
        amend.record_death(
            person=office.mothers[number % len(office.mothers)], died=str(office.on - timedelta(days)),
            source="clinic", note="notice", **office.acting(office.cast.registrar),
        )  # fmt: skip


def born(office: SmallOffice, number: int, days: int) -> None:
    amend.add_claim(
        person=office.child(number), attribute="birth", stated=f"20{days % 18:02d}-05", source="document",
        note="card", said_on=office.on, **office.acting(office.cast.registrar),
    )  # fmt: skip


def refute(office: SmallOffice, number: int, days: int) -> None:
    person = office.child(number)
    claims = Claim.objects.filter(person=person, attribute="birth").values_list("id", flat=True)
    for claim in list(claims)[:1]:
        amend.judge_claim(
            person=person, claim=claim, judgement="refute", reason="False.",
            **office.acting(office.cast.registrar),
        )  # fmt: skip


def assess(office: SmallOffice, number: int, days: int) -> None:
    assessed(office.child(number), office.cast.caseworker, on=office.on)


def separate(office: SmallOffice, number: int, days: int) -> None:
    _decided(office, number, decides="separation", place_kind="family", grounds=("safety",))


def stays(office: SmallOffice, number: int, days: int) -> None:
    _decided(office, number)


def _decided(office: SmallOffice, number: int, **what: Any) -> None:
    said = complete(decided_on=office.on, review_on=office.on + timedelta(90), **what)
    said["appeal_until"] = office.on + timedelta(30)
    asked = determine.ask_determination(office.child(number), **said, **office.acting(office.cast.caseworker))
    determine.approve(
        asked, reason="The panel weighed it well.", seen_version=None, **office.acting(office.cast.supervisor)
    )


def report(office: SmallOffice, number: int, days: int) -> None:
    determine.record_reported(
        office.child(number), body="a committee", source="letter", decides="separation",
        place_kind="state_home", **office.acting(office.cast.caseworker),
    )  # fmt: skip


def charge(office: SmallOffice, number: int, days: int) -> None:
    determine.record_judicial(
        office.child(number), kind="charge", court="Juvenile court", number="1", decided_on=TODAY,
        summary="As the order says.", source="copy", **office.acting(office.cast.caseworker),
    )  # fmt: skip


def waive(office: SmallOffice, number: int, days: int) -> None:
    """A waiver ends nothing: whatever stood before stands after it."""
    standing = Finding.objects.filter(until=None, person__isnull=False).order_by("pk")
    before = kept()
    for found in standing[number : number + 1]:
        oversight.waive(
            found.pk,
            ground="The judge sits on another day.",
            until=office.on + timedelta(days),
            **office.acting(office.cast.supervisor),
        )
    assert kept() == before


def night(office: SmallOffice, number: int, days: int) -> None:
    nightly.run(on=office.on, by=nightly.night(), at=AT + (office.on - TODAY))


def next_day(office: SmallOffice, number: int, days: int) -> None:
    """The office's day goes on, and its night comes."""
    office.on += timedelta(days)
    night(office, number, days)


ACTS: Mapping[str, Callable[[SmallOffice, int, int], None]] = {name: globals()[name] for name in NAMES}


def opened(cast: Any, families: list[tuple[bool, list[DateSpan | None]]]) -> SmallOffice:
    """The office with its list taken in and looked at."""
    places = {
        kind: add_facility(name_en=kind, name_ar="", kind=kind, by=cast.registrar, at=AT) for kind in KINDS
    }
    rows = []
    for number, (with_mother, births) in enumerate(families):
        label = f"F{number}"
        if with_mother:
            rows.append(row(len(rows) + 2, f"Mother {number}", "wife_mother", label))
        for birth in births:
            known = {"birth": birth} if birth else {}
            rows.append(row(len(rows) + 2, f"Child {len(rows)}", "son", label, **known))
    intake.commit(a_list(*rows), facility=places["detention"], sender="S", by=cast.registrar, at=AT, on=TODAY)
    people = Person.objects.order_by("name_latin")
    sweep.sweep_all(on=TODAY, by=cast.registrar, at=AT)
    return SmallOffice(
        cast,
        places,
        list(people.filter(relation="son").values_list("ref", flat=True)),
        list(people.filter(relation="wife_mother").values_list("ref", flat=True)),
    )


@given(OFFICES, STEPS)
@settings(
    max_examples=10,
    deadline=None,
    # A failing case is short already, and each step is a transaction: shrinking would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_after_every_change_stands_what_a_sweep_of_everybody_finds(
    cast: Any, families: Any, steps: Any
) -> None:
    with transaction.atomic():
        office = opened(cast, families)
        assert kept() == whole(office.on)
        for name, number, days in steps:
            ended = set(Finding.objects.exclude(until=None).values_list("pk", flat=True))
            try:
                with transaction.atomic():
                    ACTS[name](office, number, days)
            except AmanaError:
                pass  # what the commands refuse changes nothing
            assert kept() == whole(office.on), name
            newly = Finding.objects.exclude(until=None).exclude(pk__in=ended)
            assert set(newly.values_list("ended", flat=True)) <= {"facts"}
        before = list(Finding.objects.order_by("pk").values())
        report = sweep.sweep_all(on=office.on, by=cast.registrar, at=AT)
        assert (report.counts.new, report.counts.cleared) == ({}, {})
        assert list(Finding.objects.order_by("pk").values()) == before
        transaction.set_rollback(True)
