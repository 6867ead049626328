"""Who looks: every read above the apps is asked by a Viewer, who also acts (`by=`) in commands.

A Viewer gathers what it was shown, so that the read log says one entry a request. Deny by default: pages and
verbs by permission, people by circle, classes of data by the role's cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from amana.apps.accounts.roles import ROLES
from amana.core.errors import AmanaError
from amana.core.need_to_know import Level, decide, level


class NotForYou(AmanaError):
    """The viewer's role does not open this; shown as not found outside."""

    def __init__(self, role: str, permission: str) -> None:
        self.role, self.permission = role, permission
        super().__init__(f"The role {role or 'of no one signed in'} does not include {permission}.")


@dataclass(frozen=True)
class Viewer:
    """A person (or the machine) looking at or changing records; `audit_id` is all the trail learns of her.

    `circles`: whose people she reaches (`user:…`, `ward:…`, `team:…`, `site:…`), as her role's relation has
    it; `day`: the office's day on which she looks. Without a day nothing that ends by one is in reach.
    `scopes`: what a pass of the command line narrows her permissions to, None for no narrowing.
    """

    user_id: UUID | None
    audit_id: UUID
    role: str
    circles: tuple[str, ...] = ()
    day: date | None = field(default=None, compare=False)
    trail: list[str] = field(default_factory=list, compare=False)
    scopes: frozenset[str] | None = None

    def may(self, permission: str) -> bool:
        """Whether the role includes the permission; an unknown role or permission is a no."""
        role = ROLES.get(self.role)
        narrowed = self.scopes is not None and permission not in self.scopes
        return role is not None and permission in role.may and not narrowed

    @property
    def account(self) -> UUID:
        """The id of the account behind. Raises NotForYou where there is none, as for the installer."""
        if self.user_id is None:
            raise NotForYou(self.role, "an account to sign in with")
        return self.user_id

    @property
    def relation(self) -> str:
        """How the role stands to the people it sees; `none` for an unknown role."""
        role = ROLES.get(self.role)
        return role.relation if role else "none"

    @property
    def everybody(self) -> bool:
        """Whether nobody is outside her relation: the demonstration's command line alone."""
        return self.relation == "office"

    def require(self, permission: str) -> None:
        """Raise NotForYou unless `may`."""
        if not self.may(permission):
            raise NotForYou(self.role, permission)

    def sees(self, cls: str, *, held: bool | None = True, named: bool = False) -> Level:
        """How much of a class of data her role opens of people in her reach (`held`); `named`: she is named
        for what is sealed of this record.
        """
        role = ROLES.get(self.role)
        return level(role.cells, cls, held, named=named) if role else Level.NONE

    def reads(self, cls: str, *, held: bool | None = True, named: bool = False) -> bool:
        """Whether she may read the class of people in her reach; the system's own says nothing of anybody."""
        return cls == "system" or self.sees(cls, held=held, named=named) >= Level.READ

    def require_class(self, cls: str, verb: str = "read", *, first: bool = False) -> None:
        """Raise NotForYou unless her role may do this with the class; `first`: as it is first told."""
        role = ROLES.get(self.role)
        if role is None or not decide(role.cells, cls, True, verb, first=first):
            raise NotForYou(self.role, f"{verb} {cls}")

    def saw(self, ref: str) -> None:
        """Remember that this reference was shown."""
        if ref not in self.trail:
            self.trail.append(ref)

    def saw_all(self, refs: Iterable[str]) -> None:
        """Remember several references."""
        for ref in refs:
            self.saw(ref)


def viewer_of(user: Any, day: date | None = None) -> Viewer:
    """The viewer behind a signed-in account: anything with `id`, `audit_id`, `role`, `team_id`, `sites`."""
    circles = circles_of(user.id, user.role, team=user.team_id, sites=user.sites)
    return Viewer(user.id, user.audit_id, user.role, circles, day)


def circles_of(user_id: UUID, role: str, *, team: str | None, sites: Sequence[str]) -> tuple[str, ...]:
    """The circles of an account, by its role's relation: another role's circles stay out of reach."""
    known = ROLES.get(role)
    relation = known.relation if known else "none"
    if relation == "assigned":
        return (user_circle(user_id),)
    if relation == "ward":
        return (ward_circle(user_id),)
    if relation == "team":
        return (team_circle(team),) if team else ()
    if relation == "site":
        return tuple(f"site:{ref}" for ref in sites)
    return ()


def user_circle(user_id: UUID) -> str:
    """The circle of those whom one account holds."""
    return f"user:{user_id}"


def ward_circle(user_id: UUID) -> str:
    """The circle of a guardian's wards or a counsel's clients: cases held in an earlier role stay outside."""
    return f"ward:{user_id}"


def team_circle(ref: str) -> str:
    """The circle of a team's people."""
    return f"team:{ref}"


# Fixed ids, so that the trail of every office names the machine alike.
NOBODY_ID = UUID("00000000-0000-4000-8000-000000000000")
INSTALLER_ID = UUID("00000000-0000-4000-8000-000000000001")


def installer() -> Viewer:
    """The command that opens an office and adds its first accounts: may manage accounts, sees no person."""
    return Viewer(None, INSTALLER_ID, "administrator")
