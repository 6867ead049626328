"""Erasing what the register says: never while the law may be asked about it, never from under a hold, and
what was counted is not counted anew in silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from determined import family
from registered import AT, TODAY

from amana.apps.audit.recording import recording
from amana.apps.audit.trail import WRITES
from amana.apps.audit.verifying import verify
from amana.apps.decisions.models import Decision, FactsRow
from amana.apps.oversight.models import Finding
from amana.apps.placements.models import Stay
from amana.apps.registry import queries as registry
from amana.apps.registry.models import Claim, Family, KinLink, ListedRow, Person
from amana.apps.retention import codes
from amana.casework import amend, legal_holds, sweep
from amana.casework.erase import ErasureRefused, ask_erasure, confirm, erasable
from amana.casework.nightly import decide_overtaken, night

__all__ = ["family"]
pytestmark = pytest.mark.django_db
WHY = "Her guardian asked for it in a letter of 3 February."
LATER = AT + timedelta(hours=1)
ALL = tuple(codes.PARTS)


@pytest.fixture
def gone(family: dict[str, str], cast: Any) -> dict[str, str]:
    """The family, of whom nobody stays anywhere any more, with nothing open about them."""
    with recording(cast.operator, AT):
        Stay.objects.filter(person__in=family.values()).update(until=TODAY)
    sweep.sweep_all(on=TODAY, by=cast.operator, at=AT)
    return family


def ask(person: str, cast: Any, parts: Iterable[str] = ALL, ground: str = "request") -> UUID:
    said = {"ground": ground, "words": WHY, "parts": tuple(parts)}
    return ask_erasure(person, **said, by=cast.data_protection, at=LATER, on=TODAY)


def erase(person: str, cast: Any, parts: Iterable[str] = ALL, ground: str = "request") -> dict[str, int]:
    asked = ask(person, cast, parts, ground)
    return dict(
        confirm(asked, words="I have read the letter myself.", by=cast.supervisor, at=LATER, on=TODAY)
    )


def hold(person: str, by: Any, **what: Any) -> str:
    said = {"ground": "court", "words": "The court asked for it.", "review_on": TODAY, **what}
    return legal_holds.place_legal_hold(person, **said, by=by, at=AT, on=TODAY)


def refused(person: str, cast: Any, parts: Iterable[str] = ALL) -> str:
    with pytest.raises(ErasureRefused) as why:
        ask(person, cast, parts)
    return why.value.code


def everything_kept() -> str:
    """All that the register's tables say, as one text."""
    tables = (Person, Claim, KinLink, Family, ListedRow, Stay, Decision, FactsRow)
    return repr([list(table.objects.values()) for table in tables])


def test_all_that_the_register_says_goes_and_the_reference_stays(gone: dict[str, str], cast: Any) -> None:
    person = gone["Farid"]
    names = set(Person.objects.filter(ref=person).values_list("name_latin", "name_ar").get())
    found = erasable(person, by=cast.data_protection, on=TODAY)
    counts = erase(person, cast)
    assert counts == {part: found.counts[part] for part in counts} and counts["claims"] and counts["stays"]
    left = everything_kept()
    assert not any(name in left for name in names if name)
    for table in (Claim, Stay, Decision, FactsRow):
        assert not table.objects.filter(person=person).exists() and table.objects.exists()
    assert registry.person(cast.caseworker, person).family is None
    assert list(verify(WRITES)) == []


def test_a_child_of_whom_something_is_said_keeps_the_way_to_the_mother(
    gone: dict[str, str], cast: Any
) -> None:
    mother, links = (
        KinLink.objects.values_list("parent_id", flat=True).distinct().get(),
        KinLink.objects.count(),
    )
    erase(mother, cast)
    assert KinLink.objects.count() == links
    erase(gone["Farid"], cast)
    assert not KinLink.objects.filter(child=gone["Farid"]).exists() and KinLink.objects.count() == links - 1


def test_a_link_that_should_never_have_been_written_goes_at_once(gone: dict[str, str], cast: Any) -> None:
    erase(gone["Farid"], cast, ("family",), "unlawful")
    assert not KinLink.objects.filter(child=gone["Farid"]).exists() and KinLink.objects.exists()
    assert Claim.objects.filter(person=gone["Farid"], attribute="birth").exists()


@pytest.mark.parametrize("part", codes.REGISTER)
def test_nothing_of_the_register_goes_while_one_of_the_family_stays_somewhere(
    gone: dict[str, str], cast: Any, part: str
) -> None:
    with recording(cast.operator, AT):
        Stay.objects.filter(person=gone["Anora"]).update(until=None)
    before = everything_kept()
    assert {refused(gone[name], cast, (part,)) for name in ("Farid", "Zarina", "Anora")} == {"here"}
    assert everything_kept() == before


def test_a_hold_on_one_of_the_family_keeps_the_register_of_all(gone: dict[str, str], cast: Any) -> None:
    asked = ask(gone["Farid"], cast)
    hold(gone["Anora"], cast.caseworker, of_class="C4")
    with pytest.raises(ErasureRefused) as why:
        confirm(asked, words="I have read the letter myself.", by=cast.supervisor, at=LATER, on=TODAY)
    assert why.value.code == "here"


def test_a_hold_on_a_class_keeps_what_may_tell_of_it_and_no_more(gone: dict[str, str], cast: Any) -> None:
    hold(gone["Farid"], cast.caseworker, of_class="C9")
    assert refused(gone["Farid"], cast, ("originals",)) == "held"
    assert refused(gone["Farid"], cast, ("stays",)) == "held"  # rows as sent go along, and may tell of school
    assert erase(gone["Farid"], cast, ("words",))["words"] > 0


def test_a_hold_is_of_everything_of_a_known_class_or_of_a_paper(gone: dict[str, str], cast: Any) -> None:
    for wrong in ({"of_class": "C6"}, {"of_class": "C1", "of_paper": UUID(int=1)}):
        with pytest.raises(legal_holds.HoldRefused):
            hold(gone["Farid"], cast.caseworker, **wrong)


def test_what_the_register_says_goes_with_the_words_of_the_trail(gone: dict[str, str], cast: Any) -> None:
    counts = erase(gone["Farid"], cast, ("stays",))
    assert (
        set(counts) == {"stays", "words", "originals"} and Claim.objects.filter(person=gone["Farid"]).exists()
    )


def test_nobody_decides_looks_at_or_asks_about_her_any_more(gone: dict[str, str], cast: Any) -> None:
    person = gone["Farid"]
    erase(person, cast)
    sweep.sweep_all(on=TODAY, by=cast.operator, at=LATER)
    decide_overtaken(on=TODAY + timedelta(days=400), by=night(), at=LATER)
    assert not Finding.objects.filter(person=person, until=None).exists()
    assert not Decision.objects.filter(person=person).exists()
    assert sweep.stand(cast.caseworker, person, TODAY) == ()


def test_figures_of_a_day_before_say_that_somebody_is_missing(gone: dict[str, str], cast: Any) -> None:
    day = TODAY - timedelta(days=1)
    with recording(cast.operator, AT):
        Person.objects.update(registered_at=AT - timedelta(days=9))
    assert sweep.look(cast.supervisor, day).erased == 0
    erase(gone["Farid"], cast)
    assert sweep.look(cast.supervisor, day).erased == 1


def test_whoever_comes_again_is_looked_at_again(gone: dict[str, str], cast: Any, site: str) -> None:
    person = gone["Farid"]
    erase(person, cast)
    amend.move(
        person=person,
        facility=site,
        moved_on=TODAY,
        source="the facility",
        by=cast.caseworker,
        at=LATER,
        on=TODAY,
    )
    assert Person.objects.get(ref=person).erased_on is None
    assert Decision.objects.filter(person=person, superseded_at=None).count() == 1
    assert Finding.objects.filter(person=person).exists()
