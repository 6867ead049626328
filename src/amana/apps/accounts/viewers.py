"""Who looks: every read above the apps is asked by a Viewer, who also acts (`by=`) in commands.

A Viewer gathers what it was shown, so that the read log says one entry a request. Deny by default.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from amana.apps.accounts.roles import ROLES
from amana.core.errors import AmanaError


class NotForYou(AmanaError):
    """The viewer's role does not open this; shown as not found outside."""

    def __init__(self, role: str, permission: str) -> None:
        self.role, self.permission = role, permission
        super().__init__(f"The role {role or 'of no one signed in'} does not include {permission}.")


@dataclass(frozen=True)
class Viewer:
    """A person (or the machine) looking at or changing records; `audit_id` is all the trail learns of her."""

    user_id: UUID | None
    audit_id: UUID
    role: str
    trail: list[str] = field(default_factory=list, compare=False)

    def may(self, permission: str) -> bool:
        """Whether the role includes the permission; an unknown role or permission is a no."""
        role = ROLES.get(self.role)
        return role is not None and permission in role.may

    @property
    def account(self) -> UUID:
        """The id of the account behind. Raises NotForYou where there is none, as for the installer."""
        if self.user_id is None:
            raise NotForYou(self.role, "an account to sign in with")
        return self.user_id

    def require(self, permission: str) -> None:
        """Raise NotForYou unless `may`."""
        if not self.may(permission):
            raise NotForYou(self.role, permission)

    def saw(self, ref: str) -> None:
        """Remember that this reference was shown."""
        if ref not in self.trail:
            self.trail.append(ref)

    def saw_all(self, refs: Iterable[str]) -> None:
        """Remember several references."""
        for ref in refs:
            self.saw(ref)


def viewer_of(user: Any) -> Viewer:
    """The viewer behind a signed-in account: anything with `id`, `audit_id` and `role`."""
    return Viewer(user.id, user.audit_id, user.role)


# Fixed ids, so that the trail of every office names the machine alike.
NOBODY_ID = UUID("00000000-0000-4000-8000-000000000000")
INSTALLER_ID = UUID("00000000-0000-4000-8000-000000000001")


def installer() -> Viewer:
    """The command that opens an office and adds its first accounts: may manage accounts, sees no person."""
    return Viewer(None, INSTALLER_ID, "administrator")
