"""What the country gate reads of consents, screenings, claims, holds and dossiers: the facts of one person
and one country, as of a day. A blank is "not known"; only the office's own registers of holds and dossiers
can say "there is none".

Of consents it counts whoever may be entitled: the person's own where the person may be of age, the guardian's
where the person may be a child; where the age is open, both. What is said of how consent was taken must be so
of each that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.consents import codes
from amana.apps.consents.models import Consent, Dossier, Hold, ProtectionClaim, Screening
from amana.core.dates import DateSpan
from amana.core.facts import FactValue

TAKEN = ("with_counsel", "with_interpreter", "unheard")


def asked_of(refs: Sequence[str], step: str) -> frozenset[tuple[str, str]]:
    """Of whom a dossier is released for which country and step: (reference, nation). No other gate can be
    open.
    """
    return frozenset((person, nation) for person, nation, found in _released(refs) if found == step)


@of_many
def _released(refs: Whoever) -> Query:
    standing = Dossier.objects.filter(Among("person_id", refs), ended_on=None, released_on__isnull=False)
    return standing.order_by("person_id").values_list("person_id", "nation", "step")


def nations_of(ref: str) -> frozenset[str]:
    """The countries that any record of this person names."""
    found: set[str] = set()
    for model in (Consent, Screening, Hold, Dossier):
        found.update(model.objects.filter(person=ref).values_list("nation", flat=True))
    return frozenset(found - {""})


def facts(ref: str, nation: str, step: str, on: date, *, entitled: Iterable[str]) -> dict[str, FactValue]:
    """The facts of the pack `gate` that these records give; absent: not known. `entitled`: the givers whose
    consent counts.
    """
    values: dict[str, FactValue] = {
        **_protection(ref, nation, on),
        **_consent(ref, nation, step, on, entitled),
    }
    values["hold_stands"] = _held(ref, nation, on)
    values["dossier_released"] = released(ref, nation, step, on) is not None
    return {name: value for name, value in values.items() if value is not None}


def released(ref: str, nation: str, step: str, on: date) -> Dossier | None:
    """The dossier released for a step by that day that still stands; None where there is none."""
    rows = Dossier.objects.filter(person=ref, nation=nation, step=step, ended_on=None)
    found: Dossier | None = rows.filter(released_on__lte=on).order_by("-number").first()
    return found


def _held(ref: str, nation: str, on: date) -> bool:
    rows = Hold.objects.filter(person=ref, ended_on=None, until__gte=on, nation__in=["", nation])
    return bool(rows.exists())


def _protection(ref: str, nation: str, on: date) -> dict[str, FactValue]:
    screening = _latest(Screening, on, person=ref, nation=nation)
    claim = _latest(ProtectionClaim, on, person=ref)
    values: dict[str, FactValue] = {}
    if screening is not None:
        values = {"screened": screening.said.get("done"), "fear_found": screening.said.get("fear")}
    if claim is not None:
        values["protection_claim"] = _code(claim.said["state"])
    return values


def _consent(ref: str, nation: str, step: str, on: date, entitled: Iterable[str]) -> dict[str, FactValue]:
    purpose, counting = codes.PURPOSE_OF[step], set(entitled)
    found = {
        giver: _latest(Consent, on, person=ref, nation=nation, purpose=purpose, giver=giver)
        for giver in codes.GIVERS
    }
    values: dict[str, FactValue] = {
        "own_consent": _answer(found[codes.PERSON]),
        "guardian_consent": _answer(found[codes.GUARDIAN]),
        "own_nation": _own_nation(found.values()),
    }
    guardians = found[codes.GUARDIAN]
    if guardians is not None:
        values["child_said"] = _code(guardians.said.get("child_said"))
    relied = [row for giver, row in found.items() if giver in counting and row is not None]
    if relied:
        values |= {name: _every(row.said.get(name) for row in relied) for name in TAKEN}
        values["consent_until"] = _first([row.said.get("until") for row in relied])
    return values


def _answer(row: Consent | None) -> FactValue:
    if row is None:
        return None
    answer = row.said["answer"]
    return _code(codes.WITHDRAWN if answer == codes.GIVEN and row.ended_on else answer)


def _own_nation(rows: Iterable[Consent | None]) -> FactValue:
    """What the person said of the country: a denial outweighs whatever else was said."""
    said = [row.said.get("own_word") for row in rows if row is not None]
    if False in said:
        return _code(codes.DENIED)
    return _code(codes.OWN_WORD) if True in said else None


def _every(flags: Iterable[bool | None]) -> bool | None:
    told = list(flags)
    if any(flag is False for flag in told):
        return False
    return None if any(flag is None for flag in told) else True


def _first(days: Sequence[str | None]) -> FactValue:
    """The first of the days on which one of them runs out; not known where one of them is not."""
    known = [date.fromisoformat(day) for day in days if day]
    return DateSpan.day(min(known)) if len(known) == len(days) else None


def _code(code: str | None) -> FactValue:
    return frozenset({code}) if code else None


def _latest(model: Any, by: date, **told: str) -> Any:
    """The last record made of something that had happened by that day."""
    return model.objects.filter(on__lte=by, **told).order_by("-number").first()
