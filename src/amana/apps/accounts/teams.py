"""Writes of teams: a team, who takes its new people first, who belongs to it, and the places an account
keeps.

An office is opened with one team; an account without a team of its own belongs to the first.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from amana.apps.accounts.granting import AccountRefused
from amana.apps.accounts.models import Team, User
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log, recording
from amana.core.reference import new_reference


def first_team() -> str | None:
    """The office's first team, or None while there is none."""
    found: str | None = Team.objects.order_by("added_at", "ref").values_list("ref", flat=True).first()
    return found


def open_team(name: str, log: Log) -> str:
    """Keep a team, inside an open `recording`; its reference."""
    taken = set(Team.objects.values_list("ref", flat=True))
    ref = new_reference("T", secrets.SystemRandom())
    while ref in taken:
        ref = new_reference("T", secrets.SystemRandom())
    Team.objects.create(ref=ref, name=name.strip(), added_at=log.at)
    log.entry("team.added", ref, {"name": name.strip()})
    return ref


def add_team(*, name: str, by: Viewer, at: datetime) -> str:
    """Add a team; its reference. Raises `AccountRefused` without a name or where the name is taken."""
    by.require("accounts.manage")
    if not name.strip():
        raise AccountRefused("A team needs a name.")
    if Team.objects.filter(name__iexact=name.strip()).exists():
        raise AccountRefused("There is already a team of this name. Use another name.")
    with recording(by, at) as log:
        return open_team(name, log)


def name_first_official(*, team: str, user_id: UUID | None, by: Viewer, at: datetime) -> None:
    """Name who takes the new people of a team first, or nobody: then they stand as unassigned."""
    by.require("accounts.manage")
    _require_team(team)
    caseworkers = User.objects.filter(role="caseworker", is_active=True)
    if user_id is not None and not caseworkers.filter(pk=user_id).exists():
        raise AccountRefused("New people go to a caseworker whose account is in use.")
    with recording(by, at) as log:
        Team.objects.filter(ref=team).update(first_official_id=user_id)
        log.entry("team.first_official_named", team, {"account": str(user_id) if user_id else None})


def place(*, user_id: UUID, team: str | None, sites: Sequence[str], by: Viewer, at: datetime) -> None:
    """Put an account into a team (None: the first) and give it the places it keeps."""
    by.require("accounts.manage")
    if team is not None:
        _require_team(team)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise AccountRefused("There is no such account. Add it first, or check the id.")
    with recording(by, at) as log:
        User.objects.filter(pk=user_id).update(team_id=team or first_team(), sites=list(sites))
        log.entry("account.placed", f"account:{user.audit_id}", {"team": team, "sites": list(sites)})


def _require_team(ref: str) -> None:
    if not Team.objects.filter(ref=ref).exists():
        raise AccountRefused("There is no such team. Add it first, or check the reference.")
