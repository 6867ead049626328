"""Record what others decided: courts, other bodies, and what became of an appeal. Each is one transaction,
which ends by following up what it changes.

What another body decided is recorded as reported, with whatever it lacks: the safeguards show that. Nothing
is edited; a record that was wrong is replaced by another, which names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations import codes, commands, contents
from amana.apps.determinations.columns import HEARD, told_columns
from amana.apps.determinations.contents import (
    FieldFault,
    Incomplete,
    Option,
    PanelMember,
    View,
)
from amana.apps.determinations.days import of_answer_day, of_next_day, of_past_day
from amana.apps.registry.reach import RECORDS, require_reach
from amana.apps.representatives import queries as representatives
from amana.casework.charging import require_answerable
from amana.casework.determine_acting import (
    branch,
    effect_as_told,
    hangs_on_age,
    require_second_author,
)
from amana.casework.determine_days import born_from
from amana.casework.follow import follow_up

WRITE, APPROVE, APPEAL = "determinations.write", "determinations.approve", "determinations.appeal"


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
        if replaced := said.get("supersedes_id"):
            require_second_author(by, person, replaced, on)
        ref = commands.store(person, kind=kind, said=said, by=by, on=on, log=log, token=token)
        follow_up([person], on=on, log=log)
    return ref


class Reported(TypedDict, total=False):
    """What another body is reported to have decided; any of it may be missing."""

    decides: str
    place_kind: str
    effect: str
    decided_on: date | None
    panel: tuple[PanelMember, ...]
    options: tuple[Option, ...]
    child_view: View | None
    mother_view: View | None
    father_view: View | None
    evidence: tuple[str, ...]
    grounds: tuple[str, ...]
    reasons: str
    citations: tuple[str, ...]
    review_on: date | None
    appeal_route: str
    appeal_until: date | None
    care_identified: bool | None
    consulate: str
    label_used: str
    supersedes: str


def record_reported(
    person: str,
    *,
    body: str,
    source: str,
    by: Viewer,
    at: datetime,
    on: date,
    seen_version: int | None = None,
    token: str = "",
    **told: Unpack[Reported],
) -> str:
    """Record what another body decided, as reported; its reference. Only the body and the source are asked
    for: what else is missing shows in the safeguards. `citations` are the body's own words. Raises
    `Incomplete`, `ChangedMeanwhile`, `NotForYou`.
    """
    require_reach(by, person, WRITE)
    faults = [
        *contents.of_text("body", body),
        *contents.of_text("source", source),
        *_faults_told(told, on, born_from(person, on)),
    ]
    if faults:
        raise Incomplete(faults)
    day, grounds = told.get("decided_on") or on, told.get("grounds", ())
    decides, place = told.get("decides", ""), told.get("place_kind", "")
    effect = effect_as_told(person, decides, place, told.get("effect", ""), day)
    settled, harsher = branch(person, office_pack(), day, effect, by_age=hangs_on_age(grounds, ""))
    said = {
        **told_columns(told),
        "effect": effect,
        "label_used": told.get("label_used", ""),
        "body": body.strip(),
        "source": source.strip(),
        "author_given": bool(told.get("panel")),
        "age_settled": settled,
        "harsher_branch": harsher,
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
    that was wrong. Raises `DeterminationRefused` for a charge against who may be too young, `Incomplete`,
    `ChangedMeanwhile`, `NotForYou`.
    """
    require_reach(by, person, WRITE)
    faults = [
        *contents.of_code("kind", kind, codes.JUDICIAL_KINDS),
        *contents.of_text("court", court, contents.LONGEST["body"]),
        *contents.of_text("number", number, 60, needed=False),
        *contents.of_text("summary", summary, needed=False),
        *contents.of_text("source", source),
        *of_past_day("decided_on", decided_on, on, born=born_from(person, on)),
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
        require_answerable(person, kind, decided_on, on)
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
    """Record an appeal against a determination in force; its number. Until it is decided one that parts or
    harms is suspended (`states.holds`). `lodged_by` is one of codes.APPELLANTS. A guardian or counsel lodges
    her own, as what she stands by the person, on the day itself. Raises `Incomplete`, `DeterminationRefused`,
    `ChangedMeanwhile`, `NotForYou`.
    """
    by.require(APPEAL)
    faults = [
        *contents.of_code("lodged_by", lodged_by, codes.APPELLANTS),
        *contents.of_words("ground", ground),
        *of_past_day("lodged_on", lodged_on, on),
    ]
    if faults:
        raise Incomplete(faults)
    with recording(by, at) as log:
        if before := commands.appealed_before(token, by):
            return int(before)
        row = commands.take_turn(ref, by, APPEAL, seen_version)
        require_reach(by, row.person_id, APPEAL, RECORDS)
        capacity = own_capacity(by, row.person_id)
        if capacity and (capacity, on) != (lodged_by, lodged_on):
            raise NotForYou(by.role, APPEAL)
        if faults := list(of_answer_day("lodged_on", lodged_on, row.decided_on, on)):
            raise Incomplete(faults)
        number = commands.lodge_appeal(
            row, lodged_by=lodged_by, lodged_on=lodged_on, ground=ground, on=on, log=log, token=token
        )
        follow_up([row.person_id], on=on, log=log)
    return number


def own_capacity(viewer: Viewer, person: str) -> str:
    """As what a guardian or counsel stands by a person of her own; empty for who stands by nobody so. Raises
    `NotForYou` where she stands by others, not by this person.
    """
    if viewer.relation != "ward":
        return ""
    it = representatives.own(viewer).get(person)
    if it is None:
        raise NotForYou(viewer.role, APPEAL)
    return it.capacity


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
        *contents.of_words("reasons", reasons),
        *of_past_day("decided_on", decided_on, on),
    ]
    if faults:
        raise Incomplete(faults)
    with recording(by, at) as log:
        row = commands.take_turn(ref, by, permission, seen_version)
        if faults := list(of_answer_day("decided_on", decided_on, commands.lodged_on(row), on)):
            raise Incomplete(faults)
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


def _faults_told(told: Mapping[str, Any], on: date, born: date | None) -> Iterator[FieldFault]:
    """What can't be kept of what was told; nothing of it is missed, and its later days are as that body set
    them.
    """
    decided_on, options = told.get("decided_on"), told.get("options", ())
    yield from _of_codes(told)
    yield from contents.of_grounds(told.get("grounds", ()), needed=False)
    for who in HEARD:
        if view := told.get(f"{who}_view"):
            yield from contents.of_view(view, who)
    if options:
        yield from contents.of_options(options)
    yield from contents.of_texts("evidence", told.get("evidence", ()), needed=False)
    yield from contents.of_texts("citations", told.get("citations", ()), needed=False)
    yield from contents.of_text("reasons", told.get("reasons", ""), needed=False)
    yield from contents.of_text("appeal_route", told.get("appeal_route", ""), needed=False)
    if decided_on:
        yield from of_past_day("decided_on", decided_on, on, born=born)
    for field in ("review_on", "appeal_until"):
        yield from of_next_day(field, told.get(field), decided_on, within=None, needed=False)
    yield from contents.of_members(told.get("panel", ()))


def _of_codes(told: Mapping[str, Any]) -> Iterator[FieldFault]:
    known = {
        "decides": codes.DECIDES,
        "place_kind": codes.REPORTED_PLACE_KINDS,
        "effect": codes.EFFECTS,
        "consulate": codes.CONSULATE,
        "label_used": codes.LABELS,
    }
    for field, valid in known.items():
        if code := told.get(field, ""):
            yield from contents.of_code(field, code, valid)
