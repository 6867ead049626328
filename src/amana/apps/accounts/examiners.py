"""Who can be named to examine an allegation: health workers who hold a confirmed key and have no part in any
place where people are held.

One who keeps a place, or whose human being holds an account of a facility's management, is none: whoever is
under a facility's orders can't examine what is said against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from amana.apps.accounts.models import User
from amana.apps.audit.key_models import Holder

EXAMINING = "health_worker"
OF_FACILITIES = "facility_manager"


@dataclass(frozen=True)
class Examiner:
    """Somebody who can be named: account, trail id, name."""

    account: UUID
    audit_id: UUID
    name: str


def examiners() -> tuple[Examiner, ...]:
    """Everybody who can be named, by name."""
    counting = Holder.objects.filter(
        role=EXAMINING, confirmed_at__isnull=False, withdrawn_at__isnull=True
    ).values("account")
    rows = User.objects.filter(role=EXAMINING, is_active=True, audit_id__in=counting).order_by("name", "id")
    kept = rows.values_list("id", "audit_id", "name", "sites", "person_key")
    return tuple(
        Examiner(account, audit_id, name)
        for account, audit_id, name, sites, person_key in kept
        if not sites and not _of_a_facility(person_key)
    )


def name_of(audit_id: UUID) -> str:
    """The name of an account, for what is sealed and shown to nobody."""
    return User.objects.filter(audit_id=audit_id).values_list("name", flat=True).first() or ""


def _of_a_facility(person_key: str) -> bool:
    """Whether the same human being has, or asked for, an account of a facility's management."""
    if not person_key.strip():
        return False
    same = User.objects.filter(person_key__iexact=person_key.strip(), role=OF_FACILITIES)
    return same.exclude(is_active=False, requested=False).exists()
