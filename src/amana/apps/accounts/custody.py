"""Who holds the keys that the office does not: public keys of monitors and named examiners.

Each offers a key of her own from her own account; it counts once a second person outside the administration
has compared its fingerprint with her and confirmed it, and until one of them withdraws it. What was sealed to
it before stays hers. The key of the pseudonyms is sealed to each monitor's key when it is confirmed: that she
can tell who is who does not hang on the office. Instants are UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.key_models import Holder
from amana.apps.audit.keys import key
from amana.apps.audit.recording import recording
from amana.core import envelopes
from amana.core.envelopes import open_with, seal_to
from amana.core.errors import AmanaError

__all__ = [
    "CustodyRefused", "HolderLine", "confirm", "holders", "identity_key", "offer", "open_with",
    "own_publics", "publics", "publics_of", "seal_to", "withdraw",
]  # fmt: skip

IDENTITY_PLACE = "pseudonym key"
HOLDING = ("caseworker", "court_liaison", "guardian", "health_worker", "monitor")
"""Roles whose keys the gravest records may be sealed to: a monitor's all of them, a health worker's those she
is asked to examine, anybody's those she took herself.
"""


class CustodyRefused(AmanaError):
    """A public key can't be offered, confirmed or withdrawn so; the text says what would be right.

    `reason` for a page: offered, known, own, closed, fingerprint, withdrawn, unknown.
    """

    def __init__(self, reason: str, text: str) -> None:
        self.reason = reason
        super().__init__(text)


@dataclass(frozen=True)
class HolderLine:
    """One public key: whose, what it is compared by, and whether it counts."""

    id: UUID
    account: UUID
    name: str
    role: str
    public: str
    fingerprint: str
    added_at: datetime
    confirmed_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def counts(self) -> bool:
        """Whether anything is sealed to it from now on."""
        return self.confirmed_at is not None and self.withdrawn_at is None


def publics(*roles: str) -> list[str]:
    """The public keys of these roles that count: confirmed, not withdrawn, of an account that is open."""
    open_ones = User.objects.filter(is_active=True, role__in=roles).values("audit_id")
    rows = _counting().filter(role__in=roles, account__in=open_ones)
    return list(rows.order_by("added_at", "id").values_list("public", flat=True))


def publics_of(accounts: Iterable[UUID | str]) -> list[str]:
    """The public keys of these accounts (trail ids) that count, as in `publics`."""
    open_ones = User.objects.filter(is_active=True, audit_id__in=list(accounts)).values("audit_id")
    return list(_counting().filter(account__in=open_ones).order_by("id").values_list("public", flat=True))


def own_publics(viewer: Viewer) -> frozenset[str]:
    """Every public key that was ever confirmed as the viewer's: what was sealed to it stays hers."""
    rows = Holder.objects.filter(account=viewer.audit_id, confirmed_at__isnull=False)
    return frozenset(rows.values_list("public", flat=True))


def holders(viewer: Viewer) -> tuple[HolderLine, ...]:
    """Every public key that was ever offered, newest first."""
    viewer.require("keys.see")
    rows = list(Holder.objects.order_by("-added_at", "id"))
    names = dict(
        User.objects.filter(audit_id__in=[row.account for row in rows]).values_list("audit_id", "name")
    )
    return tuple(
        HolderLine(
            row.id,
            row.account,
            names.get(row.account, ""),
            row.role,
            row.public,
            envelopes.fingerprint(row.public),
            row.added_at,
            row.confirmed_at,
            row.withdrawn_at,
        )
        for row in rows
    )


def offer(*, public: str, by: Viewer, at: datetime) -> UUID:
    """Offer a public key of one's own; its id. Raises `CustodyRefused`, `NoKey`, `NotForYou`."""
    by.require("keys.hold")
    if by.role not in HOLDING:
        raise NotForYou(by.role, "keys.hold")
    known = envelopes.check_public(public)
    with recording(by, at) as log:
        if Holder.objects.filter(account=by.audit_id, withdrawn_at__isnull=True).exists():
            raise CustodyRefused(
                "offered", "You have offered a key already. Withdraw it first, then offer another."
            )
        if Holder.objects.filter(public=known).exists():
            raise CustodyRefused(
                "known", "This key was offered before. Make a new one with `amana keys custody make`."
            )
        row = Holder.objects.create(
            account=by.audit_id, role=by.role, public=known, added_by=by.audit_id, added_at=at
        )
        log.entry("custody.offered", f"account:{by.audit_id}", {"key": envelopes.fingerprint(known)})
    return UUID(str(row.id))


def confirm(holder: UUID, *, fingerprint: str, by: Viewer, at: datetime) -> None:
    """Confirm a key whose fingerprint its owner has read out. Raises `CustodyRefused`, `NotForYou`."""
    by.require("keys.confirm")
    with recording(by, at) as log:
        row = _held(holder)
        if row.added_by == by.audit_id:
            raise CustodyRefused("own", "A second person confirms a key, never who offered it.")
        if row.confirmed_at is not None or row.withdrawn_at is not None:
            raise CustodyRefused(
                "closed", "This key was confirmed or withdrawn meanwhile. Look at the list again."
            )
        if "".join(fingerprint.split()).lower() != envelopes.fingerprint(row.public).replace(" ", ""):
            raise CustodyRefused(
                "fingerprint",
                "This is not the fingerprint of the key. Have its owner read it out to you, and type it as "
                "you hear it: if it differs, somebody has put another key in its place.",
            )
        row.confirmed_by, row.confirmed_at = by.audit_id, at
        if row.role == "monitor":
            told = key(settings.HOME, "pseudonym")
            row.identity = seal_to([row.public], told, IDENTITY_PLACE)
        row.save()
        log.entry("custody.confirmed", f"account:{row.account}", _told(row))


def withdraw(holder: UUID, *, by: Viewer, at: datetime) -> None:
    """Withdraw a key: nothing more is sealed to it. One's own, or another's by whoever may confirm. Raises
    `CustodyRefused`, `NotForYou`.
    """
    with recording(by, at) as log:
        row = _held(holder)
        if row.account != by.audit_id:
            by.require("keys.confirm")
        if row.withdrawn_at is not None:
            raise CustodyRefused("withdrawn", "This key was withdrawn already.")
        row.withdrawn_by, row.withdrawn_at = by.audit_id, at
        row.save()
        log.entry("custody.withdrawn", f"account:{row.account}", _told(row))


def identity_key(viewer: Viewer) -> bytes | None:
    """The key of the pseudonyms, sealed to the viewer's own key; None where none was sealed."""
    viewer.require("keys.hold")
    row = _counting().filter(account=viewer.audit_id).first()
    return bytes(row.identity) if row is not None and row.identity is not None else None


def _counting() -> QuerySet[Holder]:
    found: QuerySet[Holder] = Holder.objects.filter(confirmed_at__isnull=False, withdrawn_at__isnull=True)
    return found


def _held(holder: UUID) -> Holder:
    row: Holder | None = Holder.objects.select_for_update().filter(pk=holder).first()
    if row is None:
        raise CustodyRefused("unknown", "There is no such key. Take one that the list shows.")
    return row


def _told(row: Holder) -> dict[str, str]:
    return {"key": envelopes.fingerprint(row.public), "role": row.role}
