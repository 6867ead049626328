"""Writes of the country gate's records, inside `recording`. What was said is written once; afterwards a
record only ends.

The trail learns that something was recorded for a country and a purpose, never what was answered or found.
Whether a command may be given is decided in `casework`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log
from amana.apps.consents import codes
from amana.apps.consents.models import (
    Consent,
    Disclosure,
    Dossier,
    Hold,
    PlannedStep,
    ProtectionClaim,
    Screening,
)


def made_before(model: str, token: str, by: Viewer) -> str:
    """The record that this author made with this token: a form sent twice makes one. `model`: one of MADE."""
    table, author = MADE[model]
    if not token:
        return ""
    found = table.objects.filter(**{author: by.audit_id, "token": token}).values_list("pk", flat=True).first()
    return "" if found is None else str(found)


def store_consent(
    person: str,
    nation: str,
    purpose: str,
    giver: str,
    *,
    said: Mapping[str, Any],
    on: date,
    log: Log,
    token: str,
) -> str:
    """Keep what was answered; what the same giver answered before no longer stands. Its id."""
    told = {"nation": nation, "purpose": purpose, "giver": giver}
    _end_all(Consent, {"person": person, **told}, on, log)
    row = _store(Consent, person, told, on=on, log=log, token=token, said=dict(said))
    log.entry("consent.recorded", person, {"nation": nation, "purpose": purpose, "on": on})
    return row


def end_consents(person: str, nation: str, purpose: str, giver: str, *, on: date, log: Log) -> int:
    """End whatever stands of one giver for a country and a purpose; how many it were."""
    told = {"person": person, "nation": nation, "purpose": purpose, "giver": giver}
    ended = _end_all(Consent, told, on, log)
    if ended:
        log.entry("consent.ended", person, {"nation": nation, "purpose": purpose, "on": on})
    return ended


def store_screening(
    person: str, nation: str, *, said: Mapping[str, Any], on: date, log: Log, token: str
) -> str:
    """Keep a screening; the one before no longer stands. Its id."""
    _end_all(Screening, {"person": person, "nation": nation}, on, log)
    row = _store(Screening, person, {"nation": nation}, on=on, log=log, token=token, said=dict(said))
    log.entry("screening.recorded", person, {"nation": nation, "on": on})
    return row


def store_claim(person: str, state: str, *, on: date, log: Log) -> str:
    """Keep where a claim for protection stands. Its id."""
    _end_all(ProtectionClaim, {"person": person}, on, log)
    row = _store(ProtectionClaim, person, {}, on=on, log=log, token="", said={"state": state})
    log.entry("protection_claim.recorded", person, {"on": on})
    return row


def store_hold(person: str, nation: str, ground: str, *, until: date, on: date, log: Log, token: str) -> str:
    """Keep a hold on a file, for one country or (empty) for all. Its id."""
    more: dict[str, Any] = {"until": until, "said": {"ground": ground}}
    row = _store(Hold, person, {"nation": nation}, within=("person",), on=on, log=log, token=token, **more)
    log.entry("hold.placed", person, {"hold": row, "nation": nation, "until": until})
    return row


def lift_hold(hold: UUID, person: str, *, on: date, log: Log) -> bool:
    """End a hold of this person; whether there was one."""
    ended = _end_all(Hold, {"person": person, "id": hold}, on, log)
    if ended:
        log.entry("hold.lifted", person, {"hold": str(hold), "on": on})
    return bool(ended)


def store_dossier(
    person: str, nation: str, step: str, content: Mapping[str, str], *, on: date, log: Log, token: str
) -> str:
    """Keep a dossier to be released by somebody else; earlier ones of the step no longer stand. Its id."""
    told = {"nation": nation, "step": step}
    _end_all(Dossier, {"person": person, **told}, on, log)
    plain = dict(content)
    row = _store(Dossier, person, told, on=on, log=log, token=token, content=plain, digest=digest_of(plain))
    log.entry("dossier.prepared", person, {"dossier": row, "nation": nation, "step": step})
    return row


def release_dossier(dossier: UUID, person: str, *, on: date, log: Log) -> bool:
    """Release a dossier that stands, prepared by somebody else; whether there was one."""
    rows = Dossier.objects.filter(id=dossier, person=person, ended_on=None, released_on=None)
    rows = rows.exclude(recorded_by=log.by.audit_id)
    done = rows.update(released_on=on, released_by=log.by.audit_id, released_at=log.at)
    if done:
        log.entry("dossier.released", person, {"dossier": str(dossier), "on": on})
    return bool(done)


def end_dossiers(person: str, nation: str, steps: tuple[str, ...], *, on: date, log: Log) -> int:
    """End every dossier of these steps; how many."""
    told = {"person": person, "nation": nation, "step__in": steps}
    ended = _end_all(Dossier, told, on, log)
    if ended:
        log.entry("dossier.ended", person, {"nation": nation, "count": ended, "on": on})
    return ended


def plan_step(person: str, nation: str, step: str, planned_for: date, *, on: date, log: Log) -> str:
    """Keep a step that is planned; one planned before for the same step is stopped. Its id."""
    told = {"nation": nation, "step": step}
    stop_steps(person, nation, (step,), on=on, log=log)
    row = _store(
        PlannedStep, person, told, on=on, log=log, token="", planned_for=planned_for, state=codes.PLANNED
    )
    log.entry("return_step.planned", person, {"nation": nation, "step": step, "on": planned_for})
    return row


def stop_steps(person: str, nation: str, steps: tuple[str, ...], *, on: date, log: Log) -> int:
    """Stop every step still planned; how many."""
    return _close_steps(person, nation, steps, state=codes.STOPPED, on=on, log=log)


def store_disclosure(
    person: str,
    nation: str,
    *,
    step: str,
    channel: str,
    recipient: str,
    dossier: UUID,
    gate: str,
    on: date,
    log: Log,
    token: str,
    closes: bool = True,
) -> str:
    """Enter what is told into the register; a step planned for it is done, where it `closes` one. Its id."""
    row = Disclosure.objects.create(
        person_id=person, nation=nation, step=step, channel=channel, recipient=recipient,
        dossier_id=dossier, gate=gate, on=on, by=log.by.audit_id, at=log.at, token=token or None,
    )  # fmt: skip
    if closes:
        _close_steps(person, nation, (step,), state=codes.DONE, on=on, log=log)
    told = {"disclosure": str(row.id), "nation": nation, "step": step, "channel": channel, "gate": gate}
    log.entry("disclosure.made", person, told)
    return str(row.id)


def digest_of(content: Mapping[str, str]) -> str:
    """SHA-256 of a dossier's content, as JSON with sorted keys."""
    text = json.dumps(dict(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _close_steps(person: str, nation: str, steps: tuple[str, ...], *, state: str, on: date, log: Log) -> int:
    rows = PlannedStep.objects.filter(person=person, nation=nation, step__in=steps, state=codes.PLANNED)
    closed = rows.update(state=state, ended_on=on, ended_by=log.by.audit_id, ended_at=log.at)
    if closed and state == codes.STOPPED:
        log.entry("return_step.stopped", person, {"nation": nation, "count": closed, "on": on})
    return int(closed)


def _store(
    model: Any,
    person: str,
    told: Mapping[str, str],
    *,
    on: date,
    log: Log,
    token: str,
    within: tuple[str, ...] = (),
    **more: Any,
) -> str:
    same = {"person": person} if within else {"person": person, **told}
    last = model.objects.filter(**same).aggregate(last=Max("number"))["last"] or 0
    row = model.objects.create(
        person_id=person,
        number=last + 1,
        on=on,
        recorded_by=log.by.audit_id,
        recorded_at=log.at,
        token=token or None,
        **told,
        **more,
    )
    return str(row.id)


def _end_all(model: Any, told: Mapping[str, Any], on: date, log: Log) -> int:
    rows = model.objects.filter(ended_on=None, **told)
    return int(rows.update(ended_on=on, ended_by=log.by.audit_id, ended_at=log.at))


MADE: Mapping[str, tuple[Any, str]] = {
    "consent": (Consent, "recorded_by"),
    "screening": (Screening, "recorded_by"),
    "hold": (Hold, "recorded_by"),
    "dossier": (Dossier, "recorded_by"),
    "disclosure": (Disclosure, "by"),
}
