"""Who holds which case in the demonstration: three caseworkers by family, a few held by nobody yet, some
referred to the court liaison and the health worker, and a ward of the guardian.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from amana.apps.accounts import queries as accounts
from amana.apps.accounts import teams
from amana.apps.accounts.viewers import Viewer, installer
from amana.apps.registry import queries as register
from amana.apps.registry.caseloads import caseloads, standing_case
from amana.casework import caseload, representatives
from amana.core.need_to_know import Withheld
from amana.exchange.demonstration.population import STANDS_ON

UNASSIGNED = 2
"""Families that nobody holds yet."""
REFERRED = 5
UNTIL = STANDS_ON + timedelta(days=60)
TO_COURT = "The court asks for these people's papers before its hearing."
TO_HEALTH = "A doctor is to see mother and child this month."
WARD = "Named by the court as guardian of this child."
AT_ONCE = 200


def prepare(site: str, *, at: datetime) -> None:
    """Name who takes new people first, and give the facility manager her place; what is so already stays."""
    by = installer()
    first = _accounts("caseworker")
    team = accounts.team_of(first[0]) if first else None
    if team is not None and team.first_official is None:
        teams.name_first_official(team=team.ref, user_id=first[0], by=by, at=at)
    for each in accounts.accounts(by):
        if each.role == "facility_manager" and not each.sites:
            teams.place(user_id=each.id, team=each.team, sites=[site], by=by, at=at)


def share_out(refs: Sequence[str], *, by: Viewer, at: datetime) -> str:
    """Share these people's cases out, in the order of their families; once. Says what was done."""
    workers = _accounts("caseworker")
    if len(workers) < 2 or len([held for held in caseloads(by).values() if held]) > 1:
        return "shared out before"
    families = _families(refs, by)
    for number, people in enumerate(families):
        if number >= len(families) - UNASSIGNED:
            caseload.assign(people, to=None, by=by, at=at, on=STANDS_ON)
        elif number % len(workers):
            caseload.assign(people, to=workers[number % len(workers)], by=by, at=at, on=STANDS_ON)
    referred = _refer(families[:REFERRED], by=by, at=at)
    return (
        f"{len(families)} families among {len(workers)} caseworkers, {UNASSIGNED} held by nobody, {referred}"
    )


def _refer(families: Sequence[Sequence[str]], *, by: Viewer, at: datetime) -> str:
    told = []
    for role, classes, purpose in (
        ("court_liaison", ("C1", "C3", "C4", "C8"), TO_COURT),
        ("health_worker", ("C1", "C4", "C7"), TO_HEALTH),
    ):
        for official in _accounts(role)[:1]:
            for people in families:
                for ref in people:
                    caseload.refer(
                        ref,
                        to=official,
                        classes=classes,
                        purpose=purpose,
                        until=UNTIL,
                        by=by,
                        at=at,
                        on=STANDS_ON,
                    )
            told.append(f"{len(families)} families referred to the {role.replace('_', ' ')}")
    for guardian in _accounts("guardian")[:1]:
        told.append(_entrust(families[0][-1], guardian, by=by, at=at))
    return ", ".join(told) or "nothing referred"


def _entrust(ref: str, guardian: UUID, *, by: Viewer, at: datetime) -> str:
    """A ward of the guardian, as two officials name her: her caseworker asks, the supervisor confirms."""
    case = standing_case(ref)
    asks = accounts.viewer(case.official) if case and case.official else None
    confirms = [each for each in map(accounts.viewer, _accounts("supervisor")) if each is not None]
    if asks is None or not confirms:
        return "no ward: nobody to name the guardian"
    number = representatives.ask(
        ref, account=guardian, capacity="guardian", ground=WARD, appointed_on=STANDS_ON, named=True, by=asks,
        at=at, on=STANDS_ON,
    )  # fmt: skip
    representatives.confirm(UUID(number), by=confirms[0], at=at, on=STANDS_ON)
    return "a ward of the guardian"


def _families(refs: Sequence[str], by: Viewer) -> list[list[str]]:
    """These people, family by family, in their order; who stands in none is one of her own."""
    found: dict[str, list[str]] = {}
    for start in range(0, len(refs), AT_ONCE):
        some = refs[start : start + AT_ONCE]
        lines = register.lines(by, some)
        for ref in some:
            family = lines[ref].family
            found.setdefault(ref if isinstance(family, Withheld) else family or ref, []).append(ref)
    return list(found.values())


def _accounts(role: str) -> list[UUID]:
    found = accounts.accounts(installer())
    return [each.id for each in found if each.role == role and each.is_active]
