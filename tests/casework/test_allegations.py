"""Allegations: sealed to the monitor as they are taken, answered by her, unreadable to everybody else."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from alleged import AGAINST, AT, EXAMINERS, HERS, TAKERS, WORDS, confirmed, in_reach, telling, watched
from django.core import mail

from amana.apps.accounts import commands as accounts
from amana.apps.accounts import viewers
from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NOBODY_ID, NotForYou
from amana.apps.allegations import queries
from amana.apps.allegations.models import Allegation, Sealing
from amana.apps.audit import queries as audit
from amana.apps.audit.models import AuditEntry, AuditPayload
from amana.apps.audit.recording import recording
from amana.apps.registry import queries as registry
from amana.casework import allegations
from amana.casework.allegations import AllegationRefused
from amana.core.blind import seal_blind
from amana.core.envelopes import new_private_key
from rows_again import every_row
from small_office import TODAY, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(cast: SimpleNamespace, tmp_path: Path) -> str:
    settle(cast.registrar, tmp_path, people=12)
    return registry.people(cast.caseworker, on=TODAY, limit=1).rows[0].ref


@pytest.fixture
def told(cast: SimpleNamespace, child: str) -> str:
    watched(cast)
    return allegations.take(child, telling(), by=cast.caseworker, at=AT)


def test_without_a_monitor_s_key_nothing_is_kept(cast: SimpleNamespace, child: str) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(AllegationRefused, match="custody make") as refused:
        allegations.take(child, telling(), by=cast.caseworker, at=AT)
    assert refused.value.code == "no_monitor"
    assert not Allegation.objects.exists() and AuditEntry.objects.count() == before


def test_the_monitor_reads_all_that_was_told(cast: SimpleNamespace, child: str, told: str) -> None:
    found = queries.opened(cast.monitor, told, HERS)
    assert found.vouched and found.line.state == "told"
    assert (found.told["person"], found.told["words"], found.told["against"]) == (child, WORDS, AGAINST)
    assert (found.told["taken_name"], found.told["taken_role"]) == ("Layla Nasser", "caseworker")
    assert found.told["pseudonym"].startswith("X-") and found.told["name_latin"]
    assert told in cast.monitor.trail


def test_nothing_in_any_table_or_trail_tells_of_whom_or_by_whom(cast: SimpleNamespace, child: str) -> None:
    watched(cast)
    before = set(map(repr, every_row_flat()))
    allegations.take(child, telling(), by=cast.caseworker, at=AT)
    new = "\n".join(set(map(repr, every_row_flat())) - before)
    taker = str(cast.caseworker.audit_id)
    for sign in (child, "cable", "بالسلك", "Zubairi", taker, taker.replace("-", ""), "Layla"):
        assert sign not in new
    assert AuditEntry.objects.get(kind="allegation.told").actor == NOBODY_ID


def every_row_flat() -> list[Any]:
    return [(statement, row) for _alias, statement, rows in every_row() for row in rows]


def test_two_tellings_of_very_different_length_are_sealed_in_the_same_length(
    cast: SimpleNamespace, child: str, told: str
) -> None:
    allegations.take(child, telling(words="ضربوه " * 600), by=cast.caseworker, at=AT)
    assert len({len(bytes(each.content)) for each in Sealing.objects.all()}) == 1


def test_a_form_sent_twice_makes_one(cast: SimpleNamespace, child: str) -> None:
    watched(cast)
    refs = {allegations.take(child, telling(), by=cast.caseworker, at=AT, token="a" * 32) for _ in range(2)}
    assert len(refs) == Allegation.objects.count() == 1


@pytest.mark.parametrize("role", ["registrar", "caseworker", "health_worker", "guardian", "court_liaison"])
def test_who_meets_the_person_may_take_one_of_her_own_people_only(
    role: str, cast: SimpleNamespace, child: str
) -> None:
    watched(cast)
    by = getattr(cast, role)
    if role not in ("registrar", "caseworker"):
        with pytest.raises(NotForYou):
            allegations.take(child, telling(), by=by, at=AT)
        in_reach(cast, child)
    assert allegations.take(child, telling(), by=by, at=AT).startswith("A-")


@pytest.mark.parametrize(
    "role",
    ["supervisor", "facility_manager", "consular_officer", "administrator", "statistician", "operator",
     "data_protection", "monitor", "rules_editor", "policy_approver", "outsider", "other_caseworker"],
)  # fmt: skip
def test_nobody_else_takes_or_reads_one(role: str, cast: SimpleNamespace, child: str, told: str) -> None:
    viewer = getattr(cast, role)
    with pytest.raises(NotForYou):
        allegations.take(child, telling(), by=viewer, at=AT)
    if role != "monitor":
        with pytest.raises(NotForYou):
            queries.opened(viewer, told, new_private_key() if role == "other_caseworker" else HERS)
        for act in (queries.line, queries.envelopes):
            with pytest.raises(NotForYou):
                act(viewer, told)
        with pytest.raises(NotForYou):
            allegations.acknowledge(told, by=viewer, at=AT)
        assert queries.waiting(viewer) == 0


def test_a_court_s_liaison_takes_one_only_with_agreement_or_counsel(
    cast: SimpleNamespace, child: str
) -> None:
    watched(cast)
    in_reach(cast, child)
    with pytest.raises(AllegationRefused) as refused:
        allegations.take(child, telling(agreed="not_asked"), by=cast.court_liaison, at=AT)
    assert (refused.value.code, refused.value.field) == ("consent_or_counsel", "agreed")
    assert allegations.take(child, telling(agreed="counsel"), by=cast.court_liaison, at=AT)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"words": "   "}, "missing"),
        ({"words": "a b c " * 1000}, "too_long"),
        ({"against": "x\u202ey"}, "hidden_characters"),
        ({"kind": "gossip"}, "unknown_code"),
        ({"told_by": ""}, "unknown_code"),
        ({"place": "S-222222"}, "unknown_code"),
    ],
)
def test_what_can_not_be_so_is_refused_and_says_where(
    other: dict[str, str], code: str, cast: SimpleNamespace, child: str
) -> None:
    watched(cast)
    with pytest.raises(AllegationRefused) as refused:
        allegations.take(child, telling(**other), by=cast.caseworker, at=AT)
    assert (refused.value.code, refused.value.field) == (code, next(iter(other)))


def test_only_who_holds_a_confirmed_key_of_her_own_reads_back_what_she_took(
    cast: SimpleNamespace, child: str, told: str
) -> None:
    with pytest.raises(NotForYou):
        queries.opened(cast.caseworker, told, TAKERS)
    confirmed(cast.caseworker, TAKERS, cast.data_protection)
    mine = allegations.take(child, telling(), by=cast.caseworker, at=AT)
    assert queries.opened(cast.caseworker, mine, TAKERS).told["words"] == WORDS
    assert [line.ref for line in queries.lines(cast.caseworker, TAKERS)] == [mine]
    with pytest.raises(NotForYou):
        queries.opened(cast.caseworker, told, TAKERS)


def test_a_registrar_reads_nothing_back_even_with_a_key_of_an_earlier_role(
    cast: SimpleNamespace, child: str
) -> None:
    watched(cast)
    confirmed(cast.caseworker, TAKERS, cast.data_protection)
    accounts.set_role(user_id=cast.caseworker.user_id, role="registrar", by=viewers.installer(), at=AT)
    ref = allegations.take(child, telling(), by=cast.registrar, at=AT)
    with pytest.raises(NotForYou):
        queries.opened(cast.registrar, ref, TAKERS)


def test_the_monitor_acknowledges_once_and_closes_with_what_was_found(
    cast: SimpleNamespace, told: str
) -> None:
    assert queries.waiting(cast.monitor) == 1
    assert allegations.acknowledge(told, by=cast.monitor, at=AT)
    assert not allegations.acknowledge(told, by=cast.monitor, at=AT)
    assert queries.waiting(cast.monitor) == 0
    finding = "The prosecutor opened an investigation."
    allegations.close(told, finding, key=HERS, by=cast.monitor, at=AT)
    found = queries.opened(cast.monitor, told, HERS)
    assert (found.told["closing"], found.told["words"], found.line.state) == (finding, WORDS, "closed")
    with pytest.raises(AllegationRefused, match="closed already"):
        allegations.close(told, finding, key=HERS, by=cast.monitor, at=AT)


def test_an_examiner_reads_from_when_the_monitor_asks_her(cast: SimpleNamespace, told: str) -> None:
    confirmed(cast.health_worker, EXAMINERS, cast.data_protection)
    with pytest.raises(NotForYou):
        queries.opened(cast.health_worker, told, EXAMINERS)
    examiner = str(cast.health_worker.audit_id)
    allegations.ask(told, examiner, key=HERS, by=cast.monitor, at=AT)
    assert queries.opened(cast.health_worker, told, EXAMINERS).told["words"] == WORDS
    assert queries.opened(cast.monitor, told, HERS).told["asked_names"] == "Dalal Aziz"
    with pytest.raises(AllegationRefused):
        allegations.ask(told, examiner, key=HERS, by=cast.monitor, at=AT)
    with pytest.raises(NotForYou):
        allegations.ask(told, examiner, key=EXAMINERS, by=cast.health_worker, at=AT)


def test_whoever_stands_under_a_facility_s_orders_examines_nothing(cast: SimpleNamespace, told: str) -> None:
    confirmed(cast.caseworker, TAKERS, cast.data_protection)
    confirmed(cast.health_worker, EXAMINERS, cast.data_protection)
    found = queries.opened(cast.monitor, told, HERS)

    def offered() -> list[str]:
        return [each.name for each in allegations.who_may_examine(cast.monitor, found)]

    assert offered() == ["Dalal Aziz"]
    with recording(cast.operator, AT):
        User.objects.filter(pk=cast.health_worker.user_id).update(sites=["S-222222"])
    assert offered() == []
    with recording(cast.operator, AT):
        User.objects.filter(pk=cast.health_worker.user_id).update(sites=[], person_key="K7")
        User.objects.filter(pk=cast.facility_manager.user_id).update(person_key="k7")
    assert offered() == []
    for nobody in (str(cast.caseworker.audit_id), str(cast.facility_manager.audit_id), "x"):
        with pytest.raises(AllegationRefused) as refused:
            allegations.ask(told, nobody, key=HERS, by=cast.monitor, at=AT)
        assert refused.value.code == "no_examiner"


def test_an_envelope_put_in_another_s_place_is_not_vouched_for(cast: SimpleNamespace, told: str) -> None:
    forged = seal_blind([HERS.public], json.dumps({"words": "Nothing happened."}), f"allegation {told} 1")
    with recording(cast.operator, AT):
        Sealing.objects.update(content=forged)
    found = queries.opened(cast.monitor, told, HERS)
    assert found.told["words"] == "Nothing happened." and not found.vouched


def test_what_the_trail_holds_under_its_reference_is_the_monitor_s_to_see(
    cast: SimpleNamespace, told: str
) -> None:
    assert [entry.kind for entry in audit.changes(told, cast.monitor)] == ["allegation.told"]
    for role in ("supervisor", "data_protection", "operator"):
        for look in (audit.changes, audit.looked, audit.sightings):
            with pytest.raises(NotForYou):
                look(told, getattr(cast, role))
    bodies = AuditPayload.objects.filter(entry__subject=told).values_list("body", flat=True)
    assert [sorted(json.loads(body)) for body in bodies] == [["digest", "number"]]


def test_a_key_opens_nothing_to_a_role_that_may_not_read(cast: SimpleNamespace, told: str) -> None:
    for role in ("registrar", "facility_manager", "supervisor", "data_protection", "administrator"):
        with pytest.raises(NotForYou):
            queries.opened(getattr(cast, role), told, HERS)
        if role in ("registrar", "data_protection"):
            assert queries.lines(getattr(cast, role), HERS) == ()
        else:
            _refuses(getattr(cast, role))


def _refuses(viewer: Any) -> None:
    with pytest.raises(NotForYou):
        queries.lines(viewer, HERS)
    with pytest.raises(NotForYou):
        queries.how_many(viewer)


def test_the_officer_of_data_protection_learns_how_many_and_nothing_else(
    cast: SimpleNamespace, told: str
) -> None:
    assert queries.how_many(cast.data_protection) == 1
    assert queries.lines(cast.data_protection) == ()
    assert queries.how_many(cast.caseworker) is None


def test_every_monitor_gets_a_mail_that_says_nothing(
    cast: SimpleNamespace, child: str, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MAIL_REMINDERS, settings.OFFICE_ADDRESS = True, "https://office.example"
    watched(cast)
    with django_capture_on_commit_callbacks(execute=True):
        ref = allegations.take(child, telling(), by=cast.caseworker, at=AT)
    (message,) = mail.outbox
    assert message.to == ["monitor@office.example"]
    whole = f"{message.subject}\n{message.body}"
    for sign in (ref, child, "allegation", "ill-treatment", "cable", "Site"):
        assert sign not in whole.lower() and sign not in whole
    assert "https://office.example/" in message.body


def test_no_mail_leaves_where_none_is_set_up(
    cast: SimpleNamespace, told: str, child: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        allegations.take(child, telling(), by=cast.caseworker, at=AT)
    assert mail.outbox == []
