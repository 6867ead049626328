"""Custody: keys of monitor and examiner, offered by themselves, confirmed by another, withdrawn for good."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError

from amana.apps.accounts import commands, custody
from amana.apps.accounts.custody import CustodyRefused
from amana.apps.accounts.viewers import NotForYou, installer
from amana.apps.audit.key_models import Holder
from amana.apps.audit.keys import key
from amana.apps.audit.models import AuditPayload
from amana.apps.audit.recording import recording
from amana.core import envelopes

pytestmark = pytest.mark.django_db
AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
HERS = envelopes.new_private_key()
MARK = envelopes.fingerprint(HERS.public)


@pytest.fixture
def offered(monitor: Any) -> Any:
    """The monitor's key, offered and not confirmed."""
    return custody.offer(public=HERS.public, by=monitor, at=AT)


def test_a_key_counts_once_a_second_person_has_compared_it(offered: Any, cast: Any) -> None:
    assert custody.publics("monitor") == []
    custody.confirm(offered, fingerprint=MARK.upper(), by=cast.data_protection, at=AT)
    assert custody.publics("monitor") == [HERS.public]
    assert [line.counts for line in custody.holders(cast.monitor)] == [True]


def test_another_fingerprint_confirms_nothing(offered: Any, cast: Any) -> None:
    other = envelopes.fingerprint(envelopes.new_private_key().public)
    with pytest.raises(CustodyRefused, match="another key in its place"):
        custody.confirm(offered, fingerprint=other, by=cast.data_protection, at=AT)
    assert custody.publics("monitor") == []


def test_nobody_confirms_her_own_key_whoever_writes_it(offered: Any, monitor: Any) -> None:
    with pytest.raises(CustodyRefused, match="second person"):
        custody.confirm(offered, fingerprint=MARK, by=monitor, at=AT)
    with pytest.raises(IntegrityError), recording(monitor, AT):
        Holder.objects.filter(pk=offered).update(confirmed_by=monitor.audit_id, confirmed_at=AT)


@pytest.mark.parametrize("role", ["caseworker", "court_liaison", "guardian", "health_worker"])
def test_a_key_of_who_meets_people_counts_for_herself_and_never_as_the_monitor_s(
    role: str, cast: Any
) -> None:
    owner = getattr(cast, role)
    offered = custody.offer(public=HERS.public, by=owner, at=AT)
    custody.confirm(offered, fingerprint=MARK, by=cast.data_protection, at=AT)
    assert custody.publics("monitor") == [] and custody.identity_key(owner) is None
    assert custody.publics_of([owner.audit_id]) == [HERS.public]
    assert custody.own_publics(owner) == {HERS.public} and not custody.own_publics(cast.monitor)


@pytest.mark.parametrize("role", ["administrator", "supervisor", "registrar", "facility_manager", "operator"])
def test_the_administration_puts_no_key_in_the_monitor_s_place(role: str, cast: Any) -> None:
    with pytest.raises(NotForYou):
        custody.offer(public=HERS.public, by=getattr(cast, role), at=AT)


@pytest.mark.parametrize("role", ["administrator", "supervisor", "caseworker", "facility_manager"])
def test_the_administration_neither_confirms_nor_withdraws(role: str, offered: Any, cast: Any) -> None:
    by = getattr(cast, role)
    with pytest.raises(NotForYou):
        custody.confirm(offered, fingerprint=MARK, by=by, at=AT)
    with pytest.raises(NotForYou):
        custody.withdraw(offered, by=by, at=AT)


def test_one_account_has_one_key_and_a_key_one_account(offered: Any, cast: Any) -> None:
    with pytest.raises(CustodyRefused, match="already"):
        custody.offer(public=envelopes.new_private_key().public, by=cast.monitor, at=AT)
    with pytest.raises(CustodyRefused, match="before"):
        custody.offer(public=HERS.public, by=cast.health_worker, at=AT)


def test_to_a_withdrawn_key_or_a_closed_account_nothing_more_is_sealed(offered: Any, cast: Any) -> None:
    custody.confirm(offered, fingerprint=MARK, by=cast.data_protection, at=AT)
    custody.withdraw(offered, by=cast.monitor, at=AT)
    assert custody.publics("monitor") == []
    with pytest.raises(CustodyRefused, match="already"):
        custody.withdraw(offered, by=cast.monitor, at=AT)
    again = custody.offer(public=envelopes.new_private_key().public, by=cast.monitor, at=AT)
    mark = next(line.fingerprint for line in custody.holders(cast.monitor) if line.id == again)
    custody.confirm(again, fingerprint=mark, by=cast.data_protection, at=AT)
    assert len(custody.publics("monitor")) == 1
    commands.close_account(user_id=cast.monitor.user_id, by=installer(), at=AT)
    assert custody.publics("monitor") == []


def test_what_was_sealed_stays_readable_after_withdrawal(offered: Any, cast: Any) -> None:
    custody.confirm(offered, fingerprint=MARK, by=cast.data_protection, at=AT)
    envelope = custody.seal_to(custody.publics("monitor"), "what he said", "a place")
    custody.withdraw(offered, by=cast.data_protection, at=AT)
    assert custody.open_with(HERS, envelope, "a place") == "what he said"


def test_the_monitor_alone_can_open_the_key_of_the_pseudonyms(offered: Any, cast: Any) -> None:
    assert custody.identity_key(cast.monitor) is None
    custody.confirm(offered, fingerprint=MARK, by=cast.data_protection, at=AT)
    envelope = custody.identity_key(cast.monitor)
    assert envelope
    assert custody.open_with(HERS, envelope, custody.IDENTITY_PLACE) == key(settings.HOME, "pseudonym")
    with pytest.raises(NotForYou):
        custody.identity_key(cast.administrator)


def test_an_examiner_gets_no_key_of_the_pseudonyms(cast: Any) -> None:
    hers = envelopes.new_private_key()
    number = custody.offer(public=hers.public, by=cast.health_worker, at=AT)
    custody.confirm(number, fingerprint=envelopes.fingerprint(hers.public), by=cast.monitor, at=AT)
    assert custody.identity_key(cast.health_worker) is None
    assert custody.publics("health_worker") == [hers.public]


def test_the_trail_tells_of_each_step_by_fingerprint(offered: Any, cast: Any) -> None:
    custody.confirm(offered, fingerprint=MARK, by=cast.data_protection, at=AT)
    custody.withdraw(offered, by=cast.monitor, at=AT)
    told = AuditPayload.objects.filter(entry__kind__startswith="custody.").order_by("pk")
    assert [entry.entry.kind for entry in told] == [
        "custody.offered",
        "custody.confirmed",
        "custody.withdrawn",
    ]
    assert all(MARK in entry.body for entry in told)
