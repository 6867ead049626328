"""Legal holds: who may place and end one, and that no erasure passes one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from determined import acting, approved, ask, family
from registered import AT, TODAY

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.models import AuditEntry, AuditPayload
from amana.apps.registry import queries as registry
from amana.apps.retention import queries as retention
from amana.apps.retention.models import RetentionHold
from amana.casework import determine_records, legal_holds
from amana.casework.erase import ErasureRefused, ask_erasure, confirm
from amana.casework.holding import KEEPERS, free_of_all, kept_by
from amana.casework.legal_holds import HoldRefused

__all__ = ["approved", "ask", "family"]
pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
WHY = "The court asked for the papers of this case."


def place(person: str, by: Viewer, **what: Any) -> str:
    said = {"ground": "court", "words": WHY, "review_on": TODAY + timedelta(days=90), **what}
    return legal_holds.place_legal_hold(person, **said, **acting(by))


def ask_to_erase(person: str, ground: str, by: Viewer) -> UUID:
    return ask_erasure(person, ground=ground, words=WHY, parts=("words",), by=by, at=LATER, on=TODAY)


def end(hold: str, by: Viewer, words: str = "The court has returned the papers.") -> None:
    legal_holds.end_legal_hold(UUID(hold), words=words, by=by, at=LATER, on=TODAY)


def test_nothing_is_erased_while_a_hold_stands_on_any_ground(family: dict[str, str], cast: Any) -> None:
    person, before = family["Farid"], AuditPayload.objects.count()
    hold = place(person, cast.caseworker)
    kept = AuditPayload.objects.count()
    assert kept > before
    for ground in ("request", "unlawful", "ordered", "expired"):
        with pytest.raises(ErasureRefused) as refused:
            ask_to_erase(person, ground, cast.data_protection)
        assert refused.value.code == "needed"
    assert AuditPayload.objects.count() == kept
    end(hold, cast.supervisor)
    erasure = ask_to_erase(person, "request", cast.data_protection)
    assert confirm(erasure, words=WHY, by=cast.supervisor, at=LATER, on=TODAY)["words"] > 0
    lasting = AuditEntry.objects.filter(subject=person, kind__startswith="retention.", payload__isnull=False)
    assert lasting.count() == 2  # what was said of the hold itself


def test_a_hold_ends_with_its_last_day_and_erases_nothing_by_that(family: dict[str, str], cast: Any) -> None:
    last = TODAY + timedelta(days=10)
    place(family["Farid"], cast.caseworker, until=last, review_on=last)
    before = AuditPayload.objects.count()
    assert kept_by(family["Farid"], last) == ("hold",)
    assert kept_by(family["Farid"], last + timedelta(days=1)) == ()
    assert AuditPayload.objects.count() == before


def test_whoever_placed_a_hold_does_not_end_it(family: dict[str, str], cast: Any) -> None:
    hold = place(family["Farid"], cast.caseworker)
    with pytest.raises(HoldRefused) as refused:
        end(hold, cast.caseworker)
    assert refused.value.code == "own_hold" and kept_by(family["Farid"], TODAY) == ("hold",)
    end(hold, cast.data_protection)
    with pytest.raises(NotForYou):
        end(hold, cast.data_protection)


@pytest.mark.parametrize(
    ("what", "code", "field"),
    [
        ({"ground": "curiosity"}, "unknown_code", "ground"),
        ({"words": ""}, "missing", "words"),
        ({"words": "x y z"}, "not_in_words", "words"),
        ({"words": WHY + "\u202e"}, "hidden_characters", "words"),
        ({"review_on": TODAY - timedelta(days=1)}, "too_early", "review_on"),
        ({"review_on": TODAY + timedelta(days=367)}, "too_late", "review_on"),
        ({"until": TODAY - timedelta(days=1)}, "too_early", "until"),
        ({"until": TODAY + timedelta(days=1)}, "after_the_end", "review_on"),
    ],
)
def test_a_hold_has_a_ground_words_and_a_day_to_look_again(
    family: dict[str, str], cast: Any, what: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(HoldRefused) as refused:
        place(family["Farid"], cast.caseworker, **what)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not RetentionHold.objects.exists()


@pytest.mark.parametrize(
    "role",
    ["registrar", "facility_manager", "court_liaison", "guardian", "monitor", "administrator", "statistician",
     "other_caseworker", "other_supervisor"],
)  # fmt: skip
def test_nobody_else_places_sees_or_ends_one(family: dict[str, str], cast: Any, role: str) -> None:
    hold, other = place(family["Farid"], cast.caseworker), getattr(cast, role)
    for ask_for in (
        lambda: place(family["Farid"], other),
        lambda: end(hold, other),
        lambda: retention.hold(other, UUID(hold), TODAY),
        lambda: retention.holds_of(other, family["Farid"], TODAY),
    ):
        with pytest.raises(NotForYou):
            ask_for()


def test_an_unknown_person_and_one_out_of_reach_answer_alike(family: dict[str, str], cast: Any) -> None:
    said = []
    for ref in ("P-222222", family["Farid"]):
        with pytest.raises(NotForYou) as refused:
            place(ref, cast.other_caseworker)
        said.append(str(refused.value))
    assert said[0] == said[1]
    with pytest.raises(NotForYou):
        place("P-222222", cast.data_protection)


def test_a_form_sent_twice_places_one_hold(family: dict[str, str], cast: Any) -> None:
    token = "a" * 32
    assert place(family["Farid"], cast.caseworker, token=token) == place(
        family["Farid"], cast.caseworker, token=token
    )


def test_the_reason_is_read_by_its_author_and_whoever_reads_what_happened_to_her(
    family: dict[str, str], cast: Any
) -> None:
    place(family["Farid"], cast.caseworker, ground="evidence")
    (own,) = retention.holds_of(cast.caseworker, family["Farid"], TODAY)
    (officers,) = retention.standing_holds(cast.data_protection, TODAY)
    (supervisors,) = retention.holds_of(cast.supervisor, family["Farid"], TODAY)
    assert own.words == WHY and supervisors.words == ""
    assert (officers.words, officers.ground) == ("", "evidence")
    column = RetentionHold.objects.values_list("words", "ground").get()
    assert all(WHY.encode() not in bytes(value) and b"evidence" not in bytes(value) for value in column)
    told = AuditPayload.objects.filter(entry__kind="retention.held").values_list("body", flat=True)
    assert all(WHY not in body and "evidence" not in body for body in told)


def test_no_role_of_a_place_or_a_court_learns_of_it_from_the_history(
    family: dict[str, str], cast: Any
) -> None:
    place(family["Farid"], cast.caseworker)
    kinds = {each.kind for each in registry.history(cast.caseworker, family["Farid"])}
    assert "retention.held" in kinds
    assert not {each.kind for each in registry.history(cast.registrar, family["Farid"])} & {"retention.held"}


def test_an_open_appeal_keeps_the_records(
    approved: Callable[..., str], family: dict[str, str], cast: Any
) -> None:
    ref = approved()
    told = {"lodged_by": "mother", "lodged_on": TODAY, "ground": "She says that nobody asked her."}
    determine_records.appeal(ref, **told, **acting(cast.caseworker))
    assert "appeal" in kept_by(family["Farid"], TODAY)
    assert family["Farid"] not in free_of_all(family.values(), TODAY)
    assert set(KEEPERS) == {"hold", "breach", "appeal"}


def test_a_list_is_not_taken_back_from_under_a_hold(family: dict[str, str], cast: Any) -> None:
    from amana.apps.registry.models import Person
    from amana.casework import intake

    batch = str(Person.objects.values_list("batch", flat=True).distinct().get())
    place(family["Farid"], cast.caseworker)
    result = intake.undo(batch, by=cast.registrar, at=LATER)
    assert not result.undone and "retentionhold" in {each.kind for each in result.obstacles}
    assert Person.objects.filter(ref=family["Farid"]).exists()
