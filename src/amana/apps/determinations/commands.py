"""Writes of determinations and their approvals, inside `recording`. What a determination says is written
once; afterwards only its state moves, as the table of states allows.

Whoever asked for a determination, or is named on its panel, neither approves nor rejects it; the tables
refuse the former, too. The trail learns codes and days, never a text.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import Log
from amana.apps.audit.sealing import SealedText, sealed_for
from amana.apps.determinations import codes
from amana.apps.determinations.contents import (
    DeterminationRefused,
    FieldFault,
    Incomplete,
    of_words,
    same_name,
)
from amana.apps.determinations.models import Appeal, Approval, Determination, JudicialDecision
from amana.apps.determinations.states import IN_FORCE, Act, State, after
from amana.apps.registry import commands as register
from amana.apps.registry.reach import require_reach
from amana.core.reference import new_reference

SEALED = frozenset(field.name for field in Determination._meta.local_fields if isinstance(field, SealedText))
"""Columns that are empty where nothing is said, so that whether anything is can be asked of the database."""
CLOSING = {
    State.APPROVED: "approved",
    State.REJECTED: "rejected",
    State.WITHDRAWN: "withdrawn",
}


class OwnDetermination(DeterminationRefused):
    """Whoever asked for a determination, or sat on its panel, wanted to decide on it."""

    def __init__(self) -> None:
        super().__init__(
            "own",
            "A second person approves or rejects a determination: neither who asked for it nor who sat on "
            "its panel. Whoever asked can only withdraw it.",
        )


def determined_before(token: str, by: Viewer) -> str:
    """The determination that this author made with this token: a form sent twice makes one record."""
    return _made_before(Determination, "asked_by", token, by)


def recorded_before(token: str, by: Viewer) -> str:
    """The judicial decision that this author recorded with this token."""
    return _made_before(JudicialDecision, "recorded_by", token, by)


def appealed_before(token: str, by: Viewer) -> str:
    """The number of the appeal that this author recorded with this token."""
    return _made_before(Appeal, "recorded_by", token, by)


def _made_before(model: Any, author: str, token: str, by: Viewer) -> str:
    if not token:
        return ""
    found = model.objects.filter(**{author: by.audit_id, "token": token}).values_list("pk", flat=True).first()
    return "" if found is None else str(found)


def store(
    person: str, *, kind: str, said: Mapping[str, Any], by: Viewer, on: date, log: Log, token: str = ""
) -> str:
    """Keep a determination, recorded at once or waiting for a second person, as its kind is; its reference.

    `said`: columns of Determination. What it replaces is superseded at once where it is recorded, and on
    approval where it waits. Raises `Incomplete`.
    """
    recorded = kind in codes.RECORDED_KINDS
    replaced = _replaced(person, said.get("supersedes_id"), kind)
    row = Determination.objects.create(
        **{column: (value or None) if column in SEALED else value for column, value in said.items()},
        ref=_free(Determination, "D"),
        person_id=person,
        kind=kind,
        state=State.RECORDED if recorded else State.REQUESTED,
        asked_by=log.by.audit_id,
        asked_role=by.role,
        asked_at=log.at,
        asked_on=on,
        in_force_from=on if recorded else None,
        token=token or None,
    )
    told = {"determination": row.ref, "kind": kind, "on": on}
    log.entry("determination.recorded" if recorded else "determination.requested", person, told)
    if recorded and replaced is not None:
        _move(replaced, Act.SUPERSEDE, on, log)
    if not recorded:
        _keep_step(row, "requested", by=by, on=on, log=log)
    return str(row.ref)


def approve(row: Determination, *, reason: str, by: Viewer, on: date, log: Log) -> None:
    """Put a determination in force; what it replaces is superseded. Raises `OwnDetermination`,
    `DeterminationRefused`.
    """
    _require_second_person(row, by)
    replaced = _replaced(row.person_id, row.supersedes_id, row.kind)
    _close(row, Act.APPROVE, reason=reason, by=by, on=on, log=log)
    if replaced is not None:
        _move(replaced, Act.SUPERSEDE, on, log)


def reject(row: Determination, *, reason: str, by: Viewer, on: date, log: Log) -> None:
    """Turn down a determination that waits. Raises `OwnDetermination`, `DeterminationRefused`."""
    _require_second_person(row, by)
    _close(row, Act.REJECT, reason=reason, by=by, on=on, log=log)


def withdraw(row: Determination, *, reason: str, by: Viewer, on: date, log: Log) -> None:
    """Take back what one has asked for. Raises `DeterminationRefused`."""
    if row.asked_by != by.audit_id:
        raise DeterminationRefused("not_yours", "Only who asked for a determination withdraws it.")
    _close(row, Act.WITHDRAW, reason=reason, by=by, on=on, log=log)


def lodge_appeal(
    row: Determination,
    *,
    lodged_by: str,
    lodged_on: date,
    ground: str,
    on: date,
    log: Log,
    token: str = "",
) -> int:
    """Keep an appeal against a determination in force; its number. Raises `DeterminationRefused`."""
    if row.kind == codes.ASSESSMENT:
        raise DeterminationRefused("no_appeal", "An assessment decides nothing. Make another beside it.")
    _move(row, Act.APPEAL, on, log)
    appeal = Appeal.objects.create(
        determination=row,
        lodged_by=lodged_by,
        lodged_on=lodged_on,
        ground=ground.strip(),
        recorded_by=log.by.audit_id,
        recorded_at=log.at,
        token=token or None,
    )
    return int(appeal.pk)


def lodged_on(row: Determination) -> date | None:
    """The day on which its open appeal was lodged; None where it has none."""
    open_one = Appeal.objects.filter(determination=row, outcome="")
    day: date | None = open_one.values_list("lodged_on", flat=True).first()
    return day


def close_appeal(
    row: Determination,
    *,
    outcome: str,
    body: str,
    decided_on: date,
    reasons: str,
    by: Viewer,
    on: date,
    log: Log,
) -> None:
    """Keep what became of the open appeal of a determination. One that no court decided is never closed by
    who asked for or approved the determination. Raises as `approve`.
    """
    if body != "court" and by.audit_id in (row.asked_by, row.closed_by):
        raise OwnDetermination
    if body == "panel" and row.kind not in codes.RECORDED_KINDS:
        _require_second_person(row, by)
    _move(row, Act.UPHOLD if outcome == "upheld" else Act.OVERTURN, on, log)
    appeal = Appeal.objects.get(determination=row, outcome="")
    Appeal.objects.filter(pk=appeal.pk).update(
        outcome=outcome,
        body=body,
        decided_on=decided_on,
        reasons=sealed_for(appeal, "reasons", reasons.strip()),
        decided_by=log.by.audit_id,
        decided_at=log.at,
    )


def store_judicial(person: str, *, said: Mapping[str, Any], on: date, log: Log, token: str = "") -> str:
    """Keep what a court decided; its reference. Raises `Incomplete` for a correction of nothing."""
    corrects = said.get("corrects_id")
    if corrects is not None:
        standing = JudicialDecision.objects.filter(ref=corrects, person=person, corrected_by__isnull=True)
        if not standing.exists():
            raise Incomplete([FieldFault("corrects", "no_such_record")])
    ref = _free(JudicialDecision, "J")
    JudicialDecision.objects.create(
        **said,
        ref=ref,
        person_id=person,
        recorded_by=log.by.audit_id,
        recorded_at=log.at,
        recorded_on=on,
        token=token or None,
    )
    log.entry("judicial.recorded", person, {"decision": ref, "kind": said["kind"], "on": on})
    return ref


def take_turn(ref: str, by: Viewer, permission: str, seen_version: int | None) -> Determination:
    """A determination, held until the transaction ends; its case has another version from now on.

    The case is held first, as everywhere, so that nobody waits for each other in a ring. Raises
    `ChangedMeanwhile`, and NotForYou for a determination that isn't there.
    """
    by.require(permission)
    person = Determination.objects.filter(ref=ref).values_list("person", flat=True).first()
    if person is None:
        raise NotForYou(by.role, permission)
    require_reach(by, person, permission)
    register.take_turn(person=person, seen_version=seen_version)
    row: Determination = Determination.objects.select_for_update().get(ref=ref)
    return row


def take_persons_turn(person: str, by: Viewer, permission: str, seen_version: int | None) -> None:
    """As `take_turn`, for a record that is about to be made."""
    require_reach(by, person, permission)
    register.take_turn(person=person, seen_version=seen_version)


def may_decide(row: Determination, by: Viewer) -> bool:
    """Whether this viewer is the second person of a determination that waits."""
    return (
        row.state == State.REQUESTED
        and by.may("determinations.approve")
        and row.asked_by != by.audit_id
        and not _on_panel(row, by)
    )


def _require_second_person(row: Determination, by: Viewer) -> None:
    if row.asked_by == by.audit_id or _on_panel(row, by):
        raise OwnDetermination


def _on_panel(row: Determination, by: Viewer) -> bool:
    """Whether the viewer's account bears the name of a panel member, however it is spelled."""
    name = User.objects.filter(audit_id=by.audit_id).values_list("name", flat=True).first()
    return name is not None and same_name(name) in row.panel_names


def _close(row: Determination, act: Act, *, reason: str, by: Viewer, on: date, log: Log) -> None:
    if faults := list(of_words("reason", reason)):
        raise Incomplete(faults)
    state = _next(row, act)
    row.closed_by = by.audit_id
    if state is State.APPROVED:
        row.in_force_from = on
    _move(row, act, on, log)
    _keep_step(row, CLOSING[state], by=by, on=on, log=log, reason=reason.strip())


def _keep_step(row: Determination, step: str, *, by: Viewer, on: date, log: Log, reason: str = "") -> None:
    Approval.objects.create(
        determination=row,
        step=step,
        by=by.audit_id,
        role=by.role,
        requested_by=row.asked_by,
        at=log.at,
        on=on,
        reason=reason or None,
    )


def _next(row: Determination, act: Act) -> State:
    state = after(row.state, act)
    if state is None:
        raise DeterminationRefused(
            "closed",
            "This determination has moved on meanwhile. Look at it again, then say what is to be done.",
        )
    return state


def _move(row: Determination, act: Act, on: date, log: Log) -> None:
    """The only place where a determination changes: its state and the days that go with it."""
    row.state = _next(row, act)
    if row.state not in IN_FORCE and row.state != State.UNDER_APPEAL:
        row.ended_on = on
    row.save(update_fields=["state", "ended_on", "in_force_from", "closed_by"])
    log.entry(
        f"determination.{row.state}", row.person_id, {"determination": row.ref, "kind": row.kind, "on": on}
    )


def _replaced(person: str, ref: str | None, kind: str) -> Determination | None:
    """What is to be superseded: in force, and of the same person. What one person records takes the place of
    its own kind only, so that nobody ends alone what two have decided.
    """
    if not ref:
        return None
    rows = Determination.objects.select_for_update().filter(ref=ref, person=person)
    rows = rows.filter(kind=kind) if kind in codes.RECORDED_KINDS else rows
    row: Determination | None = rows.filter(state__in=sorted(map(str, IN_FORCE))).first()
    if row is None:
        raise Incomplete([FieldFault("supersedes", "no_such_record")])
    return row


def _free(model: Any, prefix: str) -> str:
    chance = secrets.SystemRandom()
    ref = new_reference(prefix, chance)
    while model.objects.filter(ref=ref).exists():
        ref = new_reference(prefix, chance)
    return ref
