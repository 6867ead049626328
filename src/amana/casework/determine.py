"""Assess a child's best interests, ask for a determination, and approve it: each one transaction, which ends
by following up what it changes.

No command approves what it makes. A determination waits for a second person, who neither asked for it nor
sat on its panel; an assessment decides nothing and is in force when made. What a court or another body
decided is recorded by `determine_records`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Unpack

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations import codes, commands, contents
from amana.apps.determinations.asking import faults_of
from amana.apps.determinations.columns import heard, told_columns, weighed
from amana.apps.determinations.commands import OwnDetermination
from amana.apps.determinations.contents import (
    Asked,
    DeterminationRefused,
    FieldFault,
    Incomplete,
    Option,
    PanelMember,
    View,
    Views,
)
from amana.apps.determinations.days import look_again, of_next_day, of_past_day
from amana.apps.registry.reach import require_reach
from amana.casework.determine_acting import (
    CANNOT_ACT,
    ApprovalStopped,
    CannotAct,
    branch,
    cannot_act,
    effect_as_told,
    hangs_on_age,
    leaves_mother,
    merely_claimed,
    require_actable,
    require_no_breach,
    stance_fault,
)
from amana.casework.determine_days import born_from
from amana.casework.determine_records import (
    appeal,
    decide_appeal,
    made,
    record_judicial,
    record_reported,
)
from amana.casework.follow import follow_up

WRITE, APPROVE = "determinations.write", "determinations.approve"


def assess(
    person: str,
    *,
    kind: str,
    done_on: date,
    options: tuple[Option, ...],
    views: Views,
    findings: str,
    recommendation: str,
    review_on: date,
    by: Viewer,
    at: datetime,
    on: date,
    evidence: tuple[str, ...] = (),
    citations: tuple[str, ...] = (),
    supersedes: str = "",
    seen_version: int | None = None,
    token: str = "",
) -> str:
    """Record an assessment of best interests, `first` or `periodic`, done by who records it; its reference.

    It decides nothing and is in force at once. Raises `Incomplete`, `ChangedMeanwhile`, `NotForYou`.
    """
    require_reach(by, person, WRITE)
    pack = office_pack()
    faults = [
        *contents.of_code("kind", kind, codes.STAGES),
        *contents.of_options(options),
        *_of_views(views),
        *contents.of_words("findings", findings),
        *contents.of_words("recommendation", recommendation),
        *contents.of_texts("evidence", evidence, needed=False),
        *contents.of_citations(citations, pack, needed=False),
        *of_past_day("done_on", done_on, on, born=born_from(person, on)),
        *of_next_day("review_on", review_on, done_on, within=look_again(pack)),
    ]
    if faults:
        raise Incomplete(faults)
    said = {
        "stage": kind,
        "effect": codes.NEUTRAL,
        **weighed(options),
        **heard(vars(views)),
        "evidence": list(evidence),
        "reasons": findings.strip(),
        "recommendation": recommendation.strip(),
        "citations": list(citations),
        "decided_on": done_on,
        "review_on": review_on,
        "author_given": True,
        "harsher_branch": False,
        "supersedes_id": supersedes or None,
    }
    return made(person, codes.ASSESSMENT, said, by=by, at=at, on=on, seen_version=seen_version, token=token)


def ask_determination(
    person: str,
    *,
    by: Viewer,
    at: datetime,
    on: date,
    stance: str = "",
    decision_id: int | None = None,
    seen_version: int | None = None,
    token: str = "",
    **asked: Unpack[Asked],
) -> str:
    """Ask for a determination of best interests; its reference. It carries nothing until a second person
    approves it.

    With a `stance` it answers the stored decision `decision_id` (see `act_on`). Raises `Incomplete`,
    `CannotAct`, `ChangedMeanwhile`, `NotForYou`.
    """
    require_reach(by, person, WRITE)
    pack = office_pack()
    stance_faults = contents.of_code("stance", stance, codes.STANCES) if stance else ()
    if faults := [*faults_of(asked, pack, on, born_from(person, on)), *stance_faults]:
        raise Incomplete(faults)
    with recording(by, at) as log:
        if before := commands.determined_before(token, by):
            return before
        commands.take_persons_turn(person, by, WRITE, seen_version)
        effect = _effect(person, asked, stance=stance, decision_id=decision_id, by=by, on=on)
        by_age = hangs_on_age(asked["grounds"], stance)
        settled, harsher = branch(person, pack, asked["decided_on"], effect, by_age=by_age)
        said = {
            **_said(asked),
            "effect": effect,
            "stance": stance,
            "decision_id": decision_id if stance else None,
            "age_settled": settled,
            "harsher_branch": harsher,
        }
        kind = _kind(asked["decides"], stance)
        ref = commands.store(person, kind=kind, said=said, by=by, on=on, log=log, token=token)
        follow_up([person], on=on, log=log)
    return ref


def act_on(
    person: str,
    *,
    decision_id: int,
    stance: str,
    by: Viewer,
    at: datetime,
    on: date,
    seen_version: int | None = None,
    token: str = "",
    **asked: Unpack[Asked],
) -> str:
    """Ask for a determination that adopts what the law answers (`adopt`), doesn't (`not_adopt`) or departs
    from it (`depart`); its reference. Raises as `ask_determination`.
    """
    if stance not in codes.STANCES:
        raise Incomplete([FieldFault("stance", "unknown_code" if stance else "missing")])
    return ask_determination(
        person,
        stance=stance,
        decision_id=decision_id,
        by=by,
        at=at,
        on=on,
        seen_version=seen_version,
        token=token,
        **asked,
    )


def approve(ref: str, *, reason: str, seen_version: int | None, by: Viewer, at: datetime, on: date) -> None:
    """Put a determination in force that somebody else asked for; what it replaces is superseded.

    It is tried once more: raises `ApprovalStopped` while a safeguard that blocks finds a breach in it, or
    can't tell, and `CannotAct` where the answer of the law that it answers can't be acted on any longer.
    Raises `OwnDetermination`, `DeterminationRefused`, `ChangedMeanwhile`, `NotForYou`.
    """
    with recording(by, at) as log:
        row = commands.take_turn(ref, by, APPROVE, seen_version)
        if row.stance:
            require_actable(by, row.person_id, row.decision_id, on)
        require_no_breach(row.person_id, row.ref, on)
        commands.approve(row, reason=reason, by=by, on=on, log=log)
        follow_up([row.person_id], on=on, log=log)


def reject(
    ref: str, *, reason: str, by: Viewer, at: datetime, on: date, seen_version: int | None = None
) -> None:
    """Turn down a determination that somebody else asked for. Raises as `approve`."""
    with recording(by, at) as log:
        row = commands.take_turn(ref, by, APPROVE, seen_version)
        commands.reject(row, reason=reason, by=by, on=on, log=log)
        follow_up([row.person_id], on=on, log=log)


def withdraw(
    ref: str, *, reason: str, by: Viewer, at: datetime, on: date, seen_version: int | None = None
) -> None:
    """Take back a determination one has asked for. Raises `DeterminationRefused`, `NotForYou`."""
    with recording(by, at) as log:
        row = commands.take_turn(ref, by, WRITE, seen_version)
        commands.withdraw(row, reason=reason, by=by, on=on, log=log)
        follow_up([row.person_id], on=on, log=log)


def _of_views(views: Views) -> Iterator[FieldFault]:
    for who, view in vars(views).items():
        yield from contents.of_view(view, who)
        yield from contents.of_silence(view, who)


def _kind(decides: str, stance: str) -> str:
    if decides == codes.REFUSED:
        return codes.CARE_REFUSAL
    return codes.OUTCOME if stance else codes.DETERMINATION


def _effect(person: str, asked: Asked, *, stance: str, decision_id: int | None, by: Viewer, on: date) -> str:
    """What it does to the child; what adopts a harsh answer is adverse whatever it decides. Raises
    `CannotAct`, and `Incomplete` where what is decided doesn't fit the stance.
    """
    decides = asked["decides"]
    if leaves_mother(person, decides, on):
        raise Incomplete([FieldFault("decides", "separation")])
    if not stance:
        return codes.EFFECT_OF[decides]
    outcome = require_actable(by, person, decision_id, on)
    if fault := stance_fault(outcome, stance, decides, asked.get("place_kind", "")):
        raise Incomplete([fault])
    return codes.ADVERSE if stance == "adopt" and outcome.harsh else codes.EFFECT_OF[decides]


def _said(asked: Asked) -> dict[str, object]:
    """The columns of a determination of this office that it is asked for with."""
    return {
        **told_columns(asked),
        "care_identified": asked.get("care_identified", False),
        "exception_until": asked.get("exception_until"),
        "author_given": True,
    }


__all__ = [
    "CANNOT_ACT",
    "ApprovalStopped",
    "Asked",
    "CannotAct",
    "DeterminationRefused",
    "FieldFault",
    "Incomplete",
    "Option",
    "OwnDetermination",
    "PanelMember",
    "View",
    "Views",
    "act_on",
    "appeal",
    "approve",
    "ask_determination",
    "assess",
    "born_from",
    "cannot_act",
    "decide_appeal",
    "effect_as_told",
    "merely_claimed",
    "record_judicial",
    "record_reported",
    "reject",
    "withdraw",
]
