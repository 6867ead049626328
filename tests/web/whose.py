"""Two people and their records: one in the reach of every role that may reach anybody, one of another
team.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from small_office import AT, TODAY, settle

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))


@dataclass(frozen=True)
class Whose:
    """One person with something of every kind that an address may name."""

    person: str
    batch: str
    parts: dict[str, Any]


def everybodys(cast: SimpleNamespace, person: str) -> None:
    """Put a person into the reach of every role: her place is kept, her case referred, and she is a ward."""
    from amana.apps.accounts import queries, teams, viewers
    from amana.apps.audit.recording import recording
    from amana.apps.placements import queries as places
    from amana.apps.registry import assigning
    from amana.casework import representatives

    keeper, installer = cast.facility_manager.user_id, viewers.installer()
    site = places.where(cast.operator, [person], TODAY)[person].facility.ref
    team = queries.team_of(keeper)
    teams.place(user_id=keeper, team=team.ref if team else None, sites=[site], by=installer, at=AT)
    with recording(cast.supervisor, AT) as log:
        for role in ("court_liaison", "health_worker"):
            assigning.give(person, kind="referral", official=getattr(cast, role).user_id, on=TODAY, log=log)
    ward = {"account": cast.guardian.user_id, "capacity": "guardian", "named": True, "appointed_on": TODAY}
    ground = "Named by the court as guardian."
    number = representatives.ask(person, ground=ground, **ward, by=cast.caseworker, at=AT, on=TODAY)
    representatives.confirm(UUID(number), by=cast.supervisor, at=AT, on=TODAY)


def own(cast: SimpleNamespace, folder: Path) -> Whose:
    """A child of the first team, in everybody's reach."""
    whose = _whose(cast, cast.registrar, cast.caseworker, cast.supervisor, folder / "own", seed=1)
    everybodys(cast, whose.person)
    return whose


def other(cast: SimpleNamespace, folder: Path) -> Whose:
    """A child of the other team, in nobody's reach but that team's."""
    from amana.apps.accounts import queries, teams, viewers

    team = queries.team_of(cast.other_caseworker.user_id)
    assert team
    teams.name_first_official(
        team=team.ref, user_id=cast.other_caseworker.user_id, by=viewers.installer(), at=AT
    )
    return _whose(
        cast, cast.other_supervisor, cast.other_caseworker, cast.other_supervisor, folder / "other", seed=2
    )


def _whose(
    cast: SimpleNamespace, commits: Any, holds: Any, answers: Any, folder: Path, *, seed: int
) -> Whose:
    from determined import assessed
    from moved import place, planned

    from amana.apps.decisions import queries as decisions
    from amana.apps.registry import queries
    from amana.casework import nightly

    folder.mkdir()
    batch = settle(commits, folder, people=12, seed=seed).batch
    lines = queries.people(holds, on=TODAY, limit=50).rows
    person = next(line.ref for line in lines if line.relation in ("son", "daughter"))
    dref = assessed(person, holds)
    mref = planned(person, place("state_home", answers, f"Home {seed}"), holds)
    nightly.run(on=TODAY, by=cast.operator, at=AT)
    parts = {
        "ref": person,
        "claim": queries.claims(holds, person)[0].id,
        "decision": decisions.history(holds, person)[0].id,
        "dref": dref,
        "mref": mref,
        **_found(holds, person),
    }
    return Whose(person, str(batch), parts)


def _found(viewer: Any, person: str) -> dict[str, Any]:
    from amana.apps.oversight import queries as oversight
    from amana.apps.tasks import queries as tasks

    finding = oversight.of_person(viewer, person, on=TODAY)[0]
    task = tasks.of_person(viewer, person, on=TODAY)[0]
    return {"finding": finding.id, "safeguard": finding.safeguard, "task": task.id}
