"""Record what others decided: courts, other bodies, and what became of an appeal. Each is one transaction,
which ends by following up what it changes.

What another body decided is recorded as reported, with whatever it lacks: the safeguards show that. Nothing
is edited; a record that was wrong is replaced by another, which names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations import codes, commands, contents
from amana.apps.determinations.contents import (
    FieldFault,
    Incomplete,
    Option,
    PanelMember,
    View,
)
from amana.casework.determine_acting import branch, effect_as_told, hangs_on_age
from amana.casework.follow import follow_up

WRITE, APPROVE = "determinations.write", "determinations.approve"


def made(
    person: str,
    kind: str,
    said: Mapping[str, Any],
    *,
    by: Viewer,
    at: datetime,
    on: date,
    seen_version: int | None,
    token: str,
) -> str:
    """Keep a record that is in force at once; its reference, or that of the one made with this token."""
    with recording(by, at) as log:
        if before := commands.determined_before(token, by):
            return before
        commands.take_persons_turn(person, by, WRITE, seen_version)
        ref = commands.store(person, kind=kind, said=said, by=by, on=on, log=log, token=token)
        follow_up([person], on=on, log=log)
    return ref


def record_reported(
    person: str,
    *,
    body: str,
    source: str,
    by: Viewer,
    at: datetime,
    on: date,
    decides: str = "",
    place_kind: str = "",
    effect: str = "",
    decided_on: date | None = None,
    panel: tuple[PanelMember, ...] = (),
    options: tuple[Option, ...] = (),
    child_view: View | None = None,
    mother_view: View | None = None,
    father_view: View | None = None,
    evidence: tuple[str, ...] = (),
    grounds: tuple[str, ...] = (),
    reasons: str = "",
    citations: tuple[str, ...] = (),
    review_on: date | None = None,
    appeal_route: str = "",
    appeal_until: date | None = None,
    care_identified: bool | None = None,
    consulate: str = "",
    label_used: str = "",
    supersedes: str = "",
    seen_version: int | None = None,
    token: str = "",
) -> str:
    """Record what another body decided, as reported; its reference. Only the body and the source are asked
    for: what else is missing shows in the safeguards. `citations` are the body's own words. Raises
    `Incomplete`, `ChangedMeanwhile`, `NotForYou`.
    """
    by.require(WRITE)
    views = {"child": child_view, "mother": mother_view, "father": father_view}
    faults = [
        *contents.of_text("body", body),
        *contents.of_text("source", source),
        *_fault_codes(decides, place_kind, effect, consulate, label_used),
        *contents.of_grounds(grounds, needed=False),
        *(fault for who, view in views.items() if view for fault in contents.of_view(view, who)),
        *(contents.of_options(options) if options else ()),
        *contents.of_texts("evidence", evidence, needed=False),
        *contents.of_texts("citations", citations, needed=False),
        *contents.of_text("reasons", reasons, needed=False),
        *contents.of_text("appeal_route", appeal_route, needed=False),
        *(contents.of_past_day("decided_on", decided_on, on) if decided_on else ()),
        *contents.of_next_day("review_on", review_on, decided_on, needed=False),
        *contents.of_next_day("appeal_until", appeal_until, decided_on, needed=False),
        *contents.of_members(panel),
    ]
    if faults:
        raise Incomplete(faults)
    day = decided_on or on
    follows = effect_as_told(person, decides, place_kind, effect, day)
    settled, harsher = branch(person, office_pack(), day, follows, by_age=hangs_on_age(grounds, ""))
    said = {
        "decides": decides,
        "effect": follows,
        "place_kind": place_kind,
        "panel": contents.plain(panel),
        "panel_names": commands.panel_names(panel),
        **commands.weighed(options),
        **commands.heard_of(views),
        "evidence": list(evidence),
        "grounds": ";".join(sorted(set(grounds))),
        "reasons": reasons.strip(),
        "citations": list(citations),
        "decided_on": decided_on,
        "review_on": review_on,
        "appeal_route": appeal_route.strip(),
        "appeal_until": appeal_until,
        "care_identified": care_identified,
        "consulate": consulate,
        "label_used": label_used,
        "body": body.strip(),
        "source": source.strip(),
        "author_given": bool(panel),
        "age_settled": settled,
        "harsher_branch": harsher,
        "supersedes_id": supersedes or None,
    }
    return made(person, codes.REPORTED, said, by=by, at=at, on=on, seen_version=seen_version, token=token)


def record_judicial(
    person: str,
    *,
    kind: str,
    court: str,
    decided_on: date,
    source: str,
    by: Viewer,
    at: datetime,
    on: date,
    number: str = "",
    summary: str = "",
    review_available: bool | None = None,
    corrects: str = "",
    seen_version: int | None = None,
    token: str = "",
) -> str:
    """Record what a court decided, one of codes.JUDICIAL_KINDS; its reference. `corrects` names the record
    that was wrong. Raises `Incomplete`, `ChangedMeanwhile`, `NotForYou`.
    """
    by.require(WRITE)
    faults = [
        *contents.of_code("kind", kind, codes.JUDICIAL_KINDS),
        *contents.of_text("court", court, contents.LONGEST["body"]),
        *contents.of_text("number", number, 60, needed=False),
        *contents.of_text("summary", summary, needed=False),
        *contents.of_text("source", source),
        *contents.of_past_day("decided_on", decided_on, on),
    ]
    if faults:
        raise Incomplete(faults)
    said = {
        "kind": kind,
        "court": court.strip(),
        "number": number.strip(),
        "decided_on": decided_on,
        "summary": summary.strip(),
        "source": source.strip(),
        "review_available": review_available,
        "corrects_id": corrects or None,
    }
    with recording(by, at) as log:
        if before := commands.recorded_before(token, by):
            return before
        commands.take_persons_turn(person, by, WRITE, seen_version)
        ref = commands.store_judicial(person, said=said, on=on, log=log, token=token)
        follow_up([person], on=on, log=log)
    return ref


def appeal(
    ref: str,
    *,
    lodged_by: str,
    lodged_on: date,
    ground: str,
    by: Viewer,
    at: datetime,
    on: date,
    seen_version: int | None = None,
    token: str = "",
) -> int:
    """Record an appeal against a determination in force; its number. Until it is decided the determination
    carries nothing. `lodged_by` is one of codes.APPELLANTS. Raises `Incomplete`, `DeterminationRefused`,
    `ChangedMeanwhile`, `NotForYou`.
    """
    by.require(WRITE)
    faults = [
        *contents.of_code("lodged_by", lodged_by, codes.APPELLANTS),
        *contents.of_text("ground", ground),
        *contents.of_past_day("lodged_on", lodged_on, on),
    ]
    if faults:
        raise Incomplete(faults)
    with recording(by, at) as log:
        if before := commands.appealed_before(token, by):
            return int(before)
        row = commands.take_turn(ref, by, WRITE, seen_version)
        if row.decided_on is not None and lodged_on < row.decided_on:
            raise Incomplete([FieldFault("lodged_on", "too_early")])
        number = commands.lodge_appeal(
            row, lodged_by=lodged_by, lodged_on=lodged_on, ground=ground, on=on, log=log, token=token
        )
        follow_up([row.person_id], on=on, log=log)
    return number


def decide_appeal(
    ref: str,
    *,
    outcome: str,
    body: str,
    decided_on: date,
    reasons: str,
    by: Viewer,
    at: datetime,
    on: date,
    seen_version: int | None = None,
) -> None:
    """Record what became of the open appeal of a determination: `upheld` or `overturned`, by one of
    codes.APPEAL_BODIES.

    What this office's own panel decided is recorded by who may approve, and neither asked for the
    determination nor approved it: `OwnDetermination`. Raises as `appeal`.
    """
    permission = APPROVE if body == "panel" else WRITE
    by.require(permission)
    faults = [
        *contents.of_code("outcome", outcome, codes.APPEAL_OUTCOMES),
        *contents.of_code("body", body, codes.APPEAL_BODIES),
        *contents.of_text("reasons", reasons),
        *contents.of_past_day("decided_on", decided_on, on),
    ]
    if faults:
        raise Incomplete(faults)
    with recording(by, at) as log:
        row = commands.take_turn(ref, by, permission, seen_version)
        commands.close_appeal(
            row,
            outcome=outcome,
            body=body,
            decided_on=decided_on,
            reasons=reasons,
            by=by,
            on=on,
            log=log,
        )
        follow_up([row.person_id], on=on, log=log)


def _fault_codes(
    decides: str, place_kind: str, effect: str, consulate: str, label_used: str
) -> list[FieldFault]:
    told = {
        "decides": (decides, codes.DECIDES),
        "place_kind": (place_kind, codes.REPORTED_PLACE_KINDS),
        "effect": (effect, codes.EFFECTS),
        "consulate": (consulate, codes.CONSULATE),
        "label_used": (label_used, codes.LABELS),
    }
    return [
        fault
        for field, (code, valid) in told.items()
        if code
        for fault in contents.of_code(field, code, valid)
    ]
